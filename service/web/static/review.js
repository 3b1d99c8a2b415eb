// Keys for the desk: j and k go through the cards, a and r decide the one that has the focus.

const PRESSES = { a: "approve", r: "reject" };
const cards = [...document.querySelectorAll(".card")];

/** Give the card that has the focus, or one in it; none is before the first. */
function current() {
  return cards.indexOf(document.activeElement?.closest(".card"));
}

/** Lead to a card. */
function go(to) {
  cards[Math.min(Math.max(to, 0), cards.length - 1)]?.focus();
}

/** Decide the card that has the focus, else the first. */
function decide(action) {
  const card = cards[Math.max(current(), 0)];
  card?.querySelector(`button[value="${action}"]`)?.click();
}

addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, textarea, select");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") go(current() + 1);
  else if (event.key === "k") go(current() - 1);
  else if (PRESSES[event.key]) decide(PRESSES[event.key]);
});

// A second press while the first decision is under way would only meet "already decided".
addEventListener("submit", ({ target }) => {
  setTimeout(() => target.querySelectorAll("button").forEach((button) => { button.disabled = true; }));
});

const keys = document.querySelector(".keys");
if (keys) keys.hidden = false;
