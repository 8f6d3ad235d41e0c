"""The files of the package and its manifest (QTI 2.1, Metadata and Usage Data; IMS Content Packaging 1.1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ... import lom
from ...archive import Content
from ...manifest import MANIFEST, Namespaces, Resource, identifier, manifest, resource_element
from ...model import Course, Question, Quiz
from .assessment import test_of_course, test_of_quiz
from .item import item, shuffles
from .metadata import TEST_FORMAT, about
from .parts import Words

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ...archive import Entry
    from ...render.templates import Templates

_NAMESPACES = Namespaces("http://www.imsglobal.org/xsd/imscp_v1p1", (("lom", lom.LOM),))
_TEST, _ITEM = "imsqti_test_xmlv2p1", "imsqti_item_xmlv2p1"


def package(course: Course, templates: Templates) -> list[Entry]:
    """All questions of quizzes and banks, each once, and the quizzes; for several quizzes also one test of them all, which comes first."""
    return _Package(course, templates).entries()


class _Package:
    def __init__(self, course: Course, templates: Templates) -> None:
        self.course = course
        self.templates = templates
        self.files: dict[str, Content] = {}
        self.tests: list[_Element] = []
        self.items: list[_Element] = []
        self._names: dict[tuple[str, bool], str] = {}
        """The file of each question that was written; of one whose options two quizzes show differently there are two."""

    def entries(self) -> list[Entry]:
        """The files, the manifest first."""
        quizzes = [quiz for unit in self.course.units for quiz in unit.quizzes()]
        if len(quizzes) > 1:
            words = self._words()
            self._test("course", "course", test_of_course(self.course, quizzes, self._item, words), words, quizzes)
        for quiz in quizzes:
            words = self._words()
            self._test(f"test-{quiz.id}", quiz.id, test_of_quiz(quiz, self._item, words), words, [quiz])
        for unit in self.course.units:
            for bank in unit.banks:
                for question in bank.questions:
                    if not any((question.id, shuffle) in self._names for shuffle in (True, False)):
                        self._item(question, False)
        return [(MANIFEST, self._manifest()), *self.files.items()]

    def _words(self) -> Words:
        return Words(self.course, self.templates)

    def _test(self, name: str, about_what: str, content: bytes, words: Words, quizzes: Sequence[Quiz]) -> None:
        asked = [self._name(question, quiz.set.shuffle_options) for quiz in quizzes for question in quiz.set.pool()]
        needed = tuple(dict.fromkeys(identifier("resource", "item", each) for each in asked))
        files = self._add(f"{name}.xml", content, words)
        resource = Resource(identifier("resource", "test", about_what), _TEST, files, files[0], dependencies=needed)
        self.tests.append(resource_element(resource, _NAMESPACES))

    def _item(self, question: Question, shuffle: bool) -> str:
        """The file of a question; it is written when it is first asked for."""
        written = len(self._names)
        name = self._name(question, shuffle)
        if len(self._names) > written:
            words = self._words()
            content = item(question, f"Q-{name}", shuffle and shuffles(question), words)
            files = self._add(f"item-{name}.xml", content, words)
            resource = Resource(identifier("resource", "item", name), _ITEM, files, files[0])
            self.items.append(resource_element(resource, _NAMESPACES, about(question, self.course)))
        return f"item-{name}.xml"

    def _name(self, question: Question, shuffle: bool) -> str:
        """What identifies a question: its id, and for the second of two forms that differ in the order of options also which one it is."""
        shuffle = shuffle and shuffles(question)
        other = self._names.get((question.id, not shuffle))
        return self._names.setdefault(
            (question.id, shuffle), question.id if other is None else f"{question.id}--{'shuffled' if shuffle else 'in-order'}"
        )

    def _add(self, path: str, content: bytes, words: Words) -> tuple[str, ...]:
        """Add a file and the media it refers to; their paths."""
        self.files[path] = content
        self.files.update({place: media.source for place, media in words.media.items()})
        return (path, *sorted(words.media))

    def _manifest(self) -> bytes:
        described = lom.scorm2004(self.course, None)
        for form in described.iterfind(f"{{{lom.LOM}}}technical/{{{lom.LOM}}}format"):
            form.text = TEST_FORMAT  # of a SCORM package it is that of its pages
        name = identifier("manifest", self.course.id, self.course.language.lower())
        return manifest(name, _NAMESPACES, ("QTIv2.1 Package", "1.0.0", described), [], [*self.tests, *self.items])
