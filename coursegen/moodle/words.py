"""Words as Moodle keeps and shows them, whatever file they come in: names, texts, and what its filters would change."""

from __future__ import annotations

import re

from ..render.html import escape

LONGEST_NAME = 255
"""Characters: what the columns for names hold before Moodle 5, which has room for 1,333."""
FILE = "\0"
"""Stands before the name of a file until the words are guarded; no text of a course can hold it."""
_TAG_OR_REFERENCE = re.compile("<|&(?=[A-Za-z0-9#]{1,8};)")
_FACE = re.compile(r"(:-?|;-|[B8^]-|:o)\)|(:-?|8-)[(\[]|:-[DPpIX/]|(V-|8-|\|-)\.|8-o|(xx-)P|P-\||}-]|\((?:grr|h|heart|y|n|martin| )\)")
"""What Moodle's filter for emoticons turns into pictures, wherever it stands."""
_HAS_FACE = re.compile(rf"[:;8B^V|xP}}(](?<=(?=(?:{_FACE.pattern})).)")
"""Whether there is one: the first characters stand before the choices, so that a search leaps from one to the next."""
_FORMULA = re.compile(r"\\[()\[\]]|\$\$|\\begin\{")
"""What its filter for formulas looks for."""


def plain(words: str) -> str:
    """Words where Moodle takes out tags and shows references as what they stand for: names, and entries of lists."""
    return escape(words) if _TAG_OR_REFERENCE.search(words) else words


def name(words: str, longest: int = LONGEST_NAME) -> str:
    """Words as the name of a question or category: one line, and not longer than there is room."""
    words = " ".join(words.split())
    if len(plain(words)) <= longest:
        return plain(words)
    end = longest
    while len(plain(words[:end]).rstrip()) >= longest:
        end -= 1
    return plain(words[:end].rstrip() + "…")


def guarded(markup: str) -> str:
    """HTML in which Moodle's filters and its addresses of files find nothing to change."""
    markup = markup.replace("@@PLUGINFILE@@", "@&#64;PLUGINFILE@@")
    markup = _FORMULA.sub(lambda found: found[0][0] + "".join(f"&#{ord(character)};" for character in found[0][1:]), markup)
    while _HAS_FACE.search(markup):  # a reference ends in a semicolon, which may begin another one
        markup = _FACE.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", markup)
    return markup.replace(FILE, "@@PLUGINFILE@@/")
