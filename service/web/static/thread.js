// The list of comments: search, order and paging without leaving the page, and local times.

import { markVotes } from "./votes.js";
import { say, sayBeside } from "./say.js";

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "short" });

/** Write every time in the reader's own zone and manner. */
export function localTimes(within = document) {
  for (const time of within.querySelectorAll("time[datetime]")) {
    time.textContent = DATE.format(new Date(time.dateTime));
  }
}

/** Show the list as another address has it; the rest of the page stays as it is. */
export async function showThread(url) {
  const old = document.getElementById("thread");
  old.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("thread");
    if (!fresh) throw new Error("no list in the answer");
    old.replaceWith(fresh);
    localTimes(fresh);
    markVotes();
  } catch {
    old.removeAttribute("aria-busy");
    sayBeside(old.querySelector(".tools") ?? old.firstElementChild, "The comments cannot be reached at the moment. Please try again.");
  }
  return document.getElementById("thread");
}

/** Give the address of this article's comments. */
export function threadUrl(asked = {}) {
  const { site, thread, title } = document.body.dataset;
  return `/frame/${site}?${new URLSearchParams({ thread, title, ...asked })}`;
}

/** Follow a link or a search within the list, and lead the reader to what came of it. */
async function swap(url, focus) {
  const thread = await showThread(url);
  const found = thread.querySelector(".fault, .found")?.textContent.trim().split("\n")[0];
  say(found ?? "");
  thread.querySelector(focus)?.focus();
}

/** Make search, order and paging work in place. */
export function enhanceThread() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    swap(link.href, link.rel === "next" ? "#thread-heading" : `.orders a[aria-current], #q`);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-swap]")) return;
    event.preventDefault();
    swap(`${event.target.action.split("#")[0]}?${new URLSearchParams(new FormData(event.target))}`, "#q");
  });
}
