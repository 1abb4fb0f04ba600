// What script adds to pages that are complete without it. No inline handlers, no eval.
(function () {
  "use strict";

  // Empty fields do not enter the address.
  document.addEventListener("formdata", function (event) {
    if (event.target.method !== "get") return;
    for (const [name, value] of Array.from(event.formData.entries())) {
      if (value === "") {
        const kept = event.formData.getAll(name).filter((each) => each !== "");
        event.formData.delete(name);
        kept.forEach((each) => event.formData.append(name, each));
      }
    }
  });

  // After a refresh of the table part: say the count, and let the panel follow the address.
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.detail.target && event.detail.target.id !== "results") return;
    const count = document.getElementById("count") || document.getElementById("problems-title");
    document.getElementById("live").textContent = count ? count.textContent : "";
    follow(new URLSearchParams(window.location.search));
  });

  function follow(address) {
    const filters = document.getElementById("filters");
    if (!filters) return;
    carry(filters, address, (name) =>
      name !== "page" && name !== "view" && !offers(filters, name));
    for (const link of filters.querySelectorAll("a.paste")) link.search = window.location.search;
    carry(document.querySelector(".as-of"), address, (name) => !["on", "page"].includes(name));
    fill(filters, address);
    for (const mark of filters.querySelectorAll("summary > .chosen")) {
      const facet = mark.closest("details");
      const boxes = facet.querySelectorAll("input[type=checkbox]");
      const chosen = Array.from(facet.querySelectorAll("input")).filter((field) =>
        boxes.length ? field.checked : field.value);
      mark.textContent = chosen.length || "";
    }
  }

  // Whether a form has a field of its own for a parameter.
  function offers(form, name) {
    return form.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`) !== null;
  }

  // What a form passes on without showing it.
  function carry(form, address, wanted) {
    for (const field of form.querySelectorAll("input[type=hidden]")) field.remove();
    for (const [name, value] of address) {
      if (!wanted(name) || !value) continue;
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: name, value: value });
      form.prepend(field);
    }
  }

  // Copying, where the browser can; the text itself can always be selected.
  function offerCopies() {
    if (!navigator.clipboard) return;
    for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = false;
  }
  document.addEventListener("DOMContentLoaded", offerCopies);
  document.addEventListener("htmx:afterSettle", offerCopies);
  document.addEventListener("click", function (event) {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    document.getElementById("live").textContent = button.textContent + " ✓";
  });

  // What a form shows: boxes ticked and texts filled as the address says.
  function fill(form, address) {
    const place = {};
    for (const field of form.querySelectorAll("input:not([type=hidden])")) {
      const values = address.getAll(field.name);
      if (field.type === "checkbox") {
        field.checked = values.includes(field.value);
      } else {
        place[field.name] = (place[field.name] ?? -1) + 1;
        field.value = values[place[field.name]] ?? "";
      }
    }
  }
})();
