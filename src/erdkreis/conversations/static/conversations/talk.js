// New contributions appear without a reload. What has the focus, and so what somebody is about to
// press or write, is never replaced: it is brought up to date with the next visit.
"use strict";

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const target = event.detail.target;
  if (target.id !== "announced" && target.matches("li") && target.contains(document.activeElement)) {
    event.detail.shouldSwap = false;
  }
});
