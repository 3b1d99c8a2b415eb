// Say what happened: to a screen reader, and to the eye where it happened.

const place = document.getElementById("said");

/** Say one sentence to a screen reader; what the eye needs is on the page already. */
export function say(sentence) {
  place.textContent = sentence;
}

/** Say beside an element why something was refused. */
export function sayBeside(element, sentence) {
  let beside = element.parentElement.querySelector(":scope > .beside");
  if (!beside) {
    beside = document.createElement("span");
    beside.className = "beside fault";
    beside.setAttribute("role", "status");
    element.after(beside);
  }
  beside.textContent = sentence;
}
