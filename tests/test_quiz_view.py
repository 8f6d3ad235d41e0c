"""Quizzes in a browser: answers checked one by one or handed in together, draws, orders, forms, partial credit, tries, keyboard.

What the screen says a try is worth is held against :mod:`coursegen.score`.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser import Lms, Package, Player, Site, Watched, course_of, form_of, packages_of, right_answer, unpack, words
from playwright.sync_api import Page, expect
from samples import FILES, write_course
from test_accessibility import settled, violations

from coursegen.model import MultipleResponse, Question, Quiz, ShortAnswer, SingleChoice, TrueFalse
from coursegen.outline import field_length
from coursegen.score import Response, credit, points, worth

Visitor = Callable[..., Watched]
Answers = dict[str, Response]

PARTIAL = """\
pass_mark: 60
attempts: unlimited
questions:
  - id: q-tools
    kind: multiple-response
    credit: partial
    points: 2
    stem: <p>Which three <em>measure</em>?</p>
    outcomes: [lo-3-1]
    options:
      - {id: a, text: A gauge, correct: true, feedback: It does.}
      - {id: b, text: A hammer, feedback: It does not.}
      - {id: c, text: A ruler, correct: true, feedback: It does.}
      - {id: d, text: A micrometer, correct: true, feedback: It does.}
      - {id: e, text: A brush, feedback: It cleans.}
    feedback: <p>Tools that measure have a scale.</p>
"""
DEFERRED = """\
intro: <p>Think first.</p>
pass_mark: 50
attempts: 2
feedback: deferred
questions:
  - id: q-first
    kind: single-choice
    stem: <p>What comes first?</p>
    outcomes: [lo-3-1]
    options:
      - {id: a, text: Look, correct: true, feedback: Yes.}
      - {id: b, text: Replace, feedback: Too soon.}
      - {id: c, text: Ask, feedback: Later.}
    feedback: <p>Look before you act.</p>
  - id: q-wear
    kind: multiple-response
    credit: partial
    points: 3
    stem: <p>Which two wear?</p>
    outcomes: [lo-3-1]
    options:
      - {id: a, text: Pads, correct: true, feedback: They do.}
      - {id: b, text: Discs, correct: true, feedback: Slowly.}
      - {id: c, text: Bolts, feedback: They do not.}
    feedback: <p>Pads and discs wear.</p>
  - id: q-always
    kind: true-false
    stem: <p>A worn disc is always replaced.</p>
    answer: false
    outcomes: [lo-3-1]
    if_true: Measure first.
    if_false: It may be turned.
    feedback: <p>Measure, then decide.</p>
  - id: q-unit
    kind: short-answer
    stem: <p>In which unit is wear measured?</p>
    outcomes: [lo-3-1]
    answers:
      - {id: a, text: millimetres}
      - {id: b, text: mm}
      - {id: c, text: inches, correct: false, feedback: Not here.}
    feedback: <p>Wear is measured in millimetres.</p>
"""


def single(name: str) -> str:
    """A question with four options, of which the first is right."""
    options = "".join(
        f"      - {{id: {option}, text: {name} says {option}, {'correct: true, ' if option == 'a' else ''}feedback: So.}}\n"
        for option in "abcd"
    )
    return (
        f"  - id: q-{name}\n    kind: single-choice\n    stem: What says {name}?\n    outcomes: [lo-3-1]\n"
        f"    options:\n{options}    feedback: That is it.\n"
    )


BANK = ["one", "two", "three", "four", "five", "six", "seven"]
DRAWN = "pass_mark: 70\nattempts: unlimited\ndraw: 3\nshuffle_questions: true\nshuffle_options: true\nquestions:\n" + "".join(
    map(single, BANK)
)
FORMS = (
    "pass_mark: 50\nattempts: unlimited\nforms:\n  - id: a\n    questions: [q-red, q-both]\n  - id: b\n    questions: [q-both, q-blue]\n"
    "questions:\n" + "".join(map(single, ["red", "both", "blue"]))
)
UNIT = "id: u03\ntitle: Quizzes\nminutes: 40\noutcomes:\n  - {id: lo-3-1, text: name tools, competences: [1.1]}\nactivities:\n" + "".join(
    f"  - kind: quiz\n    id: u03-{name}\n    title: Quiz {name}\n    minutes: 10\n    outcomes: [lo-3-1]\n    file: {name}.yaml\n"
    for name in ("partial", "deferred", "drawn", "forms")
)
COURSE = {
    "course.yaml": FILES["course.yaml"]
    .replace("workload: 90", "workload: 130")
    .replace("  - 02-discs\n", "  - 02-discs\n  - 03-quizzes\n"),
    "03-quizzes/unit.yaml": UNIT,
    "03-quizzes/partial.yaml": PARTIAL,
    "03-quizzes/deferred.yaml": DEFERRED,
    "03-quizzes/drawn.yaml": DRAWN,
    "03-quizzes/forms.yaml": FORMS,
}


class Course:
    """The sample course with a unit of quizzes: the model of it, and the unit's package, beside the others on the site."""

    def __init__(self, source: Path, site: Site) -> None:
        course = course_of(source)
        built = next(package for package in packages_of(course) if len(package.units) == 1 and package.units[0].id == "u03")
        self.built = built.name
        self.package: Package = built._replace(name="quizzes")  # other tests serve a third unit, too
        self.quizzes = {quiz.id.removeprefix("u03-"): quiz for quiz in self.package.quizzes()}
        self.launch = site.url(self.package.launch)


