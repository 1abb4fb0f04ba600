// Tiles as one stop of the Tab key: arrows walk them, and a line says the one in focus.
(function () {
  "use strict";

  for (const grid of document.querySelectorAll("[data-tiles]")) {
    const tiles = Array.from(grid.querySelectorAll(".tile"));
    const line = grid.parentElement.querySelector(".tile-named");
    if (!tiles.length) continue;
    tiles.forEach((tile, place) => { tile.tabIndex = place ? -1 : 0; });

    grid.addEventListener("keydown", function (event) {
      const place = tiles.indexOf(event.target);
      const to = place < 0 || event.ctrlKey || event.metaKey || event.altKey ? null : next(event.key, place);
      if (to === null || !tiles[to]) return;
      event.preventDefault();
      tiles[to].focus();
    });
    grid.addEventListener("focusin", function (event) {
      const tile = event.target.closest(".tile");
      if (!tile) return;
      tiles.forEach((each) => { each.tabIndex = each === tile ? 0 : -1; });
      line.textContent = tile.getAttribute("aria-label");
    });
    grid.addEventListener("mouseover", function (event) {
      const tile = event.target.closest(".tile");
      if (tile) line.textContent = tile.getAttribute("aria-label");
    });

    function next(key, place) {
      const step = document.dir === "rtl" ? -1 : 1;
      if (key === "ArrowRight") return place + step;
      if (key === "ArrowLeft") return place - step;
      if (key === "Home") return 0;
      if (key === "End") return tiles.length - 1;
      if (key === "ArrowDown") return nearest(place, 1);
      if (key === "ArrowUp") return nearest(place, -1);
      return null;
    }

    // The tile of the next row, above or below, that stands nearest to this one.
    function nearest(place, way) {
      const here = tiles[place].getBoundingClientRect();
      let found = null, best = Infinity;
      tiles.forEach(function (tile, other) {
        const box = tile.getBoundingClientRect();
        const rows = (box.top - here.top) * way;
        if (rows < here.height / 2) return;
        const far = rows * 10 + Math.abs(box.left - here.left);
        if (far < best) { best = far; found = other; }
      });
      return found;
    }
  }
})();
