// Makes the desk quick; without this script every form and link still works, page by page.

import { desk, followFocus, go, open } from "./review-cards.js";
import { watchClaims } from "./review-claims.js";
import { takeForms } from "./review-decide.js";
import { takeKeys } from "./review-keys.js";
import { poll } from "./review-live.js";
import { takeSwipes } from "./review-swipe.js";
import { takeTools } from "./review-tools.js";
import { markWords } from "./review-words.js";

if (desk) {
  // On a phone the filters are closed so that comments come first; without this script they stay open.
  if (matchMedia("(max-width: 520px)").matches) document.querySelector("[data-cut]").open = false;
  followFocus();
  takeForms();
  takeTools();
  takeKeys();
  markWords();
  poll();
  if ("decides" in desk.dataset) {
    takeSwipes();
    watchClaims();
  }
  // After a decision, go to the next comment rather than the top of the page.
  if (new URLSearchParams(location.search).has("said")) go(open()[0]);
}
