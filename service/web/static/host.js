// Messages to and from the embedding page, once that page has identified itself.

import { sentence } from "./sentences.js";
import { dress, scheme } from "./theme.js";

const origins = (document.body.dataset.origins ?? "").split(" ");
const ACTED = 1000;
let host = null;
let acted = -ACTED;
let waiting = null;

/** Send a message, if there is an embedding page. */
function tell(folkmoot, more) {
  if (host) parent.postMessage({ folkmoot, ...more }, host);
}

/** Report the frame's height, and whether the reader caused the change. */
function tellHeight() {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  const brief = document.getElementById("form") === null;
  tell("height", { height, brief, name: sentence("Comments"), scheme: scheme(), acted: performance.now() - acted < ACTED });
}

/** Undo the scrolling that a focus caused while the frame was still too low for its content. */
function unscroll() {
  if (host) scrollTo(0, 0);
}

/** Ask the embedding page to scroll an element into view. */
function bringIntoView(element) {
  if (!host) {
    waiting = element;
    return;
  }
  unscroll();
  tellHeight();
  tell("scroll", { top: element.getBoundingClientRect().top });
}

/** Handle a message of the embedding page. */
function listen({ origin, source, data }, show) {
  if (source !== parent || !(origins.includes(origin) || origins.includes("*"))) return;
  if (data?.folkmoot === "host") {
    host = origin;
    document.documentElement.classList.add("followed");
    tellHeight();
    if (waiting?.isConnected) bringIntoView(waiting);
    waiting = null;
  }
  if (data?.folkmoot === "theme") {
    dress(data);
    tellHeight();
  }
  if (data?.folkmoot === "show" && /^[0-9a-z]{26}$/.test(data.comment)) show(data.comment);
}

/** Listen to the embedding page and report to it; `show` shows the comment it requests. */
export function followHost(show = () => {}) {
  addEventListener("message", (event) => listen(event, show));
  addEventListener("resize", unscroll);
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { acted = performance.now(); }, true);
  document.addEventListener("lead", ({ detail }) => bringIntoView(detail));
  new ResizeObserver(tellHeight).observe(document.documentElement);
}
