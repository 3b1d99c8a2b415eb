// Sentences of the scripts in the reader's language: English here, translations in the page.

const { lang } = document.documentElement;
const { says, forms } = JSON.parse(document.getElementById("sentences")?.textContent ?? '{"says":{},"forms":{}}');
const kinds = new Intl.PluralRules(lang);

/** Fill in the placeholders of a sentence, such as %(name)s. */
function filled(text, given) {
  return text.replace(/%\((\w+)\)s/g, (place, name) => given[name] ?? place);
}

/** Translate a sentence. */
export function sentence(text, given = {}) {
  return filled(says[text] ?? text, given);
}

/** Translate a sentence about `count` things; both forms may contain %(count)s. */
export function counted(one, many, count, given = {}) {
  const form = forms[kinds.select(count)] ?? forms.other ?? 0;
  return filled((says[one] ?? [one, many])[form], { count, ...given });
}
