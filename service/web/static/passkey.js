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

/** Ask the device, then send the form. */
async function use(form) {
  const fault = form.querySelector(".fault");
  fault.textContent = "";
  try {
    const answer = await fetch(form.dataset.options, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const publicKey = read(await answer.json());
    form.elements.credential.value = write(await navigator.credentials[form.dataset.passkey]({ publicKey }));
    form.submit();
  } catch (error) {
    fault.textContent = error.name === "InvalidStateError" ? "This device has a passkey here already." : "That did not work; nothing was changed. Please try again.";
  }
}

// A passkey belongs to a host's name: at a number the browser would only refuse.
const isName = !/^[\d.]+$|^\[/.test(location.hostname);
if (window.PublicKeyCredential && isName) {
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.querySelector("button").addEventListener("click", () => use(form));
  });
}
