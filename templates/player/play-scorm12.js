// The player of a SCORM 1.2 package.

import { startPlayer } from "./main.js";
import { scorm12 } from "./scorm12.js";

startPlayer(window, scorm12);
