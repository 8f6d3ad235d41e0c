"""Rules about the HTML of rich text: what every target can carry, and nothing that runs or loads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ...model import Element, Media, Place, Rich
from ...model.rich import PHRASING
from ..rule import Report, check
from ..survey import Survey
from .access import noun

_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td figure figcaption "
    "aside blockquote details summary div section pre hr address".split()
)
ELEMENTS = PHRASING | _BLOCKS
_ACTIVE = frozenset(
    "script style iframe object embed applet form input button select textarea canvas noscript template svg math dialog frame "
    "frameset".split()
)
_DOCUMENT = frozenset("html head body title meta link base".split())
"""The reader reports these."""

_GLOBAL = frozenset("id class lang dir title translate role".split())
_ATTRIBUTES = {
    "a": "href download hreflang rel type",
    "img": "src alt width height loading",
    "audio": "src controls preload loop muted",
    "video": "src controls preload loop muted poster width height",
    "source": "src type media",
    "track": "src kind srclang label default",
    "ol": "start reversed type",
    "li": "value",
    "th": "colspan rowspan headers scope abbr",
    "td": "colspan rowspan headers",
    "col": "span",
    "colgroup": "span",
    "blockquote": "cite",
    "q": "cite",
    "del": "cite datetime",
    "ins": "cite datetime",
    "time": "datetime",
    "data": "value",
    "details": "open",
}
_ALLOWED = {tag: frozenset(words.split()) for tag, words in _ATTRIBUTES.items()}
_TABLE_ROWS = frozenset(["tr"])
_CHILDREN = {
    "ul": frozenset(["li"]),
    "ol": frozenset(["li"]),
    "dl": frozenset(["dt", "dd", "div"]),
    "table": frozenset(["caption", "colgroup", "thead", "tbody", "tfoot", "tr"]),
    "thead": _TABLE_ROWS,
    "tbody": _TABLE_ROWS,
    "tfoot": _TABLE_ROWS,
    "tr": frozenset(["th", "td"]),
    "colgroup": frozenset(["col"]),
}
"""What the content model of HTML (4.4, 4.9) lets stand directly in these."""
_LOADS = re.compile(r"""@import|javascript:|url\(\s*["']?(?!\s|["']|#|data:image/)[^)]{0,60}""", re.IGNORECASE)
"""What a style sheet or an attribute of a drawing loads from elsewhere."""
_TRANSPARENT = frozenset(["a", "ins", "del", "audio", "video"])
"""What may stand in these is what may stand around them."""
_LINES = frozenset(["p", "h2", "h3", "h4", "h5", "h6", "pre", "dt"]) | PHRASING - _TRANSPARENT
_FILMS = frozenset(["audio", "video"])
_ONLY_IN = {
    "li": frozenset(["ul", "ol"]),
    "dt": frozenset(["dl", "div"]),
    "dd": frozenset(["dl", "div"]),
    "tr": frozenset(["table", "thead", "tbody", "tfoot"]),
    "th": frozenset(["tr"]),
    "td": frozenset(["tr"]),
    "figcaption": frozenset(["figure"]),
    "summary": frozenset(["details"]),
    "caption": frozenset(["table"]),
    "source": _FILMS,
    "track": _FILMS,
}


@check("H006")
def unknown_element(survey: Survey) -> Iterator[Report]:
    """An element is not one that pages may use.

    The list is that of the source format: what HTML5 has for text, lists, tables, pictures, sound and film. Elements made up or
    outdated would be shown differently everywhere.

    Wrong: ``<font color="red">careful</font>``
    Right: ``<strong>careful</strong>``
    """
    inside = _inside_active(survey)
    for tag, found in survey.elements.items():
        if tag not in ELEMENTS and tag not in _ACTIVE and tag not in _DOCUMENT:
            for text, element in found:
                if id(element) not in inside:
                    mend = "use an element of the list in docs/source-format.md"
                    yield Report(text.place_of(element), f"<{tag}> is not an element that pages use", mend)


def _inside_active(survey: Survey) -> set[int]:
    """What stands in a form, a drawing and the like: the whole was reported, its parts are not."""
    found = [element for tag in _ACTIVE for _, element in survey.elements.get(tag, ())]
    return {id(inner) for element in found for inner in Rich(element.children).elements()}


def _inside_picture(survey: Survey) -> set[int]:
    """The same for ``<picture>``, which no page may use."""
    return {id(inner) for _, element in survey.elements.get("picture", ()) for inner in Rich(element.children).elements()}


@check("H007")
def unknown_attribute(survey: Survey) -> Iterator[Report]:
    """An attribute is not one that the element may have.

    ``style`` and handlers such as ``onclick`` are removed by LMSs, and break the theme and the contrast where they are not.

    Wrong: ``<p style="color: red">careful</p>``
    Right: ``<aside class="warning"><p>Careful: …</p></aside>``
    """
    for tag, found in survey.elements.items():
        if tag in _ACTIVE or tag not in ELEMENTS:
            continue
        allowed = _GLOBAL | _ALLOWED.get(tag, frozenset())
        inside = _inside_picture(survey) if tag in ("source", "img") else ()
        for text, element in found:
            if id(element) in inside:
                continue
            for name, _ in element.attributes:
                if name not in allowed and not name.startswith("aria-"):
                    mend = f"remove it; allowed: {', '.join(sorted(allowed))}"
                    yield Report(text.place_of(element), f'<{tag}> may not have the attribute "{name}"', mend)


@check("H008")
def active_content(survey: Survey) -> Iterator[Report]:
    """A page holds a script, a style sheet, a frame, a form or a drawing.

    LMSs remove them, so that learners would find a hole in the page; scripts could also read what is not theirs. Draw in an SVG file,
    ask in a quiz, link to what stands elsewhere.

    Wrong: ``<iframe src="https://example.org/film"></iframe>``
    Right: ``<a href="https://example.org/film">the film about brake dust (4 minutes)</a>``
    """
    inside = _inside_active(survey)
    for tag in _ACTIVE:
        for text, element in survey.elements.get(tag, ()):
            if id(element) in inside:
                continue
            yield Report(text.place_of(element), f"<{tag}> cannot be part of a page", "use a picture file, a quiz or a link instead")


@check("H009")
def duplicate_html_id(survey: Survey) -> Iterator[Report]:
    """Two elements that are shown on one page have one ``id``; a link to it would lead to the first only.

    A style or a reader's software, too, takes the first for both. All texts of an activity are shown on one page: for a quiz also those
    of the questions that it takes of banks. So are the summary of a unit and the descriptions of its links and files. A question and its
    twin are never shown together.

    Wrong: ``<h2 id="levels">…</h2> … <h3 id="levels">…</h3>``
    Right: two different ids
    """
    known: dict[tuple[int, str], list[tuple[Place, tuple[int, bool] | None]]] = {}
    for text, element in survey.attributed:
        name = element.get("id")
        if isinstance(name, str):
            place, side = text.place_of(element), survey.sides.get(id(text))
            for page in survey.pages[id(text)]:
                others = known.setdefault((page, name), [])
                before = next((other for other, its in others if not _never_together(side, its)), None)
                if before is not None:
                    message = f'the id "{name}" is on this page already, at {before}'
                    yield Report(place, message, "give this element an id of its own")
                others.append((place, side))


def _never_together(one: tuple[int, bool] | None, other: tuple[int, bool] | None) -> bool:
    """Whether one text is of a question and the other of its twin."""
    return one is not None and other is not None and one[0] == other[0] and one[1] != other[1]


@check("H010")
def misplaced_element(survey: Survey) -> Iterator[Report]:
    """An element stands where HTML does not allow it, and browsers would move it.

    A paragraph, heading, cell label or phrase holds words and phrases only, and so does a link in one of them; lists hold ``li``; table
    rows hold cells; ``source`` and ``track`` stand in ``audio`` and ``video``.

    Wrong: ``<p>The steps: <ul><li>…</li></ul></p>``
    Right: ``<p>The steps:</p> <ul><li>…</li></ul>``
    """
    for tag, found in survey.elements.items():
        only = _CHILDREN.get(tag)
        line = tag in _LINES
        for text, element in found:
            children = element.children
            if only is None and len(children) == 1 and isinstance(children[0], str):
                continue  # most elements hold words alone
            for child in children:
                if isinstance(child, str):
                    if only is not None and not child.isspace() and not survey.is_guess(text, element):
                        yield Report(text.place_of(element), f"words stand directly in <{tag}>", f"put them in {_either(only)}")
                    continue
                if (
                    (only is not None and child.tag not in only)
                    or (line and child.tag in _BLOCKS)
                    or (tag in ELEMENTS and tag not in _ONLY_IN.get(child.tag, (tag,)))
                ):
                    misplaced: Iterable[Element] = (child,)
                elif line and child.tag in _TRANSPARENT and child.children:
                    misplaced = _blocks_in(child)
                else:
                    continue
                if not survey.is_guess(text, element):
                    mend = f"close <{tag}> first, or choose another element"
                    for inner in misplaced:
                        yield Report(text.place_of(inner), f"<{inner.tag}> cannot stand in <{tag}>", mend)
    for _, _, text in survey.rich:
        for node in text.nodes:
            if not isinstance(node, str) and node.tag in _ONLY_IN:
                yield Report(text.place_of(node), f"<{node.tag}> cannot stand alone", f"put it in {_either(_ONLY_IN[node.tag])}")


def _blocks_in(element: Element) -> Iterator[Element]:
    """The blocks in a link and the like. What must stand in another parent anyway is reported there."""
    for child in element.children:
        if isinstance(child, Element):
            if child.tag in _BLOCKS and child.tag not in _ONLY_IN:
                yield child
            elif child.tag in _TRANSPARENT:
                yield from _blocks_in(child)


def _either(tags: frozenset[str]) -> str:
    return " or ".join(f"<{name}>" for name in sorted(tags))


@check("H011")
def nested_link(survey: Survey) -> Iterator[Report]:
    """A link stands in a link; browsers end the outer one where the inner one begins.

    The words after the inner link would lead nowhere.

    Wrong: ``<a href="a.html">the <a href="b.html">grid</a></a>``
    Right: two links side by side
    """
    for text, element in survey.elements["a"]:
        if survey.is_guess(text, element):
            continue
        for inner in Rich(element.children).elements():
            if inner.tag == "a":
                yield Report(text.place_of(inner), "this link stands in another link", "end the first link before this one")


@check("H012")
def block_in_option(survey: Survey) -> Iterator[Report]:
    """A label holds a paragraph, a list or a table, or something to press: a link, a film.

    Labels are the texts of options, pairs, things to sort or to put in order, and of the choices of case studies. In every format they
    are one line of words, perhaps with a picture; a button in a button cannot be pressed. Feedback is free to hold them.

    Wrong: ``text: <p>Measure the run-out</p>``
    Right: ``text: Measure the run-out``
    """
    for part, text in survey.labels():
        for element in text.elements():
            if element.tag in _BLOCKS or element.tag in ("a", "audio", "video"):
                yield Report(text.place_of(element), f"{noun(part)} cannot hold <{element.tag}>", "write the words alone")
                break


@check("H013")
def reserved_id(survey: Survey) -> Iterator[Report]:
    """An ``id`` or a class in a page begins with ``cg-``, which the player keeps for itself, or an id has a space in it.

    An id that is there twice breaks the player's own links, a class of the player's brings its look and its behaviour, and a space ends
    a name.

    Wrong: ``<h2 id="cg-main">``
    Right: ``<h2 id="main-idea">``
    """
    for text, element in survey.attributed:
        name = element.get("id") if element.attributes else None
        if isinstance(name, str) and (name.startswith("cg-") or not name or any(c.isspace() for c in name)):
            mend = "use letters, digits and hyphens, and another beginning than cg-"
            yield Report(text.place_of(element), f'"{name}" cannot be an id in a page', mend)
        for word in (element.words("class") or "").split():
            if word.startswith("cg-"):
                mend = "choose another beginning than cg-, or remove the class"
                yield Report(text.place_of(element), f'"{word}" cannot be a class in a page', mend)


@check("H016")
def nothing_to_show(survey: Survey) -> Iterator[Report]:
    """A picture, sound or film names no file, or a link no target.

    Learners would find a gap, or words that look like a link and lead nowhere.

    Wrong: ``<img alt="A brake disc">``
    Right: ``<img src="../media/disc.svg" alt="A brake disc">``
    """
    inside = _inside_picture(survey)
    for tag, name in (("img", "src"), ("source", "src"), ("track", "src"), ("a", "href")):
        for text, element in survey.elements.get(tag, ()):
            if element.get(name) is None and id(element) not in inside:
                yield Report(text.place_of(element), f"this <{tag}> has no {name}", f'add {name}="…"')
    for tag in ("audio", "video"):
        for text, element in survey.elements.get(tag, ()):
            if element.get("src") is None and not any(inner.tag == "source" for inner in Rich(element.children).elements()):
                yield Report(text.place_of(element), f"this <{tag}> has no file", 'add src="…", or <source src="…"> inside')


@check("H017")
def disclosure_without_summary(survey: Survey) -> Iterator[Report]:
    """A ``<details>`` does not begin with its ``<summary>``.

    The summary is the button that opens it. A browser makes up one that says "Details", in its own language.

    Wrong: ``<details><p>0.05 mm</p></details>``
    Right: ``<details><summary>See the limit</summary><p>0.05 mm</p></details>``
    """
    for text, element in survey.elements.get("details", ()):
        first = next((node for node in element.children if not isinstance(node, str) or not node.isspace()), None)
        if (not isinstance(first, Element) or first.tag != "summary") and not survey.is_guess(text, element):
            yield Report(text.place_of(element), "this disclosure has no summary", "begin it with <summary>…</summary>")


@check("H014")
def active_picture(survey: Survey) -> Iterator[Report]:
    """An SVG file holds a script, a handler, a foreign object or something to load from the web.

    Opened alone, such a file runs with the rights of the LMS.

    Wrong: ``<svg …><script>…</script></svg>``
    Right: a drawing of shapes and text only
    """
    seen: set[str] = set()
    for media, place in survey.media():
        if media.path in seen or not media.path.lower().endswith(".svg"):
            continue
        seen.add(media.path)
        if problem := _danger(media):
            mend = "save the drawing as plain SVG, without scripts and with its pictures inside the file"
            yield Report(place, f"{media.path} {problem}", mend)


def _danger(media: Media) -> str:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: Any = etree.fromstring(media.source.read_bytes(), parser)
    except (OSError, etree.XMLSyntaxError) as error:
        return f"is not well-formed: {error.msg if isinstance(error, etree.XMLSyntaxError) else error}"
    if etree.QName(root).localname != "svg":
        return "is not an SVG drawing"
    if any(node.tag is etree.PI for node in root.itersiblings(preceding=True)):
        return "has a processing instruction, which may load a style sheet"
    for node in root.iter():
        if not isinstance(node.tag, str):
            if node.tag is etree.Entity:
                return "uses an entity"
            continue
        tag = etree.QName(node).localname
        if tag in ("script", "foreignObject", "iframe", "handler"):
            return f"holds a <{tag}>"
        if tag == "style" and (found := _LOADS.search("".join(node.itertext()))):
            return f"loads {found.group()}"
        for name, value in node.attrib.items():
            local = etree.QName(name).localname.lower()
            if local.startswith("on"):
                return f"holds a handler ({local})"
            if local in ("href", "src") and not value.startswith(("#", "data:image/")):
                return f"loads or links {value[:60]}"
            if found := _LOADS.search(value):
                return f"loads {found.group()}"
    return ""
