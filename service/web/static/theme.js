// The frame's theme: as the embedding page wishes, else as light or dark as that page is.

const { documentElement: root, body } = document;
const { theme: usual } = body.dataset;
const [darkest, lightest] = (body.dataset.bounds ?? "").split(" ").map(Number);
const FIXED = ["light", "dark"];
// Where black and white are equally legible.
const MIDDLE = 0.179;

/** Return the relative luminance of "rrggbb" (WCAG 2.2). */
function luminance(colour) {
  const [red, green, blue] = colour.match(/../g).map((pair) => {
    const part = parseInt(pair, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Return the colour scheme in use, which the frame's element must have too. */
export function scheme() {
  const { theme } = root.dataset;
  return FIXED.includes(theme) ? theme : "light dark";
}

/** Follow the page: its wish, the colour of its ground, and whether there is a picture. */
export function dress({ theme, ground, pictured }) {
  const light = /^[0-9a-f]{6}$/.test(ground) ? luminance(ground) : null;
  const wished = [...FIXED, "auto"].includes(theme) ? theme : usual;
  const seen = light === null ? "auto" : FIXED[Number(light < MIDDLE)];
  root.dataset.theme = FIXED.includes(wished) ? wished : seen;
  const isLegible = root.dataset.theme === "dark" ? light <= darkest : light >= lightest;
  const isClear = light !== null && !pictured && isLegible;
  root.toggleAttribute("data-clear", isClear);
  if (isClear) root.style.setProperty("--paper", `#${ground}`);
  else root.style.removeProperty("--paper");
}
