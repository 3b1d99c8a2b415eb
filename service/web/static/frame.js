// The frame works without this script; with it nothing reloads, and authors can follow their comments.

import { enhanceForm } from "./form.js";
import { followHost } from "./host.js";
import { showWaiting } from "./mine.js";
import { watchNews } from "./news.js";
import { enhanceOwn } from "./own.js";
import { enhanceParts } from "./parts.js";
import { enhanceThread, showComment } from "./thread.js";
import { keepTimes } from "./times.js";
import { enhanceVotes, markVotes } from "./votes.js";

followHost(showComment);
keepTimes();
enhanceThread();
enhanceVotes();
markVotes();
enhanceForm();
enhanceOwn();
enhanceParts();
showWaiting();
if (document.getElementById("thread")) watchNews();
document.documentElement.classList.add("enhanced");
