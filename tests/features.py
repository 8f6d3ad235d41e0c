"""For every feature of :mod:`coursegen.fidelity` a course that has it, and one that differs in nothing else: to hold the tables against."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from questions import course_of, every_kind

from coursegen.fidelity import KINDS
from coursegen.model import (
    Activity,
    Address,
    Answer,
    Assignment,
    Badge,
    Bank,
    Case,
    Choice,
    ChooseOne,
    Cloze,
    Collection,
    Completion,
    Course,
    Criterion,
    Dimension,
    Discussion,
    Distractor,
    Element,
    FieldValue,
    File,
    Form,
    Gloss,
    Glossary,
    Grid,
    GridRating,
    Identifier,
    Indicator,
    Level,
    LineField,
    Link,
    Logo,
    Matching,
    Media,
    Moodle,
    MultipleResponse,
    NumberAnswer,
    Numerical,
    Ordering,
    Page,
    PeerReview,
    Plain,
    Question,
    Questionnaire,
    Quiz,
    Record,
    Repository,
    Rich,
    Rubric,
    RubricLevel,
    Scene,
    ShortAnswer,
    SingleChoice,
    Sorting,
    Storyline,
    Survey,
    SurveyOption,
    Taken,
    Term,
    TextGap,
    Theme,
    TutorPage,
    Unit,
    WebLink,
)
from coursegen.model.text import Code, Number

MARK = "marvellous7"
"""A word that stands in no package unless a test put it there; all of it is ASCII, so that no format writes it otherwise."""
SAID = f"{MARK} < 5 & ü"
"""What learners read where a feature is a text: words with characters that formats have to escape."""


class Sample(NamedTuple):
    """A course with a feature, and the same without it. ``said`` is the feature's text, if it has one."""

    course: Course
    without: Course
    said: str = ""
    in_both: bool = False
    """Whether both have the words, one as a link."""


def said(text: str = SAID) -> Rich:
    """A paragraph of the words that are looked for."""
    return Rich((Element("p", (), (text,)),))


def samples(feature: str, folder: Path) -> Sample:
    """The two courses for a feature. ``folder`` is one for a picture."""
    if feature in KINDS:
        chosen = BARE[feature]
        stem = f"{SAID} {_gaps(chosen)}".strip()
        return Sample(
            _course([_with(chosen, stem=said(stem))]),
            _course([BARE["true-false" if feature == "single-choice" else "single-choice"]]),
            SAID,
        )
    if feature in _ACTIVITIES:
        return _ACTIVITIES[feature]()
    if feature in _OF_FILES:
        return _OF_FILES[feature](folder)
    if feature in _SETTINGS:
        return _settings(feature)
    with_it, without = [], []
    for each in BARE.values():
        if (made := _made(feature, each, folder)) is not None:
            with_it.append(made[0])
            without.append(made[1])
    return Sample(_course(with_it), _course(without), SAID if feature in SPOKEN else "", feature in ("links", "file-links"))


def _with(part: Any, **changes: Any) -> Any:
    return replace(part, **changes)


def _bare(question: Question) -> Question:
    """A question with nothing that need not be: no feedback, no labels, exact numbers, one point."""
    changes: dict[str, Any] = {"title": None, "hints": (), "feedback": None}
    for name in ("if_right", "if_partly", "if_wrong", "if_true", "if_false", "model_answer", "unit"):
        if name in question.written():
            changes[name] = None
    if "points" in question.written():
        changes["points"] = 1
    for name in ("options", "pairs", "items"):
        if name in question.written():
            changes[name] = tuple(_with(each, feedback=None) for each in getattr(question, name))
    if isinstance(question, Matching):
        changes["distractors"] = ()
    if isinstance(question, (ShortAnswer, Numerical)):
        changes["answers"] = _plain(question.answers)
    if isinstance(question, Cloze):
        changes["gaps"] = tuple(
            _with(gap, answers=_plain(gap.answers))
            if isinstance(gap, TextGap)
            else _with(gap, options=tuple(_with(each, feedback=None) for each in gap.options))
            for gap in question.gaps
        )
    return _with(question, **changes)


