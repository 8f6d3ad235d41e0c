"""The course itself, its units and what it promises."""

from collections.abc import Iterator
from typing import Annotated, Literal

from .activity import Activity, Bank, Case, Quiz
from .glossary import Glossary
from .part import AtLeast, Between, Part, Stored, part
from .rich import Media, Rich
from .settings import RuleSetting
from .text import Address, Code, Identifier, Language, Plain
from .theme import Theme

PackageName = Literal[
    "scorm12-unit",
    "scorm12",
    "scorm2004-unit",
    "scorm2004",
    "cartridge-11",
    "cartridge",
    "moodle-backup",
    "moodle-cartridge",
    "moodle-imports",
    "moodle-xml",
    "gift",
    "qti21",
    "paper",
]
"""The packages a course may ask for; :data:`coursegen.writers.FORMATS` holds a writer for each."""


@part
class Outcome(Part):
    """What a learner can do by the end of a unit. Its text follows "By the end you can"."""

    id: Annotated[Identifier, "permanent; unique in the course"]
    text: Annotated[Plain, "begins with a verb one can observe"]
    competences: Annotated[tuple[Code, ...], "codes from the course's framework"] = ()


@part
class Unit(Part):
    """A unit: a folder with a ``unit.yaml``."""

    id: Annotated[Identifier, "permanent; unique in the course"]
    title: Annotated[Plain, "its name"]
    minutes: Annotated[int, "how long a learner needs; the sum of its activities", Between(1, 60000)]
    general: Annotated[bool, "the first unit only: pages around all units, such as welcome, help and privacy"] = False
    weight: Annotated[int, "its share in the grade of the course, beside the other units; 0 for none", Between(0, 100)] = 1
    summary: Annotated[Rich | None, "what it is about, in a sentence or two"] = None
    outcomes: Annotated[tuple[Outcome, ...], "what a learner can do by the end"] = ()
    activities: Annotated[tuple[Activity, ...], "what learners do, in order", AtLeast(1)]
    banks: Annotated[tuple[Bank, ...], "files of question banks, from which quizzes of any unit take", Stored("bank")] = ()

    def for_learners(self) -> Iterator[Activity]:
        """The activities that learners see."""
        return (activity for activity in self.activities if activity.audience == "learners")

    def quizzes(self) -> Iterator[Quiz]:
        """The quizzes, in order."""
        return (activity for activity in self.activities if isinstance(activity, Quiz))

    def cases(self) -> Iterator[Case]:
        """The case studies, in order."""
        return (activity for activity in self.activities if isinstance(activity, Case))


@part
class Competence(Part):
    """An entry of a competence framework."""

    code: Annotated[Code, "as the framework prints it"]
    title: Annotated[Plain, "its short title"]


@part
class Framework(Part):
    """The competence framework that the outcomes refer to, in a file of its own."""

    id: Annotated[Identifier, "permanent"]
    title: Annotated[Plain, "its name"]
    source: Annotated[Plain, "where it is published; printed as acknowledgement"]
    competences: Annotated[tuple[Competence, ...], "its competences", AtLeast(1)]


@part
class Completion(Part):
    """When a learner has completed the course, or a unit of it."""

    pages: Annotated[Literal["seen", "ignored"], "whether every page, discussion, link, file and the like must have been opened"] = "seen"
    quizzes: Annotated[
        Literal["passed", "answered", "ignored"],
        "whether every quiz must be passed, or every question answered",
    ] = "passed"
    cases: Annotated[Literal["finished", "ignored"], "whether every case study must have been brought to an ending"] = "finished"
    grids: Annotated[Literal["rated", "ignored"], "whether every indicator of every grid must have been rated"] = "rated"
    assignments: Annotated[
        Literal["handed-in", "passed", "ignored"],
        "whether every assignment must be handed in, or graded with its pass mark; where a package shows it as a page, it is one",
    ] = "handed-in"
    peer_reviews: Annotated[
        Literal["graded", "seen", "ignored"],
        "whether every peer review must have given a grade; where a package shows it as a page, it is one",
    ] = "seen"
    surveys: Annotated[
        Literal["answered", "ignored"], "whether every survey must be answered; where a package shows it as a page, it is one"
    ] = "answered"
    repositories: Annotated[
        Literal["contributed", "seen", "ignored"],
        "whether a record must be added to every repository; where a package shows it as a page, it is one",
    ] = "seen"


