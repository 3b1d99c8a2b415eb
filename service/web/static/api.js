// Calls to the service as this reader, in JSON.

import { recall, remember } from "./memory.js";
import { sentence } from "./sentences.js";

const { site } = document.body.dataset;
const base = `/api/v1/sites/${site}`;
const { lang } = document.documentElement;
const PATIENCE = 30_000;

/** A refusal by the service: its problem document, and the seconds until a retry. */
export class Refused extends Error {
  constructor(problem, status, retryAfter) {
    super(problem.title);
    Object.assign(this, { problem, status, retryAfter });
  }

  /** Tell whether the problem has this name. */
  is(name) {
    return this.problem.type === `/problems/${name}`;
  }
}

/** Return a signal that aborts an unanswered call. */
export function patience() {
  return AbortSignal.timeout(PATIENCE);
}

/** Send a request and return the answer; throw a refusal. */
export async function send(method, path, body, headers = {}) {
  const answer = await fetch(base + path, {
    method,
    headers: { "Content-Type": "application/json", "Accept-Language": lang, ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: patience(),
  }).catch(() => null);
  const content = (await answer?.json().catch(() => null)) ?? null;
  if (answer?.ok && content) return content;
  const problem = content ?? { title: sentence("Comments cannot be reached."), errors: [] };
  throw new Refused(problem, answer && !answer.ok ? answer.status : 0, Number(answer?.headers.get("Retry-After")) || 3);
}

/** Return the header that identifies this reader; a new reader gets a token first. */
export async function asReader() {
  let token = recall("reader");
  if (!token) {
    ({ token } = await send("POST", "/readers"));
    remember("reader", token);
  }
  return { "Folkmoot-Reader": token };
}

/** Return the header of a reader who has a token already; new ones stay unknown. */
export function asKnownReader() {
  const token = recall("reader");
  return token ? { "Folkmoot-Reader": token } : {};
}

/** Send a request as this reader; if the service no longer knows the token, get a new one. */
export async function sendAsReader(method, path, body) {
  try {
    return await send(method, path, body, await asReader());
  } catch (error) {
    if (!(error instanceof Refused && error.is("reader-unknown"))) throw error;
    remember("reader", null);
    return send(method, path, body, await asReader());
  }
}

/** Explain a refusal in one sentence. */
export function whyRefused(error, { text = true } = {}) {
  if (!(error instanceof Refused)) return sentence("Something went wrong here. Please try again.");
  if (error.status === 503 || error.status === 0) {
    if (!text) return sentence("Comments are away for the moment. Please try again in a minute.");
    return sentence("Comments are away for the moment; your text is kept. Please try again in a minute.");
  }
  if (error.status === 413) return sentence("This is much too long. Nothing was sent; your text is still in the form.");
  const { title, detail } = error.problem;
  return detail ? `${title}. ${detail}` : `${title}.`;
}
