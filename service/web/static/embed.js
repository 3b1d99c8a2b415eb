// Put a site's comments where this script stands in a news page.
(() => {
  const script = document.currentScript;
  const service = new URL(script.src).origin;
  const { site, thread } = script.dataset;

  /** Give the address that names the article: as told, as the page calls itself, or as it is. */
  function articleUrl() {
    const canonical = document.querySelector('link[rel="canonical"]');
    const url = new URL(thread || canonical?.href || location.href, location.href);
    url.hash = "";
    return url.href;
  }

  /** Make the frame; a permalink to a comment goes along. */
  function makeFrame() {
    const frame = document.createElement("iframe");
    const asked = new URLSearchParams({ thread: articleUrl(), title: document.title });
    const hash = location.hash.startsWith("#comment-") ? location.hash : "";
    frame.src = `${service}/frame/${encodeURIComponent(site)}?${asked}${hash}`;
    frame.title = "Comments";
    Object.assign(frame.style, { width: "100%", height: "600px", border: "0", display: "block" });
    frame.addEventListener("load", () => {
      frame.contentWindow.postMessage({ folkmoot: "host" }, service);
    });
    return frame;
  }

  /** Let the frame be as high as what stands in it, when it really is the frame that says so. */
  function follow(frame) {
    addEventListener("message", ({ origin, source, data }) => {
      if (origin !== service || source !== frame.contentWindow) return;
      if (data?.folkmoot !== "height" || !Number.isFinite(data.height)) return;
      frame.style.height = `${Math.min(Math.max(data.height, 100), 200000)}px`;
    });
  }

  /** Load the comments. */
  function load(place) {
    const frame = makeFrame();
    follow(frame);
    place.append(frame);
  }

  const place = document.createElement("div");
  place.style.minHeight = "600px";
  script.after(place);
  if (!("IntersectionObserver" in window) || location.hash.startsWith("#comment")) {
    load(place);
    return;
  }
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    load(place);
  }, { rootMargin: "800px" });
  watch.observe(place);
})();
