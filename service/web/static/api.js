// Call the service: JSON in, JSON out, as this reader.

import { recall, remember } from "./memory.js";

const { site } = document.body.dataset;
const base = `/api/v1/sites/${site}`;

/** What the service refused: its problem document, and after how many seconds to try again. */
export class Refused extends Error {
  constructor(problem, status, retryAfter) {
    super(problem.title);
    Object.assign(this, { problem, status, retryAfter });
  }
}

/** Send something and give the answer; a refusal is thrown. */
export async function send(method, path, body, headers = {}) {
  const answer = await fetch(base + path, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => null);
  if (answer?.ok) return answer.json();
  const problem = (await answer?.json().catch(() => null)) ?? { title: "Comments cannot be reached.", errors: [] };
  throw new Refused(problem, answer?.status ?? 0, Number(answer?.headers.get("Retry-After")) || 3);
}

/** Give the header that says which reader this is; a new reader is given a token first. */
export async function asReader() {
  let token = recall("reader");
  if (!token) {
    ({ token } = await send("POST", "/readers"));
    remember("reader", token);
  }
  return { "Folkmoot-Reader": token };
}

/** Say in one sentence why something was refused. */
export function whyRefused(error) {
  if (!(error instanceof Refused)) return "Something went wrong here. Please try again.";
  if (error.status === 503 || error.status === 0) {
    return "Comments are away for the moment; your text is kept. Please try again in a minute.";
  }
  const { title, detail } = error.problem;
  return detail ? `${title}. ${detail}` : `${title}.`;
}