@pytest.fixture(scope="module")
def course(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Course:
    source, folder = write_course(tmp_path_factory.mktemp("quizzes"), COURSE), tmp_path_factory.mktemp("unpacked")
    unpack(source, folder, tmp_path_factory.mktemp("dist"))
    course = Course(source, site)
    shutil.copytree(folder / course.built, site.folder / course.package.name)
    return course


class Visit:
    """A learner who looks at one quiz, without an LMS; what the browser remembers lies in its context."""

    def __init__(self, watched: Watched, course: Course, name: str) -> None:
        self.quiz = course.quizzes[name]
        self.page: Page = watched.page()
        self.player = Player(self.page)
        self.page.goto(f"{course.launch}#/{self.quiz.id}")
        self.wait()

    def wait(self) -> None:
        """Wait until the quiz is there."""
        self.player.expect_at(self.quiz.id, self.quiz.title)
        self.page.locator(".cg-question").first.wait_for()

    def come_back(self) -> None:
        """Load everything anew."""
        self.page.reload()
        self.wait()

    @property
    def questions(self) -> list[Question]:
        """The questions of the running try, in the order shown."""
        known = {question.id: question for question in self.quiz.set.questions}
        ids = self.page.locator("form[data-question]").evaluate_all("all => all.map(one => one.dataset.question)")
        return [known[name] for name in ids]

    def options(self, question: Question) -> list[str]:
        """The options in the order shown."""
        return list(self.page.locator(f"{form_of(question)} .cg-option input").evaluate_all("all => all.map(one => one.value)"))

    def choose(self, question: Question, response: Response) -> None:
        """Answer without checking; for a multiple response, exactly these options are ticked afterwards."""
        if isinstance(question, MultipleResponse):
            for option in question.options:
                self.player.form(question).locator(f"input[value='{option.id}']").set_checked(option.id in response)
        else:
            self.player.fill(question, response)
        if isinstance(question, ShortAnswer):
            self.player.form(question).locator("input").blur()

    def verdict(self, question: Question) -> str:
        return self.player.text(f"{form_of(question)} .cg-verdict")

    def expect_worth(self, answers: Answers) -> None:
        """The screen says what Python counts for the try."""
        got = worth(self.quiz.set, self.questions, answers)
        line = words("quiz.points", points=f"{got.points:g}", total=got.total, percent=f"{got.percent:g}", count=got.total)
        expect(self.page.locator(".cg-summary-lines p").first).to_have_text(line)

    def retry(self) -> None:
        self.page.locator(".cg-retry").click()
        expect(self.page.locator(".cg-question-title").first).to_be_focused()
        expect(self.page.locator(".cg-result:visible")).to_have_count(0)

    def hand_in(self) -> None:
        self.page.locator(".cg-hand-in").click()


def verdict_of(question: Question, response: Response) -> str:
    share = credit(question, response)
    if share in (0, 1):
        return words("question.right" if share else "question.wrong")
    return words("question.partly", points=f"{points(question, response):g}", count=question.points)


@pytest.fixture
def visit(course: Course, visitor: Visitor) -> Callable[[str], Visit]:
    return lambda name: Visit(visitor(), course, name)


# Partial credit


def test_every_response_earns_what_python_counts(visit: Callable[[str], Visit]) -> None:
    """All 31 ways to tick some of five options, each in a try of its own."""
    at = visit("partial")
    (question,) = at.questions
    assert isinstance(question, MultipleResponse)
    ids = [option.id for option in question.options]
    responses = [list(some) for size in range(1, len(ids) + 1) for some in itertools.combinations(ids, size)]
    shares = {credit(question, response) for response in responses}
    assert len(shares - {0, 1}) > 2, "these responses say too little"
    best = 0.0
    for number, response in enumerate(responses):
        if number:
            at.retry()
        at.choose(question, response)
        at.page.locator(".cg-check").click()
        expect(at.page.locator(".cg-result")).to_be_focused()
        assert at.verdict(question) == verdict_of(question, response), response
        at.expect_worth({question.id: response})
        expect(at.page.locator(".cg-solution")).to_be_visible(visible=credit(question, response) < 1)
        best = max(best, points(question, response))
        if number:
            expect(at.page.locator(".cg-summary-lines p").nth(1)).to_contain_text(f" {best:g} of {question.points} ")


def test_only_partly_right_looks_the_same_after_a_return(visit: Callable[[str], Visit]) -> None:
    at = visit("partial")
    (question,) = at.questions
    at.choose(question, ["a", "c"])
    at.page.locator(".cg-check").click()
    assert at.verdict(question) == words("question.partly", points="1.33", count=2)
    drawing = at.page.locator(".cg-verdict svg").first.inner_html()
    before = at.player.shown()
    at.come_back()
    assert at.player.shown() == before
    assert at.page.locator(".cg-verdict svg").first.inner_html() == drawing
    expect(at.page.locator(".cg-summary-said")).to_be_empty()  # nothing has happened that must be told


# Handing in


def test_answers_change_until_they_are_handed_in(visit: Callable[[str], Visit]) -> None:
    at = visit("deferred")
    questions = at.questions
    wrong: Answers = {"q-first": ["b"], "q-wear": ["c"], "q-always": ["true"], "q-unit": "inches"}
    final: Answers = {"q-first": ["a"], "q-wear": ["a"], "q-always": ["false"], "q-unit": " MM "}
    assert at.page.locator(".cg-check").count() == 0
    for answers in (wrong, final):
        for question in questions:
            at.choose(question, answers[question.id])
            expect(at.player.form(question).locator(".cg-hint")).to_have_text(words("question.kept"))
        expect(at.page.locator(".cg-result:visible, .cg-mark, .cg-checked")).to_have_count(0)
        expect(at.page.locator(".cg-summary-verdict")).to_be_empty()
        assert words("quiz.answered", answered=4, count=4) in at.player.text(".cg-summary-lines")
    at.hand_in()
    expect(at.page.locator(".cg-summary")).to_be_focused()
    expect(at.page.locator(".cg-hand")).to_be_hidden()
    for question in questions:
        assert at.verdict(question) == verdict_of(question, final[question.id])
        expect(at.player.form(question).locator(".cg-general")).to_be_visible()
    assert all(locked for form in at.player.shown() for _, _, locked in form["inputs"])
    at.expect_worth(final)
    assert at.player.text(".cg-summary-verdict") == words("quiz.passed")
    before = at.player.shown()
    at.come_back()
    assert at.player.shown() == before
    at.expect_worth(final)


def test_questions_without_an_answer_are_told_of_first(visit: Callable[[str], Visit]) -> None:
    at = visit("deferred")
    first, wear, always, unit = at.questions
    at.choose(wear, ["a", "b", "c"])
    at.hand_in()
    note = at.page.locator(".cg-hand-open")
    expect(note).to_be_focused()
    expect(note.locator("p")).to_have_text(words("quiz.hand.open", count=3))
    expect(at.page.locator(".cg-hand-in")).to_have_text(words("quiz.hand.anyway"))
    expect(at.page.locator(".cg-checked")).to_have_count(0)
    assert note.locator("a").all_inner_texts() == [words("question.number", number=number, of=4) for number in (1, 3, 4)]
    note.locator("a").nth(1).click()
    expect(at.player.form(always).locator(".cg-question-title")).to_be_focused()
    at.choose(always, ["false"])
    expect(at.page.locator(".cg-summary-open")).to_be_hidden()  # the warning leads to them all
    expect(note.locator("p")).to_have_text(words("quiz.hand.open", count=2))
    at.hand_in()
    expect(at.page.locator(".cg-summary")).to_be_focused()
    assert at.verdict(first) == at.verdict(unit) == words("question.unanswered")
    assert at.verdict(always) == words("question.right")
    assert at.verdict(wear) == verdict_of(wear, ["a", "b", "c"]) == words("question.wrong")
    expect(at.player.form(first).locator(".cg-general")).to_be_visible()
    expect(at.player.form(first).locator("[data-option]:visible")).to_have_count(0)
    expect(at.player.form(unit).locator(".cg-solution")).to_contain_text("millimetres")
    at.expect_worth({"q-wear": ["a", "b", "c"], "q-always": ["false"]})
    before = at.player.shown()
    at.come_back()
    assert at.player.shown() == before


def test_half_a_quiz_is_there_after_a_return(visit: Callable[[str], Visit]) -> None:
    at = visit("deferred")
    first, wear, _, unit = at.questions
    at.choose(first, ["c"])
    at.choose(wear, ["a", "b"])
    at.player.form(unit).locator("input").press_sequentially("mi")  # and no leaving of the field: a pause is enough
    expect(at.player.form(unit).locator(".cg-hint")).to_have_text(words("question.kept"))
    at.choose(wear, [])  # all taken back
    expect(at.player.form(wear).locator(".cg-hint")).to_be_empty()
    at.come_back()
    inputs = {form["question"]: [value if kind else None for value, kind, _ in form["inputs"]] for form in at.player.shown()}
    assert inputs["q-first"] == [None, None, "c"]
    assert inputs["q-wear"] == [None, None, None]
    expect(at.player.form(unit).locator("input")).to_have_value("mi")
    expect(at.page.locator(".cg-hint:not(:empty)")).to_have_count(2)
    link = at.page.locator(".cg-summary-open a")
    expect(link).to_have_text(words("quiz.open", number=2))
    link.click()
    expect(at.player.form(wear).locator(".cg-question-title")).to_be_focused()


def test_kept_is_read_out_once(visit: Callable[[str], Visit]) -> None:
    at = visit("deferred")
    first = at.questions[0]
    at.page.evaluate(
        """(selector) => {
          window.told = 0;
          new MutationObserver(() => { told += 1; }).observe(document.querySelector(selector), { childList: true, subtree: true });
        }""",
        f"{form_of(first)} .cg-hint",
    )
    for option in "abc":
        at.choose(first, [option])
    expect(at.player.form(first).locator(".cg-hint")).to_have_text(words("question.kept"))
    assert at.page.evaluate("told") == 1


def test_words_typed_just_before_handing_in_count(visit: Callable[[str], Visit]) -> None:
    at = visit("deferred")
    answers: Answers = {question.id: right_answer(question) for question in at.questions}
    for question in at.questions[:-1]:
        at.choose(question, answers[question.id])
    field = at.player.form(at.questions[-1]).locator("input")
    # At once, without leaving the field: only the click itself can take the words along.
    field.evaluate("(it) => { it.value = 'mm'; document.querySelector('.cg-hand-in').click(); }")
    expect(at.page.locator(".cg-summary")).to_be_focused()
    assert at.verdict(at.questions[-1]) == words("question.right")
    at.expect_worth(answers)


def test_no_more_can_be_typed_than_is_stored(visit: Callable[[str], Visit]) -> None:
    at = visit("deferred")
    unit = at.questions[-1]
    field = at.player.form(unit).locator("input")
    field.press_sequentially("x" * 250)
    at.choose(unit, field.input_value())
    stored = field.input_value()
    assert isinstance(unit, ShortAnswer)
    assert len("millimetres") < len(stored) == field_length(unit)
    at.come_back()
    expect(at.player.form(unit).locator("input")).to_have_value(stored)


def test_tries_run_out(visit: Callable[[str], Visit]) -> None:
    at = visit("deferred")
    best: Answers = {"q-wear": ["a"]}
    at.choose(at.questions[1], best["q-wear"])
    at.hand_in()
    at.hand_in()
    at.expect_worth(best)
    assert at.player.text(".cg-summary-verdict") == words("quiz.notyet")
    assert words("quiz.left", count=1) in at.player.text(".cg-summary-lines")
    at.retry()
    assert all(not chosen for form in at.player.shown() for _, chosen, _ in form["inputs"])
    expect(at.page.locator(".cg-hand-open")).to_be_hidden()  # the warning of the first try is not the second's
    at.choose(at.questions[0], ["b"])
    at.hand_in()
    at.hand_in()
    at.expect_worth({"q-first": ["b"]})
    earlier = worth(at.quiz.set, at.questions, best)
    line = words("quiz.best", points=f"{earlier.points:g}", total=6, percent=f"{earlier.percent:g}", count=6)
    assert line in at.player.text(".cg-summary-lines")
    assert words("quiz.usedup") in at.player.text(".cg-summary-lines")
    assert at.player.text(".cg-summary-verdict") == words("quiz.failed")
    expect(at.page.locator(".cg-retry")).to_be_hidden()


# Draws, orders and forms


def test_a_try_has_what_was_drawn_for_it(visit: Callable[[str], Visit]) -> None:
    at = visit("drawn")
    draws: set[tuple[str, ...]] = set()
    orders: set[tuple[str, ...]] = set()
    for number in range(6):
        if number:
            at.retry()
        questions = at.questions
        ids = tuple(question.id for question in questions)
        draws.add(ids)
        assert len(set(ids)) == 3
        titles = at.page.locator(".cg-question-title").all_inner_texts()
        assert titles == [words("question.number", number=place, of=3) for place in (1, 2, 3)]
        for question in questions:
            assert sorted(at.options(question)) == list("abcd")
            orders.add(tuple(at.options(question)))
        answers: Answers = {question.id: ["a" if place < number % 4 else "b"] for place, question in enumerate(questions)}
        at.player.answer(questions[0], answers[questions[0].id])
        shown = at.player.shown()
        at.come_back()
        assert at.player.shown() == shown, "the same questions, in the same order, with the same answers"
        for question in questions[1:]:
            at.player.answer(question, answers[question.id])
        at.expect_worth(answers)
        said = at.page.locator(".cg-summary-said").inner_text()
        assert said.startswith(at.player.text(".cg-summary-verdict")), "that it was the last answer is told, too"
    assert len(draws) > 1
    assert len(orders) > 3


def test_a_look_settles_the_draw(visit: Callable[[str], Visit]) -> None:
    """Whoever only looks and comes back finds the same questions: looking again is no way to choose them."""
    at = visit("drawn")
    seen = at.player.shown()
    for _ in range(3):
        at.come_back()
        assert at.player.shown() == seen


def test_learners_get_different_draws(visit: Callable[[str], Visit]) -> None:
    draws = {tuple(question.id for question in visit("drawn").questions) for _ in range(6)}
    assert len(draws) > 1


def test_the_next_try_has_the_next_form(visit: Callable[[str], Visit]) -> None:
    at = visit("forms")
    forms = [tuple(form.questions) for form in at.quiz.set.forms]
    met: list[int] = []
    for number in range(4):
        if number:
            at.retry()
        # In the order of the file, whatever the order in the form.
        shown = [question.id for question in at.questions]
        met.append(next(index for index, form in enumerate(forms) if set(form) == set(shown)))
        assert shown == [question.id for question in at.quiz.set.questions if question.id in shown]
        for question in at.questions:
            at.player.answer(question, ["a"])
        at.expect_worth({name: ["a"] for name in shown})
    assert met in ([0, 1, 0, 1], [1, 0, 1, 0])


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("partial", ["quiz.how.all", "quiz.how.immediate", "quiz.how.unlimited"]),
        ("deferred", ["quiz.how.all", "quiz.how.deferred", "quiz.how.tries"]),
        ("drawn", ["quiz.how.draw", "quiz.how.immediate", "quiz.how.unlimited"]),
        ("forms", ["quiz.how.forms", "quiz.how.immediate", "quiz.how.unlimited"]),
    ],
)
def test_it_is_told_how_the_quiz_works(name: str, lines: list[str], visit: Callable[[str], Visit]) -> None:
    at = visit(name)
    settings = at.quiz.set
    values: dict[str, dict[str, Any]] = {
        "quiz.how.all": {"count": len(settings.questions)},
        "quiz.how.draw": {"count": settings.draw, "of": len(settings.questions)},
        "quiz.how.forms": {"count": len(settings.forms)},
        "quiz.how.tries": {"count": settings.attempts},
    }
    told = at.page.locator(".cg-rules li").all_inner_texts()
    assert told == [*(words(line, **values.get(line, {})) for line in lines), words("quiz.passmark", percent=settings.pass_mark)]


