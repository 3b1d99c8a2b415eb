// Keyboard shortcuts of the desk; keys.html lists them, and "?" shows the list.

import { after, current, desk, go, goDown, goUp, isOpen, open } from "./review-cards.js";
import { approve, decide, undoLast } from "./review-decide.js";
import { askReason } from "./review-reasons.js";
import { blockSelection, openDrawer, openTool } from "./review-tools.js";
import { toggleWords } from "./review-words.js";

const SURE = 3000;
const OFF = "folkmoot.keys-off";
// The card to remove if the key is pressed again, and the time of the first press.
let removal = { card: null, at: 0 };

const LOOKING = {
  j: goDown,
  k: goUp,
  e: () => toggleWords(current() ?? open()[0]),
  o: () => openDrawer((current() ?? open()[0])?.querySelector("[data-drawer]")),
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

/** Handle keys, except during typing or in a dialog. */
export function takeKeys() {
  const keys = "decides" in desk.dataset ? { ...LOOKING, ...DECIDING } : LOOKING;
  addEventListener("keydown", (event) => {
    const { target } = event;
    if (target.matches("input:not([type=checkbox]), textarea, select") || target.closest("dialog")) {
      if (event.key === "Escape" && target.closest(".card")) target.closest(".card").focus();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key] || areOff()) return;
    event.preventDefault();
    // Holding a key down decides once.
    if (event.repeat && event.key in DECIDING) return;
    keys[event.key]();
  });
  letTurnOff(document.querySelector("[data-keys-off]"));
  const hint = document.querySelector("[data-keys]");
  hint.hidden = false;
  hint.querySelector("button").addEventListener("click", showKeys);
}

/** Tell whether single-letter keys are off in this browser: dictation would trigger them. */
function areOff() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return document.querySelector("[data-keys-off]").checked;
  }
}

function letTurnOff(box) {
  box.checked = areOff();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.setItem(OFF, "yes");
      else localStorage.removeItem(OFF);
    } catch {
      // Without storage the check box still works on this page.
    }
  });
}

/** Return the card to decide; on a decided card a key only moves on, and a card out of sight is never decided. */
function meant() {
  const card = current() ?? open()[0];
  if (!card || isOpen(card)) return card;
  go(after(card));
  return null;
}

function showKeys() {
  const dialog = document.getElementById("keys");
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

function removeSurely() {
  const card = meant();
  const button = card?.querySelector('[data-decision] button[value="remove"]');
  if (!button) return;
  const isSure = removal.card === card && Date.now() - removal.at < SURE;
  removal = isSure ? { card: null, at: 0 } : { card, at: Date.now() };
  if (isSure) decide(card, "remove");
  else button.focus();
}