def _plain(answers: Iterable[Any]) -> tuple[Any, ...]:
    """The first answer, which is accepted, and nothing more of it than has to be."""
    first = next(iter(answers))
    return (_with(first, feedback=None, **({"tolerance": Number("0")} if isinstance(first, NumberAnswer) else {})),)


def _gaps(question: Question) -> str:
    return " ".join(f"[[{gap.id}]]" for gap in question.gaps) if isinstance(question, Cloze) else ""


BARE: dict[str, Question] = {each.kind: _bare(each) for each in reversed(every_kind())}
"""A question of each kind that has nothing but what its kind needs."""


def _made(feature: str, question: Question, folder: Path) -> tuple[Question, Question] | None:
    """A question with a feature of a question, and without; None where its kind has no such thing."""
    if feature.startswith("media-"):
        return _pictured(feature, question, folder)
    if feature in ("links", "file-links"):
        target = Link(Identifier("u1-page")) if feature == "links" else picture(folder)
        link = Element("a", (("href", target),), (SAID,))
        gaps = _gaps(question)
        return _with(question, stem=Rich((Element("p", (), (link, gaps)),))), _with(question, stem=said(f"{SAID}{gaps}"))
    if feature in ("partial-credit", "all-or-nothing"):
        chosen, other = ("partial", "all-or-nothing") if feature == "partial-credit" else ("all-or-nothing", "partial")
        return (_with(question, credit=chosen), _with(question, credit=other)) if "credit" in question.written() else None
    if feature in _VALUES:
        name, value = _VALUES[feature]
        if name not in question.written() or (name == "if_partly" and isinstance(question, Cloze) and len(question.gaps) == 1):
            return None
        return _with(question, **{name: value}), question
    if feature in _TYPED:
        return _typing(feature, question)
    return _PARTS[feature](question)


_VALUES: dict[str, tuple[str, Any]] = {
    "points": ("points", 7),
    "general-feedback": ("feedback", said()),
    "if-right": ("if_right", said()),
    "if-partly": ("if_partly", said()),
    "if-wrong": ("if_wrong", said()),
    "model-answer": ("model_answer", said()),
    "hints": ("hints", (said(),)),
    "title": ("title", Plain(SAID)),
    "outcomes": ("outcomes", (Identifier(MARK),)),
    "competences": ("competences", (Code(MARK),)),
    "difficulty": ("difficulty", "hard"),
    "source": ("source", Plain(SAID)),
    "tags": ("tags", (Identifier(MARK),)),
    "unit": ("unit", Plain(MARK)),
    "match-distractors": ("distractors", (Distractor(id=Identifier("x"), text=Plain(SAID)),)),
}
_TYPED = {
    "case": ("case", "counts", "Brake"),
    "accents": ("accents", "ignored", "café"),
    "spacing": ("spacing", "ignored", "M 8"),
    "wildcards": ("wildcards", True, "dis*"),
}


def _typing(feature: str, question: Question) -> tuple[Question, Question] | None:
    name, value, word = _TYPED[feature]
    answers = (Answer(id=Identifier("a"), text=Plain(word)),)
    if isinstance(question, ShortAnswer):
        return _with(question, answers=answers, **{name: value}), _with(question, answers=answers)
    if isinstance(question, Cloze):
        gaps = [_with(gap, answers=answers) if isinstance(gap, TextGap) else gap for gap in question.gaps]
        ruled = [_with(gap, **{name: value}) if isinstance(gap, TextGap) else gap for gap in gaps]
        return _with(question, gaps=tuple(ruled)), _with(question, gaps=tuple(gaps))
    return None


def _told(parts: Iterable[Any], wanted: bool | None = None) -> tuple[Any, ...]:
    """Parts with feedback: all, or those that are right, or those that are wrong."""
    return tuple(_with(each, feedback=said()) if wanted is None or each.correct is wanted else each for each in parts)


