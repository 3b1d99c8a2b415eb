// Counts and claims, polled every few seconds; the answer is empty if nothing has changed.

import { desk } from "./review-cards.js";
import { show } from "./review-claims.js";

const EVERY = 4000;
let version = "";
let soon = 0;

/** Update the numbers and the names on the cards, without moving any card. */
export function poll() {
  setInterval(() => !document.hidden && look(), EVERY);
  desk.addEventListener("card:decided", () => {
    clearTimeout(soon);
    soon = setTimeout(look, 500);
  });
}

async function look() {
  const headers = { Accept: "application/json", ...(version && { "If-None-Match": version }) };
  try {
    const answer = await fetch(desk.dataset.live, { headers, cache: "no-store" });
    if (!answer.ok) return;
    version = answer.headers.get("ETag") ?? "";
    update(await answer.json());
  } catch {
    // The service is unavailable: the numbers stay as they were.
  }
}

function update({ counts, claims }) {
  for (const place of document.querySelectorAll("[data-count]")) {
    place.textContent = counts[place.dataset.count] ?? place.textContent;
  }
  for (const card of desk.querySelectorAll(".card")) {
    const who = claims[card.dataset.comment] ?? "";
    show(card, who === desk.dataset.me ? "" : who);
  }
}
