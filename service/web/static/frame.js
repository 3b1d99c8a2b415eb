// The frame works without this script; with it, nothing reloads and the author sees what becomes of his comment.

import { enhanceForm } from "./form.js";
import { followHost } from "./host.js";
import { enhanceOwn, showWaiting } from "./own.js";
import { enhanceThread, localTimes } from "./thread.js";
import { enhanceVotes, markVotes } from "./votes.js";

followHost();
localTimes();
enhanceThread();
enhanceVotes();
markVotes();
enhanceForm();
enhanceOwn();
showWaiting();
document.documentElement.classList.add("enhanced");
