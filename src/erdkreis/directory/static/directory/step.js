// List and map in step: whoever looks at one sees it in the other. Without this, links do the same.
const mark = (entry, on) => {
  document.getElementById(entry)?.classList.toggle("in-view", on);
  document.querySelector(`.mark[data-entry="${entry}"]`)?.classList.toggle("in-view", on);
};
for (const part of document.querySelectorAll(".entries > li, .place-map .mark")) {
  const entry = part.id || part.dataset.entry;
  for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
    part.addEventListener(event, () => mark(entry, on));
  }
}
