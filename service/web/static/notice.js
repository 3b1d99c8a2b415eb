// A page of the frame that only says something: it tells the news page how high it is.

import { followHost } from "./host.js";

followHost();
