// Fill in how many comments each article of a news page has, all of them with one request.
(() => {
  const { src, dataset } = document.currentScript;
  const api = `${new URL(src).origin}/api/v1/sites/${encodeURIComponent(dataset.site)}/counts`;
  const MOST = 100;

  /** Give the article that an element counts the comments of. */
  function articleUrl(element) {
    const url = new URL(element.dataset.folkmootCount || element.href || location.href, location.href);
    url.hash = "";
    return url.href;
  }

  /** Ask for up to a hundred articles and write the numbers in; without an answer all stays as it is. */
  async function fill(elements) {
    const asked = new URLSearchParams(elements.map((element) => ["thread", articleUrl(element)]));
    const answer = await fetch(`${api}?${asked}`).catch(() => null);
    if (!answer?.ok) return;
    const { threads } = await answer.json();
    elements.forEach((element, at) => {
      element.textContent = threads[at].comments.toLocaleString(document.documentElement.lang || undefined);
    });
  }

  /** Count everything that the page wants counted. */
  function count() {
    const elements = [...document.querySelectorAll("[data-folkmoot-count]")];
    for (let first = 0; first < elements.length; first += MOST) fill(elements.slice(first, first + MOST));
  }

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", count);
  else count();
})();
