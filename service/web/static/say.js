// Messages about what happened, for screen readers and on the page.

const place = document.getElementById("said");

/** Announce a sentence to screen readers only. */
export function say(sentence) {
  place.textContent = sentence;
}

/** Return the message area of an element. */
function placeBeside(element) {
  const there = element.parentElement.querySelector(":scope > .beside");
  if (there) return there;
  const beside = Object.assign(document.createElement("span"), { className: "beside fault" });
  beside.setAttribute("role", "status");
  element.after(beside);
  return beside;
}

/** Show at an element why something was refused; the area exists beforehand, so screen readers announce it. */
export function sayBeside(element, sentence) {
  const beside = placeBeside(element);
  requestAnimationFrame(() => { beside.textContent = sentence; });
}
