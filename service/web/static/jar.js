// The frame's cookies: what is kept there where the browser denies us storage.

import { lookInJar, putInJar } from "./api.js";
import { isDenied } from "./memory.js";
import { sentence } from "./sentences.js";

const { thread } = document.body.dataset;
const SOON = 500;
const TOO_LONG = sentence("This text is too long to be kept by your browser. Please send it before you leave this page.");
let draft = null;
let timer = null;
let tried = null;

/** Return the draft of this article, null without one. */
export async function draftInJar() {
  if (!isDenied()) return null;
  const { draft: kept } = await lookInJar(thread).catch(() => ({ draft: null }));
  return kept;
}

/** Keep the receipt of a comment, so that a reload still shows it. */
export async function keepReceipt({ id, receipt }) {
  if (isDenied()) await putInJar({ comment: id, receipt }).catch(() => {});
}

/** Keep the latest draft, and say so if it is too long. */
async function keepNow() {
  clearTimeout(timer);
  if (!draft) return;
  const latest = draft;
  draft = null;
  const { fits } = await putInJar({ thread, ...latest }).catch(() => ({ fits: true }));
  const place = document.getElementById("forgetful");
  if (!fits) place.textContent = TOO_LONG;
  else if (place.textContent === TOO_LONG) place.textContent = "";
}

/** Keep a draft once the author pauses. */
export function keepDraftInJar(given) {
  if (!isDenied()) return;
  draft = given;
  clearTimeout(timer);
  timer = setTimeout(keepNow, SOON);
}

/** Return the sentence for a browser that will forget everything, "" for all others; try only once. */
export async function whyForgotten() {
  if (!isDenied()) return "";
  tried ??= putInJar().then(() => lookInJar(thread));
  const { kept } = await tried.catch(() => ({ kept: false }));
  return kept ? "" : sentence("Your browser does not let us keep anything here. After you reload or leave this page, we do not know your draft, your votes and your comments any more.");
}

addEventListener("pagehide", keepNow);
