// The draft: the text survives a reload, and so does the key under which it is sent only once.

import { draftInJar, keepDraftInJar } from "./jar.js";
import { recall, remember } from "./memory.js";

const KEPT = ["name", "body", "parent"];
const name = `draft.${document.body.dataset.thread}`;

/** Save the form, except for the e-mail address. */
export function keepDraft({ elements, dataset }) {
  const fields = Object.fromEntries(KEPT.map((field) => [field, elements[field].value]));
  const draft = { ...fields, key: elements.key.value, answered: dataset.answered };
  remember(name, draft);
  keepDraftInJar(draft);
}

/** Delete the text but keep the name. */
export function forgetDraft({ elements }) {
  elements.body.value = "";
  elements.parent.value = "";
  remember(name, null);
  remember("writer", { name: elements.name.value });
  keepDraftInJar({ name: elements.name.value, body: "" });
}

/** Fill in a draft, unless there are entries already. */
function fillIn({ elements, dataset }, draft) {
  if (!elements.body.value && draft.key) elements.key.value = draft.key;
  if (!elements.parent.value) dataset.answered = draft.answered ?? "";
  for (const field of KEPT) elements[field].value ||= draft[field] ?? "";
}

/** Restore the draft, unless the service has sent the entries back; `then` follows one that comes later. */
export function restoreDraft(form, then) {
  fillIn(form, { ...recall("writer", {}), ...recall(name, {}) });
  draftInJar().then((draft) => {
    if (!draft || form.elements.body.value) return;
    fillIn(form, draft);
    then();
  });
}
