// A decision takes effect on the page at once; if the server refuses it, the card comes back.

import { after, desk, go, goOn, steadily, tell } from "./review-cards.js";
import { post, stale } from "./review-post.js";
import { askReason } from "./review-reasons.js";

const DONE = { approve: "Approved", reject: "Rejected", remove: "Removed", keep: "Kept", hold: "Held" };
// The number of decided cards that stay on the page; more would slow it down over a day.
const KEPT = 40;
const taken = [];
const answers = new WeakMap();

/** Handle the decision forms and the undo buttons. */
export function takeForms() {
  desk.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (target.matches("[data-decision]")) {
      event.preventDefault();
      decide(target.closest(".card"), submitter?.value ?? "approve");
    } else if (target.matches("[data-undo]")) {
      event.preventDefault();
      undoPage(target);
    }
  });
}

/** Decide a card; `reason` overrides the reason in its form. */
export async function decide(card, action, reason) {
  const form = card?.querySelector("[data-decision]");
  if (!form?.querySelector(`button[value="${action}"]`) || card.classList.contains("done")) return;
  const fields = new FormData(form);
  fields.set("action", action);
  if (reason !== undefined) fields.set("listed", reason);
  const lacks = !fields.get("listed") && !fields.get("reason");
  if (lacks && "dsa" in desk.dataset && ["reject", "remove"].includes(action)) {
    askReason(card, action, decide);
    return;
  }
  conclude(card, action);
  taken.push(card);
  if (taken.length > KEPT) taken.shift();
  // Kept alive: a decision that shows as made must not be lost with the page that it was made on.
  const answer = post(form.getAttribute("action"), fields, { keepalive: true });
  answers.set(card, answer);
  try {
    card.dataset.undo = (await answer).undo;
  } catch (refused) {
    forget(card);
    reopen(card, refused);
  }
}

/** Approve a card, or keep it if it was reported. */
export function approve(card) {
  const keeps = card?.querySelector('[data-decision] button[value="keep"]');
  return decide(card, keeps ? "keep" : "approve");
}

/** Undo the last decision of this page. */
export function undoLast() {
  const card = taken.at(-1);
  if (card) undo(card);
  else desk.querySelector("form[data-undo]")?.requestSubmit();
}

function forget(card) {
  const at = taken.indexOf(card);
  if (at >= 0) taken.splice(at, 1);
}

function conclude(card, action) {
  const next = after(card);
  card.querySelector(".pick")?.matches(":checked") && card.querySelector(".pick").click();
  card.querySelector(":scope > .said")?.remove();
  card.classList.add("done");
  card.append(strip(card, action));
  if (next) go(next);
  tell(`${DONE[action]}.${next ? "" : ` ${goOn()}`}`, next ? "unseen" : "");
  const [oldest, ...others] = desk.querySelectorAll(".card.done");
  if (others.length >= KEPT) steadily(() => oldest.closest("li").remove());
  desk.dispatchEvent(new CustomEvent("card:decided"));
}

function strip(card, action) {
  const line = document.createElement("p");
  const button = document.createElement("button");
  const words = document.createElement("span");
  line.className = `strip strip-${action}`;
  line.append(Object.assign(document.createElement("strong"), { textContent: DONE[action] }), " ", words, button);
  words.textContent = card.querySelector("[data-text]").textContent.trim().slice(0, 120);
  button.type = "button";
  button.className = "quiet";
  button.textContent = "Undo";
  button.addEventListener("click", () => undo(card));
  return line;
}

function reopen(card, refused) {
  const { problem } = refused;
  steadily(() => {
    card.classList.remove("done");
    card.querySelector(".strip")?.remove();
    if (problem.status === 409) settle(card, stale(problem));
    else note(card, refused.message);
  });
  tell(problem.status === 409 ? stale(problem) : refused.message, "bad");
}

/** Leave a card that a colleague has decided in its place, with a message on it. */
export function settle(card, news) {
  card.classList.add("overtaken");
  card.querySelector(".decision")?.remove();
  note(card, news);
}

/** Say on a card what became of its decision: a quick moderator is at another one by now. */
function note(card, words) {
  const line = document.createElement("p");
  line.className = "said bad";
  line.textContent = words;
  card.append(line);
}

async function undo(card) {
  // A quick moderator may undo a decision before the server has answered.
  await answers.get(card)?.catch(() => {});
  if (!card.dataset.undo) return;
  const form = card.querySelector("[data-decision]");
  try {
    await post(form.getAttribute("action").replace(/\/comments\/.*$/, "/undo"), { undo: card.dataset.undo }, { keepalive: true });
  } catch (refused) {
    tell(refused.message, "bad");
    return;
  }
  forget(card);
  if (!card.isConnected) desk.querySelector(".cards").prepend(card.closest("li"));
  delete card.dataset.undo;
  card.classList.remove("done");
  card.querySelector(".strip")?.remove();
  go(card);
  tell("Taken back.");
  desk.dispatchEvent(new CustomEvent("card:decided"));
}

async function undoPage(form) {
  try {
    const answer = await post(form.getAttribute("action"), new FormData(form));
    const number = answer.comments.length;
    form.remove();
    tell(number === 1 ? "Taken back." : `${number} decisions taken back.`);
    location.reload();
  } catch (refused) {
    tell(refused.message, "bad");
  }
}
