// Sends what stands in a text box of the browsable API, and shows the answer below it.
(function () {
  "use strict";

  const token = document.getElementById("api-token").dataset;

  for (const form of document.querySelectorAll(".api-write")) {
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      send(form, event.submitter.value);
    });
  }

  async function send(form, method) {
    const address = new URL(window.location.pathname, window.location.origin);
    const text = form.querySelector("textarea");
    const options = { method: method, headers: { Accept: "application/json" } };
    options.headers[token.header] = token.token;
    // What this page shows is what is changed; somebody else's change since then is not lost.
    if (token.etag) options.headers["If-Match"] = token.etag;
    if (text) {
      options.headers["Content-Type"] = "application/json";
      options.body = text.value;
    } else {
      address.searchParams.set("reason", form.elements.reason.value);
    }
    const answer = await fetch(address, options);
    if (answer.ok && answer.headers.has("ETag")) token.etag = answer.headers.get("ETag");
    show(form.querySelector("[role=status]"), answer.status, await answer.text());
  }

  function show(place, status, body) {
    place.hidden = false;
    try {
      body = JSON.stringify(JSON.parse(body), null, 4);
    } catch {
      // Not JSON: shown as it came.
    }
    place.textContent = status + "\n" + body;
    place.focus();
  }
})();
