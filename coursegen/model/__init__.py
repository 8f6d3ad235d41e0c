"""What a course is: immutable types that import nothing of ours.

``place`` where a thing stands · ``text`` short texts · ``rich`` rich text · ``part`` how parts are defined ·
``question``, ``case``, ``grid``, ``glossary``, ``activity``, ``course`` the parts · ``walk`` the one way through them.
"""

from .activity import Activity, Case, Discussion, File, Form, GridRating, Page, QuestionSet, Quiz, TutorPage, WebLink
from .case import Change, Choice, Condition, Scene, Storyline, Variable
from .course import Author, Competence, Completion, Course, Framework, Outcome, PackageName, Tracking, Unit
from .glossary import Glossary, Term
from .grid import Dimension, Grid, Indicator, Level, Reference, ReferenceRating
from .part import Part
from .place import NOWHERE, Place
from .question import Answer, MultipleResponse, Option, Question, ShortAnswer, SingleChoice, TrueFalse
from .rich import Anchor, Element, Gloss, Link, Media, Node, Rich, Value
from .text import Address, Code, Identifier, Language, Plain
from .walk import parts, texts, words

__all__ = [
    "NOWHERE",
    "Activity",
    "Address",
    "Anchor",
    "Answer",
    "Author",
    "Case",
    "Change",
    "Choice",
    "Code",
    "Competence",
    "Completion",
    "Condition",
    "Course",
    "Dimension",
    "Discussion",
    "Element",
    "File",
    "Form",
    "Framework",
    "Gloss",
    "Glossary",
    "Grid",
    "GridRating",
    "Identifier",
    "Indicator",
    "Language",
    "Level",
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
    "Reference",
    "ReferenceRating",
    "Rich",
    "Scene",
    "ShortAnswer",
    "SingleChoice",
    "Storyline",
    "Term",
    "Tracking",
    "TrueFalse",
    "TutorPage",
    "Unit",
    "Value",
    "Variable",
    "WebLink",
    "parts",
    "texts",
    "words",
]
