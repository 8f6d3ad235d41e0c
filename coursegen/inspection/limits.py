"""How much of a stranger's package is looked at, and for how long. Together these keep an inspection below 200 MB and 10 seconds."""

from __future__ import annotations

import time

MOST_MEMBERS = 50_000
"""Files in an archive. More than that are not even listed."""
MOST_DIRECTORY = 16_000_000
"""Bytes of an archive's table of contents."""
MOST_READ = 16_000_000
"""Bytes of one file that is looked into."""
MOST_ALONE = 30_000_000
"""The same for a file that is no archive: a question bank has its pictures in it."""
MOST_UNPACKED = 300_000_000
"""Bytes that are unpacked altogether, to see whether files are whole. None of them is kept."""
MOST_PASSED = 1_500_000_000
"""Bytes that may pass by in an archive that can only be read from its begin to its end."""
MOST_KEPT = 40_000_000
"""Bytes that are kept of an archive that can only be read from its begin to its end."""
MOST_NODES = 110_000_000
"""Bytes of memory that an XML or HTML file may take once it is read, by a careful guess."""
MOST_ENTRIES = 5_000
"""Entries of a table of contents that are told. All are counted."""
RATIO = 250
"""How much smaller than its content a packed file may be. Deflate cannot do more than about 1,000."""
HARMLESS = 2_000_000
"""Bytes below which a file is no bomb, however small it is packed."""
SECONDS = 7.0
"""After that an inspection ends with what it has. The process around it is stopped at :data:`STOP`."""
STOP = 9.5
"""Seconds after which the whole process is stopped, whatever it is doing."""
MEMORY = 170_000_000
"""Bytes of data that the process around an inspection may ask for, where the system can limit that."""


class OutOfTimeError(Exception):
    """The time for an inspection is over."""


class Clock:
    """Says when the time is over; whoever works long asks it again and again."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise :class:`OutOfTimeError` when the time is over."""
        if time.monotonic() > self._end:
            raise OutOfTimeError
