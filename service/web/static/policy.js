// Thresholds: slider, number and plot mark stay in step; a trial is shown without leaving the page.

const NEVER = 1.01;
const form = document.querySelector("form.policy");

/** Show a level in the slider and as a mark in the plot. */
function show(number, slider, mark, width) {
  const level = number.value.trim() === "" ? NEVER : Number(number.value);
  slider.value = String(level);
  if (!mark) return;
  mark.toggleAttribute("hidden", !(level <= 1));
  mark.setAttribute("x1", String(level * width));
  mark.setAttribute("x2", String(level * width));
}

/** Find or create the mark of a level; "never" has none. */
function markIn(plot, edge) {
  const existing = plot.querySelector(`line.${edge}`);
  if (existing) return existing;
  const mark = document.createElementNS("http://www.w3.org/2000/svg", "line");
  mark.setAttribute("class", `edge ${edge}`);
  mark.setAttribute("y1", "0");
  mark.setAttribute("y2", String(plot.viewBox.baseVal.height));
  plot.append(mark);
  return mark;
}

document.querySelectorAll("[data-for]").forEach((slider) => {
  const number = document.getElementById(slider.dataset.for);
  const plot = slider.closest("[data-threshold]").querySelector("svg.plot");
  const mark = markIn(plot, slider.dataset.for.split("-")[0]);
  const update = () => show(number, slider, mark, plot.viewBox.baseVal.width);
  slider.hidden = false;
  slider.addEventListener("input", () => {
    number.value = Number(slider.value) > 1 ? "" : String(Number(slider.value));
    update();
  });
  number.addEventListener("input", update);
  update();
});

// The result appears at the button; the focus moves there for people who cannot see it.
document.getElementById("tried")?.focus({ preventScroll: true });

// Ask before leaving with unsaved lines.
let isDirty = document.querySelector(".said.bad, .tried") !== null;
form?.addEventListener("input", () => { isDirty = true; });
form?.addEventListener("submit", () => { isDirty = false; });
addEventListener("beforeunload", (event) => { if (isDirty) event.preventDefault(); });
