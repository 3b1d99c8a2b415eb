// The frame's place: its site, its article, and the addresses of its own pages.

const { site, thread, title, wishes } = document.body.dataset;

/** Return an address of the frame for this article, with the embedding page's settings. */
export function frameUrl(asked = {}, path = "") {
  const query = new URLSearchParams({ thread, title, ...asked });
  for (const [name, wish] of new URLSearchParams(wishes)) query.set(name, wish);
  return `/frame/${site}${path}?${query}`;
}

/** Move the focus to a part of the page, then scroll to it. */
export function leadTo(element) {
  if (!element.matches("a, button, input, summary")) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
  document.dispatchEvent(new CustomEvent("lead", { detail: element }));
}
