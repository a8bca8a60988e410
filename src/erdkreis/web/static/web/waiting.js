// When the network is away, an answer waits on this device: visibly, also after a reload or after the
// browser was closed, and it is sent by itself. It is written down before it is sent and struck out
// when the server has it, so nothing is lost on the way. Sending twice changes nothing: the server
// keeps one answer to each question. On a shared device (kiosk) this script is not loaded at all.
"use strict";

(() => {
  const PATIENCE = [2, 4, 8, 15, 30]; // seconds from one try to the next
  const LONGEST = 20_000; // after so many milliseconds a request counts as lost
  const UNEASY = 3_000; // after so many it is said that an answer is still on its way
  const WELL_READ = 6_000; // what is well is not said for longer
  const NOT_TAKEN = [400, 404, 409, 413, 422];
  const NOT_PART_OF_IT = ["csrfmiddlewaretoken", "back", "to_check", "list"];
  const BEGINNING = "erdkreis.waiting.";

  const memory = new Map(); // where the browser keeps nothing
  let shelf = "";
  let pressed = null; // what somebody pressed and is still waiting for
  let isAway = false;
  let isSending = false;
  let tries = 0;
  let timer = 0;

  const box = () => document.querySelector("[data-waiting]");
  // The shelf of this voice; also while a page is shown that has no place to tell of it.
  function key() {
    if (box()) shelf = `${BEGINNING}${box().dataset.place}${box().dataset.waiting}`;
    return shelf;
  }

  // What the storage had no room for is newer than what lies there.
  function read() {
    const kept = memory.get(key());
    if (kept) return kept;
    try {
      return JSON.parse(localStorage.getItem(key()) || "{}");
    } catch {
      return {};
    }
  }

  function write(entries) {
    const isEmpty = Object.keys(entries).length === 0;
    try {
      if (isEmpty) localStorage.removeItem(key());
      else localStorage.setItem(key(), JSON.stringify(entries));
      memory.delete(key());
    } catch {
      if (isEmpty) memory.delete(key());
      else memory.set(key(), entries);
    }
  }

  function keep(id, url, body) {
    const at = `${Date.now()}-${Math.random()}`;
    const { [id]: _older, ...others } = read();
    write({ ...others, [id]: { url, body, at } });
    return at;
  }

  // Only what was sent is struck out: what was chosen since then still waits.
  function strike(id, at) {
    const { [id]: sent, ...others } = read();
    if (sent && sent.at === at) write(others);
  }

  function refuse(id) {
    const entries = read();
    entries[id].isRefused = true;
    write(entries);
  }

  const waiting = () => Object.entries(read()).filter(([, entry]) => !entry.isRefused);
  const refused = () => Object.entries(read()).filter(([, entry]) => entry.isRefused);

  function tell(isAllSent = false) {
    const place = box();
    if (!place) return;
    const [says, lost] = [place.querySelector("[data-says]"), place.querySelector("[data-lost]")];
    const n = waiting().length;
    const isSend = n > 0 && waiting().at(-1)[0] === "send";
    let text = isAllSent ? place.dataset.sent : "";
    if (n && isAway) {
      text = isSend ? place.dataset.send : (n === 1 ? place.dataset.one : place.dataset.many.replace("{n}", n));
      if (memory.size) text += ` ${place.dataset.memory}`;
    }
    if (says.textContent !== text) says.textContent = text;
    const words = refused().map(([, entry]) => new URLSearchParams(entry.body).get("words") || "");
    lost.hidden = words.length === 0 && !othersWait();
    lost.querySelector("[data-words]").textContent = words.filter(Boolean).join("\n\n");
    place.classList.toggle("is-quiet", !text && lost.hidden);
    if (isAllSent) setTimeout(() => tell(), WELL_READ);
    const saved = document.getElementById("saved");
    if (saved && n && isAway) saved.textContent = saved.dataset.offline;
    if (saved && isAllSent) saved.textContent = saved.dataset.arrived;
  }

  // On a page where all is over: what lies here of a voice that this device does not know any more.
  // Its words are not shown, they may be somebody else's.
  function othersWait() {
    if (box().dataset.over === undefined) return false;
    return shelves(box().dataset.place).some((name) => name !== key());
  }

  function shelves(place) {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(`${BEGINNING}${place}`));
    } catch {
      return [];
    }
  }

  function tryAgain() {
    clearTimeout(timer);
    timer = setTimeout(flush, 1000 * PATIENCE[Math.min(tries, PATIENCE.length - 1)]);
    tries += 1;
  }

  function fail() {
    isAway = true;
    tell();
    tryAgain();
  }

  async function send(id, entry) {
    const body = new URLSearchParams(entry.body);
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    const response = await fetch(entry.url, {
      method: "POST",
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(LONGEST),
      headers: { "HX-Request": "true", "HX-Trigger-Name": "autosave" },
    });
    if (response.ok || response.type === "opaqueredirect") {
      strike(id, entry.at);
      tries = 0;
    } else if (NOT_TAKEN.includes(response.status)) refuse(id);
    else throw new Error(response.status);
  }

  async function flush() {
    if (isSending || !box()) return;
    isSending = true;
    clearTimeout(timer);
    const isPressed = (id) => pressed && pressed.form.isConnected && pressed.form.dataset.waits === id;
    const before = waiting();
    try {
      for (const [id, entry] of before) if (!isPressed(id)) await send(id, entry);
      const again = pressed;
      pressed = null;
      if (again && again.form.isConnected) again.form.requestSubmit(again.submitter);
      else if (before.length && !waiting().length) goOn(before);
      tell(isAway && !waiting().length);
    } catch {
      fail();
    } finally {
      isSending = false;
    }
  }

  // The page was made before the answers arrived.
  function goOn(sent) {
    const place = box();
    if (refused().length) return;
    if (place.dataset.then && sent.at(-1)[0] === "send") location.assign(place.dataset.then);
    else if (place.dataset.reload !== undefined) location.reload();
  }

  // After a reload the form shows what waits, not the older answer that the server knows.
  function showAgain() {
    const form = document.querySelector("form.question[data-waits]");
    const entry = form && read()[form.dataset.waits];
    if (!entry || entry.isRefused) return;
    for (const [name, value] of new URLSearchParams(entry.body)) {
      const field = form.elements.namedItem(name);
      if (field instanceof RadioNodeList || (field && field.type !== "hidden")) field.value = value;
      if (name === "words" && value) field.closest("details")?.setAttribute("open", "");
    }
  }

  // Nothing is taken any more. What still waited is told here, and goes when somebody has seen it.
  function tellWhatCameTooLate() {
    for (const [id] of waiting()) refuse(id);
    tell();
  }

  function begin() {
    if (!box()) return;
    if (box().dataset.over !== undefined) return tellWhatCameTooLate();
    const sent = box().dataset.done && read()[box().dataset.done];
    if (sent) strike(box().dataset.done, sent.at);
    showAgain();
    isAway = waiting().length > 0;
    tell();
    flush();
  }

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    const form = detail.elt.closest("form[data-waits]");
    if (!form || !box()) return;
    const parts = [...detail.requestConfig.formData].filter(([name]) => !NOT_PART_OF_IT.includes(name));
    const [id, url] = [form.dataset.waits, form.dataset.waitsAt || form.action];
    detail.xhr.timeout ||= LONGEST;
    const at = keep(id, url, new URLSearchParams(parts).toString());
    detail.xhr.waits = { id, at };
    // Of this answer, not of one that was given just now: who presses quickly is not told of trouble.
    setTimeout(() => { if (read()[id]?.at === at) { isAway = true; tell(); } }, UNEASY);
  });

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const { waits, status } = detail.xhr;
    if (!waits || !status) return;
    const isOurs = detail.successful || NOT_TAKEN.includes(status);
    if (!isOurs) return fail();
    // What was not taken is told by the page that came back, with the words to copy.
    strike(waits.id, waits.at);
    if (detail.successful) {
      const wasAway = isAway;
      tries = 0;
      isAway = waiting().length > 0;
      tell(wasAway && !isAway);
      if (isAway) flush();
    }
  });

  // A proxy whose server is being started anew answers with a page of its own: no network either.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, elt } = event.detail;
    if (!xhr.waits || xhr.status < 500 || xhr.responseText.includes('id="main"')) return;
    event.detail.shouldSwap = false;
    hold(elt, event.detail.requestConfig);
  });

  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, ({ detail }) => {
      if (!detail.xhr.waits) return;
      hold(detail.elt, detail.requestConfig);
      fail();
    });
  }

  function hold(elt, config) {
    if (elt.matches("form")) pressed = { form: elt, submitter: config.triggeringEvent?.submitter };
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!box()) return;
    if (form.matches("[data-sends]")) {
      // With a network the browser sends the form itself; what it cannot, is sent on the next visit.
      const mustWait = !navigator.onLine || waiting().length > 0;
      keep("send", form.action, "");
      if (!mustWait) return;
      event.preventDefault();
      await flush();
      if (waiting().length) fail();
    } else if (form.matches("[data-forgets]") && waiting().length && !form.dataset.isSure) {
      event.preventDefault();
      isAway = true;
      await flush();
      form.dataset.isSure = "yes";
      if (!waiting().length) form.requestSubmit();
      else box().querySelector("[data-says]").textContent = box().dataset.forget;
    } else if (form.matches("[data-forgets], [data-withdraws]")) {
      forget(box().dataset.place);
    } else if (!form.matches("[data-waits]") && !navigator.onLine) {
      // A page of the browser would take the place of what was written.
      event.preventDefault();
      box().querySelector("[data-says]").textContent = box().dataset.hold;
      box().classList.remove("is-quiet");
    }
  });

  document.addEventListener("click", (event) => {
    if (!event.target.matches("[data-drop-refused]")) return;
    write(Object.fromEntries(waiting()));
    if (othersWait()) forget(box().dataset.place);
    tell();
  });

  function forget(place) {
    memory.clear();
    for (const one of shelves(place)) localStorage.removeItem(one);
  }

  addEventListener("online", flush);
  addEventListener("pageshow", (event) => { if (event.persisted) begin(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && isAway) flush(); });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
