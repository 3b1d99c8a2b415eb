// Small forms for a comment (edit, withdraw, appeal, report), which are separate pages without this script.

import { asReader, patience, whyRefused } from "./api.js";
import { receiptOf, showCard } from "./own.js";
import { leadTo } from "./place.js";
import { say, sayBeside } from "./say.js";
import { sentence } from "./sentences.js";
import { localTimes } from "./times.js";

let opening = null;
// What opens a form: a link, or the button of the form that all comments share.
const OPENERS = ":is(a[data-part], button.report)";

/** Return the headers that identify the author of a comment, or the reader who reports one. */
async function identity(card) {
  const part = { "Folkmoot-Part": "1" };
  if (!card) return { ...part, ...(await asReader()) };
  const receipt = receiptOf(card.dataset.own);
  return receipt ? { ...part, "Folkmoot-Receipt": receipt } : part;
}

/** Fetch a page and return the part for this one: a form, a card, or an explanation. */
async function fetchPart(url, options) {
  const answer = await fetch(url, { ...options, signal: patience() });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const notice = page.querySelector(".notice");
  return {
    ok: answer.ok,
    part: page.querySelector("section[data-part]"),
    card: page.querySelector("[data-own]"),
    why: notice ? [...notice.querySelectorAll("h1, p")].map((line) => line.textContent.trim()).join(". ") : "",
  };
}

/** Adapt a section to this page: a smaller heading, and a close button. */
function fitted(part) {
  const old = part.querySelector("h1");
  const heading = document.createElement("h2");
  heading.append(...old.childNodes);
  Object.assign(heading, { id: old.id, className: old.className, tabIndex: -1 });
  old.replaceWith(heading);
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: sentence("Close") });
  close.dataset.close = "";
  const row = part.querySelector("form > .acts:last-child") ?? Object.assign(document.createElement("p"), { className: "acts" });
  row.append(close);
  if (!row.parentElement) part.append(row);
  localTimes(part);
  return part;
}

/** Close the open form. */
function close(open) {
  const opener = document.querySelector(`${OPENERS}[aria-expanded=true]`);
  opener?.setAttribute("aria-expanded", "false");
  if (open.contains(document.activeElement)) opener?.focus();
  open.remove();
}

/** Tell whether a form has entries, typed now or before its faults were shown. */
function isFilled(open) {
  const fields = [...open.querySelectorAll("input, textarea")];
  const isChanged = (field) => field.value !== field.defaultValue || Boolean(field.checked) !== Boolean(field.defaultChecked);
  return fields.some(isChanged) || open.querySelector(".fault:not(:empty, .beside)") !== null;
}

/** Go back to a form with unsent entries. */
function leadBack(filled) {
  sayBeside(filled.querySelector(".acts"), sentence("This is not sent yet. Please send it first, or close it."));
  leadTo(filled.querySelector(".part-heading"));
}

/** Return a selector that finds the comment around a link even after an update. */
function finder(link) {
  const { own } = link.closest("[data-own], .comment").dataset;
  const place = own ? `[data-own="${own}"]` : `#${link.closest(".comment").id}`;
  return () => document.querySelector(place);
}

/** Return the address of the form that a link or a button opens. */
function addressOf(opener) {
  return opener.href ?? `${opener.formAction}?${new URLSearchParams(new FormData(opener.form))}`;
}

/** Open the form of a link below its comment; only one is open at a time, and one with entries is kept. */
async function open(link) {
  const isOpen = link.getAttribute("aria-expanded") === "true";
  const before = document.querySelector("section[data-part]");
  if (before && isFilled(before)) return leadBack(before);
  if (before) close(before);
  if (isOpen || opening === link) return;
  opening = link;
  const holder = finder(link);
  try {
    const { part, why } = await fetchPart(addressOf(link), { headers: await identity(link.closest("[data-own]")) });
    if (opening !== link) return;
    if (!part) return sayBeside(link, why || whyRefused());
    sayBeside(link, "");
    const opener = [...holder().querySelectorAll(OPENERS)].find((one) => addressOf(one) === addressOf(link));
    opener?.setAttribute("aria-expanded", "true");
    holder().append(fitted(part));
    leadTo(part.querySelector(".part-heading"));
  } catch (error) {
    sayBeside(link, whyRefused(error));
  } finally {
    if (opening === link) opening = null;
  }
}

/** Show the answer to a form: the comment's current card, the form with faults, or thanks. */
async function show(section, { ok, part, card, why }) {
  if (ok && card && !part) {
    say(card.querySelector(".state").textContent.trim().replace(/\s+/g, " "));
    return showCard(card);
  }
  if (!part) return sayBeside(section.querySelector(".acts"), why || whyRefused());
  section.replaceWith(fitted(part));
  const faulty = part.querySelector("[aria-invalid]") ?? part.querySelector(".part-heading");
  leadTo(faulty);
  if (part.querySelector("[data-done]")) say(part.querySelector("[data-done]").textContent.trim());
}

/** Send a form once. */
async function send(form) {
  const section = form.closest("section[data-part]");
  if (section.getAttribute("aria-busy")) return;
  section.setAttribute("aria-busy", "true");
  try {
    const headers = await identity(section.closest("[data-own]"));
    await show(section, await fetchPart(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers }));
  } catch (error) {
    sayBeside(section.querySelector(".acts"), whyRefused(error));
  } finally {
    section.removeAttribute("aria-busy");
  }
}

/** Let the small forms work without leaving the page. */
export function enhanceParts() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest(OPENERS);
    if (event.target.closest("[data-close]")) return close(event.target.closest("section[data-part]"));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.closest("section[data-part]")) return;
    event.preventDefault();
    send(event.target);
  });
  document.addEventListener("keydown", (event) => {
    const section = event.target.closest?.("section[data-part]");
    if (section && event.key === "Escape" && !event.isComposing && !isFilled(section)) close(section);
  });
}