def _option_feedback(question: Question) -> tuple[Question, Question] | None:
    if isinstance(question, (SingleChoice, MultipleResponse)):
        return _with(question, options=_told(question.options)), question
    if question.kind == "true-false":
        return _with(question, if_true=said(), if_false=said()), question
    if isinstance(question, (ShortAnswer, Numerical)):
        return _with(question, answers=_told(question.answers)), question
    if isinstance(question, Cloze):
        gaps = [
            _with(gap, answers=_told(gap.answers)) if isinstance(gap, TextGap) else _with(gap, options=_told(gap.options))
            for gap in question.gaps
        ]
        return _with(question, gaps=tuple(gaps)), question
    return None


def _part_feedback(question: Question) -> tuple[Question, Question] | None:
    if isinstance(question, Matching):
        return _with(question, pairs=_told(question.pairs)), question
    if isinstance(question, (Sorting, Ordering)):
        return _with(question, items=_told(question.items)), question
    return None


def _mistakes(question: Question) -> tuple[Question, Question] | None:
    wrong: Any = Answer(id=Identifier("w"), text=Plain("bolts"), correct=False, feedback=said())
    if isinstance(question, Numerical):
        wrong = NumberAnswer(id=Identifier("w"), value=Number("99"), correct=False, feedback=said())
    if isinstance(question, (ShortAnswer, Numerical)):
        return _with(question, answers=(*question.answers, wrong)), question
    if isinstance(question, Cloze):
        gaps = [_with(gap, answers=(*gap.answers, wrong)) if isinstance(gap, TextGap) else gap for gap in question.gaps]
        return _with(question, gaps=tuple(gaps)), question
    return None


def _tolerance(question: Question) -> tuple[Question, Question] | None:
    if not isinstance(question, Numerical):
        return None
    return _with(question, answers=tuple(_with(each, tolerance=Number("0.25")) for each in question.answers)), question


_PARTS: dict[str, Callable[[Question], tuple[Question, Question] | None]] = {
    "option-feedback": _option_feedback,
    "part-feedback": _part_feedback,
    "foreseen-mistakes": _mistakes,
    "tolerance": _tolerance,
}
SPOKEN = frozenset(
    "foreseen-mistakes match-distractors general-feedback if-right if-partly if-wrong option-feedback part-feedback model-answer hints "
    "links file-links title source intro unused-bank-questions "
    "quiz case-study grid assignment peer-review survey repository discussion web-link file tutor-page book page-links unit-links glossary "
    "badge".split()
)
"""The features that are texts (or have one): ``SAID`` in the course that has them, and not in the other."""


def picture(folder: Path) -> Media:
    """A picture with a mark in its bytes and in its name."""
    path = folder / f"{MARK}.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + MARK.encode())
    return Media(f"media/{MARK}.png", path)


def _pictured(feature: str, question: Question, folder: Path) -> tuple[Question, Question] | None:
    shown = Element("img", (("src", picture(folder)), ("alt", "a disc")))

    def add(text: Rich) -> Rich:
        return Rich((*text.nodes, shown))

    if feature == "media-stem":
        return _with(question, stem=add(question.stem)), question
    if feature == "media-feedback":
        return _with(question, feedback=Rich(("Look: ", shown))), _with(question, feedback=Rich(("Look: ",)))
    for name in ("options", "pairs", "items"):
        if name in question.written() and all(isinstance(each.text, Rich) for each in getattr(question, name)):
            return _with(question, **{name: tuple(_with(each, text=add(each.text)) for each in getattr(question, name))}), question
    return None


def _course(questions: Iterable[Question], banks: tuple[Bank, ...] = (), **settings: Any) -> Course:
    """A course of two units: a quiz and a page, and another page."""
    course = course_of(questions, banks, feedback="deferred", pass_mark=0) if not settings else course_of(questions, banks, **settings)
    unit = course.units[0]
    outcomes = (*unit.outcomes, _with(unit.outcomes[0], id=Identifier(MARK), competences=()))
    first = _with(unit, activities=(*unit.activities, _page("u1-page")), outcomes=outcomes)
    second = Unit(id=Identifier("u2"), title=Plain("Discs"), minutes=10, activities=(_page("u2-page"),))
    everything: Any = dict.fromkeys(Completion.written(), "ignored")
    ignored = Completion(**everything)
    return _with(course, units=(first, second), completion=ignored)


