// The form: sent without leaving the page, faults next to their fields, once however often pressed.

import { answering, enhanceAnswering } from "./answering.js";
import { Refused, asReader, send, whyRefused } from "./api.js";
import { answerCode, canShowPicture, enhanceCode, hidePicture, prepareProof, renewCode, showPicture } from "./code.js";
import { forgetDraft, keepDraft, restoreDraft } from "./draft.js";
import { showOwn } from "./own.js";
import { sentence } from "./sentences.js";

const form = document.getElementById("form");
const { thread, title } = document.body.dataset;
const PLACES = { captcha: "answer", "captcha.id": "answer", "captcha.answer": "answer", thread: "form" };
const SPENT = ["used", "exhausted", "expired", "unknown"];
const find = (id) => document.getElementById(id);
let sending = false;

/** Say what is wrong with one field, or with all of the form; "" for nothing. */
function mark(field, told) {
  const place = find(`${field}-fault`) ?? find("form-fault");
  place.textContent = told;
  const input = form.elements[field];
  if (!input || input.type === "hidden") return;
  if (told) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

/** Unmark everything. */
function unmark() {
  for (const place of form.querySelectorAll(".fault[id]")) mark(place.id.replace("-fault", ""), "");
  find("nudge").hidden = true;
}

/** Show why the comment was not taken, and lead to the first field that is faulty. */
async function showFaults(error) {
  const errors = error instanceof Refused ? error.problem.errors ?? [] : [];
  const isCode = ({ field }) => field.startsWith("captcha");
  if (errors.some(isCode) && canShowPicture()) await showPicture().catch(() => {});
  else if (errors.some((one) => isCode(one) && SPENT.includes(one.code))) await renewCode().catch(() => {});
  else if (errors.some(({ field }) => field === "captcha.answer")) form.elements.answer.value = "";
  for (const { field, detail } of errors) mark(PLACES[field] ?? field, detail);
  const first = form.querySelector("[aria-invalid]");
  mark("form", first ? sentence("Your comment is not sent yet. Please look at what is marked below.") : whyRefused(error));
  if (error instanceof Refused && error.is("idempotency-key-reused")) newKey();
  (first ?? find("send")).focus();
}

/** Ask whether the words are meant as they are. */
function nudge() {
  find("rephrase").hidden = false;
  find("nudge").hidden = false;
  find("nudge").focus();
}

/** Take a new key: what is sent from now on is another comment. */
function newKey() {
  const random = crypto.getRandomValues(new Uint8Array(12));
  form.elements.key.value = btoa(String.fromCharCode(...random));
  keepDraft(form);
}

/** Give the comment as the service wants it. */
async function comment(insist) {
  const { name, email, body, parent } = form.elements;
  return {
    thread,
    title,
    name: name.value,
    email: email.value || null,
    body: body.value,
    parent: parent.value || null,
    captcha: await answerCode(),
    insist,
  };
}

/** Empty the form; what was typed while a comment was on its way is the next one's. */
function empty(sent) {
  const { body, parent } = form.elements;
  newKey();
  if (body.value !== sent.body || parent.value !== (sent.parent ?? "")) return;
  forgetDraft(form);
  answering(form, null);
}

/** Send the comment and show what became of it. */
async function submit(insist) {
  unmark();
  const headers = { "Idempotency-Key": form.elements.key.value, ...(await asReader()) };
  const sent = await comment(insist);
  const taken = await send("POST", "/comments", sent, headers);
  empty(sent);
  hidePicture();
  await showOwn(taken);
  await renewCode().catch(() => {});
}

/** Send once: a second press while the first is under way does nothing. */
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
    else if (error instanceof Refused || !canShowPicture()) await showFaults(error);
    else await withPicture();
  } finally {
    sending = false;
    form.removeAttribute("aria-busy");
    progress.textContent = "";
  }
}

/** Where no proof of work can be made, go on with a picture. */
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

/** Make writing comfortable. */
export function enhanceForm() {
  if (!form) return;
  restoreDraft(form);
  enhanceCode();
  enhanceAnswering(form);
  form.addEventListener("input", () => keepDraft(form));
  form.addEventListener("focusin", () => prepareProof()?.catch(() => {}));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendOnce(event.submitter?.name === "insist");
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) sendOnce();
  });
  find("rephrase").addEventListener("click", () => form.elements.body.focus());
}
