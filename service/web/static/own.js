// The reader's own comments: their status, and what the reader may still do.

import { patience } from "./api.js";
import { keepReceipt } from "./jar.js";
import { keepLeft } from "./left.js";
import { recall, remember } from "./memory.js";
import { frameUrl, leadTo } from "./place.js";
import { say } from "./say.js";
import { sentence } from "./sentences.js";
import { refreshThread, showComment } from "./thread.js";
import { localTimes } from "./times.js";

const MOST = 20;
const WAITS = [400, 600, 1000, 1000, 2000, 2000, 3000, 5000, 5000, 10000];
const SLOWLY = 30_000;
const { thread } = document.body.dataset;
const find = (id) => document.getElementById(id);

/** Return the receipt of a comment, "" if this browser has none. */
export function receiptOf(id) {
  return recall("mine", []).find((one) => one.id === id)?.receipt ?? "";
}

/** Fetch a comment as its author sees it, null if it is gone. */
export async function look(id) {
  const receipt = receiptOf(id);
  const headers = receipt ? { "Folkmoot-Receipt": receipt } : {};
  const answer = await fetch(frameUrl({}, `/comments/${id}`), { headers, signal: patience() });
  if (answer.status === 404 || answer.status === 403) return null;
  if (!answer.ok) throw new Error("away");
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  return part.querySelector("[data-own]");
}

/** Replace a comment's card. */
export function put(card, { last = false } = {}) {
  const old = document.querySelector(`[data-own="${card.dataset.own}"]`);
  const isFocused = old?.contains(document.activeElement);
  if (old) old.replaceWith(card);
  else if (last) find("mine").append(card);
  else find("mine").prepend(card);
  localTimes(card);
  keepLeft(card);
  if (isFocused) card.focus({ preventScroll: true });
}

/** Announce a card's status to screen readers. */
function sayState(card) {
  say(card.querySelector(".state").textContent.trim().replace(/\s+/g, " "));
}

/** Tell whether the author is editing: then the card must not be replaced. */
function isInHand(id) {
  return document.querySelector(`[data-own="${id}"]:active, [data-own="${id}"] section[data-part]`) !== null;
}

/** Show that a comment was accepted while its card cannot be loaded. */
function provisional(id) {
  const card = document.createElement("article");
  const state = Object.assign(document.createElement("p"), { className: "state" });
  Object.assign(card, { className: "own own-pending", tabIndex: -1 });
  Object.assign(card.dataset, { own: id, status: "taken" });
  state.append(Object.assign(document.createElement("strong"), { textContent: sentence("Thank you. Your comment is being checked.") }));
  card.append(state);
  return card;
}

/** Wait until the next check: not while the author uses the card, and slowly only while it is visible. */
async function untilNext(id, turn) {
  do await new Promise((go) => setTimeout(go, WAITS[turn] ?? SLOWLY));
  while (isInHand(id) || (turn >= WAITS.length && document.hidden));
}

/** Follow a comment until the machine's verdict, and announce it. */
export async function follow(id) {
  for (let turn = 0; ; turn += 1) {
    await untilNext(id, turn);
    const card = await look(id).catch(() => undefined);
    if (card === null) return;
    if (!card || isInHand(id)) continue;
    const { status } = card.dataset;
    if (status !== document.querySelector(`[data-own="${id}"]`)?.dataset.status) showNews(card, status);
    if (status !== "pending") return;
  }
}

/** Show a comment's current status. */
function showNews(card, status) {
  put(card);
  if (status !== "pending") sayState(card);
  if (status === "approved") refreshThread();
}

/** Show a new card, and update what depends on it. */
export function showCard(card) {
  const wasShown = find(`comment-${card.dataset.own}`) !== null;
  put(card);
  leadTo(card);
  if (["taken", "pending"].includes(card.dataset.status)) follow(card.dataset.own);
  if (card.dataset.status === "approved" || wasShown) refreshThread();
}

/** Show a comment that was just accepted, and follow it. */
export async function showOwn({ id, receipt }) {
  remember("mine", [{ id, receipt, thread }, ...recall("mine", []).filter((one) => one.id !== id)].slice(0, MOST));
  await keepReceipt({ id, receipt });
  find("all-mine").hidden = false;
  showCard((await look(id).catch(() => null)) ?? provisional(id));
}

/** Go from an own comment to its place in the list. */
export function enhanceOwn() {
  for (const card of document.querySelectorAll("[data-own]")) keepLeft(card);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-show]");
    if (!link || !find("thread")) return;
    event.preventDefault();
    showComment(link.dataset.show);
  });
}
