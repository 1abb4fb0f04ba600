// The matrix by keyboard, and the links of tables that are too large to carry them.
(function () {
  "use strict";

  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  // A large table names the list behind a cell by its row and its column; see cells.py.
  function link(table) {
    const heads = Array.from(table.tHead.rows[table.tHead.rows.length - 1].cells, (cell) => cell.dataset.q);
    for (const row of table.tBodies[0].rows) {
      for (const cell of row.cells) {
        const column = heads[cell.cellIndex];
        if (!column || cell.tagName !== "TD" || !cell.firstChild || cell.querySelector("a")) continue;
        const target = document.createElement("a");
        target.href = table.dataset.base + "&" + row.dataset.q + "&" + column;
        target.append(...cell.childNodes);
        cell.append(target);
      }
    }
  }

  const stops = (cell) => (cell ? Array.from(cell.querySelectorAll("a")) : []);

  // One stop for the Tab key in each table; arrows walk from cell to cell.
  function rove(table) {
    const all = Array.from(table.querySelectorAll("a"));
    all.forEach((each, place) => (each.tabIndex = place ? -1 : 0));
  }

  function focus(table, target) {
    for (const each of table.querySelectorAll('a[tabindex="0"]')) each.tabIndex = -1;
    target.tabIndex = 0;
    target.focus();
  }

  // The next cell in that direction that has anything to follow.
  function next(table, cell, [down, across]) {
    const rows = table.rows;
    let row = cell.parentNode.rowIndex + down;
    let column = cell.cellIndex + across;
    while (rows[row] && rows[row].cells[column]) {
      const found = stops(rows[row].cells[column]);
      if (found.length) return found;
      row += down;
      column += across;
    }
    return [];
  }

  function edge(cell, last) {
    const cells = Array.from(cell.parentNode.cells).filter((each) => stops(each).length);
    return stops(last ? cells[cells.length - 1] : cells[0]);
  }

  document.addEventListener("keydown", function (event) {
    const here = event.target.closest && event.target.closest(".grid a");
    if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
    const table = here.closest("table");
    const cell = here.closest("td, th");
    const within = stops(cell);
    let step = STEPS[event.key];
    if (!step && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    if (!step) return focus(table, edge(cell, event.key === "End")[0] || here);
    if (getComputedStyle(table).direction === "rtl") step = [step[0], -step[1]];
    const beside = step[1] && within[within.indexOf(here) + step[1]];
    const found = beside ? [beside] : next(table, cell, step);
    if (found.length) focus(table, step[1] < 0 ? found[found.length - 1] : found[0]);
  });

  document.addEventListener("focusin", function (event) {
    const here = event.target.closest && event.target.closest(".grid a");
    if (here && here.tabIndex) focus(here.closest("table"), here);
  });

  function begin() {
    for (const table of document.querySelectorAll("table.grid")) {
      if (table.dataset.base) link(table);
      rove(table);
    }
  }

  begin();
  document.addEventListener("htmx:afterSettle", begin);
})();
