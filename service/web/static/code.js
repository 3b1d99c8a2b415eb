// The confirmation code: show, play and replace it; or a proof of work, computed during writing.

import { send, whyRefused } from "./api.js";
import { sayBeside } from "./say.js";
import { sentence } from "./sentences.js";

const { captcha } = document.body.dataset;
const isSilent = captcha === "pow" || captcha === "adaptive";
const find = (id) => document.getElementById(id);
// A proof is valid for ten minutes after its challenge; longer writing needs a new one.
const GOOD_FOR = 9 * 60_000;
let proof = null;
let begun = 0;

/** Tell whether this page asks for a typed answer, usually a code copied from a picture. */
function isShown() {
  return find("captcha-id") !== null;
}

/** Show another code. */
export async function renewCode() {
  proof = null;
  if (isShown()) fillIn(document, await newCode());
}

function newCode() {
  return send("POST", "/captchas?kind=image", {});
}

/** Fill in the picture, the sound and the answer field of a code, or another provider's HTML. */
function fillIn(page, { id, image, audio, html }) {
  page.getElementById("captcha-id").value = id;
  if (image) page.getElementById("picture").src = image;
  if (audio) page.getElementById("sound").src = audio;
  if (html) page.getElementById("answer-hint").replaceChildren(...parse(html).body.childNodes);
  page.getElementById("answer").value = "";
}

function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/** Show the picture on a page that had none, and leave everything else unchanged. */
export async function showPicture() {
  // The page's own picture may have expired; hide it so that nobody copies it.
  const code = await newCode();
  const page = parse(find("code-without-script").textContent);
  fillIn(page, code);
  proof = null;
  find("nudge").before(page.getElementById("code"));
  enhanceCode();
}

/** Tell whether this page has shown no picture so far. */
export function canShowPicture() {
  return !isShown() && find("code-without-script") !== null;
}

/** Return to silent work after a comment was accepted. */
export function hidePicture() {
  if (isSilent && find("code-without-script")) find("code")?.remove();
}

/** Compute a proof. */
async function work() {
  begun = Date.now();
  const { id, altcha } = await send("POST", "/captchas", {});
  const { solve } = await import("./pow.js");
  return { id, answer: await solve(altcha) };
}

/** Start the proof of work early, if there is one, so that nobody waits for it. */
export function prepareProof() {
  if (!isSilent || isShown()) return null;
  if (Date.now() - begun > GOOD_FOR) proof = null;
  proof ??= work();
  proof.catch(() => { proof = null; });
  return proof;
}

/** Return the answer to this page's captcha, null without one. */
export async function answerCode() {
  if (isShown()) return { id: find("captcha-id").value, answer: find("answer").value };
  return prepareProof();
}

/** Show next to the buttons why one of them failed; "" clears it. */
function complain(why) {
  sayBeside(find("another"), why);
}

function enhanceSound(sound) {
  sound.hidden = true;
  find("hear").hidden = false;
  find("hear").addEventListener("click", async () => {
    find("answer").focus();
    sound.currentTime = 0;
    const why = sentence("The sound cannot be had at the moment.");
    await sound.play().then(() => "", () => why).then(complain);
  });
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
