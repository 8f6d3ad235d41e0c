// The player of a SCORM 2004 package.

import { startPlayer } from "./main.js";
import { scorm2004 } from "./scorm2004.js";

startPlayer(window, scorm2004);
