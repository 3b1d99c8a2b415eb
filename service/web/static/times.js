// Times in words, such as "3 hours ago", with the full time in the reader's own zone.

const lang = `${document.documentElement.lang}-u-nu-latn`;
const FULL = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short" });
const RELATIVE = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
const UNITS = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];
const A_MINUTE = 60000;

/** Format how long ago a moment was. */
function ago(moment) {
  const seconds = Math.min(0, (moment - Date.now()) / 1000);
  const [unit, size] = UNITS.find(([, size]) => -seconds >= size) ?? ["second", 1];
  return RELATIVE.format(unit === "second" ? 0 : Math.trunc(seconds / size), unit);
}

/** Write all times within a part of the page. */
export function localTimes(within = document) {
  for (const time of within.querySelectorAll("time[datetime]")) {
    const moment = new Date(time.dateTime);
    time.title = FULL.format(moment);
    time.textContent = ago(moment);
  }
}

/** Update the times while the page is open. */
export function keepTimes() {
  localTimes();
  setInterval(localTimes, A_MINUTE);
}
