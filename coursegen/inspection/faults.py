"""What can be wrong with a package as such: the archive, and the XML in it. Codes Z001 to Z199.

Faults of a format stand with the format (:mod:`coursegen.inspection.kinds`).
"""

from __future__ import annotations

from ..model.place import Place
from .registry import fault

ASK = "Ask for a new copy of the file, and do not import this one."


@fault("Z001")
def unknown_package(place: Place) -> tuple[str, str]:
    """The file is no package that coursegen knows: no zip, no tar.gz, no XML, no question file."""
    return "This is no course package or question file that is known.", "Give the file as the other system exported it, not unpacked."


@fault("Z002")
def broken_archive(place: Place, why: str) -> tuple[str, str]:
    """An archive is cut short or damaged, for example by a download that stopped."""
    return f"The archive is damaged: {why}.", "Download or export it again, and compare the size of the two files."


@fault("Z003")
def too_many_members(place: Place, most: int) -> tuple[str, str]:
    """An archive has more files than any course needs. Reading their names alone would fill the memory."""
    return f"The archive has more than {most:,} files. They are not looked at.", "Split the course, or leave out what it does not need."


@fault("Z004")
def bomb(place: Place, why: str) -> tuple[str, str]:
    """A small archive would unpack to very much, so that the system that imports it stops ("zip bomb")."""
    return f"Unpacking this would fill a disk: {why}.", ASK


@fault("Z005")
def out_of_time(place: Place) -> tuple[str, str]:
    """Looking through the package took too long. What was found until then is told."""
    return (
        "Looking through it took too long; the rest was not looked at.",
        "Read the result as a part. A normal course takes less than a second.",
    )


@fault("Z006")
def out_of_memory(place: Place) -> tuple[str, str]:
    """Looking through the package needs more memory than is allowed."""
    return "Looking through it needs too much memory.", ASK


@fault("Z007")
def stopped(place: Place, why: str) -> tuple[str, str]:
    """The process that looked through the package was stopped or broke down."""
    return f"Looking through it had to be stopped: {why}.", ASK


@fault("Z010")
def unsafe_path(place: Place, why: str) -> tuple[str, str]:
    """The name of a file would lead out of the folder into which a system unpacks the archive, or is a name that some systems lack."""
    return f"The name of this file is not safe: {why}. It is not looked at.", ASK


@fault("Z011", "warning")
def backslash(place: Place) -> tuple[str, str]:
    r"""A path is written with ``\`` in place of ``/``. Many systems take it for a part of the name, and do not find the file."""
    return r"The path has \ where / is meant; many systems do not find the file.", "Pack the folder again with another program."


@fault("Z012")
def special_file(place: Place, what: str) -> tuple[str, str]:
    """An archive holds a link or a device in place of a file. A link can lead to any file of the system that unpacks it."""
    return f"This is {what} and no file. It is not looked at.", "Pack the file itself, in place of the link."


@fault("Z013")
def twice(place: Place) -> tuple[str, str]:
    """An archive holds two files of one name. Systems differ in which of the two they take."""
    return "There are two files of this name.", "Delete the one that is not meant, and pack the folder again."


@fault("Z014", "warning")
def case_twice(place: Place, other: str) -> tuple[str, str]:
    """Two names differ in upper and lower case only. On Windows and macOS one file takes the place of the other."""
    return f"This and {other} differ in upper and lower case only.", "Rename one of the two."


@fault("Z015")
def encrypted(place: Place) -> tuple[str, str]:
    """A file in the archive has a password. No learning platform can read it."""
    return "This file is protected by a password.", "Pack the folder again without a password."


@fault("Z016")
def two_tales(place: Place, why: str) -> tuple[str, str]:
    """What an archive says in its table of contents and at the file itself differ, so that two systems see two different packages."""
    return f"The archive contradicts itself: {why}.", ASK


@fault("Z017")
def unreadable_member(place: Place, why: str) -> tuple[str, str]:
    """A file in the archive cannot be unpacked."""
    return f"This file cannot be unpacked: {why}.", "Pack the folder again, or ask for a new copy."


@fault("Z018", "warning")
def large_member(place: Place, size: int) -> tuple[str, str]:
    """A file is too large, or has too many elements, to be looked into."""
    return f"With {size / 1e6:.0f} MB this is too much to be looked into.", "Nothing, if it is meant to be that large."


@fault("Z101")
def not_well_formed(place: Place, why: str) -> tuple[str, str]:
    """An XML file is broken. A system that imports the package stops here."""
    return f"This XML file is broken: {why}.", "Mend the file at this place, or export the package again."


@fault("Z102")
def entities(place: Place) -> tuple[str, str]:
    """An XML file defines entities: short names for long texts, or for files. With them a small file can fill the memory or read files of
    the system that imports it. Course packages need none.
    """
    return "This XML file defines entities, which can read other files or fill the memory. It is not read.", ASK


@fault("Z103", "warning")
def document_type(place: Place) -> tuple[str, str]:
    """An XML file names a document type (``<!DOCTYPE``). Some systems refuse such a file, others load the type from the network."""
    return "This XML file names a document type. Some systems refuse that; here it is not loaded.", "Delete the line with <!DOCTYPE."


@fault("Z104")
def odd_encoding(place: Place, name: str) -> tuple[str, str]:
    """An XML file is in an encoding that learning platforms do not read. Write UTF-8."""
    return f"This XML file is in the encoding {name}. It is not read.", "Save the file as UTF-8."


@fault("Z105")
def too_much_xml(place: Place) -> tuple[str, str]:
    """An XML file has too many elements or attributes to be read in the memory that is allowed."""
    return "This XML file has too many elements or attributes. It is not read.", "Split the course into smaller packages."
