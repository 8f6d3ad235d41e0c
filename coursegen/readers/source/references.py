"""Where ``href`` and ``src`` lead: to an activity, a term, a file of the course, or the web."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from urllib.parse import unquote

from ...finding import Finding
from ...model.place import Place
from ...model.rich import Anchor, Gloss, Link, Media, Value
from ...model.text import Address, Identifier
from . import faults
from .files import Folder

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SOURCES = frozenset(["html", "htm", "xhtml", "yaml", "yml"])
_SITE = re.compile(r"www(?:\.[a-z0-9-]+)+\.[a-z]{2,}|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|edu|eu|gov|info|net|org)", re.IGNORECASE)
"""The name of a site, where ``https://`` was forgotten."""
_MAILTO = re.compile(r"mailto:[^\s?@]+@[^\s?]+(?:\?\S*)?", re.IGNORECASE)
_MEDIA = frozenset(["img", "audio", "video", "source", "track"])
_REFUSED = _SOURCES | frozenset(
    "ade adp apk app asp aspx bat cgi chm cmd com cpl dll dmg exe gadget hta htc inf ins jar js jse jsp ksh lnk mht mhtml mjs msc msi "
    "msp mst phar php php3 php4 php5 php7 php8 phtml pif pl ps1 psm1 reg scf scr sh shb shs shtml svgz swf sys vb vbe vbs wsc wsf wsh "
    "xht".split()
)
"""Types that run when they are opened, on the learner's machine or the server, or that are sources of the course."""


class References:
    """Resolves addresses.

    ``glossary`` is the glossary's path and ``terms`` the ids in it; without any, the file could not be read, and that was reported.
    ``activities`` says which activity each source file belongs to, ``units`` the activities of each ``unit.yaml`` by id, and ``complete``
    whether they say so for all: where a unit could not be read, nobody knows. ``refused`` are the source files that something leads to and
    that cannot be reached.
    """

    def __init__(self, folder: Folder, report: Callable[[Finding], None]) -> None:
        self.folder = folder
        self.report = report
        self.activities: dict[str, Identifier] = {}
        self.units: dict[str, dict[str, Identifier]] = {}
        self.complete = True
        self.glossary = ""
        self.terms: frozenset[str] = frozenset()
        self.refused: set[str] = set()

    def from_folder(self, base: str) -> Callable[[str, str, str, Place], Value]:
        """A resolver for texts whose relative addresses start from the folder ``base``."""

        def refer(tag: str, attribute: str, address: str, place: Place) -> Value:
            if attribute == "href" and tag == "a":
                return self._link(base, address, place)
            if attribute in ("src", "poster") and tag in _MEDIA:
                return self._media(base, tag, address, place)
            return address

        return refer

    def file(self, base: str, address: str, place: Place) -> Media | None:
        """The file that a relative address names; None, and a report, when there is none."""
        path = self.folder.find(base, address, place)
        return self._travelling(path, place) if path is not None else None

    def _travelling(self, path: str, place: Place) -> Media | None:
        _, dot, kind = path.rpartition("/")[2].rpartition(".")
        if dot and kind.lower() in _REFUSED:
            self.refused.add(path)
            self.report(faults.refused_type(place, path, kind.lower()))
            return None
        return Media(path, self.folder.root / path)

    def _link(self, base: str, address: str, place: Place) -> Value:
        if address.startswith("#"):
            return Anchor(unquote(address[1:]))
        if not address:
            self.report(faults.unusable_address(place, address, "it is empty"))
            return address
        scheme = _SCHEME.match(address)
        if scheme or address.startswith("//"):
            name = scheme.group(1).lower() if scheme else "//"
            if name in ("http", "https"):
                assert Address.pattern is not None
                if not Address.pattern.fullmatch(address):
                    why = Address.misfit(address) or "https:// stands in lower case, and a name follows it"
                    self.report(faults.unusable_address(place, address, why))
            elif name == "mailto":
                if not _MAILTO.fullmatch(address):
                    why = "after mailto: stands an address such as team@example.org, without spaces"
                    self.report(faults.unusable_address(place, address, why))
            else:
                self.report(faults.unusable_address(place, address, f"{name} is not https:, http: or mailto:"))
            return address
        site = re.split("[/?#]", address, maxsplit=1)[0]
        if _SITE.fullmatch(site) and not self.folder.has(posixpath.normpath(posixpath.join(base, site))):
            self.report(faults.no_such_file(place, address, (), f"https://{address}"))
            return address
        if "?" in address:
            self.report(faults.unusable_address(place, address, "a file of the course takes no query"))
            return address
        path, _, anchor = address.partition("#")
        found = self.folder.find(base, path, place)
        if found is None:
            return address
        if found == self.glossary:
            return self._term(address, unquote(anchor), place)
        if activity := self.activities.get(found):
            return Link(activity, unquote(anchor))
        if found in self.units:
            return self._listed(found, unquote(anchor), place) or address
        if found.rpartition(".")[2].lower() in _SOURCES:
            self.refused.add(found)
            if self.complete:
                self.report(faults.not_an_activity(place, found))
            return address
        return self._travelling(found, place) or address

    def _term(self, address: str, term: str, place: Place) -> Value:
        if not term:
            self.report(faults.no_term_named(place, address))
            return address
        if self.terms and term not in self.terms:
            assert Identifier.pattern is not None
            self.report(faults.no_such_term(place, term, filter(Identifier.pattern.fullmatch, self.terms)))
        return Gloss(Identifier(term, place))

    def _listed(self, unit: str, name: str, place: Place) -> Link | None:
        """A link by an activity's id: the way to those that have no file of their own, or share one."""
        if activity := self.units[unit].get(name):
            return Link(activity)
        if self.complete:
            elsewhere = next((path for path, activities in self.units.items() if name in activities), "")
            self.report(faults.no_such_activity(place, unit, name, self.units[unit], elsewhere))
        return None

    def _media(self, base: str, tag: str, address: str, place: Place) -> Value:
        scheme = _SCHEME.match(address)
        if not address:
            self.report(faults.unusable_address(place, address, "it is empty"))
        elif address.startswith("//") or (scheme and scheme.group(1).lower() in ("http", "https")):
            self.report(faults.remote_media(place, address, tag))
        elif scheme:
            self.report(faults.unusable_address(place, address, "put the data into a file of the course"))
        elif "?" in address or "#" in address:
            self.report(faults.unusable_address(place, address, "a file of the course takes no ? and no #"))
        else:
            return self.file(base, address, place) or address
        return address
