// Replies: begun at a comment, announced above the form, and cancelled there.

import { keepDraft } from "./draft.js";
import { sentence } from "./sentences.js";

/** Show who is being answered; null for nobody. */
export function answering(form, name) {
  const place = document.getElementById("answering");
  place.hidden = name === null;
  form.dataset.answered = name ?? "";
  if (name === null) {
    form.elements.parent.value = "";
    return;
  }
  const [before, after] = sentence("You answer <bdi>%(name)s</bdi>.").split("<bdi>%(name)s</bdi>");
  place.querySelector("span").replaceChildren(before, Object.assign(document.createElement("bdi"), { textContent: name }), after);
}

/** Return the name of a comment's author. */
function nameIn(comment) {
  return comment.querySelector(".name").textContent;
}

/** Begin an answer to a comment, or cancel it. */
function choose(form, event) {
  const reply = event.target.closest("button[name=reply]");
  const none = event.target.closest("a[data-no-reply]");
  if (!reply && !none) return;
  event.preventDefault();
  form.elements.parent.value = reply?.value ?? "";
  answering(form, reply ? nameIn(reply.closest(".comment")) : null);
  form.elements.body.focus();
  keepDraft(form);
}

/** Show who is being answered in a draft that was just restored. */
export function showAnswered(form) {
  const parent = form.elements.parent.value;
  const shown = document.getElementById(`comment-${parent}`);
  const name = shown ? nameIn(shown) : form.dataset.answered;
  // There is no name if the service has already rendered the sentence.
  if (parent && name !== undefined) answering(form, name);
}

/** Begin answers without leaving the page. */
export function enhanceAnswering(form) {
  showAnswered(form);
  document.addEventListener("click", (event) => choose(form, event));
}
