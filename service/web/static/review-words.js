// Mark the words that raise a score, in the cards that are in view.

import { desk } from "./review-cards.js";

const plain = new WeakMap();

/** Mark words in each card that comes into view, and for a chosen score. */
export function markWords() {
  const eye = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      eye.unobserve(target);
      mark(target, target.querySelector(":is(.near, .over) [data-explain]"));
    }
  }, { rootMargin: "200px" });
  const watch = () => desk.querySelectorAll(".card").forEach((card) => eye.observe(card));
  watch();
  desk.addEventListener("cards:added", watch);
  desk.addEventListener("click", (event) => {
    const link = event.target.closest("[data-explain]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    mark(link.closest(".card"), link);
  });
}

/** Remove the marks of a card, or mark the words of its highest score. */
export function toggleWords(card) {
  if (!card) return;
  if (plain.has(card)) unmark(card);
  else mark(card, card.querySelector("[data-explain]"));
}

async function mark(card, link) {
  if (!link || card.classList.contains("done")) return;
  const there = `${desk.dataset.base}/comments/${card.dataset.comment}/words?attribute=${link.dataset.explain}`;
  const answer = await fetch(there).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.querySelector("mark")) return;
  const text = card.querySelector("[data-text]");
  if (!plain.has(card)) plain.set(card, [...text.childNodes]);
  text.replaceChildren(...page.body.childNodes);
  card.querySelector(".is-explained")?.classList.remove("is-explained");
  link.closest(".score").classList.add("is-explained");
}

function unmark(card) {
  card.querySelector("[data-text]").replaceChildren(...plain.get(card));
  card.querySelector(".is-explained")?.classList.remove("is-explained");
  plain.delete(card);
}
