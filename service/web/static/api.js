// Calls to the service as this reader, in JSON.

import { isDenied, recall, remember } from "./memory.js";
import { sentence } from "./sentences.js";

const { site } = document.body.dataset;
const base = `/api/v1/sites/${site}`;
const memory = `/frame/${site}/memory`;
const { lang } = document.documentElement;
const PATIENCE = 30_000;
let putting = Promise.resolve();

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

/** Call an address and return the answer; throw a refusal. */
async function call(url, method, body, { headers = {}, ...more } = {}) {
  const answer = await fetch(url, {
    method,
    ...more,
    headers: { "Content-Type": "application/json", "Accept-Language": lang, ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: patience(),
  }).catch(() => null);
  const content = (await answer?.json().catch(() => null)) ?? null;
  if (answer?.ok && content) return { ...content, repeated: answer.headers.has("Idempotent-Replayed") };
  const problem = content ?? { title: sentence("Comments cannot be reached."), errors: [] };
  throw new Refused(problem, answer && !answer.ok ? answer.status : 0, Number(answer?.headers.get("Retry-After")) || 3);
}

/** Send a request and return the answer; throw a refusal. */
export function send(method, path, body, headers = {}) {
  // A vote shows before it is there: it must not be lost with the page that it was cast on.
  return call(base + path, method, body, { headers, keepalive: method === "PUT" });
}

/** Fetch the draft of an article from the frame's cookies, and whether the browser keeps these at all. */
export function lookInJar(thread) {
  return call(`${memory}?${new URLSearchParams({ thread })}`, "GET");
}

/** Keep something in the frame's cookies, one call after the other, also when the page is left. */
export function putInJar(what = {}) {
  putting = putting.catch(() => {}).then(() => call(memory, "POST", what, { keepalive: true }));
  return putting;
}

/** Get a token for a new reader, if possible with a cookie where the browser stores nothing. */
async function newToken() {
  const issue = () => send("POST", "/readers");
  return isDenied() ? putInJar().catch(issue) : issue();
}

/** Return the header that identifies this reader; a new reader gets a token first. */
export async function asReader() {
  let token = recall("reader");
  if (!token) {
    ({ token } = await newToken());
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
  if (error.is("idempotency-key-reused")) return sentence("This form was used for another comment before. Please check it and send it again.");
  if (error.is("reader-unknown")) return sentence("Something went wrong here. Please try again.");
  if (error.status === 413) return sentence("This is much too long. Nothing was sent; your text is still in the form.");
  const { title, detail } = error.problem;
  return detail ? `${title}. ${detail}` : `${title}.`;
}
