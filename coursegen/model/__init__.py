"""What a course is: immutable types that import nothing of ours.

``place`` where a thing stands · ``text`` short texts · ``rich`` rich text · ``part`` how parts are defined ·
``question``, ``activity``, ``course`` the parts · ``walk`` the one way through them.
"""

from .activity import Activity, Discussion, File, Page, QuestionSet, Quiz, TutorPage, WebLink
from .course import Author, Competence, Completion, Course, Framework, Outcome, PackageName, Tracking, Unit
from .part import Part
from .place import NOWHERE, Place
from .question import Answer, MultipleResponse, Option, Question, ShortAnswer, SingleChoice, TrueFalse
from .rich import Anchor, Element, Link, Media, Node, Rich, Value
from .text import Address, Code, Identifier, Language, Plain
from .walk import parts, texts, words

__all__ = [
    "NOWHERE",
    "Activity",
    "Address",
    "Anchor",
    "Answer",
    "Author",
    "Code",
    "Competence",
    "Completion",
    "Course",
    "Discussion",
    "Element",
    "File",
    "Framework",
    "Identifier",
    "Language",
    "Link",
    "Media",
    "MultipleResponse",
    "Node",
    "Option",
    "Outcome",
    "PackageName",
    "Page",
    "Part",
    "Place",
    "Plain",
    "Question",
    "QuestionSet",
    "Quiz",
    "Rich",
    "ShortAnswer",
    "SingleChoice",
    "Tracking",
    "TrueFalse",
    "TutorPage",
    "Unit",
    "Value",
    "WebLink",
    "parts",
    "texts",
    "words",
]
