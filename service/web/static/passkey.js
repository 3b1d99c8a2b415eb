// Passkeys: let the browser use or create one, and send its answer with an ordinary form.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** Decode the server's options, since JSON has no bytes. */
function read(options) {
  const decode = (credential) => ({ ...credential, id: bytes(credential.id) });
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: options.excludeCredentials.map(decode) }),
    ...(options.allowCredentials && { allowCredentials: options.allowCredentials.map(decode) }),
  };
}

/** Encode the device's answer. */
function write({ id, rawId, type, response }) {
  const fields = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const encoded = fields.filter((field) => response[field]).map((field) => [field, text(response[field])]);
  return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(encoded) });
}

/** A refusal, in the server's words. */
class Refused extends Error {}

/** Get the options from the server; for a new passkey it first checks the password. */
async function ask({ dataset, elements }) {
  const typed = new URLSearchParams({ password: elements.password?.value ?? "" });
  const answer = await fetch(dataset.options, dataset.passkey === "create" ? { method: "POST", body: typed, headers: { Accept: "application/json" } } : {});
  const said = await answer.json();
  if (!answer.ok) throw new Refused(said.detail ?? said.title);
  return said;
}

/** Show why it failed. */
function why(error) {
  if (error instanceof Refused) return error.message;
  if (error.name === "InvalidStateError") return "This device has a passkey here already.";
  return "That did not work; nothing was changed. Please try again.";
}

/** Ask the device, then send the form. */
async function use(form) {
  const fault = form.querySelector(".said-here");
  fault.textContent = "";
  try {
    const publicKey = read(await ask(form));
    form.elements.credential.value = write(await navigator.credentials[form.dataset.passkey]({ publicKey }));
    // The password was needed only for the options; the signed answer replaces it.
    if (form.elements.password) form.elements.password.value = "";
    form.submit();
  } catch (error) {
    fault.textContent = why(error);
  }
}

// A passkey belongs to a host name; at an IP address the browser would refuse.
const isName = !/^[\d.]+$|^\[/.test(location.hostname);
if (window.PublicKeyCredential && isName) {
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      use(form);
    });
  });
}
