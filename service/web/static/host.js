// Tell the page around the frame how high the frame is, once that page has shown who it is.

const origins = (document.body.dataset.origins ?? "").split(" ");
let host = null;

/** Tell the height, if there is somebody to tell. */
function tell() {
  if (!host) return;
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  parent.postMessage({ folkmoot: "height", height }, host);
}

/** Undo the scrolling that a focus caused while the frame was still too low for what is in it. */
function unscroll() {
  if (host) scrollTo(0, 0);
}

/** Listen for the page around us and keep it informed. */
export function followHost() {
  addEventListener("message", ({ origin, source, data }) => {
    if (source !== parent || !origins.includes(origin) || data?.folkmoot !== "host") return;
    host = origin;
    document.documentElement.classList.add("followed");
    tell();
  });
  addEventListener("resize", unscroll);
  new ResizeObserver(tell).observe(document.documentElement);
}
