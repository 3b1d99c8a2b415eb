// What is wrong with the form, next to its fields.

import { Refused, whyRefused } from "./api.js";
import { canShowPicture, renewCode, showPicture } from "./code.js";
import { sayBeside } from "./say.js";
import { sentence } from "./sentences.js";

const form = document.getElementById("form");
const PLACES = { captcha: "answer", "captcha.id": "answer", "captcha.answer": "answer", thread: "form" };
const SPENT = ["used", "exhausted", "expired", "unknown", "moved"];
const find = (id) => document.getElementById(id);

/** Show the fault of one field, or of the whole form; "" clears it. */
export function mark(field, message) {
  const place = find(`${field}-fault`) ?? find("form-fault");
  place.textContent = message;
  const input = form.elements[field];
  if (!input || input.type === "hidden") return;
  if (message) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

/** Clear all faults. */
export function unmark() {
  for (const place of form.querySelectorAll(".fault[id]")) mark(place.id.replace("-fault", ""), "");
  find("nudge").hidden = true;
  sayBeside(find("send"), "");
}

/** Show why the comment was refused, and focus the first faulty field. */
export async function showFaults(error) {
  const errors = error instanceof Refused ? error.problem.errors ?? [] : [];
  const isCode = ({ field }) => field.startsWith("captcha");
  if (errors.some(isCode) && canShowPicture()) await showPicture().catch(() => {});
  else if (errors.some((one) => isCode(one) && SPENT.includes(one.code))) await renewCode().catch(() => {});
  else if (errors.some(({ field }) => field === "captcha.answer")) form.elements.answer.value = "";
  for (const { field, detail } of errors) mark(PLACES[field] ?? field, detail);
  const first = form.querySelector("[aria-invalid]");
  mark("form", first ? sentence("Your comment is not sent yet. Please look at what is marked below.") : whyRefused(error));
  (first ?? find("send")).focus();
}