def _page(name: str, *nodes: Any) -> Page:
    return Page(id=Identifier(name), title=Plain("A page"), minutes=10, body=Rich((Element("p", (), ("Read this.", *nodes)),)))


_QUESTIONS = [_with(BARE["single-choice"], id=Identifier(f"q-{name}")) for name in "abcd"]
_SETTINGS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "intro": ({"intro": said()}, {}),
    "pass-mark": ({"pass_mark": 63}, {"pass_mark": 0}),
    "attempts": ({"attempts": 7}, {}),
    "immediate-feedback": ({"feedback": "immediate"}, {"feedback": "deferred"}),
    "deferred-feedback": ({"feedback": "deferred"}, {"feedback": "immediate"}),
    "draw": ({"draw": 2}, {}),
    "forms": (
        {
            "forms": (
                Form(id=Identifier("f1"), questions=(Identifier("q-a"), Identifier("q-b"))),
                Form(id=Identifier("f2"), questions=(Identifier("q-c"), Identifier("q-d"))),
            )
        },
        {},
    ),
    "shuffle-questions": ({"shuffle_questions": True}, {}),
    "shuffle-options": ({"shuffle_options": True}, {}),
    "banks": ({}, {}),
    "unused-bank-questions": ({}, {}),
}


def _settings(feature: str) -> Sample:
    usual = {"feedback": "deferred", "pass_mark": 0}
    taken = tuple(_with(each, id=Identifier(f"{each.id}-bank"), stem=said()) for each in _QUESTIONS)
    bank = Bank(id=Identifier("bank-1"), title=Plain("A bank"), questions=taken)
    if feature == "unused-bank-questions":
        return Sample(_course(_QUESTIONS, (bank,), **usual), _course(_QUESTIONS, **usual), SAID)
    if feature == "banks":
        course = _course(_QUESTIONS, (bank,), **usual, take=(), taken=(Taken(taken, len(taken)),))
        return Sample(course, _course(_QUESTIONS, **usual), SAID)
    with_it, without = _SETTINGS[feature]
    return Sample(
        _course(_QUESTIONS, **{**usual, **with_it}),
        _course(_QUESTIONS, **{**usual, **without}),
        SAID if feature == "intro" else "",
    )


def _added(*activities: Activity, **changes: Any) -> Course:
    """The course with more activities in its first unit."""
    course = _course(_QUESTIONS)
    first, *others = course.units
    return _with(course, units=(_with(first, activities=(*first.activities, *activities)), *others), **changes)


def _common() -> dict[str, Any]:
    return {"id": Identifier("u1-more"), "title": Plain("One more"), "minutes": 0}


def _activity(made: Activity) -> Sample:
    return Sample(_added(made), _added(), SAID)


def _linked(target: str) -> Sample:
    link = Element("a", (("href", Link(Identifier(target))),), (SAID,))
    return Sample(_added(_page("u1-more", link)), _added(_page("u1-more", SAID)), SAID, True)


def _quiz() -> Sample:
    course = _course(_QUESTIONS)
    first, *others = course.units
    titled = tuple(_with(each, title=Plain(SAID)) if isinstance(each, Quiz) else each for each in first.activities)
    left = tuple(each for each in first.activities if not isinstance(each, Quiz))
    made, without = (_with(course, units=(_with(first, activities=activities), *others)) for activities in (titled, left))
    return Sample(made, without, SAID)


def _case() -> Sample:
    choice = Choice(id=Identifier("go"), text=Rich(("Go",)), to=Identifier("end"))
    scenes = (
        Scene(id=Identifier("start"), title=Plain("At the desk"), text=said(), choices=(choice,)),
        Scene(id=Identifier("end"), title=Plain("Away"), text=Rich(("It is over.",)), ending=Plain("The end")),
    )
    return _activity(Case(**_common(), storyline=Storyline(scenes=scenes)))