# By keyboard


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until a control has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached by 60 tabs")


def answer_by_keyboard(at: Visit, question: Question, response: Response) -> None:
    form = form_of(question)
    keyboard = at.page.keyboard
    if isinstance(question, ShortAnswer):
        tab_to(at.page, f"{form} input")
        keyboard.type(str(response))
        keyboard.press("Enter")
    elif isinstance(question, MultipleResponse):
        for option in response:
            tab_to(at.page, f"{form} input[value='{option}']")
            keyboard.press("Space")
    else:
        assert isinstance(question, SingleChoice | TrueFalse)
        tab_to(at.page, f"{form} input")
        keyboard.press("Space")
        for _ in range(at.options(question).index(next(iter(response)))):
            keyboard.press("ArrowDown")


def test_a_quiz_is_handed_in_by_keyboard(visit: Callable[[str], Visit]) -> None:
    at = visit("deferred")
    keyboard = at.page.keyboard
    questions = at.questions
    answers: Answers = {question.id: right_answer(question) for question in questions}
    for question in (questions[0], questions[1], questions[3]):
        answer_by_keyboard(at, question, answers[question.id])
        expect(at.player.form(question).locator(".cg-hint")).to_have_text(words("question.kept"))
    tab_to(at.page, ".cg-hand-in")
    keyboard.press("Enter")
    expect(at.page.locator(".cg-hand-open")).to_be_focused()
    tab_to(at.page, ".cg-hand-open a")
    keyboard.press("Enter")
    expect(at.player.form(questions[2]).locator(".cg-question-title")).to_be_focused()
    answer_by_keyboard(at, questions[2], answers["q-always"])
    tab_to(at.page, ".cg-hand-in")
    expect(at.page.locator(".cg-hand-in")).to_have_text(words("quiz.hand"))
    keyboard.press("Space")
    expect(at.page.locator(".cg-summary")).to_be_focused()
    at.expect_worth(answers)
    tab_to(at.page, ".cg-retry")
    keyboard.press("Enter")
    expect(at.page.locator(".cg-question-title").first).to_be_focused()


