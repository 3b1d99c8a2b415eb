// The tags of our script in a news page, however the page brings them in.

const taken = (window.folkmootTags ??= new WeakSet());
const current = document.currentScript;

/** Say in the console what the page's makers can do. */
export function advise(what) {
  console.warn(`Folkmoot: ${what}`);
}

/** Return the tags that no script has run for, also in open shadow roots. */
function freeTags(root) {
  return [...root.querySelectorAll("*")].flatMap((at) => {
    if (at.shadowRoot) return freeTags(at.shadowRoot);
    return at.matches('script[data-site][src*="/embed.js"]') && !taken.has(at) ? [at] : [];
  });
}

/** Call for each tag of ours, once the page has a body; modules and shadow roots do not say which one runs. */
export function whenTagsAreThere(embed) {
  const start = () => {
    const tags = current?.src ? [current] : freeTags(document);
    if (!tags.length) advise('this script does not find its tag: <script src="…/embed.js" data-site="…">, outside of closed shadow roots.');
    for (const tag of tags) {
      taken.add(tag);
      embed(tag);
    }
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start, { once: true });
}
