// Embed a site's comments at this script's place in a news page, once the reader scrolls near it.
(() => {
  const script = document.currentScript;
  const service = new URL(script.src).origin;
  const { dataset } = script;
  const place = document.createElement("div");
  let frame = null;
  let height = 0;

  /** Return the article's address: from the script, from the canonical link, or the page's own. */
  function articleUrl() {
    const canonical = document.querySelector('link[rel="canonical"]');
    const url = new URL(dataset.thread || canonical?.href || location.href, location.href);
    url.hash = "";
    return url.href;
  }

  /** Return the comment that the page's address points to, "" without one. */
  function wanted() {
    return location.hash.startsWith("#comment-") ? location.hash.slice(9) : "";
  }

  /** Tell whether the page's address points to the comments as a whole. */
  function wantsAll() {
    return ["#comments", "#disqus_thread"].includes(location.hash);
  }

  /** Return the frame's address with this page's settings. */
  function frameUrl() {
    const settings = {
      thread: articleUrl(),
      title: dataset.title || document.title,
      comment: wanted(),
      lang: dataset.lang,
      page: document.documentElement.lang,
      theme: dataset.theme,
      accent: dataset.accent?.replace("#", ""),
    };
    const query = Object.entries(settings).filter(([, value]) => value);
    return `${service}/frame/${encodeURIComponent(dataset.site)}?${new URLSearchParams(query)}`;
  }

  /** Send the frame a message. */
  function tell(folkmoot, more = {}) {
    frame.contentWindow.postMessage({ folkmoot, ...more }, service);
  }

  /** Send the frame the page's current theme. */
  function tellTheme() {
    tell("theme", { theme: dataset.theme });
  }

  /** Keep the frame's height: it shrinks only out of sight, or if the reader caused it. */
  function settle(acted) {
    const { top, bottom } = place.getBoundingClientRect();
    if (acted || bottom < 0 || top > innerHeight) place.style.minHeight = `${height}px`;
  }

  /** Fit the frame's height to its content. */
  function fit(data) {
    height = Math.min(Math.max(data.height, 100), 500000);
    Object.assign(frame.style, { height: `${height}px`, minHeight: 0 });
    if (typeof data.name === "string") frame.title = data.name;
    settle(data.acted === true);
  }

  /** Handle a message, if it really comes from the frame. */
  function listen({ origin, source, data }) {
    if (!frame || origin !== service || source !== frame.contentWindow) return;
    if (data?.folkmoot === "height" && Number.isFinite(data.height)) fit(data);
    if (data?.folkmoot === "scroll" && Number.isFinite(data.top)) {
      scrollTo({ top: scrollY + frame.getBoundingClientRect().top + Math.min(data.top, height) - innerHeight / 4 });
    }
  }

  /** Load the comments. */
  function load() {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.title = "Comments";
    frame.src = frameUrl();
    frame.style.cssText = "width:100%;height:100%;min-height:inherit;border:0;display:block";
    const { theme } = dataset;
    frame.addEventListener("load", () => {
      tell("host");
      if (dataset.theme !== theme) tellTheme();
    });
    place.append(frame);
  }

  /** Go to where the page's address points now. */
  function follow() {
    if (wantsAll()) {
      load();
      (document.getElementById(location.hash.slice(1)) ?? place).scrollIntoView();
    }
    if (!wanted()) return;
    if (!frame) return load();
    // The frame sets the focus inside itself; only this page can focus the frame.
    frame.focus({ preventScroll: true });
    tell("show", { comment: wanted() });
  }

  // About as high as the form alone, so that loading moves nothing below it.
  place.style.minHeight = `max(${innerWidth < 480 ? 1240 : 1000}px, 100vh)`;
  if (!document.getElementById("comments")) place.id = "comments";
  script.after(place);
  addEventListener("message", listen);
  addEventListener("hashchange", follow);
  addEventListener("scroll", () => frame && height && settle(), { passive: true });
  new MutationObserver(() => frame && tellTheme()).observe(script, { attributeFilter: ["data-theme"] });
  follow();
  if (frame) return;
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    load();
  }, { rootMargin: "1200px" });
  watch.observe(place);
})();
