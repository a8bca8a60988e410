// Offers to keep one's own answers in this browser, to find them beside the group's later. Kept
// only when the person presses; never sent; gone with “forget me on this device”.
const box = document.querySelector("[data-keep]");

if (box) {
  const key = box.dataset.keep;
  // Beside them stays how long it took: for the sum on the next first page, on this device only.
  const minutesKey = key.replace(".answers.", ".minutes.");
  const spent = JSON.stringify({ day: new Date().toISOString().slice(0, 10), minutes: Number(box.dataset.minutes) });
  const forget = () => [key, minutesKey].forEach((one) => localStorage.removeItem(one));
  const answers = document.getElementById("own-answers")?.textContent;
  const [keep, drop] = [box.querySelector("[data-yes]"), box.querySelector("[data-no]")];

  const show = () => {
    const isKept = localStorage.getItem(key) !== null;
    keep.hidden = isKept;
    drop.hidden = !isKept;
  };

  try {
    // What was kept before a change would otherwise be told as the own answer.
    if (answers && localStorage.getItem(key) !== null) localStorage.setItem(key, answers);
    keep.addEventListener("click", () => { localStorage.setItem(key, answers); localStorage.setItem(minutesKey, spent); show(); });
    drop.addEventListener("click", () => { forget(); show(); });
    document.querySelectorAll("form[data-forgets]").forEach((form) => {
      form.addEventListener("submit", forget);
    });
    if (box.dataset.dropNow !== undefined) forget();
    show();
    box.hidden = box.dataset.dropNow !== undefined;
  } catch {
    // No storage in this browser: nothing is offered.
  }
}
