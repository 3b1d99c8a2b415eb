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

/** Return the id of the comment that buttons vote on, "" for the article's. */
function commentOf(votes) {
  return votes.closest(".comment")?.id.replace("comment-", "") ?? "";
}

/** Return the name under which a vote is stored: the comment, or the article. */
function nameOf(votes) {
  return commentOf(votes) || thread;
}

/** Show a vote: the pressed button and the counts. */
function show(votes, yours, counts) {
  for (const button of votes.querySelectorAll("button")) {
    const { way } = button.dataset;
    button.setAttribute("aria-pressed", String(way === yours));
    button.querySelector(".number").textContent = counts[way];
  }
}

/** Read the vote that buttons show. */
function shown(votes) {
  const counts = {};
  let yours = "none";
  for (const button of votes.querySelectorAll("button")) {
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
async function put(votes, direction) {
  const comment = commentOf(votes);
  const path = comment ? `/comments/${comment}/vote` : `/vote?${new URLSearchParams({ thread })}`;
  return sendAsReader("PUT", path, { direction });
}

/** Remember a vote, so that a reload shows it. */
function keep(votes, direction) {
  remember("votes", { ...recall("votes", {}), [nameOf(votes)]: direction });
}

/** Vote on the page at once, then at the service; a reload before its answer shows the same. */
async function vote(votes, way) {
  const before = shown(votes);
  const direction = before.yours === way ? "none" : way;
  show(votes, direction, counted(before, direction));
  keep(votes, direction);
  try {
    const { up, down } = await put(votes, direction);
    show(votes, direction, { up, down });
    sayBeside(votes, await whyForgotten());
    say(SAID[direction]);
  } catch (error) {
    show(votes, before.yours, before.counts);
    keep(votes, before.yours);
    const own = error instanceof Refused && error.status === 409;
    sayBeside(votes, own ? sentence("This comment takes no vote of yours.") : whyRefused(error, { text: false }));
  }
}

/** Let the counts contain one's own vote even where it does not count (yet). */
function withOwn(counts, yours) {
  return yours in counts ? { ...counts, [yours]: Math.max(counts[yours], 1) } : counts;
}

/** Press the buttons that this reader pressed before, and disable votes on their own comments. */
export function markVotes() {
  const cast = recall("votes", {});
  const mine = new Set(recall("mine", []).map(({ id }) => id));
  for (const votes of document.querySelectorAll(".votes")) {
    const yours = cast[nameOf(votes)];
    if (yours) show(votes, yours, withOwn(shown(votes).counts, yours));
    for (const button of votes.querySelectorAll("button")) button.disabled ||= mine.has(commentOf(votes));
  }
}

/** Vote without leaving the page; further presses are ignored until the answer. */
export function enhanceVotes() {
  document.addEventListener("submit", async (event) => {
    if (event.target.id !== "votes") return;
    event.preventDefault();
    const votes = event.submitter?.closest(".votes");
    if (!votes || votes.dataset.busy) return;
    votes.dataset.busy = "yes";
    await vote(votes, event.submitter.dataset.way);
    delete votes.dataset.busy;
  });
}
