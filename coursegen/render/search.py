"""The words by which the player finds an activity. What would give an answer away is left out: options, feedback, scenes of a case."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import (
    Activity,
    Assignment,
    Case,
    Cloze,
    Course,
    Discussion,
    File,
    Glossary,
    GridRating,
    Page,
    PageBreak,
    PeerReview,
    Question,
    Quiz,
    Repository,
    Rich,
    Survey,
    SurveyText,
    Unit,
    WebLink,
)


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
    if isinstance(part, (Assignment, PeerReview)):
        criteria = part.rubric.criteria if part.rubric else ()
        reviewed = [part.reviewing, part.example.text if part.example else None] if isinstance(part, PeerReview) else []
        return [part.task, *(criterion.title for criterion in criteria), *reviewed]
    if isinstance(part, Survey):
        return [part.form.intro, *_asked(part)]
    if isinstance(part, Repository):
        return [part.collection.intro, *_recorded(part)]
    if isinstance(part, Glossary):
        return [text for term in part.terms for text in (term.term, term.definition)]
    return [part.summary, *(outcome.text for outcome in part.outcomes)]


def _asked(survey: Survey) -> Iterator[Rich | str]:
    """What a survey asks, without the answers to choose from."""
    for item in survey.form.items:
        if not isinstance(item, PageBreak):
            yield item.text if isinstance(item, SurveyText) else item.question


def _recorded(repository: Repository) -> Iterator[Rich | str | None]:
    """What records say; and where there is none, what is to be written."""
    yield from (each.title for each in repository.collection.fields)
    for record in repository.collection.records:
        yield from (record.title, record.source, record.unknown)
        for value in record.values:
            yield from (value.text, *value.entries)


def _stem(question: Question) -> Rich:
    """The words of a question, with an ellipsis for each gap."""
    return Rich(question.filled(lambda gap: ("…",)), question.stem.place) if isinstance(question, Cloze) else question.stem
