// Gets a slip without a name for a personal code and begins with it (RFC 9474: blind signatures).
// The envelope is kept until the slip is there, the slip until it has begun a voice: a lost
// connection loses nothing. Without this script the form begins with the code itself.
"use strict";

(() => {
  const box = document.querySelector("[data-slip]");
  if (!box) return;
  const find = (name) => box.querySelector(`[data-${name}]`);
  const says = find("says");
  const say = (what) => { says.textContent = what ? says.dataset[what] : ""; };
  const suite = window.blindrsa?.RSABSSA.SHA384.PSS.Randomized();

  const written = (bytes) =>
    btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const read = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

  // What is kept in this browser: per group slips that wait, per code an envelope under way.
  const kept = (key) => JSON.parse(localStorage.getItem(key) ?? "null");
  const keep = (key, value) =>
    value === null ? localStorage.removeItem(key) : localStorage.setItem(key, JSON.stringify(value));
  const slipsOf = (door) => `erdkreis.slips.${door}`;
  const envelopeOf = async (address) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(address));
    return `erdkreis.envelope.${written(new Uint8Array(digest))}`;
  };

  const canSeal = () => {
    try {
      localStorage.setItem("erdkreis.try", "1");
      localStorage.removeItem("erdkreis.try");
      return Boolean(window.crypto?.subtle && suite);
    } catch {
      return false; // no storage: a slip could be lost on the way
    }
  };

  const publicKey = ({ kty, n, e }) =>
    crypto.subtle.importKey("jwk", { kty, n, e }, { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);

  // The key is asked for without the code, so that nobody can be given a key of their own.
  const sealed = async (place) => {
    const answer = await fetch(box.dataset.key, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok) throw new Error("no key");
    const { n, e, kty, fingerprint } = await answer.json();
    if (fingerprint !== box.dataset.fingerprint) throw new Error("other key");
    const key = { n, e, kty };
    const message = suite.prepare(crypto.getRandomValues(new Uint8Array(32)));
    const { blindedMsg, inv } = await suite.blind(await publicKey(key), message);
    const envelope = {
      door: box.dataset.slip, code: box.dataset.code, key,
      message: written(message), blinded: written(blindedMsg), inverse: written(inv),
    };
    keep(place, envelope);
    return envelope;
  };

  // No cookie goes along: nothing that this request and the next one share.
  const signed = async (place, envelope) => {
    const body = new URLSearchParams({ envelope: envelope.blinded });
    const address = `${envelope.code}signature/`;
    const answer = await fetch(address, { method: "POST", body, credentials: "omit" });
    if (!answer.ok) throw new Error(`not signed: ${answer.status}`);
    const key = await publicKey(envelope.key);
    const message = read(envelope.message);
    const blind = read((await answer.json()).signature);
    const signature = await suite.finalize(key, message, blind, read(envelope.inverse));
    const slips = kept(slipsOf(envelope.door)) ?? [];
    slips.push({ message: envelope.message, signature: written(signature) });
    keep(slipsOf(envelope.door), slips);
    keep(place, { door: envelope.door }); // who opens the link again is led to the door
  };

  const fetchSlip = async () => {
    const place = await envelopeOf(box.dataset.code);
    const begun = kept(place);
    await signed(place, begun?.blinded ? begun : await sealed(place));
  };

  // Goes to the page that answers; the slip is forgotten once it has done its work.
  const handIn = async (door, form) => {
    const slips = kept(slipsOf(door));
    const slip = slips.at(-1);
    const body = new URLSearchParams(new FormData(form));
    body.set("slip_message", slip.message);
    body.set("slip_signature", slip.signature);
    const answer = await fetch(door, { method: "POST", body });
    if (!answer.redirected && answer.status !== 409) throw new Error("not begun");
    keep(slipsOf(door), slips.length > 1 ? slips.slice(0, -1) : null);
    if (answer.redirected) return location.replace(answer.url);
    document.querySelector("main").innerHTML = new DOMParser()
      .parseFromString(await answer.text(), "text/html").querySelector("main").innerHTML;
  };

  let busy = false;
  const doing = async (work) => {
    if (busy) return;
    busy = true;
    say("fetching");
    try {
      await work();
    } catch (error) {
      say(error.message === "other key" ? "otherKey" : "failed");
      const plain = find("plain-instead");
      if (plain && error.message !== "other key") plain.hidden = false;
    } finally {
      busy = false;
    }
  };
  const onPress = (button, work) => button?.addEventListener("click", () => doing(work));

  const atTheCode = (form) => {
    find("without-slip").hidden = true;
    find("with-slip").hidden = false;
    let isFetched = false;
    const fetchOnce = async () => { if (!isFetched) { await fetchSlip(); isFetched = true; } };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      doing(async () => { await fetchOnce(); await handIn(box.dataset.slip, form); });
    });
    onPress(find("later"), async () => { await fetchOnce(); location.replace(box.dataset.slip); });
    find("plain").addEventListener("click", () => form.submit());
  };

  const atTheDoor = (form) => {
    box.hidden = !(kept(slipsOf(box.dataset.slip)) ?? []).length;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      doing(() => handIn(box.dataset.slip, form));
    });
  };

  // The code is ticked off, and the answer never came: the same envelope is signed again.
  const atTheRescue = async () => {
    const place = await envelopeOf(location.pathname);
    const envelope = kept(place);
    if (!envelope) return;
    box.hidden = false;
    find(envelope.blinded ? "lost" : "there").hidden = false;
    onPress(find("again"), async () => { await signed(place, envelope); location.replace(envelope.door); });
    onPress(find("on"), () => location.replace(envelope.door));
  };

  if (!canSeal()) return;
  const form = document.querySelector("form[data-slip-form]");
  if (box.hasAttribute("data-rescue")) atTheRescue();
  else if (box.dataset.code && form) atTheCode(form);
  else if (form) atTheDoor(form);
})();
