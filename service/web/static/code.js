// The confirmation code: seen, heard, exchanged; or a proof of work, made while one writes.

import { send, whyRefused } from "./api.js";
import { sayBeside } from "./say.js";

const find = (id) => document.getElementById(id);
let proof = null;

/** Tell whether a picture is to be copied on this page. */
function isPicture() {
  return find("picture") !== null;
}

/** Show another code. */
export async function renewCode() {
  if (!isPicture()) {
    proof = null;
    return;
  }
  const { id, image, audio } = await send("POST", "/captchas", {});
  find("captcha-id").value = id;
  find("picture").src = image;
  find("sound").src = audio;
  find("answer").value = "";
}

/** Work out a proof. */
async function work() {
  const { id, altcha } = await send("POST", "/captchas", {});
  const { solve } = await import("./pow.js");
  return { id, answer: await solve(altcha) };
}

/** Begin the proof of work early, where there is one, so that nobody waits for it. */
export function prepareProof() {
  if (document.body.dataset.captcha !== "pow" || isPicture()) return null;
  proof ??= work();
  proof.catch(() => { proof = null; });
  return proof;
}

/** Give what answers the captcha of this page, null where it asks for none. */
export async function answerCode() {
  if (isPicture()) return { id: find("captcha-id").value, answer: find("answer").value };
  return prepareProof();
}

/** Say beside the buttons why one of them did nothing; "" when it did. */
function complain(why) {
  sayBeside(find("another"), why);
}

/** Make the buttons work in place: hear the code, take another one. */
export function enhanceCode() {
  if (!isPicture()) return;
  const sound = find("sound");
  sound.hidden = true;
  find("hear").hidden = false;
  find("hear").addEventListener("click", async () => {
    find("answer").focus();
    sound.currentTime = 0;
    await sound.play().then(() => "", () => "The sound cannot be had at the moment.").then(complain);
  });
  find("another").addEventListener("click", async (event) => {
    event.preventDefault();
    find("answer").focus();
    await renewCode().then(() => "", whyRefused).then(complain);
  });
}
