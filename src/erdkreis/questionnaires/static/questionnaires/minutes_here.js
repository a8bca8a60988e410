// Says how many minutes this device was asked for within a year, where a person kept that here.
// Read in this browser only; nothing is sent.
const line = document.querySelector("[data-minutes-here]");

if (line) {
  try {
    const yearAgo = new Date(Date.now() - 365 * 864e5).toISOString().slice(0, 10);
    const kept = Object.keys(localStorage)
      .filter((key) => key.startsWith("erdkreis.minutes."))
      .map((key) => JSON.parse(localStorage.getItem(key)))
      .filter((one) => one && one.day > yearAgo && Number.isFinite(one.minutes));
    const sum = kept.reduce((total, one) => total + one.minutes, 0);
    line.querySelector("[data-n]").textContent = sum;
    line.hidden = sum === 0;
  } catch {
    // No storage in this browser, or something in it is not ours: nothing is said.
  }
}
