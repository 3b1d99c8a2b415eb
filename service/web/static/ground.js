// The ground on which the comments stand: the page's colour behind an element.

/** Return an element with all that are around it, also across shadow roots. */
export function layersOf(at) {
  return at ? [at, ...layersOf(at.assignedSlot ?? at.parentElement ?? at.getRootNode().host)] : [];
}

/** Return the colour behind an element as "rrggbb", and whether there is a picture; {} if browsers hide it. */
export function groundOf(element) {
  const paint = document.createElement("canvas").getContext("2d");
  const fill = (colour) => {
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  if (String(fill("#13579b")) !== "19,87,155,255") return {};
  element.style.color = "Canvas";
  const styles = layersOf(element).map((at) => getComputedStyle(at));
  let colour = fill(styles[0].color);
  let pictured = "";
  element.style.color = "";
  for (const { backgroundColor, backgroundImage } of styles.reverse()) {
    paint.clearRect(0, 0, 1, 1);
    if (fill(backgroundColor)[3] === 255) pictured = "";
    fill(`rgb(${colour.slice(0, 3)})`);
    colour = fill(backgroundColor);
    if (backgroundImage !== "none") pictured = "1";
  }
  return { ground: colour.slice(0, 3).map((part) => part.toString(16).padStart(2, "0")).join(""), pictured };
}
