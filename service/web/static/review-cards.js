// The cards of the page: the current one, the next one, and removing one.

export const desk = document.querySelector("main[data-live]");
const FEW = 12;
let loading = false;

/** Tell whether a card is still undecided, here and, as far as known, by colleagues. */
export function isOpen(card) {
  return !card.matches(".done, .overtaken");
}

/** List the undecided cards. */
export function open() {
  return all().filter(isOpen);
}

function all() {
  return [...desk.querySelectorAll(".card")];
}

/** Return the current card: the one with the focus, else the one that had it last. */
export function current() {
  const focused = document.activeElement?.closest(".card");
  return focused ?? desk.querySelector(".card.is-current") ?? null;
}

/** Go to a card and scroll everything above it out of sight at once. */
export function go(card) {
  if (!card) return;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
}

/** Go to the next open card. */
export function goDown() {
  const card = current();
  go(card ? below(card) : open()[0]);
}

/** Go to the previous open card. */
export function goUp() {
  const card = current();
  go(card ? above(card) : open()[0]);
}

/** Find the open card after one, else the one before it. */
export function after(card) {
  return below(card) ?? above(card);
}

function below(card) {
  return all().slice(all().indexOf(card) + 1).find(isOpen);
}

function above(card) {
  return all().slice(0, all().indexOf(card)).findLast(isOpen);
}

/** Load the cards after the last one, and show that they are coming. */
export function goOn() {
  if (!desk.querySelector(".more-of-it a")) return "This was the last one here.";
  loadMore();
  return "The next ones are on their way.";
}

/** Change the page without moving the card that is being read. */
export function steadily(change) {
  const held = current();
  const before = held?.getBoundingClientRect().top ?? 0;
  change();
  if (held) scrollBy(0, held.getBoundingClientRect().top - before);
}

/** Remember which card had the focus, and notify listeners. */
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

/** Append the next page of the queue. */
async function loadMore() {
  const link = desk.querySelector(".more-of-it a");
  if (!link || loading) return;
  loading = true;
  try {
    append(await pageAt(link.href), link);
  } catch {
    if (!open().length) tell("The next comments cannot be had at the moment. Please try again with the button below.", "bad");
  } finally {
    loading = false;
  }
}

async function pageAt(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
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
  if (!wasEmpty || !open().length) return;
  go(open()[0]);
  tell("Here are the next ones.", "unseen");
}

/** Announce a message in the live region; with `way` "unseen" nothing on the page moves. */
export function tell(text, way = "") {
  const place = desk.querySelector("[data-said]");
  const line = document.createElement("p");
  line.className = way === "unseen" ? way : `said ${way}`.trim();
  line.textContent = text;
  place.replaceChildren(line);
}
