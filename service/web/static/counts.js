// Fill in how many comments each article of a news page has, all of them with one request.
(() => {
  const { src, dataset } = document.currentScript;
  const api = `${new URL(src).origin}/api/v1/sites/${encodeURIComponent(dataset.site)}/counts`;
  const BADGES = '[data-folkmoot-count], [data-disqus-identifier], [data-disqus-url], a[href*="#disqus_thread"]';
  const MOST = 100;
  // Servers take an address of 8 KB.
  const LONGEST = 6000;

  /** Give the article that a badge counts the comments of, "" if it names none. */
  function articleUrl({ dataset: { folkmootCount, disqusUrl, disqusIdentifier }, href }) {
    const named = folkmootCount || disqusUrl || href || (/^(https?:|\/)/.test(disqusIdentifier) ? disqusIdentifier : "");
    if (!named && folkmootCount === undefined) return "";
    try {
      const url = new URL(named || location.href, location.href);
      url.hash = "";
      return url.href;
    } catch {
      return "";
    }
  }

  /** Write a number in the page's digits, where its language is one. */
  function inDigits(count) {
    try {
      return count.toLocaleString(document.documentElement.lang.replaceAll("_", "-") || undefined);
    } catch {
      return count.toLocaleString();
    }
  }

  /** Write a number as the page wants it: alone, or in the words of the script's attributes. */
  function inWords(count) {
    const words = count === 0 ? dataset.none : count === 1 ? dataset.one : dataset.many;
    return (words ?? dataset.many ?? "{num}").replace("{num}", inDigits(count));
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

  /** Part addresses so that no request becomes too long. */
  function parted(addresses) {
    const lots = [[]];
    let length = 0;
    for (const address of addresses) {
      const more = encodeURIComponent(address).length + 8;
      if (lots.at(-1).length === MOST || (length && length + more > LONGEST)) {
        lots.push([]);
        length = 0;
      }
      lots.at(-1).push(address);
      length += more;
    }
    return lots;
  }

  /** Count everything that the page wants counted. */
  function count() {
    const badges = new Map();
    for (const badge of document.querySelectorAll(BADGES)) {
      const address = articleUrl(badge);
      if (address) badges.set(address, [...(badges.get(address) ?? []), badge]);
    }
    if (badges.size) parted([...badges.keys()].sort()).forEach((addresses) => fill(addresses, badges));
  }

  document.addEventListener("folkmoot:count", count);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", count);
  else count();
})();
