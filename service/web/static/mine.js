// After a reload: the own comments that this browser or the service remembers.

import { recall, remember } from "./memory.js";
import { follow, look, put } from "./own.js";

const { thread } = document.body.dataset;
const find = (id) => document.getElementById(id);

/** After a reload, show the comments that still wait, and forget the others. */
export async function showWaiting() {
  if (find("mine").matches("[data-all]")) return showAll();
  followRendered();
  if (recall("mine", []).length) find("all-mine").hidden = false;
  const waiting = recall("mine", []).filter((one) => one.thread === thread && !one.done);
  for (const { id } of waiting.slice(0, 5).reverse()) {
    const card = await look(id).catch(() => undefined);
    if (card === undefined) continue;
    if (card && (card.dataset.status !== "approved" || card.dataset.seconds)) put(card);
    if (card?.dataset.status === "pending") follow(id);
    if (!card || !(["pending", "held"].includes(card.dataset.status) || card.dataset.seconds)) settle(id);
  }
}

/** Follow the comments that the service has shown already, which it knows by its cookie. */
function followRendered() {
  const known = new Set(recall("mine", []).map(({ id }) => id));
  for (const { dataset } of document.querySelectorAll('[data-own][data-status="pending"]')) {
    if (!known.has(dataset.own)) follow(dataset.own);
  }
}

/** Show all comments that this browser remembers. */
async function showAll() {
  for (const { id } of recall("mine", [])) {
    const card = await look(id).catch(() => undefined);
    if (!card) continue;
    put(card, { last: true });
    find("none-of-mine").hidden = true;
  }
}

/** Stop following a comment, but keep its receipt. */
function settle(id) {
  remember("mine", recall("mine", []).map((one) => (one.id === id ? { ...one, done: true } : one)));
}
