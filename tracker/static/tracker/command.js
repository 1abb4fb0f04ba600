// The command box: opens over any page, offers places while somebody types. Without script the
// search of the header does the same.
(function () {
  "use strict";

  const box = document.getElementById("command");
  if (!box) return;
  const form = box.querySelector("form");
  const words = document.getElementById("command-words");
  const list = document.getElementById("command-places");
  const status = box.querySelector("[role=status]");
  const PAUSE = 120; // milliseconds without a key before places are asked for
  let chosen = -1;
  let asked = null;
  let waiting = 0;

  function open() {
    if (box.open) return;
    for (const other of document.querySelectorAll("dialog[open]")) other.close();
    box.showModal();
    words.select();
  }

  document.addEventListener("keydown", function (event) {
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("command:open", open);
  for (const button of document.querySelectorAll("[data-opens=command]")) {
    button.hidden = false;
    button.addEventListener("click", open);
  }
  // A click beside the box closes it.
  box.addEventListener("click", function (event) {
    if (event.target === box) box.close();
  });

  words.addEventListener("input", function () {
    window.clearTimeout(waiting);
    choose(-1);
    waiting = window.setTimeout(ask, PAUSE);
  });

  async function ask() {
    if (asked) asked.abort();
    asked = new AbortController();
    const typed = words.value.trim();
    if (!typed) return show([], "");
    const query = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.dataset.places + "?" + query, {
        signal: asked.signal,
        headers: { Accept: "application/json" },
      });
      // Who is signed out meanwhile is led to the sign-in page by Enter.
      if (!answer.ok || answer.redirected) return show([], "");
      const found = await answer.json();
      if (words.value.trim() !== typed) return;
      show(found.places, found.status);
      box.dataset.shown = typed;
    } catch (error) {
      if (error.name !== "AbortError") show([], "");
    }
  }

  function show(places, said) {
    list.replaceChildren(...places.map(drawn));
    list.hidden = !places.length;
    words.setAttribute("aria-expanded", String(places.length > 0));
    status.textContent = said;
    choose(-1);
  }

  function drawn(place, number) {
    const row = document.createElement("li");
    Object.assign(row, { id: "place-" + number, role: "option" });
    row.setAttribute("aria-selected", "false");
    row.dataset.href = place.href;
    for (const [tag, name, text] of [["bdi", "place", place.label], ["small", "place-detail", place.detail]]) {
      const part = document.createElement(tag);
      part.className = name;
      part.textContent = text;
      row.append(part, " ");
    }
    return row;
  }

  function choose(number) {
    const rows = list.children;
    if (rows[chosen]) rows[chosen].setAttribute("aria-selected", "false");
    chosen = rows[number] ? number : -1;
    if (chosen < 0) return words.removeAttribute("aria-activedescendant");
    rows[chosen].setAttribute("aria-selected", "true");
    rows[chosen].scrollIntoView({ block: "nearest" });
    words.setAttribute("aria-activedescendant", rows[chosen].id);
  }

  words.addEventListener("keydown", function (event) {
    if (event.isComposing) return;
    const last = list.children.length - 1;
    const moves = {
      ArrowDown: chosen >= last ? 0 : chosen + 1,
      ArrowUp: chosen <= 0 ? last : chosen - 1,
      PageDown: last,
      PageUp: 0,
    };
    if (event.key in moves && last >= 0) {
      event.preventDefault();
      choose(moves[event.key]);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      go(list.children[chosen]);
    }
  });
  list.addEventListener("click", function (event) {
    const row = event.target.closest("[role=option]");
    if (row) go(row);
  });

  function go(row) {
    window.location.assign(row.dataset.href);
  }
})();
