// The draft: the text survives a reload, and so does the idempotency key under which it is sent.

import { recall, remember } from "./memory.js";

const KEPT = ["name", "body", "parent"];
const name = `draft.${document.body.dataset.thread}`;

/** Save the form, except for the e-mail address. */
export function keepDraft({ elements, dataset }) {
  const fields = Object.fromEntries(KEPT.map((field) => [field, elements[field].value]));
  remember(name, { ...fields, key: elements.key.value, answered: dataset.answered });
}

/** Delete the text but keep the name. */
export function forgetDraft({ elements }) {
  elements.body.value = "";
  elements.parent.value = "";
  remember(name, null);
  remember("writer", { name: elements.name.value });
}

/** Restore the draft, unless the service has sent the entries back. */
export function restoreDraft({ elements, dataset }) {
  const draft = { ...recall("writer", {}), ...recall(name, {}) };
  if (!elements.body.value && draft.key) elements.key.value = draft.key;
  if (!elements.parent.value) dataset.answered = draft.answered ?? "";
  for (const field of KEPT) elements[field].value ||= draft[field] ?? "";
}
