"""Rules about what the course promises: outcomes that are worked for and assessed, minutes that add up."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Handed
from ..rule import Report, check
from ..survey import Survey


@check("P001", whole=True)
def outcome_without_activity(survey: Survey) -> Iterator[Report]:
    """No activity works towards an outcome.

    It is promised, and nothing in the course helps to reach it.

    Wrong: an outcome that no activity names
    Right: a page with ``outcomes: [lo-1-1]``
    """
    served = {outcome for _, activity in survey.course.activities() for outcome in activity.outcomes}
    for outcome in survey.outcomes():
        if outcome.id not in served:
            yield Report(outcome.place, f'no activity works towards "{outcome.id}"', "name it in the outcomes of an activity")


@check("P002", whole=True)
def outcome_without_assessment(survey: Survey) -> Iterator[Report]:
    """No question of a quiz assesses an outcome, and nothing that is handed in.

    Learners would not find out whether they reached it. A question of a bank counts where a quiz takes it. Assignments and peer reviews
    assess the outcomes that they work towards.

    Wrong: an outcome that no question names
    Right: a question with ``outcomes: [lo-1-1]``
    """
    assessed = {outcome for quiz in survey.quizzes() for question in quiz.pool() for outcome in question.outcomes}
    assessed |= {outcome for _, activity in survey.course.activities() if isinstance(activity, Handed) for outcome in activity.outcomes}
    for outcome in survey.outcomes():
        if outcome.id not in assessed:
            yield Report(outcome.place, f'no question assesses "{outcome.id}"', "name it in the outcomes of a question that a quiz asks")


@check("P003", whole=True)
def unit_minutes(survey: Survey) -> Iterator[Report]:
    """The minutes of a unit are not the sum of its activities' minutes.

    Learners plan by these numbers.

    Wrong: a unit of 60 minutes with activities of 20 and 30
    Right: a unit of 50 minutes with activities of 20 and 30
    """
    for unit in survey.course.units:
        if not any(unit.for_learners()):
            continue  # P007
        total = sum(activity.minutes for activity in unit.for_learners())
        if total != unit.minutes:
            message = f"the unit has {unit.minutes} minutes, its activities add up to {total}"
            yield Report(unit.at("minutes"), message, "mend one or the other")


@check("P004", whole=True)
def course_workload(survey: Survey) -> Iterator[Report]:
    """The workload of the course is not the sum of its units' minutes.

    Learners plan by these numbers, and credit is given for them.

    Wrong: ``workload: 300`` with units of 120 and 150
    Right: ``workload: 270``
    """
    total = sum(unit.minutes for unit in survey.course.units)
    if total != survey.course.workload:
        message = f"the workload is {survey.course.workload} minutes, the units add up to {total}"
        yield Report(survey.course.at("workload"), message, "mend one or the other")


@check("P005", "warning")
def activity_without_minutes(survey: Survey) -> Iterator[Report]:
    """An activity says no minutes.

    Learners plan by these numbers. Links, files and pages for tutors may leave them out.

    Wrong: a page without ``minutes``
    Right: ``minutes: 10``
    """
    for _, activity in survey.course.activities():
        if activity.kind not in ("link", "file", "tutor-page") and survey.lacks(activity, "minutes"):
            yield Report(activity.place, f'"{activity.title}" says no minutes', "add minutes: how long a learner needs")


@check("P006", "warning")
def minutes_of_tutors(survey: Survey) -> Iterator[Report]:
    """A page for tutors says minutes.

    Minutes are learners' time: these would be in no sum, and whoever adds them up by hand is led astray.

    Wrong: ``kind: tutor-page`` with ``minutes: 10``
    Right: ``kind: tutor-page`` without ``minutes``
    """
    for _, activity in survey.course.activities():
        if activity.audience == "tutors" and activity.minutes:
            yield Report(activity.at("minutes"), f'"{activity.title}" is for tutors: minutes are those of learners', "remove minutes")


@check("P007", whole=True)
def unit_without_learners(survey: Survey) -> Iterator[Report]:
    """A unit holds nothing that learners see.

    Its entry in the menu would lead nowhere, and its SCORM package would be empty: packages for learners leave tutors' pages out.

    Wrong: a unit with a ``tutor-page`` alone
    Right: the ``tutor-page`` in a unit that has a page or a quiz
    """
    for unit in survey.course.units:
        if not any(unit.for_learners()):
            yield Report(unit.at("activities"), "this unit has nothing for learners", "add a page or quiz, or remove the unit")
