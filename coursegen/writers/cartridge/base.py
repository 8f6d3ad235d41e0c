"""What both cartridges do alike: the course cut to what can be written, and an item and a resource for each activity."""

from __future__ import annotations

import posixpath
from abc import ABC, abstractmethod
from typing import ClassVar

from ... import qti
from ...fidelity import Capabilities, native
from ...manifest import Item, Resource, identifier
from ...model import Activity, Course, Discussion, File, Quiz, Rich, Unit, WebLink
from ...render.direction import directed
from ...render.templates import Templates
from .parts import Plan, Version, held, page_template, topic, type_of, web_link


class Cartridge(ABC):
    """A cartridge being written. What differs by version and reader is said by the class of each."""

    version: ClassVar[Version]
    carries: ClassVar[Capabilities]
    quizzes: ClassVar[str]
    """The path of a quiz, with ``{}`` for its id."""

    def __init__(self, course: Course, templates: Templates) -> None:
        self.templates = templates
        self.plan = Plan(self.version)
        self.flavour = self.new_flavour()
        self.kinds = native(self.carries, course.moodle.version)
        self.course, self.groups = held(course, self.kinds, self.flavour)

    @abstractmethod
    def new_flavour(self) -> qti.Flavour:
        """How questions are written."""

    @abstractmethod
    def title(self, text: str) -> str:
        """The title of a unit or activity."""

    @abstractmethod
    def text(self, text: Rich, where: qti.Where) -> str:
        """A text of a question or topic as HTML."""

    @abstractmethod
    def page(self, resource: str, unit: Unit, activity: Activity, template: str, role: str) -> None:
        """Add the page that an activity is."""

    def item(self, unit: Unit, activity: Activity) -> Item:
        """Add the resource of an activity; its item."""
        title = self.title(activity.title)
        resource = identifier("resource", activity.id)
        version = self.version
        if template := page_template(activity):
            self.page(resource, unit, activity, template, "Instructor" if activity.audience == "tutors" else "")
        elif isinstance(activity, Quiz):
            quiz = qti.assessment(activity, activity.set.questions, self.flavour)
            self.plan.add(Resource(resource, version.assessment, (self.quizzes.format(activity.id),)), quiz)
        elif isinstance(activity, Discussion):
            text = topic(activity, version, title, self.text(activity.prompt, "stem"))
            self.plan.add(Resource(resource, type_of(version.topic), (f"topics/{activity.id}.xml",)), text)
        elif isinstance(activity, WebLink):
            link = web_link(activity, version, title)
            self.plan.add(Resource(resource, type_of(version.web_link), (f"links/{activity.id}.xml",)), link)
        elif isinstance(activity, File):
            # A copy of its own. In Moodle two activities may not share a resource. Open edX makes a link of a file outside the web
            # content and nothing at all of one inside; a page that links the same file has its copy there, where relative addresses lead.
            name = f"files/{activity.id}/{posixpath.basename(activity.media.path)}"
            self.plan.add(Resource(resource, "webcontent", (name,), name), activity.media.source)
        else:
            raise TypeError(f"no cartridge for {activity.kind}")
        return Item(identifier("item", activity.id), title, resource)

    def directed(self, made: str, where: qti.Where) -> str:
        """HTML with the direction of the course: the file of a question or topic does not say its language."""
        return directed(made, self.templates.direction, "span" if where == "option" else "div")
