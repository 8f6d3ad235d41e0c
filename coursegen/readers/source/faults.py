"""What can be wrong with a source before it is a course. One function a fault; the docstring is its documentation.

Codes: ``Y`` YAML and encoding, ``S`` structure, ``L`` files and links, ``V`` the glossary (its vocabulary), ``H`` HTML.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...finding import fault
from ...model.place import Place


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like a misspelt one; empty where none is."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = closest(word, known)
    return f'; did you mean "{close}"?' if close else ""


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


# --- YAML and encoding ---


@fault("Y001")
def not_utf8(place: Place, byte: int) -> tuple[str, str]:
    """A file is not UTF-8.

    All sources are UTF-8, so that an accent is the same on every machine. The place is the first byte that does not fit.

    Wrong: a file saved as "Windows-1252" or "Latin-1" with an é in it.
    Right: the same file saved as UTF-8.
    """
    return f"this file is not UTF-8: byte 0x{byte:02x} does not fit here", "save the file as UTF-8 in your editor"


@fault("Y002")
def tab(place: Place) -> tuple[str, str]:
    """A tab stands in a YAML file.

    YAML forbids tabs where lines are indented, and a tab cannot be told from spaces by eye. So none is accepted anywhere in a YAML
    file. Only the first of a file is reported.

    Wrong: a line indented with the Tab key.
    Right: a line indented with spaces.
    """
    return "there is a tab here", "replace it with spaces"


@fault("Y003")
def syntax(place: Place, problem: str, context: str, quote: str = "") -> tuple[str, str]:
    """A file is not YAML.

    The message is that of the YAML parser. Often a colon followed by a space stands in a text, or a quote is not closed.

    Wrong: ``text: Yes: it works``
    Right: ``text: "Yes: it works"``
    """
    about = f" {context}" if context else ""
    mend = "put a text that has ': ' or ' #' in it, or begins with a special character, in double quotes"
    if quote:
        example = """'"Why" brakes'""" if quote == '"' else '''"It's a brake"'''
        comma = ", or a comma between two entries" if "flow" in context else ""
        mend = f"put the whole text in quotes: {example}{comma}"
    elif "escape" in problem:
        mend = "write \\\\ for a backslash, or put the text in single quotes"
    elif "quoted" in context or "flow" in context:
        mend = "close what is opened here; put a text that begins with a bracket, a brace or a quote in quotes of the other kind"
    elif "block" in context or "mapping values" in problem or "':'" in problem:
        mend = "indent this line as those it belongs to, and write a space after each key's colon; put a text that has ': ' in it in quotes"
    return f"not valid YAML{about}: {problem}", mend


@fault("Y004")
def duplicate_key(place: Place, key: str, first: Place) -> tuple[str, str]:
    """A key stands twice in one mapping.

    YAML readers silently take the last one, and the first is lost.

    Wrong: ``{id: a, text: one, text: two}``
    Right: ``{id: a, text: two}``
    """
    return f'the key "{key}" is here a second time; the first is in line {first.line}', "keep one of the two"


@fault("Y005")
def alias(place: Place, name: str) -> tuple[str, str]:
    """An anchor or an alias is used.

    ``&name`` and ``*name`` copy parts of a file. Copies of a question would share its id, and a few lines can grow to gigabytes.

    Wrong: ``feedback: *right``
    Right: the text itself, written out
    """
    return f"anchors and aliases ({name}) are not used in course files", "write the text out, or put it in quotes if it begins with & or *"


@fault("Y006")
def too_deep(place: Place, deepest: int) -> tuple[str, str]:
    """Lists and mappings stand in each other too deeply.

    A course needs 8 levels. Hundreds of them are a mistake or an attack on the program.

    Wrong: ``[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]``
    Right: ``[lo-1-1]``
    """
    return f"more than {deepest} lists and mappings stand in each other", "check the indentation and the brackets before this place"


@fault("Y007")
def odd_key(place: Place) -> tuple[str, str]:
    """A key is a list or a mapping.

    Mostly a text begins with a bracket or a brace, which YAML takes for a list or a mapping.

    Wrong: ``{[a, b]: text}``
    Right: ``{a: text}``
    """
    return "a key must be a word", "put a text that begins with [ or { in double quotes"


@fault("Y008")
def tag(place: Place, name: str) -> tuple[str, str]:
    """A YAML tag is used.

    Tags (``!x``) change what a value is. The kind of each value is known already.

    Wrong: ``title: !important Read this``
    Right: ``title: "!important Read this"``
    """
    return f"tags ({name}) are not used in course files", "put a text that begins with ! in double quotes"


@fault("Y009")
def several_documents(place: Place) -> tuple[str, str]:
    """A file holds more than one YAML document.

    What stands after the line would be lost.

    Wrong: two parts with a line ``---`` between them
    Right: one part a file
    """
    return "a second YAML document begins here", "remove the line --- or put the second part in a file of its own"


@fault("Y010")
def control_character(place: Place, character: str) -> tuple[str, str]:
    """A character stands in a text that XML cannot carry, or an invisible line end (U+0085, U+2028, U+2029).

    Packages are XML files. XML 1.0 (section 2.2) has no place for most control characters, not even escaped. The three line ends are
    such to some programs and not to others.

    Wrong: a form feed copied from a PDF
    Right: the text without it
    """
    return (
        f"the character U+{ord(character):04X} cannot travel in a package",
        "delete it, or replace it with a space; it is invisible in most editors",
    )


@fault("Y011", "warning")
def text_before_comment(place: Place) -> tuple[str, str]:
    """A text without quotes is followed by a comment in its line.

    In YAML a space and ``#`` begin a comment, also where an author meant a number sign: the rest of the text is lost without a word.

    Wrong: ``text: Use bolt #3 of the hub``
    Right: ``text: "Use bolt #3 of the hub"``
    """
    return "this text ends at the #: what follows is a comment", "put the text in double quotes, or the comment on a line of its own"


# --- structure ---


@fault("S001")
def unknown_key(place: Place, key: str, known: Iterable[str], what: str) -> tuple[str, str]:
    """A key is not known here.

    A misspelt key would be a text that nobody sees, so it is an error.

    Wrong: ``titel: Brakes``
    Right: ``title: Brakes``
    """
    known = sorted(known)
    return f'unknown key "{key}" in {what}{_did_you_mean(key, known)}', f"known here: {_listed(known)}"


@fault("S002")
def missing_key(place: Place, key: str, what: str, meaning: str) -> tuple[str, str]:
    """A key is missing that must be there.

    The packages cannot be made without it.

    Wrong: a question without ``stem``
    Right: ``stem: Which tool measures run-out?``
    """
    return f'{what} has no "{key}"', f"add {key}: {meaning}"


@fault("S003")
def wrong_shape(place: Place, key: str, expected: str, found: str) -> tuple[str, str]:
    """A list stands where a text is expected, or the like.

    What was written there would be read as something else.

    Wrong: ``outcomes: lo-1-1``
    Right: ``outcomes: [lo-1-1]``
    """
    return f'"{key}" should be {expected}, and is {found}', f"write {expected}"


@fault("S004")
def wrong_value(place: Place, key: str, expected: str, found: str) -> tuple[str, str]:
    """A value is not one that is possible here.

    Nothing is guessed or rounded: a wrong value would be found by learners.

    Wrong: ``minutes: a quarter of an hour``
    Right: ``minutes: 15``
    """
    shown = found if len(found) <= 40 else found[:39] + "…"
    return f'"{key}" should be {expected}, and is "{shown}"', f"write {expected}"


@fault("S005")
def empty(place: Place, key: str, expected: str = "the text") -> tuple[str, str]:
    """A text, a list or a mapping is empty.

    An empty text is mostly one that was to be written later.

    Wrong: ``title:``
    Right: ``title: Brakes``
    """
    return f'"{key}" is empty', f"write {expected}, or remove {key} if it may be absent"


@fault("S006")
def unknown_kind(place: Place, kind: str, known: Iterable[str], what: str) -> tuple[str, str]:
    """A kind of activity or question is not known.

    Each kind is shown and scored in its own way, so it cannot be guessed.

    Wrong: ``kind: multiple-choice``
    Right: ``kind: single-choice`` (one right option) or ``kind: multiple-response`` (several)
    """
    known = list(known)
    return f'there is no {what} of kind "{kind}"{_did_you_mean(kind, known)}', f"known kinds: {_listed(known)}"


@fault("S007")
def too_few(place: Place, key: str, least: int) -> tuple[str, str]:
    """A list has too few entries.

    There is nothing to choose from, or nothing to do.

    Wrong: a single choice with one option
    Right: a single choice with 3 or 4 options
    """
    return f'"{key}" needs at least {least} {"entry" if least == 1 else "entries"}', "add what is missing"


@fault("S008")
def bad_form(place: Place, key: str, value: str, explanation: str) -> tuple[str, str]:
    """An id, a code, a language tag or an address does not have its form.

    Ids become file names, XML ids and SCORM identifiers: so they have lower-case letters, digits and hyphens only, and 60
    characters at most, since names of files and places in a course have limits.

    Wrong: ``id: Brake Test!``
    Right: ``id: brake-test``
    """
    shown = value if len(value) <= 40 else value[:39] + "…"
    return f'"{shown}" cannot be used as {key}', f"{key} is {explanation}"


# --- files and links ---


@fault("L001")
def no_such_file(place: Place, path: str, close: Iterable[str], meant: str = "") -> tuple[str, str]:
    """A file that is named does not exist.

    Links, pictures and files are looked up when the course is built, so that learners never meet a dead one.

    Wrong: ``<img src="../media/brake.svg" alt="…">`` when the file is ``brakes.svg``
    Right: ``<img src="../media/brakes.svg" alt="…">``
    """
    mend = f"did you mean {meant}?" if meant else "mend the path, or add the file"
    return f"there is no file {path}{_did_you_mean(path, close)}", mend


@fault("L015")
def not_a_course(place: Place) -> tuple[str, str]:
    """The folder holds no ``course.yaml``.

    That file says what the course is and where its units are. Without it, no folder is a course.

    Wrong: ``coursegen check modules/01-start``
    Right: ``coursegen check modules``
    """
    return "this folder is not a course: it has no course.yaml", "name the folder that holds course.yaml"


@fault("L002")
def leaves_course(place: Place, path: str) -> tuple[str, str]:
    """A path leads out of the course folder, by ``..``, from the root or through a symbolic link.

    Only what is in the folder travels with the course, and a course from elsewhere must not pick up your files.

    Wrong: ``<img src="../../../holiday.jpg" alt="…">``
    Right: a copy of the picture in the unit's ``media`` folder
    """
    return f"{path} leads out of the course folder", "copy the file into the course folder and use a relative path"


@fault("L003")
def wrong_case(place: Place, path: str, actual: str) -> tuple[str, str]:
    """A path differs from the file's name in upper and lower case.

    It works on Windows and macOS and breaks in every LMS on Linux.

    Wrong: ``<img src="../media/Brake.svg" alt="…">`` when the file is ``brake.svg``
    Right: ``<img src="../media/brake.svg" alt="…">``
    """
    return f"{path} is written {actual} on disk", f"write {actual}"


@fault("L004")
def not_an_activity(place: Place, path: str) -> tuple[str, str]:
    """A link leads to an HTML or YAML file that is no activity of the course.

    Such a file is in no package. It must be listed in a ``unit.yaml`` to be reached.

    Wrong: ``<a href="draft.html">the draft</a>`` when no unit lists ``draft.html``
    Right: a link to a page that a unit lists
    """
    return f"{path} is no activity of the course", "list it in a unit.yaml, or link to what lists it: unit.yaml#id-of-the-activity"


@fault("L016")
def no_such_activity(place: Place, path: str, name: str, known: Iterable[str], elsewhere: str) -> tuple[str, str]:
    """A link to a ``unit.yaml`` does not name one of its activities.

    After ``#`` stands the id of an activity that this file lists. So a link can lead to an activity without a file of its own.

    Wrong: ``<a href="../unit.yaml#u02-won">your own lesson</a>`` when the activity is called ``u02-own``
    Right: ``<a href="../unit.yaml#u02-own">your own lesson</a>``
    """
    known = list(known)
    if not name:
        return f"{path} is a whole unit, and a link leads to one activity", f"write # and its id behind it; there are: {_listed(known)}"
    if elsewhere:
        return f'{path} lists no activity "{name}"', f"{elsewhere} does: link to that file"
    return f'{path} lists no activity "{name}"{_did_you_mean(name, known)}', f"listed there: {_listed(known)}"


@fault("L005")
def unusable_address(place: Place, address: str, why: str) -> tuple[str, str]:
    """An address cannot be used.

    Links lead to ``https://`` or ``http://`` addresses, to ``mailto:`` with an address, or to files of the course by relative path.

    Wrong: ``<a href="javascript:next()">next</a>``
    Right: ``<a href="next-page.html">how the test continues</a>``
    """
    shown = address if len(address) <= 60 else address[:59] + "…"
    return f'"{shown}" cannot be used here: {why}', "use an address that begins with https://, or a relative path inside the course"


@fault("L006")
def unreadable(place: Place, path: str, why: str, mend: str = "name a file that can be read") -> tuple[str, str]:
    """A file is there and cannot be read: a folder, no permission, or too large for a text.

    What cannot be read cannot be packed. Pipes and devices are refused too, since a program would wait for them.

    Wrong: ``file: pages``
    Right: ``file: pages/why.html``
    """
    return f"{path} cannot be read: {why}", mend


@fault("L007")
def used_twice(place: Place, path: str, first: str) -> tuple[str, str]:
    """Two activities, or two entries of ``units``, use one source file.

    A link to the file could then lead to either, and learners' attempts could not be told apart.

    Wrong: two pages with ``file: pages/why.html``
    Right: each page with a file of its own
    """
    return f"{path} is used already, by {first}", "give each its own file, or remove one"


@fault("L008")
def remote_media(place: Place, address: str, tag: str) -> tuple[str, str]:
    """A page would load something from the web.

    A course works without a network, tells nobody who reads it, and does not break when another site changes.

    Wrong: ``<img src="https://example.org/brake.png" alt="…">``
    Right: the picture in the ``media`` folder, or a link to it: ``<a href="https://example.org/brake.png">…</a>``
    """
    return f"<{tag}> would load {address[:80]} from the web", "put the file in the course folder, or link to it with <a href>"


@fault("L011", "warning")
def unlisted_page(place: Place, path: str) -> tuple[str, str]:
    """An HTML file in a unit's folder is no activity of the course.

    Nobody will ever see it. Mostly a page was written and then forgotten in ``unit.yaml``.

    Wrong: ``pages/brakes.html`` in a unit whose ``unit.yaml`` does not name it
    Right: an activity with ``file: pages/brakes.html``
    """
    return f"no unit lists {path}", "add it to the activities in unit.yaml, or move it out of the unit's folder"


@fault("L014", "warning")
def unlisted_unit(place: Place, path: str) -> tuple[str, str]:
    """A folder holds a ``unit.yaml`` and is no unit of the course.

    Nobody will ever see it. Mostly a unit was written and then forgotten in ``course.yaml``.

    Wrong: a folder ``03-design`` that ``units`` does not name
    Right: ``units: [01-start, 02-analyse, 03-design]``
    """
    return f"the course does not list {path}", "add it to the units in course.yaml, or move it out of the course folder"


@fault("L012")
def refused_type(place: Place, path: str, kind: str) -> tuple[str, str]:
    """A file is of a type that LMSs refuse, or that runs when it is opened.

    Programs, scripts and HTML files that a learner opens from an LMS act with the learner's rights. Many LMSs refuse a package that holds
    one, others drop the file.

    Wrong: ``file: files/calculator.exe``
    Right: ``file: files/calculator.ods``, or a link to where the program is published
    """
    return (
        f"files of type .{kind} cannot travel in a course: {path}",
        "use a document, picture, sound or film, or link to where it is published",
    )


# --- the glossary ---


@fault("V001")
def no_such_term(place: Place, term: str, known: Iterable[str]) -> tuple[str, str]:
    """A link leads to a term that the glossary does not have.

    The player explains a term in place. With a misspelt id there would be nothing to show.

    Wrong: ``<a href="../../glossary.yaml#hybrid">hybrid learning</a>`` when no term has the id ``hybrid``
    Right: ``<a href="../../glossary.yaml#hybrid-learning">hybrid learning</a>``
    """
    known = sorted(known)
    return (
        f'the glossary has no term "{term}"{_did_you_mean(term, known)}',
        "write the id of a term after the #, or add the term to the glossary",
    )


@fault("V002")
def no_term_named(place: Place, address: str) -> tuple[str, str]:
    """A link leads to the glossary and names no term.

    The player has a page with all terms, and every learner finds it in the menu. A link in a text explains one term.

    Wrong: ``<a href="../../glossary.yaml">hybrid learning</a>``
    Right: ``<a href="../../glossary.yaml#hybrid-learning">hybrid learning</a>``
    """
    return f"{address} does not say which term is meant", "write # and the id of the term after it"


# --- question banks ---


@fault("B001")
def no_such_bank(place: Place, name: str, known: Iterable[str]) -> tuple[str, str]:
    """A quiz takes questions of a bank that no unit has.

    The quiz would come without them.

    Wrong: ``bank: break-tests`` when a unit has the bank ``brake-tests``
    Right: ``bank: brake-tests``
    """
    known = sorted(known)
    return (
        f'no unit has a bank "{name}"{_did_you_mean(name, known)}',
        f"known banks: {_listed(known)}" if known else "name the file of the bank under banks: in a unit.yaml",
    )


@fault("B002")
def no_such_question(place: Place, name: str, bank: str, known: Iterable[str]) -> tuple[str, str]:
    """A quiz takes a question that the bank does not have.

    Mostly it is misspelt, and the quiz would come without it.

    Wrong: ``questions: [q-gage]`` when the bank has ``q-gauge``
    Right: ``questions: [q-gauge]``
    """
    known = sorted(known)
    return f'the bank "{bank}" has no question "{name}"{_did_you_mean(name, known)}', f"its questions: {_listed(known)}"


@fault("B003")
def nothing_to_take(place: Place, tags: Iterable[str], bank: str, known: Iterable[str]) -> tuple[str, str]:
    """No question of a bank has all the tags that a quiz asks for.

    Nothing could be drawn. Tags are also the outcomes, competences and the difficulty of a question.

    Wrong: ``tags: [eazy]``
    Right: ``tags: [easy]``
    """
    tags, known = list(tags), sorted(known)
    meant = next(filter(None, (_did_you_mean(tag, known) for tag in tags if tag not in known)), "")
    return f'no question of the bank "{bank}" has: {_listed(tags)}{meant}', f"its questions have: {_listed(known) or 'no tags'}"


# --- HTML ---


@fault("H001")
def stray_end_tag(place: Place, name: str) -> tuple[str, str]:
    """An end tag closes nothing.

    Browsers ignore some of them and make an empty element of others. Mostly the start tag is missing or misspelt.

    Wrong: ``<p>Text</b></p>``
    Right: ``<p><b>Text</b></p>``
    """
    return f"</{name}> closes nothing here", "remove it, or add the start tag"


@fault("H002")
def not_closed(place: Place, name: str) -> tuple[str, str]:
    """An element is not closed by its own end tag before its parent ends.

    HTML lets some end tags be left out and guesses where they belong. Guesses differ, so each element is closed; only ``br hr img``
    and the like have no end tag.

    Wrong: ``<p>Text <b>bold</p>``
    Right: ``<p>Text <b>bold</b></p>``
    """
    return f"<{name}> is not closed", f"add </{name}> where it ends"


@fault("H003")
def broken_tag(place: Place) -> tuple[str, str]:
    """A tag or a comment has no end, or a quote or a space in it is missing.

    The rest of such a text cannot be told apart, so nothing else is looked for in it.

    Wrong: ``<a href="grid.html>the grid</a>``
    Right: ``<a href="grid.html">the grid</a>``
    """
    return "this tag is broken: a >, a quote or a space is missing", "close the quote and the tag; write &lt; for a less-than sign"


@fault("H004")
def duplicate_attribute(place: Place, name: str) -> tuple[str, str]:
    """An attribute stands twice in one tag; browsers drop the second.

    One of the two values is lost, and it may be the one that is meant. XML, which packages are made of, refuses it.

    Wrong: ``<p class="a" class="b">``
    Right: ``<p class="a b">``
    """
    return f'the attribute "{name}" is here twice', "keep one of the two"


@fault("H005")
def whole_document(place: Place, what: str) -> tuple[str, str]:
    """A page is a whole document and not a fragment.

    coursegen writes the document around a page: its title, language and style. ``<!DOCTYPE>``, ``<html>``, ``<head>`` and ``<body>``
    do not belong in the file. Only the first is reported.

    Wrong: ``<html><body><p>Text</p></body></html>``
    Right: ``<p>Text</p>``
    """
    return f"{what} does not belong in a fragment", "keep only what stands inside <body>"


@fault("H015")
def nested_too_deep(place: Place, deepest: int) -> tuple[str, str]:
    """Elements stand in each other too deeply.

    No page needs it. Hundreds of levels are a mistake, such as a start tag in the place of an end tag, or an attack on the program.

    Wrong: ``<b>brake<b> … <b>disc<b> …`` a hundred times
    Right: ``<b>brake</b> … <b>disc</b> …``
    """
    return f"more than {deepest} elements stand in each other", "check the end tags before this place"
