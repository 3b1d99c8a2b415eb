// While comments are unavailable: check less and less often, and show them as soon as they are back.

import { followHost } from "./host.js";

const isWriting = document.querySelector("textarea") !== null;
const FIRST = 5_000;
const LONGEST = 60_000;
const PATIENCE = 30_000;
let wait = FIRST;
let timer = null;

/** Check whether comments are back. */
async function look() {
  // A check that nobody answers must not be the last one.
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(location.href, { method: "HEAD", signal }).catch(() => null);
  if (answer?.ok) {
    location.reload();
    return;
  }
  wait = Math.min(wait * 2, LONGEST);
  later();
}

/** Schedule the next check while the page is visible, at a random moment to spread the load. */
function later() {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(look, wait * (0.75 + Math.random() / 2));
}

followHost();
// Readers who have written something send it again themselves.
if (!isWriting) {
  document.addEventListener("visibilitychange", later);
  later();
}
