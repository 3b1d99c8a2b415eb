// Choose the reason for a refusal by its number.

const dialog = document.createElement("dialog");
let pending = null;

dialog.className = "reasons";
dialog.setAttribute("aria-label", "Reason");

/** Ask for a reason, then decide with it; Escape cancels. */
export function askReason(card, action, decide) {
  const listed = [...(card?.querySelectorAll("[data-listed] option") ?? [])].map((one) => one.value);
  if (!listed.length) return;
  if (!dialog.isConnected) document.body.append(dialog);
  pending = (reason) => {
    dialog.close();
    decide(card, action, reason);
  };
  dialog.replaceChildren(title(), list(listed.filter(Boolean)));
  dialog.showModal();
}

function title() {
  return Object.assign(document.createElement("h2"), { textContent: "Why?" });
}

function list(listed) {
  const items = document.createElement("ol");
  items.className = "numbered";
  for (const reason of listed) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: reason });
    const item = document.createElement("li");
    button.addEventListener("click", () => pending(reason));
    item.append(button);
    items.append(item);
  }
  return items;
}

dialog.addEventListener("keydown", (event) => {
  const chosen = dialog.querySelectorAll("button")[Number(event.key) - 1];
  if (!/^[1-9]$/.test(event.key) || !chosen) return;
  event.preventDefault();
  event.stopPropagation();
  chosen.click();
});
