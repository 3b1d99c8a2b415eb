// The browser's memory for one site; without storage, the page remembers until it is closed.

const { site } = document.body.dataset;
const passing = new Map();
const PROBE = "folkmoot.probe";

const denied = (() => {
  try {
    localStorage.setItem(PROBE, "");
    localStorage.removeItem(PROBE);
    return false;
  } catch {
    return true;
  }
})();

/** Tell whether the browser stores nothing for us, as many do in another site's page; cookies may still work. */
export function isDenied() {
  return denied;
}

/** Return the value stored under a name. */
export function recall(name, otherwise = null) {
  if (passing.has(name)) return passing.get(name) ?? otherwise;
  try {
    return JSON.parse(localStorage.getItem(`folkmoot.${site}.${name}`)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Store a value under a name; null deletes it. */
export function remember(name, what) {
  try {
    if (what === null) localStorage.removeItem(`folkmoot.${site}.${name}`);
    else localStorage.setItem(`folkmoot.${site}.${name}`, JSON.stringify(what));
    passing.delete(name);
  } catch {
    // If storage is forbidden or full, the page's own memory still works.
    passing.set(name, what);
  }
}
