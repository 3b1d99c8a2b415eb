// Send a form's fields as the form would, and read the answer as data.
// Its address is its attribute: `form.action` is the button, where one is named so.

/** What the server says instead of doing what was asked. */
export class Refused extends Error {
  constructor(problem) {
    super(problem.detail || problem.title || "That could not be done.");
    this.problem = problem;
  }
}

/** Post fields; throws `Refused` with the server's words, or with our own if it cannot be reached. */
export async function post(url, fields, wishes = {}) {
  let answer;
  try {
    const headers = { Accept: "application/json" };
    answer = await fetch(url, { method: "POST", body: new URLSearchParams(fields), headers, ...wishes });
  } catch {
    throw new Refused({ title: "The desk cannot be reached. Nothing was decided." });
  }
  if (!answer.ok) throw new Refused(await problemOf(answer));
  return answer.json();
}

async function problemOf(answer) {
  try {
    return await answer.json();
  } catch {
    return { title: "Something went wrong on the server. Please try again.", status: answer.status };
  }
}

/** Say in a sentence what a stale decision met. */
export function stale(problem) {
  const who = problem.by ? ` by ${problem.by}` : "";
  return `Already ${problem.now}${who}${since(problem.at)}. Your decision was not carried out.`;
}

function since(at) {
  if (!at) return "";
  const minutes = Math.round((Date.now() - Date.parse(at)) / 60000);
  if (minutes < 1) return " just now";
  return minutes === 1 ? " a minute ago" : ` ${minutes} minutes ago`;
}