def _grid() -> Sample:
    indicator = Indicator(id=Identifier("i"), title=Plain(SAID), descriptors=(Plain("few"), Plain("many")))
    dimension = Dimension(id=Identifier("d"), title=Plain("Work"), indicators=(indicator,))
    grid = Grid(title=Plain("A grid"), levels=(Level(title=Plain("Low")), Level(title=Plain("High"))), dimensions=(dimension,))
    return _activity(GridRating(**_common(), grid=grid))


def _rubric() -> Rubric:
    levels = (RubricLevel(id=Identifier("no"), points=0, text=Plain("No.")), RubricLevel(id=Identifier("yes"), points=1, text=Plain(SAID)))
    return Rubric(title=Plain("A rubric"), criteria=(Criterion(id=Identifier("goal"), title=Plain("Goal"), levels=levels),))


def _survey() -> Sample:
    options = (SurveyOption(id=Identifier("a"), text=Plain("Yes")), SurveyOption(id=Identifier("b"), text=Plain("No")))
    item = ChooseOne(id=Identifier("i"), question=Plain(SAID), options=options)
    return _activity(Survey(**_common(), form=Questionnaire(items=(item,))))


def _repository() -> Sample:
    value = FieldValue(field=Identifier("what"), text=Plain(SAID))
    record = Record(id=Identifier("r"), title=Plain("A record"), values=(value,))
    collection = Collection(fields=(LineField(id=Identifier("what"), title=Plain("What")),), records=(record,))
    return _activity(Repository(**_common(), collection=collection))


def _book() -> Sample:
    return _activity(_with(_page("u1-more"), book=Plain("A book"), body=said()))


def _weighed() -> Sample:
    course = _added()
    first, *others = course.units
    return Sample(_with(course, units=(_with(first, weight=3), *others)), course)


def _badge(folder: Path) -> Sample:
    badge = Badge(title=Plain("A badge"), description=Plain(SAID), image=picture(folder))
    return Sample(_added(badge=badge), _added(), SAID)


def _file() -> Sample:
    source = Path(__file__)
    return _activity(File(**_common(), media=Media("files/sheet.py", source), description=said()))


def _glossary() -> Sample:
    term = Term(id=Identifier("disc"), term=Plain("disc"), definition=said())
    page = _page("u1-more", Element("a", (("href", Gloss(Identifier("disc"))),), ("disc",)))
    return Sample(_added(page, glossary=Glossary(terms=(term,))), _added(_page("u1-more", "disc")), SAID)


_ACTIVITIES: dict[str, Callable[[], Sample]] = {
    "quiz": _quiz,
    "case-study": _case,
    "grid": _grid,
    "discussion": lambda: _activity(Discussion(**_common(), prompt=said())),
    "web-link": lambda: _activity(WebLink(**_common(), url=Address("https://example.org/"), description=said())),
    "file": _file,
    "tutor-page": lambda: _activity(TutorPage(**_common(), body=said())),
    "page-links": lambda: _linked("u1-page"),
    "unit-links": lambda: _linked("u2-page"),
    "glossary": _glossary,
    "assignment": lambda: _activity(Assignment(**_common(), task=said())),
    "peer-review": lambda: _activity(PeerReview(**_common(), task=Rich(("Hand in.",)), rubric=_rubric())),
    "survey": _survey,
    "repository": _repository,
    "book": _book,
    "completion": lambda: Sample(_added(completion=Completion()), _added()),
    "unit-weight": _weighed,
    "unit-order": lambda: Sample(_added(moodle=Moodle(order="by-unit"), completion=Completion()), _added(completion=Completion())),
}
_OF_FILES: dict[str, Callable[[Path], Sample]] = {
    "course-picture": lambda folder: Sample(_added(picture=picture(folder)), _added()),
    "badge": _badge,
    "theme": lambda folder: Sample(_added(theme=Theme(logo=Logo(file=picture(folder), text=Plain("a workshop")))), _added()),
}
