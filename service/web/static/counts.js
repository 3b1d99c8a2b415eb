// Fill in the comment counts of all articles on a news page with one request.

// A module does not say which tag runs it.
const script = document.currentScript ?? document.querySelector('script[data-site][src*="/counts.js"]');
const { src, dataset } = script;
const api = `${new URL(src).origin}/api/v1/sites/${encodeURIComponent(dataset.site)}/counts`;
const BADGES = '[data-folkmoot-count], [data-disqus-identifier], [data-disqus-url], a[href*="#disqus_thread"]';
const MOST = 100;
// Servers accept addresses of up to 8 KB.
const LONGEST = 6000;

/** Return the address of a badge's article, "" if it names none. */
function articleUrl({ dataset: { folkmootCount, disqusUrl, disqusIdentifier }, href }) {
  const address = folkmootCount || disqusUrl || href || (/^(https?:|\/)/.test(disqusIdentifier) ? disqusIdentifier : "");
  if (!address && folkmootCount === undefined) return "";
  try {
    const url = new URL(address || location.href, location.href);
    url.hash = "";
    return url.href;
  } catch {
    return "";
  }
}

/** Format a number in the page's language, if that is valid. */
function inDigits(count) {
  try {
    return count.toLocaleString(document.documentElement.lang.replaceAll("_", "-") || undefined);
  } catch {
    return count.toLocaleString();
  }
}

/** Write a count alone, or in the words of the script's attributes. */
function inWords(count) {
  const words = count === 0 ? dataset.none : count === 1 ? dataset.one : dataset.many;
  return (words ?? dataset.many ?? "{num}").replace("{num}", inDigits(count));
}

/** Request the counts of up to a hundred articles; without an answer nothing changes. */
async function ask(addresses) {
  const query = new URLSearchParams(addresses.map((address) => ["thread", address]));
  const answer = await fetch(`${api}?${query}`).catch(() => null);
  if (answer?.ok) return (await answer.json()).threads.map(({ comments }, at) => [addresses[at], comments]);
  // One foreign address makes the whole request fail; then retry with this host's addresses only.
  const own = addresses.filter((address) => new URL(address).origin === location.origin);
  return answer?.status === 422 && own.length && own.length < addresses.length ? ask(own) : [];
}

/** Fill in the counts of some articles. */
async function fill(addresses, badges) {
  for (const [address, comments] of await ask(addresses)) {
    for (const badge of badges.get(address)) badge.textContent = inWords(comments);
  }
}

/** Split addresses so that no request becomes too long. */
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

/** Fill in all counts on the page. */
function count() {
  const badges = new Map();
  for (const badge of document.querySelectorAll(BADGES)) {
    const address = articleUrl(badge);
    if (address) badges.set(address, [...(badges.get(address) ?? []), badge]);
  }
  if (badges.size) parted([...badges.keys()].sort()).forEach((addresses) => fill(addresses, badges));
}

/** Fill in the counts when the page asks for it, until the script is taken out of it. */
function countAgain() {
  if (script.isConnected) count();
  else document.removeEventListener("folkmoot:count", countAgain);
}

document.addEventListener("folkmoot:count", countAgain);
if (document.readyState === "loading") addEventListener("DOMContentLoaded", count, { once: true });
else count();
