// Where this frame stands: its site, its article, and the addresses of its own pages.

const { site, thread, title, wishes } = document.body.dataset;

/** Give an address of the frame about this article, with what the page around us wishes. */
export function frameUrl(asked = {}, path = "") {
  const given = new URLSearchParams({ thread, title, ...asked });
  for (const [name, wish] of new URLSearchParams(wishes)) given.set(name, wish);
  return `/frame/${site}${path}?${given}`;
}

/** Lead the reader to a part of the page: the focus first, then the eye. */
export function leadTo(element) {
  if (!element.matches("a, button, input, summary")) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
  document.dispatchEvent(new CustomEvent("lead", { detail: element }));
}
