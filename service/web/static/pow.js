// Solve an ALTCHA v2 proof-of-work challenge (PBKDF2) with the browser's own cryptography.

const hexToBytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));

const bytesToHex = (bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

// The password of one try is the challenge's nonce followed by the counter, big-endian.
function passwordOf(nonce, counter) {
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  return password;
}

async function deriveKey(parameters, counter) {
  const { subtle } = globalThis.crypto;
  const password = passwordOf(hexToBytes(parameters.nonce), counter);
  const key = await subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const [, hash] = parameters.algorithm.split("/");
  const salt = hexToBytes(parameters.salt);
  const how = { name: "PBKDF2", hash, salt, iterations: parameters.cost };
  return bytesToHex(new Uint8Array(await subtle.deriveBits(how, key, parameters.keyLength * 8)));
}

function refuseUnsolvable({ algorithm }) {
  if (!globalThis.crypto?.subtle) {
    throw new Error("Proof of work needs Web Cryptography, which browsers offer on HTTPS only.");
  }
  if (!/^PBKDF2\/SHA-(256|384|512)$/.test(algorithm)) {
    throw new Error(`Cannot solve a challenge of the kind ${algorithm}.`);
  }
}

/**
 * Find the counter whose key starts with the prefix, and return the payload to send, in base64.
 * The keys are derived off the main thread, a few at a time, so the page stays responsive.
 * onprogress receives the number of keys tried; an aborted signal ends the search with its reason.
 */
export async function solve(challenge, { signal, onprogress } = {}) {
  const { parameters } = challenge;
  refuseUnsolvable(parameters);
  const started = performance.now();
  const handful = Math.min(globalThis.navigator?.hardwareConcurrency ?? 2, 4);
  for (let first = 0; ; first += handful) {
    signal?.throwIfAborted();
    const counters = Array.from({ length: handful }, (_, offset) => first + offset);
    const keys = await Promise.all(counters.map((counter) => deriveKey(parameters, counter)));
    const hit = keys.findIndex((key) => key.startsWith(parameters.keyPrefix));
    if (hit >= 0) {
      const time = Math.round(performance.now() - started);
      const solution = { counter: counters[hit], derivedKey: keys[hit], time };
      return btoa(JSON.stringify({ challenge, solution }));
    }
    onprogress?.(first + handful);
  }
}
