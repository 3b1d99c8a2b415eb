// Swipe a card on a phone: to the right to approve, to the left to reject.

import { desk } from "./review-cards.js";
import { approve, decide } from "./review-decide.js";

const FAR = 110;
const AT_ONCE = 12;
let start = null;

/** Handle sideways swipes on a card; vertical ones scroll as usual. */
export function takeSwipes() {
  desk.addEventListener("touchstart", begin, { passive: true });
  desk.addEventListener("touchmove", follow, { passive: true });
  desk.addEventListener("touchend", end);
  desk.addEventListener("touchcancel", () => settle());
}

function begin({ touches, target }) {
  const card = target.closest(".card:not(.done, .overtaken)");
  const isTyping = target.closest("input, select, textarea, button, a, summary");
  start = null;
  if (!card || isTyping || touches.length !== 1) return;
  start = { card, x: touches[0].clientX, y: touches[0].clientY, by: 0 };
}

function follow({ touches }) {
  if (!start) return;
  const [x, y] = [touches[0].clientX - start.x, touches[0].clientY - start.y];
  if (!start.by && Math.abs(y) > AT_ONCE) { start = null; return; }
  if (!start.by && Math.abs(x) < AT_ONCE) return;
  start.by = x;
  start.card.style.setProperty("--swiped", `${x}px`);
  start.card.dataset.swipe = Math.abs(x) < FAR ? "" : x > 0 ? "approve" : "reject";
}

function end() {
  if (!start) return;
  const { card, by } = start;
  settle();
  if (by > FAR) approve(card);
  else if (by < -FAR) decide(card, "reject");
}

function settle() {
  start?.card.style.removeProperty("--swiped");
  if (start) delete start.card.dataset.swipe;
  start = null;
}
