// The form: sent without leaving the page, faults next to their fields, once however often pressed.

import { Refused, asReader, send, whyRefused } from "./api.js";
import { answerCode, enhanceCode, prepareProof, renewCode } from "./code.js";
import { forgetDraft, keepDraft, restoreDraft } from "./draft.js";
import { showOwn } from "./own.js";

const form = document.getElementById("form");
const { thread, title } = document.body.dataset;
const PLACES = { captcha: "answer", "captcha.id": "answer", "captcha.answer": "answer", thread: "form" };
const SPENT = ["used", "exhausted", "expired", "unknown"];
let sending = false;

/** Say what is wrong with one field, or with all of the form; "" for nothing. */
function mark(field, sentence) {
  const place = document.getElementById(`${field}-fault`) ?? document.getElementById("form-fault");
  place.textContent = sentence;
  const input = form.elements[field];
  if (!input || input.type === "hidden") return;
  if (sentence) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

/** Unmark everything. */
function unmark() {
  for (const place of form.querySelectorAll(".fault")) mark(place.id.replace("-fault", ""), "");
}

/** Show why the comment was not taken, and lead to the first field that is faulty. */
async function showFaults(error) {
  const errors = error instanceof Refused ? error.problem.errors ?? [] : [];
  for (const { field, detail } of errors) mark(PLACES[field] ?? field, detail);
  const first = form.querySelector("[aria-invalid]");
  mark("form", first ? "Your comment is not sent yet. Please look at what is marked below." : whyRefused(error));
  const spent = errors.some(({ field, code }) => field.startsWith("captcha") && SPENT.includes(code));
  if (spent) await renewCode().catch(() => {});
  else if (errors.some(({ field }) => field === "captcha.answer")) form.elements.answer.value = "";
  if (error instanceof Refused && error.problem.type?.endsWith("idempotency-key-reused")) newKey();
  (first ?? document.getElementById("send")).focus();
}

/** Take a new key: what is sent from now on is another comment. */
function newKey() {
  const random = crypto.getRandomValues(new Uint8Array(12));
  form.elements.key.value = btoa(String.fromCharCode(...random));
}

/** Give the comment as the service wants it. */
async function comment() {
  const { name, email, body, parent } = form.elements;
  return {
    thread,
    title,
    name: name.value,
    email: email.value || null,
    body: body.value,
    parent: parent.value || null,
    captcha: await answerCode(),
  };
}

/** Send the comment and show what became of it. */
async function submit() {
  unmark();
  const headers = { "Idempotency-Key": form.elements.key.value, ...(await asReader()) };
  const taken = await send("POST", "/comments", await comment(), headers);
  forgetDraft(form);
  newKey();
  answering(null);
  await showOwn(taken);
  await renewCode().catch(() => {});
}

/** Send once: a second press while the first is under way does nothing. */
async function sendOnce() {
  if (sending) return;
  sending = true;
  const progress = document.getElementById("progress");
  form.setAttribute("aria-busy", "true");
  progress.textContent = "Sending…";
  try {
    await submit();
  } catch (error) {
    if (error instanceof Refused) await showFaults(error);
    else await withPicture(error);
  } finally {
    sending = false;
    form.removeAttribute("aria-busy");
    progress.textContent = "";
  }
}

/** Where no proof of work can be made, go on with a picture. */
async function withPicture(error) {
  if (document.body.dataset.captcha !== "pow" || document.getElementById("code")) return showFaults(error);
  keepDraft(form);
  location.replace(`/frame/${document.body.dataset.site}?${new URLSearchParams({ thread, title, code: "picture" })}#write`);
}

/** Say whom one answers. */
function answering(name) {
  const place = document.getElementById("answering");
  place.hidden = name === null;
  if (name === null) form.elements.parent.value = "";
  else place.querySelector("span").replaceChildren("You answer ", Object.assign(document.createElement("bdi"), { textContent: name }), ".");
}

/** Begin an answer to a comment, or give it up. */
function chooseAnswer(event) {
  const reply = event.target.closest("a[data-reply]");
  const none = event.target.closest("a[data-no-reply]");
  if (!reply && !none) return;
  event.preventDefault();
  form.elements.parent.value = reply ? reply.dataset.reply : "";
  answering(reply ? reply.dataset.name : null);
  form.elements.body.focus();
  keepDraft(form);
}

/** Make writing comfortable. */
export function enhanceForm() {
  restoreDraft(form);
  enhanceCode();
  const shown = document.querySelector(`[data-reply="${CSS.escape(form.elements.parent.value)}"]`);
  if (shown) answering(shown.dataset.name);
  form.addEventListener("input", () => keepDraft(form));
  form.addEventListener("focusin", () => prepareProof()?.catch(() => {}));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendOnce();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) sendOnce();
  });
  document.addEventListener("click", chooseAnswer);
}
