// The list of comments: search, order, paging, further answers and permalinks without leaving the page.

import { frameUrl, leadTo } from "./place.js";
import { say, sayBeside } from "./say.js";
import { sentence } from "./sentences.js";
import { localTimes } from "./times.js";
import { markVotes } from "./votes.js";

const find = (id) => document.getElementById(id);
const LATER = 1000;
let asking = null;

/** Fetch another state of the list and ignore the rest of that page. */
async function fetchThread(url, signal) {
  const answer = await fetch(url, { signal });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("thread");
  if (!fresh) throw new Error("no list in the answer");
  localTimes(fresh);
  return fresh;
}

/** Insert an element from another page. */
function put(old, fresh) {
  old.replaceWith(fresh);
  markVotes();
  document.dispatchEvent(new Event("thread"));
}

/** Show at a part of the list that the service cannot be reached. */
function complain(beside) {
  sayBeside(beside, sentence("The comments cannot be reached at the moment. Please try again."));
}

/** Show the list of another address and keep the rest of the page; return null if another request came first. */
export async function showThread(url, fit = (fresh) => fresh) {
  asking?.abort();
  const { signal } = asking = new AbortController();
  find("thread").setAttribute("aria-busy", "true");
  try {
    const fresh = await fetchThread(url, signal);
    put(find("thread"), fit(fresh));
  } catch {
    if (signal.aborted) return null;
    find("thread").removeAttribute("aria-busy");
    complain(find("thread").querySelector(".tools") ?? find("thread").firstElementChild);
  }
  return find("thread");
}

/** Restore what the reader has folded and unfolded. */
function withFolds(fresh) {
  for (const turn of find("thread").querySelectorAll("[data-unfolded]")) fresh.querySelector(`#${turn.id}`)?.replaceWith(turn);
  for (const { parentElement } of find("thread").querySelectorAll(".turn:not([open])")) {
    fresh.querySelector(`#${parentElement.id} > .turn`)?.removeAttribute("open");
  }
  return fresh;
}

/** Tell whether the reader is using something in the list that must not be replaced. */
function isInHand() {
  return find("thread").contains(document.activeElement) || find("thread").querySelector("section[data-part]") !== null;
}

/** Refresh the list, if the page has one, as soon as the reader is not using it. */
export async function refreshThread() {
  if (!find("thread")) return;
  while (isInHand()) await new Promise((go) => setTimeout(go, LATER));
  await showThread(find("thread").dataset.here, withFolds);
}

/** Show a comment in its place, or that it no longer exists. */
export async function showComment(id) {
  if (!find(`comment-${id}`)) await showThread(frameUrl({ comment: id }));
  const shown = find(`comment-${id}`) ?? find("gone");
  for (let fold = shown?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  for (const marked of document.querySelectorAll("[data-marked]")) marked.removeAttribute("data-marked");
  shown?.setAttribute("data-marked", "");
  if (shown) leadTo(shown);
}

/** Follow a link or a search within the list, and go to the result. */
async function swap(url, focus) {
  const thread = await showThread(url);
  if (!thread) return;
  say(thread.querySelector(".fault:not(.beside), #found")?.textContent.trim() ?? "");
  const there = thread.querySelector(focus) ?? find("thread-heading");
  if (there) leadTo(there);
}

/** Show further answers of an exchange, in place of the first ones or after them. */
async function showRest(link) {
  const turn = find(`turn-${link.dataset.rest}`);
  link.setAttribute("aria-busy", "true");
  try {
    const fresh = (await fetchThread(link.href)).querySelector(".turns > li");
    const seen = new Set([...turn.querySelectorAll(".comment")].map(({ id }) => id));
    if (link.matches("[data-on]")) {
      turn.querySelector(".answers").append(...fresh.querySelector(".answers").children);
      link.parentElement.replaceWith(...fresh.querySelectorAll(".rest"));
    } else {
      turn.replaceWith(fresh);
    }
    find(turn.id).dataset.unfolded = "";
    markVotes();
    const first = [...find(turn.id).querySelectorAll(".comment")].find(({ id }) => !seen.has(id));
    if (first) leadTo(first);
  } catch {
    link.removeAttribute("aria-busy");
    complain(link);
  }
}

/** Tell whether a click on a link should be handled here, not in another tab. */
function isOurs(event, link) {
  return link && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

/** Make search, order, paging and permalinks work in place. */
export function enhanceThread() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap], a[data-rest]");
    if (!isOurs(event, link)) return;
    event.preventDefault();
    if (link.dataset.rest) showRest(link);
    else swap(link.href, link.rel === "next" || link.id === "news" ? "#thread-heading" : ".orders a[aria-current], #q");
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-swap]")) return;
    event.preventDefault();
    swap(`${event.target.action.split(/[?#]/)[0]}?${new URLSearchParams(new FormData(event.target))}`, "#q");
  });
  const marked = document.querySelector("[data-marked], #gone");
  if (marked) leadTo(marked);
}
