// What is typed into a form is sent to the server after a pause, and when the page is left.
// Nothing is stored in the browser; what cannot be sent stays on the page and is sent again.
(function () {
  "use strict";

  const PAUSE = 1500, AGAIN = 4000, LONGEST_WAIT = 8000, LONGEST_LAST = 60000;
  const forms = Array.from(document.querySelectorAll("form[data-kept]"), watch);
  let passed = false;

  function watch(form) {
    const told = form.querySelector(".kept");
    const state = { unsent: false, dirty: false, send: send };
    let timer = 0, sending = Promise.resolve("kept");

    form.addEventListener("input", function () {
      state.dirty = true;
      wait(PAUSE);
    });

    function wait(time) {
      clearTimeout(timer);
      timer = setTimeout(send, time);
    }

    // "kept", "cut" (no connection), or "refused" (the server says why, beside the form).
    function send(last) {
      clearTimeout(timer);
      sending = sending.then(() => state.dirty ? post(last === true) : "kept");
      return sending;
    }

    async function post(last) {
      const data = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
      data.set("act", "keep");
      state.dirty = false;
      try {
        const answer = await fetch(window.location.pathname + window.location.search, {
          method: "POST",
          body: data,
          keepalive: last && data.toString().length < LONGEST_LAST,
          signal: AbortSignal.timeout(LONGEST_WAIT),
        });
        const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
        told.textContent = plain ? await answer.text() : "";
        state.unsent = !answer.ok;
        if (!answer.ok) return "refused";
        form.elements.kept_at.value = answer.headers.get("X-Kept-At");
        return "kept";
      } catch {
        state.dirty = state.unsent = true;
        told.textContent = told.dataset.cut;
        wait(AGAIN);
        return "cut";
      }
    }

    return state;
  }

  // Whatever button is pressed on the page: first keep what is typed, then press it.
  document.addEventListener("submit", async function (event) {
    const pressed = event.submitter;
    if (passed) return;
    const discards = pressed && pressed.value === "drop";
    if (discards || !forms.some((state) => state.dirty)) {
      passed = true;
      return;
    }
    event.preventDefault();
    const outcomes = await Promise.all(forms.map((state) => state.send()));
    if (outcomes.includes("cut")) return;
    passed = true;
    event.target.requestSubmit(pressed);
  });

  function leave() {
    if (!passed) forms.forEach((state) => state.send(true));
  }

  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") leave();
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", function () { passed = false; });
  // Only what the server does not have yet is worth a question.
  window.addEventListener("beforeunload", function (event) {
    if (!passed && forms.some((state) => state.unsent)) event.preventDefault();
  });
})();
