// The draft: what is being written survives a reload, and so does the key under which it is sent once.

import { recall, remember } from "./memory.js";

const KEPT = ["name", "body", "parent"];
const name = `draft.${document.body.dataset.thread}`;

/** Keep what the form holds, but for the e-mail address. */
export function keepDraft({ elements, dataset }) {
  const fields = Object.fromEntries(KEPT.map((field) => [field, elements[field].value]));
  remember(name, { ...fields, key: elements.key.value, answered: dataset.answered });
}

/** Forget the text; who writes stays known. */
export function forgetDraft({ elements }) {
  elements.body.value = "";
  elements.parent.value = "";
  remember(name, null);
  remember("writer", { name: elements.name.value });
}

/** Fill the form with what was kept; what the service sent back comes first. */
export function restoreDraft({ elements, dataset }) {
  const kept = { ...recall("writer", {}), ...recall(name, {}) };
  if (!elements.body.value && kept.key) elements.key.value = kept.key;
  if (!elements.parent.value) dataset.answered = kept.answered ?? "";
  for (const field of KEPT) elements[field].value ||= kept[field] ?? "";
}
