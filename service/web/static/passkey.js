// Passkeys: ask the browser for one, or to make one, and send what it gives by an ordinary form.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** Read what the server asks for: JSON has no bytes. */
function read(options) {
  const one = (credential) => ({ ...credential, id: bytes(credential.id) });
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: options.excludeCredentials.map(one) }),
    ...(options.allowCredentials && { allowCredentials: options.allowCredentials.map(one) }),
  };
}

/** Write what the device has answered. */
function write({ id, rawId, type, response }) {
  const fields = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = fields.filter((field) => response[field]).map((field) => [field, text(response[field])]);
  return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(given) });
}

/** What the server refused, in its own words. */
class Refused extends Error {}

/** Ask the server what to ask the device; for a new passkey it wants to know first who sits there. */
async function ask({ dataset, elements }) {
  const typed = new URLSearchParams({ password: elements.password?.value ?? "" });
  const answer = await fetch(dataset.options, dataset.passkey === "create" ? { method: "POST", body: typed, headers: { Accept: "application/json" } } : {});
  const said = await answer.json();
  if (!answer.ok) throw new Refused(said.detail ?? said.title);
  return said;
}

/** Say why it did not work. */
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
    // It was for the question; what the device has signed answers for it.
    if (form.elements.password) form.elements.password.value = "";
    form.submit();
  } catch (error) {
    fault.textContent = why(error);
  }
}

// A passkey belongs to a host's name: at a number the browser would only refuse.
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
