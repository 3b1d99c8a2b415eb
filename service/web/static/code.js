// The confirmation code: show, play and replace it; and a proof of work, computed during writing.

import { asKnownReader, send, whyRefused } from "./api.js";
import { complain, enhanceSound } from "./sound.js";

const { captcha } = document.body.dataset;
const isSilent = captcha === "pow" || captcha === "adaptive";
const find = (id) => document.getElementById(id);
// A proof is valid for ten minutes after its challenge; longer writing needs a new one.
const GOOD_FOR = 9 * 60_000;
// What is sent sooner after a code was issued is taken for a program's; a little more, for clocks.
const HASTE = 2_200;
let proof = null;
let begun = 0;
let issued = Date.now();
let stop = new AbortController();

/** Tell whether this page asks for a typed answer, usually a code copied from a picture. */
function isShown() {
  return find("captcha-id") !== null;
}

/** Forget the proof, and stop working on it. */
function drop() {
  stop.abort();
  stop = new AbortController();
  proof = null;
}

/** Show another code. */
export async function renewCode() {
  drop();
  if (isShown()) fillIn(document, await issue("?kind=image"));
}

/** Request a captcha; with `again`, the same one with as much work as is asked for now. */
async function issue(query) {
  const code = await send("POST", `/captchas${query}`, {}, asKnownReader());
  issued = Date.now();
  return code;
}

/** Fill in the picture, the sound and the answer field of a code, or another provider's HTML. */
function fillIn(page, { id, image, audio, html, altcha }) {
  page.getElementById("captcha-id").value = id;
  if (image) page.getElementById("picture").src = image;
  if (audio) page.getElementById("sound").src = audio;
  if (html) page.getElementById("answer-hint").replaceChildren(...parse(html).body.childNodes);
  page.getElementById("code").dataset.work = JSON.stringify(altcha);
  page.getElementById("answer").value = "";
}

function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/** Show the picture on a page that had none, and leave everything else unchanged. */
export async function showPicture() {
  // The page's own picture may have expired; hide it so that nobody copies it.
  const code = await issue("?kind=image");
  const page = parse(find("code-without-script").textContent);
  fillIn(page, code);
  drop();
  find("nudge").before(page.getElementById("code"));
  enhanceCode();
  prepareProof();
}

/** Tell whether this page has shown no picture so far. */
export function canShowPicture() {
  return !isShown() && find("code-without-script") !== null;
}

/** Return to silent work after a comment was accepted. */
export function hidePicture() {
  if (isSilent && find("code-without-script")) find("code")?.remove();
}

/** Do the work of a challenge. */
async function solve(challenge) {
  const { signal } = stop;
  const { solve: search } = await import("./pow.js");
  return search(challenge, { signal });
}

/** Compute a proof that is the whole answer. */
async function work(query = "") {
  begun = Date.now();
  const { id, altcha } = await issue(query);
  return { id, answer: await solve(altcha) };
}

/** Compute the proof beside a code; "" if this browser cannot: then a person reads the comment. */
function workBeside() {
  const challenge = find("code").dataset.work;
  return challenge ? solve(JSON.parse(challenge)).catch(() => "") : Promise.resolve("");
}

/** Start the proof of work early, if there is one, so that nobody waits for it. */
export function prepareProof() {
  if (isShown()) return (proof ??= workBeside());
  if (!isSilent) return null;
  if (Date.now() - begun > GOOD_FOR) proof = null;
  proof ??= work();
  proof.catch(() => { proof = null; });
  return proof;
}

/** Return the answer to this page's captcha, null without one. */
export async function answerCode() {
  const done = await prepareProof();
  if (!isShown()) return done;
  await new Promise((resume) => { setTimeout(resume, issued + HASTE - Date.now()); });
  return { id: find("captcha-id").value, answer: find("answer").value, work: done };
}

/** Do the work that is asked for now; tell whether that is all it takes, and nothing is to be typed. */
export async function workLonger() {
  const before = isShown() ? find("captcha-id").value : (await proof)?.id ?? "";
  drop();
  const again = `again=${encodeURIComponent(before)}`;
  if (!isShown()) {
    proof = work(`?${again}`);
    proof.catch(() => { proof = null; });
    return true;
  }
  const code = await issue(`?kind=image&${again}`);
  if (code.id === before) find("code").dataset.work = JSON.stringify(code.altcha);
  else fillIn(document, code);
  return code.id === before;
}

/** Make the buttons work in place: play the code, get another one. */
export function enhanceCode() {
  if (!isShown()) return;
  if (find("sound")) enhanceSound(find("sound"));
  find("another").addEventListener("click", async (event) => {
    event.preventDefault();
    find("answer").focus();
    await renewCode().then(() => "", whyRefused).then(complain);
  });
}
