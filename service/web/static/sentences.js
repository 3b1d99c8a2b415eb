// What scripts say, in the reader's language: the page brings the translations, English stands here.

const { lang } = document.documentElement;
const { says, forms } = JSON.parse(document.getElementById("sentences")?.textContent ?? '{"says":{},"forms":{}}');
const kinds = new Intl.PluralRules(lang);

/** Put what is given into the places of a sentence, which look like %(name)s. */
function filled(text, given) {
  return text.replace(/%\((\w+)\)s/g, (place, name) => given[name] ?? place);
}

/** Say a sentence. */
export function sentence(text, given = {}) {
  return filled(says[text] ?? text, given);
}

/** Say a sentence about `count` things; both forms may name it as %(count)s. */
export function counted(one, many, count, given = {}) {
  const form = forms[kinds.select(count)] ?? forms.other ?? 0;
  return filled((says[one] ?? [one, many])[form], { count, ...given });
}
