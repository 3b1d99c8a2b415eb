// The cards of the page: which one is meant, which comes next, and how one is put away.

export const desk = document.querySelector("main[data-live]");
const FEW = 12;
let loading = false;

/** List the cards that are still to be decided. */
export function open() {
  return [...desk.querySelectorAll(".card:not(.done)")];
}

/** Give the card that is meant: the one with the focus, else the one that had it. */
export function current() {
  const focused = document.activeElement?.closest(".card");
  return focused ?? desk.querySelector(".card.is-current") ?? null;
}

/** Lead to a card; what lies above it goes out of sight at once. */
export function go(card) {
  if (!card) return;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
}

/** Lead to the card so many places away among those that are open. */
export function step(by) {
  const cards = open();
  const at = cards.indexOf(current());
  go(cards[Math.min(Math.max(at + by, 0), cards.length - 1)]);
}

/** Find the next open card after one, else the one before it. */
export function after(card) {
  const cards = [...desk.querySelectorAll(".card")];
  const at = cards.indexOf(card);
  const is = (one) => one !== card && !one.classList.contains("done");
  return cards.slice(at + 1).find(is) ?? cards.slice(0, at).findLast(is);
}

/** Do something above or below without moving what is being read. */
export function steadily(change) {
  const held = current();
  const before = held?.getBoundingClientRect().top ?? 0;
  change();
  if (held) scrollBy(0, held.getBoundingClientRect().top - before);
}

/** Remember which card had the focus, and tell whoever wants to know. */
export function followFocus() {
  desk.addEventListener("focusin", ({ target }) => {
    const card = target.closest(".card");
    if (!card || card.classList.contains("is-current")) return;
    desk.querySelector(".card.is-current")?.classList.remove("is-current");
    card.classList.add("is-current");
    card.dispatchEvent(new CustomEvent("card:meant", { bubbles: true }));
    if (open().length < FEW) loadMore();
  });
}

/** Put the next page of the queue under this one. */
export async function loadMore() {
  const link = desk.querySelector(".more-of-it a");
  if (!link || loading) return;
  loading = true;
  try {
    const answer = await fetch(link.href);
    if (answer.ok) append(new DOMParser().parseFromString(await answer.text(), "text/html"), link);
  } finally {
    loading = false;
  }
}

function append(page, link) {
  const list = desk.querySelector(".cards");
  const wasEmpty = !open().length;
  for (const item of page.querySelectorAll(".cards > li")) {
    const card = item.querySelector(".card");
    if (card && !document.getElementById(card.id)) list.append(document.adoptNode(item));
  }
  const more = page.querySelector(".more-of-it a");
  if (more) link.href = more.getAttribute("href");
  else link.closest(".more-of-it").remove();
  desk.dispatchEvent(new CustomEvent("cards:added"));
  if (wasEmpty) go(open()[0]);
}

/** Say something in the one place that is read out; `way` "unseen" moves nothing on the page. */
export function tell(text, way = "") {
  const place = desk.querySelector("[data-said]");
  const line = document.createElement("p");
  line.className = way === "unseen" ? way : `said ${way}`.trim();
  line.textContent = text;
  place.replaceChildren(line);
}
