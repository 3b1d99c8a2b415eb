// The reader's own comments: what became of them, until they are published.

import { recall, remember } from "./memory.js";
import { say } from "./say.js";
import { localTimes, showThread, threadUrl } from "./thread.js";

const MOST = 20;
const WAITS = [400, 600, 1000, 1000, 2000, 2000, 3000, 5000, 5000, 10000];
const { site, thread } = document.body.dataset;
const place = document.getElementById("mine");

/** Fetch a comment as its author sees it, null if it is gone. */
async function look({ id, receipt }) {
  const url = `/frame/${site}/comments/${id}?${new URLSearchParams({ thread })}`;
  const answer = await fetch(url, { headers: { "Folkmoot-Receipt": receipt } });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error("away");
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  return part.querySelector("[data-own]");
}

/** Show a comment's card in place of the one that stands there. */
function put(card) {
  const old = place.querySelector(`[data-own="${card.dataset.own}"]`);
  if (old) old.replaceWith(card);
  else place.prepend(card);
  localTimes(card);
}

/** Look after a comment until the machine has given its verdict, then say which. */
async function follow(own) {
  for (const wait of WAITS) {
    await new Promise((go) => setTimeout(go, wait));
    const card = await look(own).catch(() => undefined);
    if (card === null) return;
    if (!card || card.dataset.status === "pending") continue;
    put(card);
    say(card.querySelector(".state").textContent.trim().replace(/\s+/g, " "));
    if (card.dataset.status === "approved") await showThread(threadUrl());
    return;
  }
}

/** Show a comment that was just taken, and follow it. */
export async function showOwn({ id, receipt }) {
  const own = { id, receipt, thread };
  remember("mine", [own, ...recall("mine", []).filter((one) => one.id !== id)].slice(0, MOST));
  const card = await look(own).catch(() => null);
  if (!card) return;
  put(card);
  card.focus();
  if (card.dataset.status === "pending") follow(own);
  else if (card.dataset.status === "approved") await showThread(threadUrl());
}

/** After a reload: show what still waits, and forget what no longer does. */
export async function showWaiting() {
  const waiting = recall("mine", []).filter((one) => one.thread === thread && !one.done);
  for (const own of waiting.slice(0, 5).reverse()) {
    const card = await look(own).catch(() => undefined);
    if (card === undefined) continue;
    if (card && card.dataset.status !== "approved") put(card);
    if (card?.dataset.status === "pending") follow(own);
    if (!card || !["pending", "held"].includes(card.dataset.status)) settle(own.id);
  }
}

/** Remember that there is nothing more to wait for; who wrote it stays known. */
function settle(id) {
  remember("mine", recall("mine", []).map((one) => (one.id === id ? { ...one, done: true } : one)));
}

/** Lead from an own comment to its place in the list. */
export function enhanceOwn() {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-show]");
    if (!link) return;
    event.preventDefault();
    const { show } = link.dataset;
    if (!document.getElementById(`comment-${show}`)) await showThread(threadUrl());
    const shown = document.getElementById(`comment-${show}`);
    shown?.setAttribute("tabindex", "-1");
    shown?.focus();
    shown?.scrollIntoView({ block: "center" });
  });
}
