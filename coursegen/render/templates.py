"""The templates and interface texts: a course's own where it has them, else those that coursegen brings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from ..model.course import Course
from ..model.place import Place
from ..model.question import Cloze, Gap
from ..model.rich import Element, Media, Node, Rich
from . import lighter
from .faults import TemplateFault
from .faults import template as template_fault
from .html import Address, blocks, html
from .script import join

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

Made = TypeVar("Made")
Prepare: TypeAlias = Callable[[Iterable[Node]], tuple[Node, ...]]
_RIGHT_TO_LEFT = frozenset("ar ckb dv fa he nqo ps sd ug ur yi arab hebr thaa nkoo syrc adlm".split())
"""Languages, and scripts where the tag names one (``ku-Arab``)."""


@cache
def shipped() -> Path:
    """The folder of the templates that coursegen brings: in the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


class Templates:
    """The templates of one course. ``own`` is the course folder's ``templates``, which may hold nothing or not exist."""

    def __init__(self, course: Course, own: Path | None) -> None:
        self.own = own
        self.folders = [folder for folder in (own, shipped()) if folder is not None and folder.is_dir()]
        self.language = course.language
        subtags = set(course.language.lower().split("-"))
        self.direction = "rtl" if subtags & _RIGHT_TO_LEFT and "latn" not in subtags else "ltr"
        self.messages = self._messages()
        self._environment: Environment | None = None
        self._joined: dict[tuple[str, str], str] = {}
        """Scripts and styles by folder and first file: every package has the same."""
        self._made: dict[str, Any] = {}

    def file(self, name: str) -> Path:
        """The file that stands for a template or a static file."""
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        raise FileNotFoundError(name)

    def names(self, folder: str, suffix: str) -> list[str]:
        """The names of the files below a folder of the templates, sorted: a course's own added to the shipped ones."""
        found = {
            path.relative_to(root).as_posix() for root in self.folders for path in (root / folder).rglob(f"*{suffix}") if path.is_file()
        }
        return sorted(found)

    def text(self, key: str, /, **values: Any) -> str:
        """An interface text. ``count`` chooses between the forms for one and for several; missing texts raise KeyError."""
        message = self.messages[key]
        if isinstance(message, dict):
            message = message.get("one", message["other"]) if values.get("count") == 1 else message["other"]
        text = str(message)
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def render(self, name: str, address: Address, prepare: Prepare | None = None, **values: Any) -> str:
        """Fill a template. It sees ``t``, ``html``, ``inline``, ``gapped``, ``href`` and ``size`` besides the values.

        ``address`` says where references lead; ``prepare`` turns rich text into what the target can carry, before it is written.
        """

        def as_blocks(text: Rich | None) -> Markup:
            if not text:
                return markup("")
            return markup(blocks(prepare(text.nodes) if prepare else text.nodes, address))

        def as_words(text: Rich | None) -> Markup:
            if not text:
                return markup("")
            return markup(html(prepare(text.nodes) if prepare else text.nodes, address))

        def with_gaps(question: Cloze, control: Callable[[Gap, int], str]) -> Markup:
            """The text of a cloze with what ``control`` makes in the place of each gap. No author can write the attribute ``data-gap``."""
            text = str(as_blocks(Rich(question.filled(lambda gap: (Element("span", (("data-gap", gap.id),)),)))))
            for number, gap in enumerate(question.gaps, 1):
                text = text.replace(f'<span data-gap="{gap.id}"></span>', str(control(gap, number)))
            return markup(text)

        given = {"t": self.text, "html": as_blocks, "inline": as_words, "gapped": with_gaps, "href": address, "size": size}
        try:
            template = self.environment.get_template(name)
            filled: str = template.render(**given, **values)
        except Exception as error:
            raise self._fault(error, name) from error
        return filled

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What ``make`` makes, made once for a ``name``: packages that differ in little else share it."""
        if name not in self._made:
            self._made[name] = make()
        return cast(Made, self._made[name])

    def script(self, folder: str, entry: str) -> str:
        """The modules of a folder joined into one script (:mod:`coursegen.render.script`). A course's own stay as they were written."""
        if (folder, entry) in self._joined:
            return self._joined[folder, entry]
        modules: list[str] = []

        def read(name: str) -> str:
            modules.append(f"{folder}/{name}")
            return self.file(modules[-1]).read_text("utf-8")

        try:
            joined = join(entry, read, lambda name: not self._is_own(str(self.file(f"{folder}/{name}"))))
        except (ValueError, FileNotFoundError) as error:  # a module that is not UTF-8 is a ValueError too
            own = [path for name in modules if self.own is not None and (path := self.own / name).is_file()]
            if not own:
                raise
            raise TemplateFault(template_fault(Place(own[-1].as_posix(), 1, 1), str(error))) from error
        self._joined[folder, entry] = joined
        return joined

    def style(self, first: str, folder: str = "") -> str:
        """A style sheet, and after it all others of a folder, by name; lighter than the files (:mod:`coursegen.render.lighter`)."""
        if (folder, first) in self._joined:
            return self._joined[folder, first]
        others = [name for name in self.names(folder, ".css") if name != first] if folder else []
        sheets: list[str] = []
        for name in (first, *others):
            try:
                text = self.file(name).read_text("utf-8")
                sheets.append(text if self._is_own(str(self.file(name))) else lighter.style(text))
            except UnicodeDecodeError as error:
                raise TemplateFault(template_fault(Place(self.file(name).as_posix(), 1, 1), "it is not UTF-8")) from error
        joined = self._joined[folder, first] = "".join(sheets)
        return joined

    def _fault(self, error: Exception, name: str) -> Exception:
        """A mistake in a course's own template, with its place; anything else is a mistake of ours and stays what it is."""
        import traceback

        from jinja2 import TemplateError, TemplateSyntaxError

        if isinstance(error, TemplateSyntaxError):
            file, line = error.filename or str(self.file(name)), error.lineno
        else:
            # Jinja gives the frames of a template the template's own file and lines.
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if self._is_own(frame.filename)]
            file, line = (frames[-1].filename, frames[-1].lineno or 1) if frames else (str(self.file(name)), 1)
        if not self._is_own(file) or not isinstance(
            error, (TemplateError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError)
        ):
            return error
        words = f"no interface text {error}" if isinstance(error, KeyError) else str(error) or type(error).__name__
        return TemplateFault(template_fault(Place(Path(file).as_posix(), line, 1), words))

    def _is_own(self, file: str) -> bool:
        return self.own is not None and Path(file).is_relative_to(self.own)

    @property
    def environment(self) -> Environment:
        """The Jinja environment, made when the first template is used."""
        if self._environment is None:
            from jinja2 import Environment, FileSystemLoader, StrictUndefined

            self._environment = Environment(
                loader=FileSystemLoader([str(folder) for folder in self.folders]),
                autoescape=True,
                trim_blocks=True,
                lstrip_blocks=True,
                undefined=StrictUndefined,
                auto_reload=False,
            )
        return self._environment

    def _messages(self) -> dict[str, Any]:
        """The texts of the course's language over the English ones, so that none is ever missing."""
        messages: dict[str, Any] = {}
        for language in ("en", self.language.split("-")[0].lower(), self.language):
            for folder in reversed(self.folders):
                path = folder / "messages" / f"{language}.json"
                if path.is_file():
                    messages.update(self._read(path))
        return messages

    def _read(self, path: Path) -> dict[str, Any]:
        try:
            found = json.loads(path.read_text("utf-8"))
        except ValueError as error:
            line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
            raise TemplateFault(template_fault(Place(path.as_posix(), line, column), getattr(error, "msg", "not UTF-8"))) from error
        if not isinstance(found, dict):
            raise TemplateFault(template_fault(Place(path.as_posix(), 1, 1), "it is not an object of names and texts"))
        for key, text in found.items():
            if not isinstance(text, str) and not (isinstance(text, dict) and isinstance(text.get("other"), str)):
                raise TemplateFault(template_fault(Place(path.as_posix(), 1, 1), f'"{key}" is no text, and has no form "other"'))
        return found


def markup(text: str) -> Markup:
    """HTML that a template puts in as it is."""
    from markupsafe import Markup

    return Markup(text)


def size(media: Media) -> str:
    """How large a file is, in words: ``12 kB`` (1 kB = 1,000 bytes)."""
    count = media.source.stat().st_size
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB" if count < 1_000_000_000 else f"{count / 1_000_000_000:.1f} GB"


def script_json(value: Any) -> str:
    """JSON for a script file: without the line separators that engines before 2019 take for the end of a line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def safe_json(value: Any) -> str:
    """JSON that can stand inside a ``<script>`` element: without ``<``, which could end it."""
    return script_json(value).replace("<", "\\u003c")
