// The confirmation code: seen, heard, exchanged; or a proof of work, made while one writes.

import { send, whyRefused } from "./api.js";
import { sayBeside } from "./say.js";
import { sentence } from "./sentences.js";

const { captcha } = document.body.dataset;
const isSilent = captcha === "pow" || captcha === "adaptive";
const find = (id) => document.getElementById(id);
// A proof is good for ten minutes after it was asked for; whoever writes longer works again.
const GOOD_FOR = 9 * 60_000;
let proof = null;
let begun = 0;

/** Tell whether an answer is to be typed on this page: mostly, a picture to be copied. */
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

/** Put a code where its picture, its sound and its answer belong; or what is asked instead. */
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

/** Ask for the picture on a page that did without; everything else stays as it is. */
export async function showPicture() {
  // The page's own picture may be too old by now; nobody shall see it and copy it.
  const code = await newCode();
  const page = parse(find("code-without-script").textContent);
  fillIn(page, code);
  proof = null;
  find("nudge").before(page.getElementById("code"));
  enhanceCode();
}

/** Tell whether this page did without the picture so far. */
export function canShowPicture() {
  return !isShown() && find("code-without-script") !== null;
}

/** Go back to silent work after a comment was taken. */
export function hidePicture() {
  if (isSilent && find("code-without-script")) find("code")?.remove();
}

/** Work out a proof. */
async function work() {
  begun = Date.now();
  const { id, altcha } = await send("POST", "/captchas", {});
  const { solve } = await import("./pow.js");
  return { id, answer: await solve(altcha) };
}

/** Begin the proof of work early, where there is one, so that nobody waits for it. */
export function prepareProof() {
  if (!isSilent || isShown()) return null;
  if (Date.now() - begun > GOOD_FOR) proof = null;
  proof ??= work();
  proof.catch(() => { proof = null; });
  return proof;
}

/** Give what answers the captcha of this page, null where it asks for none. */
export async function answerCode() {
  if (isShown()) return { id: find("captcha-id").value, answer: find("answer").value };
  return prepareProof();
}

/** Say beside the buttons why one of them did nothing; "" when it did. */
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

/** Make the buttons work in place: hear the code, take another one. */
export function enhanceCode() {
  if (!isShown()) return;
  if (find("sound")) enhanceSound(find("sound"));
  find("another").addEventListener("click", async (event) => {
    event.preventDefault();
    find("answer").focus();
    await renewCode().then(() => "", whyRefused).then(complain);
  });
}
