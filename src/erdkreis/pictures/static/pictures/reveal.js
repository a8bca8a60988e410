// One moment at a time: space or → shows what was expected, then the answer, then the next moment;
// ← goes back. Everything was loaded already, so the room's network may fail.
//
// What has not been shown yet is not even in the page: no search, no zoom and no screen reader
// finds it before its key is pressed. Going back takes it out again.
const moments = [...document.querySelectorAll("[data-moment]")];
const place = document.querySelector("[data-place]");
const secrets = new Map(
  moments.map((moment) => [
    moment,
    [...moment.querySelectorAll("[data-secret]")].map((fold) => {
      fold.open = true;
      // Open it stays, so Tab need not stop there.
      fold.querySelector("summary").tabIndex = -1;
      const anchor = document.createComment("");
      fold.replaceWith(anchor);
      return { fold, anchor };
    }),
  ]),
);
let now = 0;
let nShown = 0;

const here = () => secrets.get(moments[now]);

function draw() {
  moments.forEach((moment, i) => {
    moment.classList.toggle("is-now", i === now);
    secrets.get(moment).forEach(({ fold, anchor }, number) => {
      const isTold = i === now && number < nShown;
      if (isTold && !fold.isConnected) anchor.before(fold);
      if (!isTold) fold.remove();
    });
  });
}

function show(number, { isTold = false } = {}) {
  now = Math.max(0, Math.min(number, moments.length - 1));
  nShown = isTold ? here().length : 0;
  draw();
  place.textContent = place.dataset.words.replace("HERE", now + 1).replace("ALL", moments.length);
  moments[now].tabIndex = -1;
  moments[now].focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function tell(n) {
  nShown = n;
  draw();
}

function on() {
  if (nShown < here().length) tell(nShown + 1);
  else if (now < moments.length - 1) show(now + 1);
}

function back() {
  if (nShown > 0) tell(nShown - 1);
  else if (now > 0) show(now - 1, { isTold: true });
}

const KEYS = {
  " ": on, ArrowRight: on, ArrowDown: on, PageDown: on, Enter: on,
  ArrowLeft: back, ArrowUp: back, PageUp: back,
  Home: () => show(0), End: () => show(moments.length - 1),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  // Links keep their own keys while they have the focus.
  if (event.target.closest("a") && [" ", "Enter"].includes(event.key)) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.body.classList.add("is-staged");
show(0);
