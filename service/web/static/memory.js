// What this browser remembers for one site; where it may not remember, the page does while it stands.

const { site } = document.body.dataset;
const passing = new Map();

/** Recall what was remembered under a name. */
export function recall(name, otherwise = null) {
  if (passing.has(name)) return passing.get(name) ?? otherwise;
  try {
    return JSON.parse(localStorage.getItem(`folkmoot.${site}.${name}`)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Remember something under a name; null forgets it. */
export function remember(name, what) {
  try {
    if (what === null) localStorage.removeItem(`folkmoot.${site}.${name}`);
    else localStorage.setItem(`folkmoot.${site}.${name}`, JSON.stringify(what));
    passing.delete(name);
  } catch {
    // A browser that forbids storage, or has no room, still has the page's own memory.
    passing.set(name, what);
  }
}
