// A bulk decision is sent in parts, to show its progress; it is undone as a whole.

import { post } from "./review-post.js";

const PART = 500;
const form = document.querySelector("[data-together]");

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = new FormData(form);
  fields.set("action", event.submitter.value);
  form.querySelectorAll("button").forEach((button) => { button.disabled = true; });
  try {
    await decideAll(fields, form.dataset.together.split(" "));
  } catch (refused) {
    say(refused.message);
    form.querySelectorAll("button").forEach((button) => { button.disabled = false; });
  }
});

async function decideAll(fields, named) {
  let decided = 0;
  for (let at = 0; at < named.length; at += PART) {
    fields.set("comments", named.slice(at, at + PART).join(" "));
    const answer = await post(form.getAttribute("action"), fields);
    decided += answer.decided.length;
    fields.set("undo", answer.undo);
    say(`${decided} of ${named.length}`, Math.min(at + PART, named.length));
  }
  leave(fields, decided);
}

function leave(fields, decided) {
  const there = new URL(document.querySelector("main p a").href);
  there.searchParams.set("said", "together");
  there.searchParams.set("count", decided);
  there.searchParams.set("undo", fields.get("undo"));
  location.assign(there);
}

function say(text, done) {
  const place = document.querySelector("[data-progress]");
  place.hidden = false;
  place.querySelector("span").textContent = text;
  if (done !== undefined) place.querySelector("progress").value = done;
}
