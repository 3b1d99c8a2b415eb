// The form: sent in place and only once, with faults next to their fields.

import { answering, enhanceAnswering, showAnswered } from "./answering.js";
import { Refused, asReader, send, whyRefused } from "./api.js";
import { answerCode, canShowPicture, enhanceCode, hidePicture, prepareProof, renewCode, showPicture, workLonger } from "./code.js";
import { forgetDraft, keepDraft, restoreDraft } from "./draft.js";
import { mark, showFaults, unmark } from "./faults.js";
import { whyForgotten } from "./jar.js";
import { showOwn } from "./own.js";
import { sayBeside } from "./say.js";
import { sentence } from "./sentences.js";

const form = document.getElementById("form");
const { thread, title } = document.body.dataset;
// Where silent work is enough, more of it mends these, and nobody has to type anything.
const MENDED_BY_WORK = ["work", "moved", "expired"];
const find = (id) => document.getElementById(id);
let sending = false;

/** Ask whether the author wants to rephrase. */
function nudge() {
  find("rephrase").hidden = false;
  find("nudge").hidden = false;
  find("nudge").focus();
}

/** Create a new idempotency key: the next submission is another comment. */
function newKey() {
  const random = crypto.getRandomValues(new Uint8Array(12));
  form.elements.key.value = btoa(String.fromCharCode(...random));
  keepDraft(form);
}

/** Return the comment as the API expects it. */
async function comment(insist) {
  const { name, email, body, parent, homepage } = form.elements;
  return {
    thread,
    title,
    name: name.value,
    email: email.value || null,
    body: body.value,
    parent: parent.value || null,
    captcha: await answerCode(),
    homepage: homepage.value,
    insist,
  };
}

/** Empty the form, except for what was typed while the comment was being sent. */
function empty(sent) {
  const { body, parent } = form.elements;
  newKey();
  if (body.value !== sent.body || parent.value !== (sent.parent ?? "")) return;
  forgetDraft(form);
  answering(form, null);
}

/** Tell whether more work is all that a refusal asks for. */
function wantsWork(error) {
  const errors = error instanceof Refused ? error.problem.errors ?? [] : [];
  const mended = canShowPicture() ? MENDED_BY_WORK : ["work"];
  return errors.length > 0 && errors.every(({ field, code }) => field.startsWith("captcha") && mended.includes(code));
}

/** Send the comment; if more work is asked for, do it and send it once more. */
async function sendComment(sent, headers) {
  try {
    return await send("POST", "/comments", sent, headers);
  } catch (error) {
    if (!wantsWork(error) || !(await workLonger())) throw error;
    sent.captcha = await answerCode();
    return send("POST", "/comments", sent, headers);
  }
}

/** Send the comment and show the result. */
async function submit(insist) {
  unmark();
  const headers = { "Idempotency-Key": form.elements.key.value, ...(await asReader()) };
  const sent = await comment(insist);
  const taken = await sendComment(sent, headers);
  empty(sent);
  hidePicture();
  await showOwn(taken);
  if (taken.repeated) sayBeside(find("send"), sentence("This comment had already arrived, perhaps from another tab. It is here only once."));
  await renewCode().catch(() => {});
}

/** Send once: ignore further presses while a request is under way. */
async function sendOnce(insist = false) {
  if (sending) return;
  sending = true;
  const progress = find("progress");
  form.setAttribute("aria-busy", "true");
  progress.textContent = sentence("Sending…");
  try {
    await submit(insist);
  } catch (error) {
    if (error instanceof Refused && error.is("may-be-held")) nudge();
    else if (error instanceof Refused || !canShowPicture()) await refused(error);
    else await withPicture();
  } finally {
    sending = false;
    form.removeAttribute("aria-busy");
    progress.textContent = "";
  }
}

/** Show why the comment was refused; a key that stands for another comment is not used again. */
async function refused(error) {
  if (error instanceof Refused && error.is("idempotency-key-reused")) newKey();
  await showFaults(error);
}

/** Continue with a picture if no proof of work is possible. */
async function withPicture() {
  try {
    await showPicture();
  } catch (error) {
    mark("form", whyRefused(error));
    return;
  }
  mark("answer", sentence("One more step, please: copy the code from the picture, then send it again."));
  form.elements.answer.focus();
}

/** Say before somebody writes that their browser will forget it. */
async function warn() {
  const why = await whyForgotten();
  if (why) find("forgetful").textContent = why;
}

/** Set up the form. */
export function enhanceForm() {
  if (!form) return;
  restoreDraft(form, () => showAnswered(form));
  enhanceCode();
  enhanceAnswering(form);
  form.addEventListener("input", () => keepDraft(form));
  form.addEventListener("focusin", () => prepareProof()?.catch(() => {}));
  form.addEventListener("focusin", warn, { once: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendOnce(event.submitter?.name === "insist");
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) sendOnce();
  });
  find("rephrase").addEventListener("click", () => form.elements.body.focus());
}