# For everybody


def test_axe_finds_nothing_in_any_state(visit: Callable[[str], Visit]) -> None:
    at = visit("deferred")

    def look(state: str) -> None:
        for scheme in ("light", "dark"):
            at.page.emulate_media(color_scheme=scheme)
            for width in (1280, 320):
                at.page.set_viewport_size({"width": width, "height": 800})
                settled(at.page)
                assert violations(at.page) == [], f"{state}, {scheme}, {width}"
                assert at.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{state}, {width}"

    look("before")
    at.choose(at.questions[0], ["b"])
    at.choose(at.questions[1], ["a"])
    at.hand_in()
    look("warned")
    small = at.page.locator(".cg-question button, .cg-question label, .cg-hand button, .cg-hand a, .cg-summary a").evaluate_all(
        "all => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"
    )
    assert small == []
    at.choose(at.questions[2], ["false"])
    at.hand_in()
    look("handed in, one left open")


# What an LMS is told


def test_the_platform_is_told_at_the_end(course: Course, site: Site, visitor: Visitor) -> None:
    """Nothing is told of answers that may change; the answered ones are told when they are handed in."""
    lms = Lms(visitor(), site, course.package)
    player = lms.player.ready()
    quiz: Quiz = course.quizzes["deferred"]
    player.go(quiz.id)
    answers: Answers = {"q-first": ["a"], "q-wear": ["a"], "q-unit": "inches"}
    for question in quiz.set.questions:
        if question.id in answers:
            player.fill(question, answers[question.id])
    expect(player.form(quiz.set.questions[-1]).locator(".cg-hint")).to_have_text(words("question.kept"))
    player.expect_saved("saved")
    assert lms.interactions() == []
    assert lms.saved()["core"]["score"]["raw"] in ("", "0"), "a score would give answers away"
    player.click(".cg-hand-in")
    player.click(".cg-hand-in")
    saved = lms.leave()
    told = lms.interactions()
    assert [one["id"] for one in told] == list(answers)
    assert [one["student_response"] for one in told] == ["a", "a", "inches"]
    assert told[0]["result"] == "correct"
    assert told[1]["result"] == "1.5", "a part of the points is told as a number"
    assert told[2]["result"] == "wrong"
    counted = worth(quiz.set, quiz.set.questions, answers)
    total = sum(question.points for each in course.package.quizzes() for question in asked(each))
    assert float(saved["core"]["score"]["raw"]) == round(100 * counted.points / total, 2)


def asked(quiz: Quiz) -> list[Question]:
    """As many questions as one try has."""
    known = {question.id: question for question in quiz.set.questions}
    if quiz.set.forms:
        return [known[name] for name in quiz.set.forms[0].questions]
    return list(quiz.set.questions)[: quiz.set.draw if isinstance(quiz.set.draw, int) else None]
