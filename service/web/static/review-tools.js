// The tools of a card: notes, referrals, author status, blocked words and the drawer.

import { desk, go, tell } from "./review-cards.js";
import { post } from "./review-post.js";

const drawer = document.getElementById("drawer");

/** Handle the tools' forms, the drawer's links and the check boxes. */
export function takeTools() {
  desk.addEventListener("submit", (event) => {
    if (!event.target.closest(".tools")) return;
    event.preventDefault();
    use(event.target);
  });
  desk.addEventListener("click", (event) => {
    const link = event.target.closest("[data-drawer]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    openDrawer(link);
  });
  desk.addEventListener("change", ({ target }) => target.matches(".pick") && count());
  drawer.addEventListener("click", ({ target }) => target === drawer && drawer.close());
  count();
}

/** Open the tools of a card and focus one of their fields. */
export function openTool(card, field) {
  const tools = card?.querySelector("details.more");
  if (!tools) return;
  tools.open = true;
  tools.querySelector(field)?.focus();
}

/** Block the words selected in a card; without a selection, ask for them. */
export function blockSelection(card) {
  const form = card?.querySelector("[data-block]");
  if (!form) return;
  const chosen = String(getSelection()).trim().slice(0, 100);
  openTool(card, "[name=word]");
  if (chosen) form.elements.word.value = chosen;
}

/** Show an author's other comments next to the queue. */
export async function openDrawer(link) {
  if (!link) return;
  const answer = await fetch(link.href).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const close = document.createElement("form");
  close.method = "dialog";
  close.append(Object.assign(document.createElement("button"), { textContent: "Close" }));
  drawer.replaceChildren(close, ...page.querySelector("main").childNodes);
  drawer.showModal();
}

async function use(form) {
  try {
    const answer = await post(form.getAttribute("action"), new FormData(form));
    report(form, answer);
    form.querySelectorAll("input:not([type=hidden], [type=checkbox])").forEach((one) => { one.value = ""; });
    go(form.closest(".card"));
  } catch (refused) {
    tell(refused.message, "bad");
  }
}

function report(form, answer) {
  if (answer.text) keepNote(form.closest(".card"), answer);
  if (answer.text) tell("Noted for your colleagues.");
  else if (answer.word) tell(`“${answer.word}” is blocked from now on.`);
  else if (answer.to) tell(`Sent to ${answer.to}.`);
  else tell(answer.footing ? `The author is ${answer.footing} from now on.` : "The author is treated like everybody again.");
}

function keepNote(card, { by, text }) {
  let list = card.querySelector("[data-notes]");
  if (!list) {
    list = Object.assign(document.createElement("ul"), { className: "voices notes" });
    list.dataset.notes = "";
    card.querySelector(".reading").append(list);
  }
  const line = document.createElement("li");
  line.append(Object.assign(document.createElement("strong"), { textContent: by }), `: ${text}`);
  list.append(line);
}

function count() {
  const bar = document.querySelector("[data-picked]");
  if (!bar) return;
  const number = desk.querySelectorAll(".pick:checked").length;
  bar.hidden = !number;
  bar.querySelector("[data-number]").textContent = number === 1 ? "1 selected" : `${number} selected`;
}
