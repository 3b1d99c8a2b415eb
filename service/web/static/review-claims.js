// Viewing a card for a moment claims it; colleagues see the claim but are not blocked by it.

import { desk } from "./review-cards.js";
import { settle } from "./review-decide.js";
import { post } from "./review-post.js";

const MOMENT = 400;
const RENEWED = 120_000;
let held = null;
let timer = 0;

/** Claim the card in view, renew the claim while it stays in view, and release it afterwards. */
export function watchClaims() {
  desk.addEventListener("card:meant", ({ target }) => {
    clearTimeout(timer);
    timer = setTimeout(() => take(target), MOMENT);
  });
  desk.addEventListener("card:decided", () => { held = null; });
  setInterval(() => held && !document.hidden && take(held), RENEWED);
  addEventListener("pagehide", () => held && release(held));
}

async function take(card) {
  if (held && held !== card) release(held);
  if (card.classList.contains("done")) return;
  try {
    const answer = await post(address(card, "claim"), {});
    const isMine = answer.claimed_by === desk.dataset.me;
    held = isMine ? card : null;
    show(card, isMine ? "" : answer.claimed_by);
    if (answer.status !== card.dataset.status && !card.matches(".done, .overtaken")) {
      settle(card, `Meanwhile ${answer.status}${answer.by ? ` by ${answer.by}` : ""}.`);
    }
  } catch {
    // A claim only informs; decisions work without it.
  }
}

function release(card) {
  held = null;
  post(address(card, "release"), {}, { keepalive: true }).catch(() => {});
}

function address(card, verb) {
  return `${desk.dataset.base}/comments/${card.dataset.comment}/${verb}`;
}

/** Show on a card which colleague has claimed it, "" for nobody. */
export function show(card, who) {
  const tag = card.querySelector("[data-claim]");
  tag.textContent = who ? `${who} has it in hand` : "";
  tag.hidden = !who;
}
