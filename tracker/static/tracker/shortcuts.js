// Single keys, as /shortcuts/ lists them; none while somebody types, none when switched off.
(function () {
  "use strict";

  const keys = document.getElementById("keys");
  const body = document.body;
  if (!keys || body.dataset.shortcuts === "off") return;
  const PATIENCE = 1200; // milliseconds between g and the key after it
  const ROWS = "main table.list tbody tr, main .inbox li, main .hits li";
  let begun = 0;

  keys.querySelector("[data-closes]").addEventListener("click", () => keys.close());
  keys.addEventListener("click", function (event) {
    if (event.target === keys) keys.close();
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.defaultPrevented || typing(event.target) || document.querySelector("dialog[open]")) return;
    const second = Date.now() - begun < PATIENCE;
    begun = 0;
    if (second ? goTo(event.key) : act(event.key)) event.preventDefault();
  });

  // A field of a closed box keeps the focus until the next picture is drawn: nobody types there.
  function typing(place) {
    if (place.closest("dialog:not([open])")) return false;
    const boxes = ["checkbox", "radio", "button", "submit"];
    return place.isContentEditable || place.matches("textarea, select") ||
      (place.matches("input") && !boxes.includes(place.type));
  }

  function goTo(key) {
    const link = keys.querySelector('[data-keys="g ' + CSS.escape(key) + '"]');
    if (link) window.location.assign(link.href);
    return Boolean(link);
  }

  function act(key) {
    const acts = {
      "/": () => document.dispatchEvent(new Event("command:open")),
      "?": () => keys.showModal(),
      g: () => { begun = Date.now(); },
      j: () => move(1),
      k: () => move(-1),
      o: () => press(link(current())),
      x: () => press(current()?.querySelector("input[type=checkbox]")),
      e: () => press(document.querySelector("[data-key=e]")),
    };
    if (!Object.hasOwn(acts, key)) return false;
    acts[key]();
    return true;
  }

  function rows() {
    return Array.from(document.querySelectorAll(ROWS)).filter((row) => link(row));
  }

  function current() {
    return document.activeElement?.closest(ROWS);
  }

  function link(row) {
    return row?.querySelector("th a[href], a[href]");
  }

  function move(step) {
    const all = rows();
    const here = all.indexOf(current());
    const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step;
    if (!all[next]) return;
    link(all[next]).focus();
    all[next].scrollIntoView({ block: "nearest" });
  }

  function press(element) {
    if (element) element.click();
  }
})();
