// The keys of the desk; the list of them is in keys.html, shown with "?".

import { current, desk, open, step } from "./review-cards.js";
import { approve, decide, undoLast } from "./review-decide.js";
import { askReason } from "./review-reasons.js";
import { blockSelection, openDrawer, openTool } from "./review-tools.js";
import { toggleWords } from "./review-words.js";

const SURE = 3000;
let asked = 0;

const LOOKING = {
  j: () => step(1),
  k: () => step(-1),
  e: () => toggleWords(meant()),
  o: () => openDrawer(meant()?.querySelector("[data-drawer]")),
  z: () => document.body.classList.toggle("zen"),
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => showKeys(),
};
const DECIDING = {
  a: () => approve(meant()),
  r: () => decide(meant(), "reject"),
  R: () => askReason(meant(), "reject", decide),
  h: () => decide(meant(), "hold"),
  d: () => removeSurely(),
  u: () => undoLast(),
  x: () => meant()?.querySelector(".pick")?.click(),
  l: () => meant()?.querySelector(".alike a")?.click(),
  n: () => openTool(meant(), "[name=note]"),
  s: () => openTool(meant(), "[name=to]"),
  b: () => openTool(meant(), "[name=footing]"),
  w: () => blockSelection(meant()),
};

/** Take the keys over, but for who is typing or in a dialog. */
export function takeKeys() {
  const known = "decides" in desk.dataset ? { ...LOOKING, ...DECIDING } : LOOKING;
  addEventListener("keydown", (event) => {
    const { target } = event;
    if (target.matches("input:not([type=checkbox]), textarea, select") || target.closest("dialog")) {
      if (event.key === "Escape" && target.closest(".card")) target.closest(".card").focus();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !known[event.key]) return;
    event.preventDefault();
    known[event.key]();
  });
  const hint = document.querySelector("[data-keys]");
  hint.hidden = false;
  hint.querySelector("button").addEventListener("click", showKeys);
}

function meant() {
  const card = current();
  return card && !card.classList.contains("done") ? card : open()[0];
}

function showKeys() {
  const dialog = document.getElementById("keys");
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

function removeSurely() {
  const button = meant()?.querySelector('[data-decision] button[value="remove"]');
  if (!button) return;
  if (Date.now() - asked < SURE) decide(meant(), "remove");
  else button.focus();
  asked = Date.now();
}
