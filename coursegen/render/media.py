"""Files that a text shows or links to, for targets that have no place for them: their names, or the whole file in an address."""

from __future__ import annotations

from base64 import b64encode
from mimetypes import guess_type

from ..model.rich import Element, Media

RECORDINGS = frozenset(["audio", "video"])


def file_name(media: Media) -> str:
    """The name of a file, without its folders."""
    return media.path.rpartition("/")[2]


def recorded(recording: Element) -> Media | None:
    """The first file of an ``audio`` or ``video`` element: its own, or that of a ``source`` in it."""
    sources = (each.get("src") for each in (recording, *(child for child in recording.children if isinstance(child, Element))))
    return next((source for source in sources if isinstance(source, Media)), None)


def recording_name(recording: Element) -> str:
    """What a recording is called where it cannot be played: its title, or the name of its file."""
    media = recorded(recording)
    return recording.words("title") or (file_name(media) if media else recording.tag)


def data_address(media: Media) -> str:
    """A ``data:`` address (RFC 2397): the file is a part of the text."""
    kind = guess_type(media.path)[0] or "application/octet-stream"
    return f"data:{kind};base64,{b64encode(media.source.read_bytes()).decode()}"
