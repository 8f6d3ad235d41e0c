"""What files load and run, collected while they are looked through."""

from __future__ import annotations

from collections import Counter

from ..model import Count, Load, Scripts

_MOST_LOADS = 500
_MOST_LOCAL = 20_000


class Scan:
    """Collects what files load and run."""

    def __init__(self) -> None:
        self.loads: dict[Load, None] = {}
        self.inline: Counter[str] = Counter()
        self.handlers: Counter[str] = Counter()
        self.files: list[str] = []
        self.local: dict[tuple[str, int, str], None] = {}
        """Addresses in pages of the package that are not on the network, with their file and line."""

    def load(self, file: str, line: int, how: str, address: str) -> None:
        """Note an address that is fetched, if it is one on the network."""
        address = address.strip()
        if is_remote(address) and len(self.loads) < _MOST_LOADS:
            self.loads[Load(file, line, how, address[:300])] = None

    def refer(self, file: str, line: int, address: str) -> None:
        """Note an address of a page that may be a file of the package."""
        address = address.strip()
        if address and not is_remote(address) and len(self.local) < _MOST_LOCAL:
            self.local[file, line, address[:1000]] = None

    @property
    def scripts(self) -> Scripts:
        """The scripts found."""
        inline, handlers = (tuple(Count(*each) for each in sorted(found.items())) for found in (self.inline, self.handlers))
        return Scripts(inline, tuple(self.files), handlers)


def is_remote(address: str) -> bool:
    """Whether an address leads to the network."""
    return address.lower().startswith(("http://", "https://", "//", "ws://", "wss://", "ftp://"))
