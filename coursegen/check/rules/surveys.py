"""Rules about surveys: ids, items that depend on an answer, numbers that can be given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model import AskNumber, ChooseOne, Entry, OnlyIf, PageBreak, Questionnaire, SurveyItem
from ...readers.source.faults import closest
from ..rule import Report, check
from ..survey import Survey
from .ids import repeated


def _forms(survey: Survey) -> Iterator[Questionnaire]:
    return (part for part in survey.parts if isinstance(part, Questionnaire))


def _conditions(survey: Survey) -> Iterator[tuple[OnlyIf, Sequence[Entry], Entry | None]]:
    """Each condition, with the items before the one that has it, and the item that it names; None where no item does."""
    for form in _forms(survey):
        for number, item in enumerate(form.items):
            if not isinstance(item, PageBreak) and item.only_if is not None:
                yield item.only_if, form.items[:number], next((each for each in form.items if each.id == item.only_if.item), None)


@check("U001")
def duplicate_survey_id(survey: Survey) -> Iterator[Report]:
    """Two items of a survey have one id, or two options of an item.

    Answers are kept by these ids, and conditions name them.

    Wrong: two items with ``id: role``
    Right: ``id: role`` and ``id: years``
    """
    for form in _forms(survey):
        for name, place, first in repeated((item.id, item.at("id")) for item in form.items):
            yield Report(place, f'the id "{name}" is used already in this survey, in line {first.line}', "give this one an id of its own")
        for item in form.items:
            for name, place, first in repeated((option.id, option.at("id")) for option in getattr(item, "options", ())):
                yield Report(place, f'the id "{name}" is used already in this item, in line {first.line}', "give this one an id of its own")


@check("U002", whole=True)
def unknown_item(survey: Survey) -> Iterator[Report]:
    """A condition names an item that the survey does not have.

    Nobody would ever be asked.

    Wrong: ``only_if: {item: roll, option: trainer}`` when the item is called ``role``
    Right: ``only_if: {item: role, option: trainer}``
    """
    for condition, before, item in _conditions(survey):
        if item is None:
            known = [each.id for each in before if isinstance(each, ChooseOne)]
            meant = closest(condition.item, known)
            mend = f'did you mean "{meant}"?' if meant else "name an item further up to choose one answer from"
            yield Report(condition.item.place, f'the survey has no item "{condition.item}"', mend)


@check("U003", whole=True)
def condition_on_another_kind(survey: Survey) -> Iterator[Report]:
    """A condition depends on an item that is none to choose one answer from.

    Only there an answer is one option and no other. Moodle compares the whole answer with the option.

    Wrong: ``only_if`` with an item of ``kind: several``
    Right: an item of ``kind: one``
    """
    for condition, _, item in _conditions(survey):
        if item is not None and not isinstance(item, ChooseOne):
            message = f'"{condition.item}" is of kind {item.kind}'
            yield Report(condition.item.place, message, "name an item of kind one, or ask for it in words")


@check("U004", whole=True)
def unknown_answer(survey: Survey) -> Iterator[Report]:
    """A condition names an option that its item does not have.

    Nobody can give that answer, so nobody would ever be asked.

    Wrong: ``option: coach`` when the item has ``trainer`` and ``learner``
    Right: ``option: trainer``
    """
    for condition, _, item in _conditions(survey):
        known = [option.id for option in item.options] if isinstance(item, ChooseOne) else []
        if known and condition.option not in known:
            meant = closest(condition.option, known)
            mend = f'did you mean "{meant}"?' if meant else f"its options are {', '.join(known)}"
            yield Report(condition.option.place, f'"{condition.item}" has no option "{condition.option}"', mend)


@check("U005", whole=True)
def condition_before_its_answer(survey: Survey) -> Iterator[Report]:
    """A condition depends on an answer that is not given yet: its item stands further down, or on the same page.

    What is shown is decided when a page opens. So the answer has to be given on a page before it.

    Wrong: ``only_if`` right below the item that it names
    Right: an item of ``kind: page-break`` between the two
    """
    for condition, before, item in _conditions(survey):
        if isinstance(item, ChooseOne):
            names = [each.id for each in before]
            passed = item.id in names and any(isinstance(each, PageBreak) for each in before[names.index(item.id) :])
            if not passed:
                where = "on the same page" if item.id in names else "further down"
                mend = "put a page-break between the two" if item.id in names else "put it further up, and a page-break between the two"
                yield Report(condition.item.place, f'"{condition.item}" stands {where}', mend)


@check("U006", whole=True)
def no_number_possible(survey: Survey) -> Iterator[Report]:
    """The least number of an item is greater than the greatest.

    No answer would be accepted.

    Wrong: ``low: 60`` with ``high: 18``
    Right: ``low: 18`` with ``high: 60``
    """
    for form in _forms(survey):
        for item in form.items:
            if isinstance(item, AskNumber) and item.low > item.high:
                place = item.at("low" if "low" in item.places else "high")
                yield Report(place, f"no number is at least {item.low} and at most {item.high}", "mend one of the two")


@check("U007", whole=True)
def survey_without_questions(survey: Survey) -> Iterator[Report]:
    """A survey has texts and page breaks, and asks nothing.

    It could never be answered, and who must answer it would never be done.

    Wrong: a survey with one item of ``kind: text``
    Right: a page, if there is nothing to ask
    """
    for form in _forms(survey):
        if not any(isinstance(item, SurveyItem) for item in form.items):
            yield Report(form.at("items"), "this survey asks nothing", "add an item that is answered, or make it a page")


@check("U008", "warning", whole=True)
def page_break_in_vain(survey: Survey) -> Iterator[Report]:
    """A page break stands first or last in a survey, or right below another one.

    It makes a page with nothing on it.

    Wrong: a survey that ends with ``kind: page-break``
    Right: ``kind: page-break`` between two items
    """
    for form in _forms(survey):
        kinds = [isinstance(item, PageBreak) for item in form.items]
        for number, item in enumerate(form.items):
            if kinds[number] and (number in (0, len(kinds) - 1) or kinds[number - 1]) and not all(kinds):
                yield Report(item.place, "this page break makes an empty page", "remove it")
