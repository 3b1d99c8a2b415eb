// Say what happened: to a screen reader, and to the eye where it happened.

const place = document.getElementById("said");

/** Say one sentence to a screen reader; what the eye needs is on the page already. */
export function say(sentence) {
  place.textContent = sentence;
}

/** Give the place beside an element where something is said about it. */
function placeBeside(element) {
  const there = element.parentElement.querySelector(":scope > .beside");
  if (there) return there;
  const beside = Object.assign(document.createElement("span"), { className: "beside fault" });
  beside.setAttribute("role", "status");
  element.after(beside);
  return beside;
}

/** Say beside an element why something was refused: screen readers hear what comes into a place that was there. */
export function sayBeside(element, sentence) {
  const beside = placeBeside(element);
  requestAnimationFrame(() => { beside.textContent = sentence; });
}
