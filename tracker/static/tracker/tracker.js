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
    carry(filters, address, (name) => filters.dataset.keep.split(",").includes(name));
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
