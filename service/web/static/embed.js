// Embed a site's comments at this script's place in a news page, once the reader scrolls near it.

import { groundOf, layersOf } from "./ground.js";
import { advise, whenTagsAreThere } from "./tags.js";

const find = (selector) => document.querySelector(selector);

/** Show the comments of a tag until it is taken out of the page. */
function embed(script) {
  const { dataset } = script;
  const service = new URL(script.src).origin;
  const place = document.createElement("div");
  const life = new AbortController();
  const { signal } = life;
  let frame = null;
  let height = 0;
  let article = "";
  let colours = {};
  let looking = 0;
  let late = 0;
  let path = "";

  /** Return the article's address: from the script, from the canonical link, or the page's own. */
  function articleUrl() {
    const url = new URL(dataset.thread || find('link[rel="canonical"]')?.href || location.href, location.href);
    url.hash = "";
    return url.href;
  }

  /** Return the comment that the page's address points to, "" without one. */
  function wanted() {
    return location.hash.startsWith("#comment-") ? location.hash.slice(9) : "";
  }

  /** Return the frame's address with this page's settings. */
  function frameUrl() {
    const settings = {
      thread: article,
      title: dataset.title || document.title,
      comment: wanted(),
      lang: dataset.lang,
      page: document.documentElement.lang,
      theme: dataset.theme,
      accent: dataset.accent?.replace("#", ""),
      ...colours,
    };
    const query = Object.entries(settings).filter(([, value]) => value);
    return `${service}/frame/${encodeURIComponent(dataset.site)}?${new URLSearchParams(query)}`;
  }

  /** Send the frame a message. */
  function tell(folkmoot, more) {
    frame?.contentWindow.postMessage({ folkmoot, ...more }, service);
  }

  /** Send the frame the page's theme and colours, before the next picture. */
  function tellTheme() {
    looking ||= requestAnimationFrame(() => {
      looking = 0;
      colours = groundOf(place);
      tell("theme", { theme: dataset.theme, ...colours });
    });
  }

  /** Keep the frame's height: it shrinks only out of sight, or if the reader or a mere message caused it. */
  function settle(acted) {
    const { top, bottom } = place.getBoundingClientRect();
    if (acted || bottom < 0 || top > innerHeight) place.style.minHeight = `${height}px`;
  }

  /** Fit the frame to its content: a frame of another colour scheme would be opaque. */
  function fit({ acted, brief, name, scheme: colorScheme, height: wished }) {
    height = Math.min(Math.max(wished, 40), 500000);
    Object.assign(frame.style, { height: `${height}px`, minHeight: 0, colorScheme });
    if (typeof name === "string") frame.title = name;
    settle(acted === true || brief === true);
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
    watch.disconnect();
    colours = groundOf(place);
    frame = document.createElement("iframe");
    frame.title = "Comments";
    frame.src = frameUrl();
    frame.style.cssText = "width:100%;height:100%;min-height:inherit;border:0;display:block";
    frame.addEventListener("load", () => {
      tell("host");
      tellTheme();
    });
    place.append(frame);
  }

  /** Go to where the page's address points now. */
  function follow() {
    if (["#comments", "#disqus_thread"].includes(location.hash)) {
      load();
      (find(location.hash) ?? place).scrollIntoView();
    }
    if (!wanted()) return;
    if (!frame) return load();
    // The frame sets the focus inside itself; only this page can focus the frame.
    frame.focus({ preventScroll: true });
    tell("show", { comment: wanted() });
  }

  /** Begin with an article, and wait until the reader is near. */
  function begin() {
    frame?.remove();
    frame = null;
    height = 0;
    article = articleUrl();
    path = location.pathname;
    clearTimeout(late);
    // About as high as the form alone, so that loading moves nothing below it.
    place.style.minHeight = `max(${innerWidth < 480 ? 1240 : 1000}px, 100vh)`;
    watch.observe(place);
    follow();
  }

  /** Put the comments into the page: beside the tag, or where it says. */
  function put() {
    const isHidden = script.closest("head");
    const there = find(dataset.place || (isHidden ? "#comments, #disqus_thread, main" : "html"));
    if (!there) advise("set data-place to a CSS selector of the element that shall hold the comments.");
    if (dataset.place || isHidden) (there ?? document.body).append(place);
    else script.after(place);
    if (!find("#comments")) place.id = "comments";
    paper.disconnect();
    for (const at of layersOf(place).slice(1)) paper.observe(at, { attributes: true });
    begin();
  }

  /** Follow what the page does with the tag and its own address. */
  function check() {
    if (!script.isConnected) {
      life.abort();
      for (const observer of [watch, changes, tree, paper]) observer.disconnect();
      cancelAnimationFrame(looking);
      clearTimeout(late);
      place.remove();
    } else if (!place.isConnected || (place.parentNode !== script.parentNode && !dataset.place && !script.closest("head"))) {
      put();
    } else if (articleUrl() !== article) {
      begin();
    } else if (!dataset.thread && path !== location.pathname) {
      path = location.pathname;
      clearTimeout(late);
      late = setTimeout(() => {
        if (articleUrl() === article) advise("the address changed, but not its canonical link: change that too, or set data-thread.");
      }, 2000);
    }
  }

  const watch = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && load(), { rootMargin: "1200px" });
  const paper = new MutationObserver(tellTheme);
  const tree = new MutationObserver(check);
  const changes = new MutationObserver((seen) => (seen.every((one) => one.attributeName === "data-theme") ? tellTheme() : begin()));
  const on = (target, kind, act) => target.addEventListener(kind, act, { signal, passive: true });
  put();
  changes.observe(script, { attributeFilter: ["site", "thread", "title", "lang", "accent", "theme"].map((name) => `data-${name}`) });
  for (const root of [document, script.getRootNode()]) tree.observe(root, { childList: true, subtree: true });
  tree.observe(document.head, { attributeFilter: ["href"], subtree: true });
  on(window, "message", listen);
  on(window, "hashchange", follow);
  on(window, "popstate", check);
  on(window, "scroll", () => height && settle());
  on(document, "transitionend", tellTheme);
  on(matchMedia("(prefers-color-scheme: dark)"), "change", tellTheme);
  on(document, "securitypolicyviolation", ({ blockedURI, effectiveDirective }) => {
    if (blockedURI.startsWith(service)) advise(`the page's Content-Security-Policy must allow: ${effectiveDirective} ${service}`);
  });
}

whenTagsAreThere(embed);
