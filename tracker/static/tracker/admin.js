// Gives the search boxes of the forms a name: the script that draws them leaves them without one.
"use strict";

(() => {
  const PARTS = ".select2-selection, .select2-search__field, span.select2-selection__rendered";

  const nameOf = (select) => {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const text = label ? label.textContent : select.getAttribute("aria-label") || "";
    return text.trim().replace(/:$/, "");
  };

  const nameBox = (select) => {
    const box = select.nextElementSibling;
    if (!box || !box.classList.contains("select2")) return;
    for (const part of box.querySelectorAll(PARTS)) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", nameOf(select));
    }
    // It holds a button beside its entries, so it is no list.
    box.querySelector("ul.select2-selection__rendered")?.setAttribute("role", "presentation");
  };

  const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(nameBox);
  // After the boxes are drawn, which waits in the same queue.
  django.jQuery(nameAll);
  document.addEventListener("formset:added", () => setTimeout(nameAll));
})();
