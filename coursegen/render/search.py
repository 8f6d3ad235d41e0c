"""The words by which the player finds an activity. What would give an answer away is left out: options, feedback, scenes of a case."""

from __future__ import annotations

from ..model import Activity, Case, Cloze, Course, Discussion, File, Glossary, GridRating, Page, Question, Quiz, Rich, Unit, WebLink


def searchable(part: Activity | Unit | Glossary, course: Course | None = None) -> str:
    """The words of an activity, of the page about a unit (the first one tells of the ``course`` too), or of the glossary."""
    words = (text.text() if isinstance(text, Rich) else text for text in [*_texts(part), course.description if course else None] if text)
    return " ".join(" ".join(words).split())


def _texts(part: Activity | Unit | Glossary) -> list[Rich | str | None]:
    if isinstance(part, Page):
        return [part.body]
    if isinstance(part, Quiz):
        return [part.set.intro, *map(_stem, part.set.pool())]
    if isinstance(part, Case):
        return [part.storyline.intro]
    if isinstance(part, GridRating):
        titles = [title for each in part.grid.dimensions for title in (each.title, *(indicator.title for indicator in each.indicators))]
        return [part.about, part.grid.intro, *titles]
    if isinstance(part, Discussion):
        return [part.prompt]
    if isinstance(part, (WebLink, File)):
        return [part.description]
    if isinstance(part, Glossary):
        return [text for term in part.terms for text in (term.term, term.definition)]
    return [part.summary, *(outcome.text for outcome in part.outcomes)]


def _stem(question: Question) -> Rich:
    """The words of a question, with an ellipsis for each gap."""
    return Rich(question.filled(lambda gap: ("…",)), question.stem.place) if isinstance(question, Cloze) else question.stem
