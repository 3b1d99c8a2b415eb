// The draft: what is being written survives a reload.

import { recall, remember } from "./memory.js";

const KEPT = ["name", "email", "body", "parent"];
const name = `draft.${document.body.dataset.thread}`;

/** Keep what the form holds. */
export function keepDraft(form) {
  remember(name, Object.fromEntries(KEPT.map((field) => [field, form.elements[field].value])));
}

/** Forget the text; who writes stays known. */
export function forgetDraft(form) {
  form.elements.body.value = "";
  form.elements.parent.value = "";
  remember(name, null);
  remember("writer", { name: form.elements.name.value, email: form.elements.email.value });
}

/** Fill the form with what was kept; what the service sent back comes first. */
export function restoreDraft(form) {
  const kept = { ...recall("writer", {}), ...recall(name, {}) };
  for (const field of KEPT) form.elements[field].value ||= kept[field] ?? "";
}
