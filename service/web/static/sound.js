// The buttons beside the confirmation code: hear it, and why one of them failed.

import { sayBeside } from "./say.js";
import { sentence } from "./sentences.js";

const find = (id) => document.getElementById(id);

/** Show next to the buttons why one of them failed; "" clears it. */
export function complain(why) {
  sayBeside(find("another"), why);
}

/** Play the sound at the press of a button, in place of the browser's own controls. */
export function enhanceSound(sound) {
  sound.hidden = true;
  find("hear").hidden = false;
  find("hear").addEventListener("click", async () => {
    find("answer").focus();
    sound.currentTime = 0;
    const why = sentence("The sound cannot be had at the moment.");
    await sound.play().then(() => "", () => why).then(complain);
  });
}
