"""What answers and tries are worth, and that the player's policy counts the same."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from questions import HOSTILE, course_of, every_kind

from coursegen.model import (
    Answer,
    ChoiceGap,
    Cloze,
    MultipleResponse,
    NumberAnswer,
    Numerical,
    Option,
    Question,
    QuestionSet,
    Rich,
    ShortAnswer,
    TextGap,
    TrueFalse,
)
from coursegen.model.text import Identifier, Number, Plain
from coursegen.outline import outline
from coursegen.score import Response, credit, key, normal, number_in, points, right, right_response, rounded, worth

POLICY = Path(__file__).parent.parent / "templates" / "player" / "policy.js"
STEM = Rich(("Which?",))


def several(right_ones: int, wrong_ones: int, worth: int = 1, credit: Any = "partial") -> MultipleResponse:
    options = tuple(
        Option(id=Identifier("abcdefgh"[number]), text=Rich((f"Option {number}",)), correct=number < right_ones)
        for number in range(right_ones + wrong_ones)
    )
    return MultipleResponse(id=Identifier("q-several"), stem=STEM, points=worth, options=options, credit=credit)


@pytest.mark.parametrize(
    ("ticked", "earned"),
    [("", 0), ("a", 1), ("ab", 2), ("ac", 0), ("abc", 1), ("abcd", 0), ("c", 0), ("cd", 0), ("acd", 0)],
)
def test_a_part_of_the_points(ticked: str, earned: float) -> None:
    question = several(2, 2, worth=2)
    assert points(question, list(ticked)) == earned
    assert right(question, list(ticked)) == (earned == 2)


def test_all_or_nothing() -> None:
    question = several(2, 2, worth=2, credit="all-or-nothing")
    earned = {ticked: points(question, list(ticked)) for ticked in ("ab", "a", "abc", "abcd", "")}
    assert earned == {"ab": 2, "a": 0, "abc": 0, "abcd": 0, "": 0}
    assert all(isinstance(one, int) for one in earned.values())


def test_thirds_are_rounded_to_two_decimals() -> None:
    question = several(3, 1, worth=2)
    assert [points(question, list(ticked)) for ticked in ("a", "ab", "abc")] == [0.67, 1.33, 2]
    assert rounded(1.005) == 1.01  # as people round, though the number is a little less than it looks


def test_a_try() -> None:
    first, second = several(3, 1, worth=2), TrueFalse(id=Identifier("q-true"), stem=STEM, answer=True)
    settings = QuestionSet(questions=(first, second), pass_mark=56)
    assert worth(settings, settings.questions, {}) == (0, 3, 0, False)
    assert worth(settings, settings.questions, {"q-several": ["a"], "q-true": ["true"]}) == (1.67, 3, 55.67, False)
    assert worth(settings, [first], {"q-several": ["a", "b"], "q-true": ["true"]}) == (1.33, 2, 66.5, True)
    assert worth(settings, settings.questions, {"q-several": ["a", "b", "c"], "q-true": ["true"]}) == (3, 3, 100, True)


ASSESS = """\
import { assessQuiz } from "%s";
let text = "";
for await (const part of process.stdin) text += part;
const recordOf = (responses) => ({ tries: 1, answers: new Map(Object.entries(responses)), best: 0 });
const assessed = (quiz, responses) => assessQuiz(quiz, { quizzes: new Map([[quiz.id, recordOf(responses)]]) });
const told = ({ points, total, percent, passed }) => [points, total, percent, passed];
console.log(JSON.stringify(JSON.parse(text).map((one) => told(assessed(...one)))));
"""


def test_a_try_is_worth_the_same_in_the_player() -> None:
    """Whole tries of all kinds, and of such as are never scored: those are passed."""
    dice = random.Random(7)
    asked, expected = [], []
    open_ones = [question for question in every_kind() if not question.points]
    for number in range(60):
        some = open_ones if not number else dice.sample(every_kind(), dice.randint(1, 9))
        course = course_of(some, pass_mark=dice.choice((0, 50, 100)))
        (settings,) = (quiz.set for unit in course.units for quiz in unit.quizzes())
        quiz = outline(course, course.units, "", "", "scorm12", "")["units"][0]["activities"][-1]
        given: dict[str, Response] = {
            question.id: dice.choice([right_response(question), *responses(question, dice)][: dice.choice((1, None))]) for question in some
        }
        asked.append((quiz, given))
        expected.append([*worth(settings, some, given)])
    program = ["node", "--input-type=module", "-e", ASSESS % POLICY.as_uri()]
    told = subprocess.run(program, input=json.dumps(asked), capture_output=True, text=True, check=True).stdout
    assert json.loads(told) == expected
    assert expected[0] == [0, 0, 0, True]
    assert {passed for *_, passed in expected} == {True, False}


SCRIPT = """\
import { creditOf, pointsFor } from "%s";
let text = "";
for await (const part of process.stdin) text += part;
console.log(JSON.stringify(JSON.parse(text).map(([question, response]) => [creditOf(question, response), pointsFor(question, response)])));
"""


FOLD = """\
import { foldText } from "%s";
let text = "";
for await (const part of process.stdin) text += part;
console.log(JSON.stringify(JSON.parse(text).map(foldText)));
"""


def test_typed_texts_are_folded_as_the_player_folds_them() -> None:
    """Every character that either language might take for a blank, at the ends and between words, alone and twice."""
    odd = [chr(number) for number in range(0x3100) if chr(number).isspace()] + list("\u0085\u180e\u200b\u200d\u2060\ufeff\x1c\x1f")
    texts = [text for one in odd for text in (f"{one}Brake{one}PADS{one}", f"Brake {one}{one}pads", one)]
    program = ["node", "--input-type=module", "-e", FOLD % POLICY.as_uri()]
    told = subprocess.run(program, input=json.dumps(texts), capture_output=True, text=True, check=True).stdout
    assert json.loads(told) == [normal(text) for text in texts]
    assert normal("\ufeffBrake\u3000 pads\u00a0") == "brake pads"
    assert normal("brake\u0085pads") == "brake\u0085pads"


def test_the_player_counts_the_same() -> None:
    """Every response to every question of up to seven options, for several numbers of points; and words typed in many ways."""
    asked: list[tuple[dict[str, Any], list[str]]] = []
    expected: list[list[float]] = []
    for hits, misses, most, kind in itertools.product(range(1, 5), range(1, 4), (1, 3, 7), ("partial", "all-or-nothing")):
        question = several(hits, misses, most, kind)
        ids = [str(option.id) for option in question.options]
        entry = {"id": "q", "kind": question.kind, "points": most, "options": ids, "right": key(question), "credit": kind}
        for size in range(len(ids) + 1):
            for ticked in map(list, itertools.combinations(ids, size)):
                asked.append((entry, ticked))
                expected.append([credit(question, ticked), points(question, ticked)])
    answers = (("a", "Brake pads", True), ("b", "crème", True), ("c", "bolts", False), ("d", "ΣΊΣΥΦΟΣ", True))
    typed = ShortAnswer(
        id=Identifier("q-word"),
        stem=STEM,
        points=3,
        answers=tuple(Answer(id=Identifier(name), text=Plain(text), correct=correct) for name, text, correct in answers),
    )
    entry = {"id": "q", "kind": "short-answer", "points": 3}
    entry["answers"] = [{"id": name, "text": text, "correct": correct} for name, text, correct in answers]
    for text in ("brake  PADS ", "BRAKE PAD", "Crème", "cre\u0300me", "bolts", "σίσυφος", "\u00a0brake\tpads", "brake\u2009pads", ""):
        asked.append((entry, [text]))
        expected.append([credit(typed, text), points(typed, text)])
    assert len(asked) > 1000
    assert counted(asked) == expected


def counted(asked: list[tuple[dict[str, Any], list[str]]]) -> Any:
    """The credit and the points that the player gives for responses to questions."""
    program = ["node", "--input-type=module", "-e", SCRIPT % POLICY.as_uri()]
    return json.loads(subprocess.run(program, input=json.dumps(asked), capture_output=True, text=True, check=True).stdout)


ACCEPTED = (
    "Brake pad",
    "café",
    "M 8",
    "brake*pad",
    r"2 \* 3",
    "*disc*",
    "ΣΊΣΥΦΟΣ",
    "a\u0308b",
    "ﬁt",
    "(x+y)?[z]^$|\\d{2}.",
    "İ",
    "ß",
    "x",
    "a\ue000b",
    "a\ue001b",
)
TYPED = (
    *ACCEPTED,
    *HOSTILE,
    *(
        "brake pads",
        "BRAKEPAD",
        "brake big pad",
        "cafe",
        "CAFE\u0301",
        "m8",
        "M\u00a08",
        "\u3000m  8\ufeff",
        "2 * 3",
        "2 x 3",
        "disc",
        "xdiscx",
    ),
    *("axxb", "a*b"),
    *("σίσυφος", "äb", "ab", "fit", "", " ", "\u2009", "*", "\\", "brakebrakepadpad", "pad", "brakepa", "i̇", "ss", "(X+Y)?[z]^$|\\D{2}."),
)
NUMBERS = ("0", "-0", "7", "12.5", "-3.25", "0.001", "123456789012345", "-0.00000000000001", "99999.99999", "1000000")
TOLERANCES = ("0", "0.25", "0.1", "1", "0.005", "100")
UNITS = (None, "mm", "€ / m, net", "%")


def typed_kinds() -> Iterator[Question]:
    """Questions and gaps to type into, under every set of rules; numbers in many ranges, with and without units."""
    rules = itertools.product(("ignored", "counts"), ("counts", "ignored"), ("counts", "ignored"), (False, True))
    for number, (case, accents, spacing, wildcards) in enumerate(rules):
        compared: Any = {"case": case, "accents": accents, "spacing": spacing, "wildcards": wildcards}
        answers = tuple(Answer(id=Identifier(f"a{n}"), text=Plain(text), correct=n % 5 != 4) for n, text in enumerate(ACCEPTED))
        yield ShortAnswer(id=Identifier(f"q-typed-{number}"), stem=STEM, points=3, answers=answers, **compared)
        gaps = tuple(TextGap(id=Identifier(f"g{n}"), answers=(answer,), **compared) for n, answer in enumerate(answers) if answer.correct)
        yield Cloze(id=Identifier(f"q-gaps-{number}"), stem=STEM, points=3, gaps=gaps, credit=("partial", "all-or-nothing")[number % 2])
    for number, (value, tolerance, unit) in enumerate(itertools.product(NUMBERS, TOLERANCES, UNITS)):
        near = NumberAnswer(id=Identifier("a"), value=Number(value), tolerance=Number(tolerance))
        mistake = NumberAnswer(id=Identifier("b"), value=Number("7"), tolerance=Number("2"), correct=False)
        yield Numerical(
            id=Identifier(f"q-number-{number}"),
            stem=STEM,
            points=2,
            answers=(mistake, near),
            unit=Plain(unit) if unit is not None else None,
        )


def responses(question: Question, dice: random.Random) -> Iterator[list[str]]:
    """Responses of the shape that the kind has: right ones, nearly right ones, odd ones, none."""
    yield []
    yield right_response(question)
    if isinstance(question, ShortAnswer):
        yield from ([text] for text in TYPED)
    elif isinstance(question, Numerical):
        yield from ([text] for text in numbers(question))
    elif isinstance(question, Cloze):
        for _ in range(30):
            filled = [f"{gap.id}.{dice.choice(fillings(gap))}" for gap in question.gaps if dice.random() < 0.9]
            yield filled
            yield dice.sample(filled, len(filled))
    else:
        entry = entries([question])[question.id]
        for _ in range(40):
            if "parts" in entry:
                yield [f"{part['id']}.{dice.choice(part['options'])}" for part in entry["parts"] if dice.random() < 0.9]
            elif "options" in entry:
                yield dice.sample(entry["options"], dice.randint(0, len(entry["options"])))
            else:
                yield [dice.choice(HOSTILE)]


def fillings(gap: ChoiceGap | TextGap) -> list[str]:
    """What may be put into a gap: the right thing mostly."""
    own = [option.id for option in gap.options] if isinstance(gap, ChoiceGap) else [answer.text for answer in gap.answers]
    return [*own * 8, *TYPED]


def numbers(question: Numerical) -> Iterator[str]:
    """The ends of each range and what is next to them, as learners write numbers; and what is none."""
    for answer in question.answers:
        for end in (-1, 0, 1):
            edge = Decimal(answer.value) + end * Decimal(answer.tolerance)
            for beside in ("0", "0.00001", "-0.00001", "1"):
                text = f"{edge + Decimal(beside):f}"
                yield from (text, text.replace(".", ","), text.replace("-", "\u2212"), f" {text} ", f"+{text}", f"{text}.", f"{text}0")
                yield from (f"{text} {question.unit}", f"{text}{question.unit}", f"{text}\u00a0m m", text.lstrip("0"))
    yield from (
        *TYPED,
        "1e1",
        "0x7",
        "7..",
        "7.0.0",
        "1,000.5",
        "--7",
        "７",
        "٧",
        "1" * 16,
        ".",
        "-",
        "+.",
        "NaN",
        "Infinity",
        "7 %%",
        "mm",
    )


def entries(questions: list[Question]) -> dict[str, dict[str, Any]]:
    """What the outline says of questions, by id."""
    course = course_of(questions)
    activities = outline(course, course.units, "", "", "scorm12", "")["units"][0]["activities"]
    return {entry["id"]: entry for activity in activities for entry in activity.get("questions", ())}


def test_the_player_counts_every_kind_the_same() -> None:
    """What the outline says of a question is all that the player knows; hostile texts and numbers at the edge are among the responses."""
    dice = random.Random(4)
    questions = [*every_kind(), *typed_kinds()]
    known = entries(questions)
    asked = [(question, response) for question in questions for response in responses(question, dice)]
    told = counted([(known[question.id], response) for question, response in asked])
    wrong = [
        (question.id, response, given, [credit(question, response), points(question, response)])
        for (question, response), given in zip(asked, told, strict=True)
        if given != [credit(question, response), points(question, response)]
    ]
    assert wrong == []
    for kind in {question.kind for question in questions} - {"essay", "rating-scale"}:
        earned = {credit(question, response) for question, response in asked if question.kind == kind}
        assert {0, 1} <= earned, kind
    assert len(asked) > 20_000


def test_the_right_response_is_right() -> None:
    """In the player, too; and what is never scored earns nothing."""
    questions = [*every_kind(), *typed_kinds()]
    known = entries(questions)
    told = counted([(known[question.id], right_response(question)) for question in questions])
    assert told == [[float(question.points > 0), question.points] for question in questions]


@pytest.mark.parametrize("unit", ["mm", "Å", "Ω", "µm", "m²", "km/h", "°C"])
def test_a_unit_however_it_is_typed(unit: str) -> None:
    import unicodedata

    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert number_in(f"5,5 {unicodedata.normalize(form, unit)}", unit) == Decimal("5.5")
    assert number_in(f"\u22125\u00a0{unit}", unit) == -5
    assert number_in("5 kg", unit) is None


@pytest.mark.parametrize("text", ["brake *", "* a *", "*", "a\\*b*", "disc*"])
def test_what_stands_for_a_pattern_fits_it(text: str) -> None:
    answers = (Answer(id=Identifier("a"), text=Plain(text)),)
    question = ShortAnswer(id=Identifier("q"), stem=STEM, answers=answers, wildcards=True)
    assert credit(question, right_response(question)) == 1
