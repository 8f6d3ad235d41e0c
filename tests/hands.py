"""A learner who works through any activity in the player, whatever kind it is: for the tests in Moodle and the benchmark."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from browser import Package, Player, right_answer, words
from playwright.sync_api import expect

from coursegen.branching import Run, prove
from coursegen.model import Activity, Case, Essay, GridRating, Question, Quiz
from coursegen.score import points, worth

Answers = Mapping[str, "str | list[str]"]


def right_answers(package: Package) -> dict[str, str | list[str]]:
    """All answers of one who knows it all."""
    return {question.id: right_answer(question) for question in package.questions()}


def cases_of(package: Package) -> list[Case]:
    """The cases of a package, in order."""
    return [case for unit in package.units for case in unit.cases()]


def run_of(case: Case, wise: bool) -> Run:
    """A best run through a case, or a worst one."""
    proof = prove(case.storyline)
    found = proof.best if wise else proof.worst
    assert found is not None, f"{case.id} has no ending"
    return found


def verdict_of(question: Question, response: str | Collection[str]) -> str:
    """What the player says to an answer that was checked or handed in; an empty one was left out."""
    earned = points(question, response)
    if not response:
        return words("question.unanswered")
    if not question.points:
        return words("question.saved" if isinstance(question, Essay) else "question.thanks")
    if 0 < earned < question.points:
        return words("question.partly", points=f"{earned:g}", count=question.points)
    return words("question.right" if earned else "question.wrong")


def work_through(player: Player, activity: Activity | None, answers: Answers, wise: bool = True) -> None:
    """Do what there is to do in the activity that is shown: answer, decide or rate. None is a page about a unit."""
    if isinstance(activity, Quiz):
        answer_all(player, activity, answers)
    elif isinstance(activity, Case):
        decide(player, activity, run_of(activity, wise))
    elif isinstance(activity, GridRating):
        rate(player, activity)


def answer_all(player: Player, quiz: Quiz, answers: Answers) -> None:
    """Answer every question of the running try in the order shown, and hand the try in where that is asked."""
    known = {question.id: question for question in quiz.set.pool()}
    player.frame.locator(".cg-question").first.wait_for()
    shown = player.frame.locator("form[data-question]").evaluate_all("all => all.map(one => one.dataset.question)")
    deferred = quiz.set.feedback == "deferred"
    for name in shown:
        (player.fill if deferred else player.answer)(known[name], answers[name])
    if deferred:
        player.click(".cg-hand-in")
    expect(player.frame.locator(".cg-summary-verdict")).not_to_be_empty()


def decide(player: Player, case: Case, run: Run) -> None:
    """Go through a case from its first scene to an ending."""
    for button in ("begins", "again"):
        if player.frame.locator(f".cg-case-{button}").is_visible():
            player.click(f".cg-case-{button}")
    for step in run.steps:
        player.click(f"[data-scene='{step.scene}'] [data-choice='{step.choice}'] .cg-decide")
        if player.frame.locator(".cg-case-on").is_visible():
            player.click(".cg-case-on")
    expect(player.frame.locator(f"[data-scene='{run.state.scene}']")).to_be_visible()


def rate(player: Player, rating: GridRating) -> None:
    """Give every indicator a level and a line of evidence, and look at the profile."""
    for number, indicator in enumerate(rating.grid.indicators()):
        field = player.frame.locator(f"[data-indicator='{indicator.id}']")
        player.click(f"[data-indicator='{indicator.id}'] input[value='{number % (len(rating.grid.levels) + 1)}']")
        area = field.locator("textarea")
        area.fill(f"Fact {number + 1}: “seen” & heard.")
        area.blur()
    player.click(".cg-grid-show")
    expect(player.frame.locator(".cg-grid-profile")).to_be_visible()


def score_of(package: Package, answers: Answers, wise: bool = True) -> float | None:
    """What ``coursegen.score`` and ``coursegen.branching`` make of it, in per cent; None where nothing has points."""
    tries = [worth(quiz.set, quiz.set.pool(), answers) for quiz in package.quizzes()]
    cases = cases_of(package)
    total = sum(each.total for each in tries) + sum(run_of(case, True).points for case in cases)
    got = sum(each.points for each in tries) + sum(run_of(case, wise).points for case in cases)
    return round(100 * got / total, 2) if total else None


def passed(package: Package, answers: Answers) -> bool:
    """Whether every quiz is passed."""
    return all(worth(quiz.set, quiz.set.pool(), answers).passed for quiz in package.quizzes())


def results_of(package: Package, answers: Answers, wrong: str) -> dict[str, str]:
    """The result that the LMS is told for each question; ``wrong`` is its word for that."""
    told = {}
    for question in package.questions():
        earned = points(question, answers[question.id])
        right = "correct" if question.points else "neutral"
        told[str(question.id)] = right if earned == question.points else f"{earned:g}" if earned else wrong
    return told
