// Comfort on top of pages that work without it: after a step the new heading gets the focus, inside
// a question the keys 1 to 5 choose a step, 0 “I don't know”, and the time that is left follows the
// pace of whoever answers. The pace is kept nowhere: it is gone with the page.
"use strict";

const main = () => document.getElementById("main");

const ENOUGH_PAGES = 3;
const LONGEST_PAGE = 120_000; // milliseconds; whoever takes longer was called away
const timeLeft = () => document.getElementById("time-left");
const pace = { pages: 0, effort: 0, spent: 0, since: performance.now(), now: Number(timeLeft()?.dataset.effort) };

function followThePace() {
  pace.pages += 1;
  pace.effort += pace.now || 0;
  pace.spent += Math.min(performance.now() - pace.since, LONGEST_PAGE);
  pace.since = performance.now();
  const place = timeLeft();
  pace.now = Number(place?.dataset.effort);
  if (!place || pace.pages < ENOUGH_PAGES || !pace.effort) return;
  const minutes = ((pace.spent / pace.effort) * Number(place.dataset.left)) / 60_000;
  const n = Math.ceil(minutes);
  place.textContent = minutes < 1 ? place.dataset.less : n === 1 ? place.dataset.one : place.dataset.many.replace("{n}", n);
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "main") return;
  followThePace();
  const heading = main().querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
});

// Only while the focus is inside the question: single keys must not surprise anybody elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const fieldset = event.target.closest("fieldset");
  if (!fieldset || event.target.matches("textarea, input:not([type=radio])")) return;
  const value = event.key === "0" ? "dont_know" : event.key;
  const radio = fieldset.querySelector(`input[type=radio][value="${CSS.escape(value)}"]`);
  if (!radio) return;
  event.preventDefault();
  radio.focus();
  radio.click();
});
