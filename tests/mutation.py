"""Packages changed at random: bytes of the file, bytes of a file in it, elements of its XML, and its files themselves."""

from __future__ import annotations

import random
from copy import deepcopy
from typing import Any

from hostile import GOOD, standard_zip
from lxml import etree

PIECES = [
    *(
        b"",
        b"\x00",
        b" ",
        b"\xff",
        b"\n",
        b'"',
        b"'",
        b"<",
        b">",
        b"&",
        b"=",
        b"/",
        b"\\",
        b"{",
        b"}",
        b"~",
        b"#",
        b"::",
        b"%",
        b"../",
        b"//",
    ),
    *(
        b"PK\x01\x02",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"PK\x06\x07",
        b"\xff\xff\xff\xff",
        b"\x00" * 8,
        b"\x7f\xff\xff\xff",
        b"\x1f\x8b",
        b"ustar",
    ),
    *(
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"<?xml",
        b"?>",
        b"<!DOCTYPE a [",
        b"<!ENTITY a 'b'>",
        b"&a;",
        b"&#0;",
        b"&#x110000;",
        b"&lt;",
    ),
    *(
        b"<item>",
        b"</item>",
        b"<a " + b"b='c' " * 40,
        b"<a>" * 300,
        b"xmlns='x'",
        b"xmlns:a='b'",
        b'encoding="UTF-16"',
        b'encoding="UTF-7"',
    ),
    *(
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        "é€😀\u202e".encode(),
        b"\xed\xa0\x80",
        b"0",
        b"-1",
        b"9" * 30,
        b"nan",
        b"1e999",
        b"$@NULL@$",
        b"$CATEGORY:",
    ),
    *(
        b"<script>",
        b"</script>",
        b"<style>",
        b"url(",
        b"@import ",
        b"fetch('http://",
        b"srcset=',, ,'",
        b"javascript:",
        b"on=",
        b"href='#'",
    ),
]
"""What is put into files."""
WORDS = [
    "",
    " ",
    "0",
    "-1",
    "..",
    "../../a",
    "/etc/passwd",
    "index.html",
    "imsmanifest.xml",
    "http://[",
    "%zz",
    "\u202e",
    "a" * 400,
    "true",
    "1.2",
]
"""What is put into attributes and texts."""
NAMES = [
    "imsmanifest.xml",
    "moodle_backup.xml",
    "files.xml",
    "questions.xml",
    "a/imsmanifest.xml",
    "index.html",
    "a.css",
    "a.js",
    "x.xml",
    "a b%20c.png",
]
"""Names that files get."""
Files = dict[str, bytes]


def edited(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """Bytes with some stretches replaced by others: (place, length, what is put there)."""
    for at, length, piece in edits:
        at %= len(data) + 1
        data = data[:at] + piece + data[at + length :]
    return data


def some_edits(chance: random.Random) -> list[tuple[int, int, bytes]]:
    """Edits at random."""
    return [
        (chance.randrange(1 << 30), chance.choice((0, 0, 1, 2, 8, 100)), chance.choice((chance.choice(PIECES), chance.randbytes(3))))
        for _ in range(chance.choice((1, 1, 2, 3, 6)))
    ]


def rebuilt(data: bytes, chance: random.Random) -> bytes:
    """XML with elements, attributes and texts changed, moved, doubled or dropped; other files as they are."""
    try:
        root: Any = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return edited(data, some_edits(chance))
    for _ in range(chance.choice((1, 1, 2, 4))):
        elements = list(root.iter("*"))
        element = chance.choice(elements)
        above = element.getparent()
        what = chance.randrange(8)
        if what == 0 and above is not None:
            above.remove(element)
        elif what == 1 and above is not None:
            above.append(deepcopy(element))
        elif what == 2:
            chance.choice(elements).append(deepcopy(element))
        elif what == 3 and element.attrib:
            del element.attrib[chance.choice(list(element.attrib))]
        elif what == 4 and element.attrib:
            element.set(chance.choice(list(element.attrib)), _word(chance))
        elif what == 5:
            element.text = _word(chance)
        elif what == 6:
            element.tag = chance.choice(elements).tag
        elif what == 7:
            element.tag = etree.QName(element).localname
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made


def _word(chance: random.Random) -> str:
    return chance.choice((chance.choice(WORDS), str(chance.randrange(-9, 99)), chr(chance.choice((0x41, 0xE9, 0x2028, 0x1F600)))))


def reshuffled(files: Files, chance: random.Random) -> Files:
    """Files of a package that are dropped, renamed, doubled, or have the content of another."""
    made = dict(files)
    for _ in range(chance.choice((1, 2, 5))):
        name = chance.choice(list(made))
        what = chance.randrange(4)
        if what == 0 and len(made) > 1:
            del made[name]
        elif what == 1:
            made[chance.choice((*NAMES, name.upper()))] = made.pop(name)
        elif what == 2:
            made[chance.choice(NAMES)] = made[name]
        else:
            made[name] = made[chance.choice(list(made))]
    return made


def changed(package: bytes | Files, chance: random.Random) -> bytes:
    """A package changed in one of these ways; a file by itself has no files in it."""
    if isinstance(package, bytes):
        return edited(package, some_edits(chance)) if chance.randrange(2) else rebuilt(package, chance)
    way = chance.choice((0, 1, 2, 2, 2, 2, 3, 3, 3, 3))  # bytes of the archive mostly break it, and nothing else is seen then
    if way == 0:
        return edited(standard_zip(package), some_edits(chance))
    if way == 1:
        return standard_zip(reshuffled(package, chance))
    looked_at = [name for name in package if name.endswith((".xml", ".html", ".js", ".css", ".svg"))]
    name = chance.choice([each for each in looked_at if each in NAMES] or looked_at) if chance.randrange(2) else chance.choice(looked_at)
    content = edited(package[name], some_edits(chance)) if way == 2 else rebuilt(package[name], chance)
    return standard_zip({**package, name: content})


SEEDS: dict[str, bytes | Files] = {"good": GOOD}
"""Packages to begin with; whoever uses them adds those of a course."""
