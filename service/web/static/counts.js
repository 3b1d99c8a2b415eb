// Fill in how many comments each article of a news page has, all of them with one request.
(() => {
  const { src, dataset } = document.currentScript;
  const api = `${new URL(src).origin}/api/v1/sites/${encodeURIComponent(dataset.site)}/counts`;
  const BADGES = '[data-folkmoot-count], [data-disqus-identifier], [data-disqus-url], a[href*="#disqus_thread"]';
  const MOST = 100;

  /** Give the article that a badge counts the comments of, "" if it names none. */
  function articleUrl({ dataset: { folkmootCount, disqusUrl, disqusIdentifier }, href }) {
    const named = folkmootCount || disqusUrl || href || (/^(https?:|\/)/.test(disqusIdentifier) ? disqusIdentifier : "");
    if (!named && folkmootCount === undefined) return "";
    const url = new URL(named || location.href, location.href);
    url.hash = "";
    return url.href;
  }

  /** Write a number as the page wants it: alone, or in the words of the script's attributes. */
  function inWords(count) {
    const number = count.toLocaleString(document.documentElement.lang || undefined);
    const words = count === 0 ? dataset.none : count === 1 ? dataset.one : dataset.many;
    return (words ?? dataset.many ?? "{num}").replace("{num}", number);
  }

  /** Ask for up to a hundred articles; without an answer all stays as it is. */
  async function ask(addresses) {
    const asked = new URLSearchParams(addresses.map((address) => ["thread", address]));
    const answer = await fetch(`${api}?${asked}`).catch(() => null);
    if (answer?.ok) return (await answer.json()).threads.map(({ comments }, at) => [addresses[at], comments]);
    // One address of another newspaper spoils the lot: then those of this page's own host alone.
    const own = addresses.filter((address) => new URL(address).origin === location.origin);
    return answer?.status === 422 && own.length && own.length < addresses.length ? ask(own) : [];
  }

  /** Fill in what belongs to some articles. */
  async function fill(addresses, badges) {
    for (const [address, comments] of await ask(addresses)) {
      for (const badge of badges.get(address)) badge.textContent = inWords(comments);
    }
  }

  /** Count everything that the page wants counted. */
  function count() {
    const badges = new Map();
    for (const badge of document.querySelectorAll(BADGES)) {
      const address = articleUrl(badge);
      if (address) badges.set(address, [...(badges.get(address) ?? []), badge]);
    }
    const addresses = [...badges.keys()].sort();
    for (let at = 0; at < addresses.length; at += MOST) fill(addresses.slice(at, at + MOST), badges);
  }

  document.addEventListener("folkmoot:count", count);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", count);
  else count();
})();
