// Votes: shown at once, reverted if the service refuses; pressing a pressed button withdraws.

import { Refused, sendAsReader, whyRefused } from "./api.js";
import { whyForgotten } from "./jar.js";
import { recall, remember } from "./memory.js";
import { say, sayBeside } from "./say.js";
import { sentence } from "./sentences.js";

const { thread } = document.body.dataset;
const SAID = {
  up: sentence("You voted up."),
  down: sentence("You voted down."),
  none: sentence("Your vote is withdrawn."),
};

/** Return the name under which a form's vote is stored: the comment, or the article. */
function nameOf(form) {
  return form.dataset.vote || thread;
}

/** Show a vote: the pressed button and the counts. */
function show(form, yours, counts) {
  for (const button of form.querySelectorAll("button")) {
    const { way } = button.dataset;
    button.setAttribute("aria-pressed", String(way === yours));
    button.querySelector(".number").textContent = counts[way];
  }
}

/** Read the vote that a form shows. */
function shown(form) {
  const counts = {};
  let yours = "none";
  for (const button of form.querySelectorAll("button")) {
    counts[button.dataset.way] = Number(button.querySelector(".number").textContent);
    if (button.getAttribute("aria-pressed") === "true") yours = button.dataset.way;
  }
  return { counts, yours };
}

/** Count a vote before the service has answered. */
function counted({ counts, yours }, direction) {
  const after = { ...counts };
  if (yours !== "none") after[yours] -= 1;
  if (direction !== "none") after[direction] += 1;
  return after;
}

/** Send a vote and return the service's tally. */
async function put(form, direction) {
  const comment = form.dataset.vote;
  const path = comment ? `/comments/${comment}/vote` : `/vote?${new URLSearchParams({ thread })}`;
  return sendAsReader("PUT", path, { direction });
}

/** Remember a vote, so that a reload shows it. */
function keep(form, direction) {
  remember("votes", { ...recall("votes", {}), [nameOf(form)]: direction });
}

/** Vote on the page at once, then at the service; a reload before its answer shows the same. */
async function vote(form, way) {
  const before = shown(form);
  const direction = before.yours === way ? "none" : way;
  show(form, direction, counted(before, direction));
  keep(form, direction);
  try {
    const { up, down } = await put(form, direction);
    show(form, direction, { up, down });
    sayBeside(form, await whyForgotten());
    say(SAID[direction]);
  } catch (error) {
    show(form, before.yours, before.counts);
    keep(form, before.yours);
    const own = error instanceof Refused && error.status === 409;
    sayBeside(form, own ? sentence("This comment takes no vote of yours.") : whyRefused(error, { text: false }));
  }
}

/** Let the counts contain one's own vote even where it does not count (yet). */
function withOwn(counts, yours) {
  return yours in counts ? { ...counts, [yours]: Math.max(counts[yours], 1) } : counts;
}

/** Press the buttons that this reader pressed before, and disable votes on their own comments. */
export function markVotes() {
  const votes = recall("votes", {});
  const mine = new Set(recall("mine", []).map(({ id }) => id));
  for (const form of document.querySelectorAll("form[data-vote]")) {
    const yours = votes[nameOf(form)];
    if (yours) show(form, yours, withOwn(shown(form).counts, yours));
    for (const button of form.querySelectorAll("button")) button.disabled ||= mine.has(form.dataset.vote);
  }
}

/** Vote without leaving the page; further presses are ignored until the answer. */
export function enhanceVotes() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-vote]")) return;
    event.preventDefault();
    if (form.dataset.busy || !event.submitter) return;
    form.dataset.busy = "yes";
    await vote(form, event.submitter.dataset.way);
    delete form.dataset.busy;
  });
}
