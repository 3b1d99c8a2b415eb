// "2 new comments": checked now and then while somebody reads, and shown only on request.

import { patience } from "./api.js";
import { frameUrl } from "./place.js";
import { say } from "./say.js";
import { counted } from "./sentences.js";

const { site, thread } = document.body.dataset;
const url = `/api/v1/sites/${site}/counts?${new URLSearchParams({ thread })}`;
const FIRST = 20_000;
const LONGEST = 300_000;
let etag = "";
let wait = FIRST;
let timer = null;
// Checks begun before the latest restart are dropped.
let turn = 0;

/** Request the number of comments, null if it has not changed. */
async function ask(mine) {
  const headers = etag ? { "If-None-Match": etag } : {};
  const answer = await fetch(url, { cache: "no-store", headers, signal: patience() });
  if (mine !== turn || answer.status === 304 || !answer.ok) return null;
  etag = answer.headers.get("ETag") ?? "";
  return (await answer.json()).threads[0].comments;
}

/** Offer new comments next to the heading, where nothing has to move. */
function offer(count) {
  const link = document.getElementById("news");
  const more = count - Number(document.getElementById("thread").dataset.count);
  if (more <= 0) {
    link.hidden = true;
    return;
  }
  const message = counted("%(count)s new comment", "%(count)s new comments", more);
  if (!link.hidden && link.textContent === message) return;
  link.textContent = message;
  link.href = frameUrl();
  link.hidden = false;
  say(message);
}

/** Check once and schedule the next check; the longer nothing happens, the later. */
async function look(mine) {
  const count = await ask(mine).catch(() => null);
  if (mine !== turn) return;
  if (count !== null) offer(count);
  wait = count === null ? Math.min(wait * 1.5, LONGEST) : FIRST;
  timer = setTimeout(look, wait, mine);
}

/** Restart, or stop while the page is hidden. */
function begin() {
  clearTimeout(timer);
  turn += 1;
  wait = FIRST;
  timer = document.hidden ? null : setTimeout(look, wait, turn);
}

/** Check for new comments while the page is visible. */
export function watchNews() {
  document.addEventListener("visibilitychange", begin);
  document.addEventListener("thread", () => {
    etag = "";
    begin();
  });
  begin();
}
