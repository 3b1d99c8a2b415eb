// Put a site's comments where this script stands in a news page, once the reader comes near.
(() => {
  const script = document.currentScript;
  const service = new URL(script.src).origin;
  const { dataset } = script;
  const place = document.createElement("div");
  let frame = null;
  let height = 0;

  /** Give the address that names the article: as told, as the page calls itself, or as it is. */
  function articleUrl() {
    const canonical = document.querySelector('link[rel="canonical"]');
    const url = new URL(dataset.thread || canonical?.href || location.href, location.href);
    url.hash = "";
    return url.href;
  }

  /** Give the comment that the page's address leads to, "" if it leads to none. */
  function wanted() {
    return location.hash.startsWith("#comment-") ? location.hash.slice(9) : "";
  }

  /** Tell whether the page's address leads to the comments as a whole. */
  function wantsAll() {
    return ["#comments", "#disqus_thread"].includes(location.hash);
  }

  /** Give the frame's address, with what this page wishes. */
  function frameUrl() {
    const asked = {
      thread: articleUrl(),
      title: dataset.title || document.title,
      comment: wanted(),
      lang: dataset.lang,
      page: document.documentElement.lang,
      theme: dataset.theme,
      accent: dataset.accent?.replace("#", ""),
    };
    const given = Object.entries(asked).filter(([, value]) => value);
    return `${service}/frame/${encodeURIComponent(dataset.site)}?${new URLSearchParams(given)}`;
  }

  /** Tell the frame something. */
  function tell(folkmoot, more = {}) {
    frame.contentWindow.postMessage({ folkmoot, ...more }, service);
  }

  /** Tell the frame which theme the page has now. */
  function tellTheme() {
    tell("theme", { theme: dataset.theme });
  }

  /** Keep the room that comments take: it becomes less only where nobody sees it, or the reader made it so. */
  function settle(acted) {
    const { top, bottom } = place.getBoundingClientRect();
    if (acted || bottom < 0 || top > innerHeight) place.style.minHeight = `${height}px`;
  }

  /** Make the frame as high as what stands in it. */
  function fit(data) {
    height = Math.min(Math.max(data.height, 100), 500000);
    Object.assign(frame.style, { height: `${height}px`, minHeight: 0 });
    if (typeof data.name === "string") frame.title = data.name;
    settle(data.acted === true);
  }

  /** Do what the frame asks for, when it really is the frame that asks. */
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

  /** Go where the page's address leads now. */
  function follow() {
    if (wantsAll()) {
      load();
      (document.getElementById(location.hash.slice(1)) ?? place).scrollIntoView();
    }
    if (!wanted()) return;
    if (!frame) return load();
    // The frame can say what has the focus there; that the frame itself has it, only this page can.
    frame.focus({ preventScroll: true });
    tell("show", { comment: wanted() });
  }

  // About as high as the form alone: what comes later then moves nothing below it.
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
