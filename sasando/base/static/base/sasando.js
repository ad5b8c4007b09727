/* Two helps for a slow link; every page also works without this file. */
(() => {
  "use strict";

  const notice = document.getElementById("connection-notice");
  const tell = (failed) => { if (notice) notice.hidden = !failed; };
  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(failure, () => tell(true));
  }
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) tell(false); });

  // A second press while the first is still under way would send the form twice.
  const sent = new Map();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    if (Date.now() - (sent.get(form) ?? 0) < 8000) event.preventDefault();
    else sent.set(form, Date.now());
  });
  window.addEventListener("pageshow", () => sent.clear());
})();
