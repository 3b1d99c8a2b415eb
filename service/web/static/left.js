// The time left to edit a comment; when it is over, the buttons disappear.

const { lang } = document.documentElement;
const A_MINUTE = 60_000;
const SOON = 5_000;

/** Format the time left. */
function inWords(left) {
  const [count, unit] = left >= A_MINUTE ? [Math.ceil(left / A_MINUTE), "minute"] : [Math.ceil(left / 1000), "second"];
  return new Intl.NumberFormat(`${lang}-u-nu-latn`, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

/** Update a card's time left until it is over; this uses only differences, since the reader's clock may be wrong. */
export function keepLeft(card, until = Date.now() + Number(card.dataset.seconds) * 1000) {
  if (!until) return;
  const left = until - Date.now();
  if (left <= 0) {
    card.querySelector(":scope > .acts")?.remove();
    return;
  }
  for (const place of card.querySelectorAll("[data-left]")) place.textContent = inWords(left);
  setTimeout(() => card.isConnected && keepLeft(card, until), left > A_MINUTE ? SOON : 1000);
}
