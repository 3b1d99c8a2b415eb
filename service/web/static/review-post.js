// Post a form's fields as the form would, and read the answer as data.
// The address is the form's attribute, since `form.action` may be a button with that name.

/** A refusal by the server. */
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

/** Explain in a sentence why a decision was stale. */
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