@part
class Tracking(Part):
    """What the packages report to an LMS."""

    scorm12_status: Annotated[
        Literal["completed", "passed-failed"],
        "the SCORM 1.2 status that ends an attempt; Moodle's default completion rule wants completed",
    ] = "completed"
    scorm2004_edition: Annotated[Literal["4th", "3rd"], "the edition that SCORM 2004 packages name"] = "4th"


@part
class Moodle(Part):
    """What files in Moodle's own format are like."""

    version: Annotated[Literal["4.1", "4.4"], "the oldest Moodle that files for Moodle are for; 4.4 knows questions to put in order"] = (
        "4.1"
    )
    units: Annotated[
        Literal["activities", "scorm"],
        "activities of Moodle; or each unit as its SCORM package, with activities for what a package cannot do",
    ] = "activities"
    order: Annotated[Literal["free", "by-unit"], "whether a unit opens only when the one before it is completed"] = "free"


@part
class Badge(Part):
    """A badge for who completes the course (Open Badges)."""

    title: Annotated[Plain, "its name"]
    description: Annotated[Plain, "what it says of who has it"]
    image: Annotated[Media, "path of a square PNG picture", Stored("file")]


@part
class Author(Part):
    """Who made the course. Put no personal data here that should not travel with every copy."""

    name: Annotated[Plain, "a person, a project or an organisation"]
    url: Annotated[Address | None, "where to find out more"] = None


@part
class Course(Part):
    """A course: a folder with a ``course.yaml``."""

    id: Annotated[Identifier, "permanent; the packages' names begin with it"]
    title: Annotated[Plain, "its name"]
    short_name: Annotated[Plain | None, "what it is called in lists, such as IDVET; the id if absent"] = None
    language: Annotated[Language, "the language it is written in"]
    description: Annotated[Rich, "what it is and for whom, in a paragraph"]
    authors: Annotated[tuple[Author, ...], "who made it", AtLeast(1)]
    licence: Annotated[Plain, "SPDX identifier of its licence, such as CC-BY-4.0"]
    licence_url: Annotated[Address | None, "where the licence can be read"] = None
    version: Annotated[Plain, "the version of the content"]
    keywords: Annotated[tuple[Plain, ...], "what a catalogue finds it by"] = ()
    workload: Annotated[int, "minutes a learner needs for all units together", Between(1, 600000)]
    audience: Annotated[Plain | None, "who it is for"] = None
    picture: Annotated[Media | None, "path of a picture for course lists, PNG or JPEG", Stored("file")] = None
    badge: Annotated[Badge | None, "a badge for who completes the course"] = None
    theme: Annotated[Theme | None, "how it looks: colours, a logo, letters"] = None
    framework: Annotated[Framework | None, "the competence framework", Stored("framework")] = None
    glossary: Annotated[Glossary | None, "the glossary", Stored("glossary")] = None
    completion: Annotated[Completion, "the completion rule"] = Completion()
    tracking: Annotated[Tracking, "what is reported to the LMS"] = Tracking()
    packages: Annotated[tuple[PackageName, ...], "what to build; everything if absent"] = ()
    moodle: Annotated[Moodle, "what files in Moodle's own format are like"] = Moodle()
    accept: Annotated[tuple[Identifier, ...], "what formats may drop in spite of --strict: names that `coursegen formats` lists"] = ()
    rules: Annotated[tuple[RuleSetting, ...], "rules of `coursegen check` that count more or less in this course"] = ()
    units: Annotated[tuple[Unit, ...], "folders of the units, in order", Stored("unit"), AtLeast(1)]

    def activities(self) -> Iterator[tuple[Unit, Activity]]:
        """Every activity with its unit, in order."""
        return ((unit, activity) for unit in self.units for activity in unit.activities)
