// For pages of other sites: lets frames with a page of Erdkreis grow to the height of what is in them.
// It listens only to where it came from itself, and takes nothing but a number.
(() => {
  const ours = new URL(document.currentScript.src).origin;
  const HIGHEST = 30000;
  const frames = () =>
    [...document.querySelectorAll("iframe[data-erdkreis]")].filter(
      (frame) => new URL(frame.src, location.href).origin === ours,
    );
  window.addEventListener("message", (event) => {
    if (event.origin !== ours || event.data?.erdkreis !== "height") return;
    const { height } = event.data;
    if (!Number.isFinite(height) || height <= 0) return;
    const frame = frames().find((one) => one.contentWindow === event.source);
    if (frame) frame.style.height = `${Math.min(height, HIGHEST)}px`;
  });
  // A frame that was there before this script has said its height already: ask once more. The
  // question holds nothing, so anyone may hear it.
  const ask = (frame) => frame.contentWindow.postMessage({ erdkreis: "ask" }, "*");
  for (const frame of frames()) {
    ask(frame);
    frame.addEventListener("load", () => ask(frame));
  }
})();
