"""Questions of every kind, with every text they can have: for tests of writers. Each text is made by a function, so it can be hostile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from coursegen.model import (
    Answer,
    Author,
    Bank,
    ChoiceGap,
    Cloze,
    Course,
    Distractor,
    Essay,
    GapOption,
    Group,
    Identifier,
    Language,
    Matching,
    Moodle,
    MultipleResponse,
    NumberAnswer,
    Numerical,
    Option,
    Ordering,
    Outcome,
    Pair,
    Plain,
    Question,
    QuestionSet,
    Quiz,
    RatingLevel,
    RatingScale,
    Rich,
    ShortAnswer,
    SingleChoice,
    Sortable,
    Sorting,
    Step,
    TextGap,
    TrueFalse,
    Unit,
)
from coursegen.model.text import Code, Number

Words = Callable[[str], str]
"""Makes the words of a place (``stem``, ``option-a``, ``if-right`` …): the place's name, or something hostile with the name in it."""

HOSTILE = (
    "<b>not bold</b> &amp; <script>alert(1)</script>",
    "]]> <![CDATA[ --> <!-- ?> &#60; &lt;b&gt; &nbsp;",
    "\"double\" 'single' “curly” `back`",
    "~ = # { } : \\ \\n \\t %50% ->  [html] :: // $CATEGORY: x ####",
    "[[1]] {{x}} {% x %} {1:MC:=a} @@PLUGINFILE@@ $IMS-CC-FILEBASE$ ${x} %s",
    "שלום עולם ‏ مرحبا",
    "😀👩‍🔧 e\u0301 a\u030a ﬁ 漢字",
    "0",
    "long " + "x" * 10_000,
)
"""Words that a writer may stumble over."""


def rich(words: str) -> Rich:
    """Words as a rich text."""
    return Rich((words,))


def every_kind(words: Words = str, **common: Any) -> list[Question]:
    """A question of each kind, twice where credit can be partial or not. ``words`` makes every text that a learner reads.

    Answers to type, ids and numbers are as they are. ``common`` are fields that all get, such as ``outcomes``.
    """

    def text(name: str) -> Rich:
        return rich(words(name))

    def option(name: str, correct: bool = False) -> Option:
        return Option(id=Identifier(name), text=text(f"option-{name}"), correct=correct, feedback=text(f"told-{name}"))

    def asked(name: str, **more: Any) -> dict[str, Any]:
        return {
            "id": Identifier(f"q-{name}"),
            "title": Plain(words("title")),
            "stem": text("stem"),
            "hints": (text("hint-one"), text("hint-two")),
            "feedback": text("general"),
            **common,
            **more,
        }

    def scored(name: str, **more: Any) -> dict[str, Any]:
        return asked(name, **{"points": 2, "if_right": text("if-right"), "if_wrong": text("if-wrong"), **more})

    def partly(name: str, credit: str) -> dict[str, Any]:
        return scored(name, credit=credit, if_partly=text("if-partly"))

    plain = Plain
    answers = (
        Answer(id=Identifier("a"), text=plain("Brake pad"), feedback=text("told-a")),
        Answer(id=Identifier("b"), text=plain("café *"), feedback=text("told-b")),
        Answer(id=Identifier("c"), text=plain("bolts"), correct=False, feedback=text("told-c")),
    )
    pairs = tuple(
        Pair(id=Identifier(n), text=text(f"pair-{n}"), match=plain(words(f"match-{n}")), feedback=text(f"part-{n}")) for n in "abc"
    )
    made: list[Question] = [
        SingleChoice(**scored("single"), options=(option("a"), option("b", True), option("c"))),
        TrueFalse(**scored("true"), answer=False, if_true=text("told-true"), if_false=text("told-false")),
        ShortAnswer(**scored("short"), answers=answers),
        ShortAnswer(**scored("short-strict"), answers=answers, case="counts", accents="ignored", spacing="ignored", wildcards=True),
        Numerical(
            **scored("number"),
            answers=(
                NumberAnswer(id=Identifier("a"), value=Number("12.5"), tolerance=Number("0.25"), feedback=text("told-a")),
                NumberAnswer(id=Identifier("b"), value=Number("125"), correct=False, feedback=text("told-b")),
            ),
            unit=plain("mm"),
        ),
        Numerical(**scored("number-exact"), answers=(NumberAnswer(id=Identifier("a"), value=Number("-3")),)),
        Essay(**asked("essay"), model_answer=text("model"), lines=8),
        RatingScale(
            **asked("rating"), levels=tuple(RatingLevel(id=Identifier(f"l{n}"), text=plain(words(f"level-{n}"))) for n in range(1, 5))
        ),
    ]
    for credit in ("all-or-nothing", "partial"):
        short = "all" if credit == "all-or-nothing" else "part"
        made += [
            MultipleResponse(
                **partly(f"several-{short}", credit), options=(option("a", True), option("b", True), option("c"), option("d"))
            ),
            Matching(
                **partly(f"match-{short}", credit),
                pairs=pairs,
                distractors=(Distractor(id=Identifier("x"), text=plain(words("spare"))),),
            ),
            Sorting(
                **partly(f"sort-{short}", credit),
                groups=(Group(id=Identifier("g"), title=plain(words("group-g"))), Group(id=Identifier("h"), title=plain(words("group-h")))),
                items=tuple(
                    Sortable(
                        id=Identifier(n), text=text(f"item-{n}"), group=Identifier("g" if n < "c" else "h"), feedback=text(f"part-{n}")
                    )
                    for n in "abcd"
                ),
            ),
            Ordering(
                **partly(f"order-{short}", credit),
                items=tuple(Step(id=Identifier(n), text=text(f"step-{n}"), feedback=text(f"part-{n}")) for n in "abcd"),
            ),
            Cloze(
                **{**partly(f"cloze-{short}", credit), "stem": rich(f"{words('stem')} one [[g1]] two [[g2]] end [[none]].")},
                gaps=(
                    ChoiceGap(
                        id=Identifier("g1"),
                        options=(
                            GapOption(id=Identifier("a"), text=plain(words("gap-a")), correct=True, feedback=text("told-g1-a")),
                            GapOption(id=Identifier("b"), text=plain(words("gap-b")), feedback=text("told-g1-b")),
                        ),
                    ),
                    TextGap(
                        id=Identifier("g2"),
                        answers=(
                            Answer(id=Identifier("a"), text=plain("disc"), feedback=text("told-g2-a")),
                            Answer(id=Identifier("b"), text=plain("drum"), correct=False, feedback=text("told-g2-b")),
                        ),
                    ),
                ),
            ),
        ]
    return made


MOODLE_44 = Moodle(version="4.4")


def course_of(questions: Iterable[Question], banks: Sequence[Bank] = (), **settings: Any) -> Course:
    """A course of one unit with one quiz of these questions; ``settings`` are those of the quiz."""
    quiz = Quiz(id=Identifier("u1-quiz"), title=Plain("A quiz"), minutes=10, set=QuestionSet(questions=tuple(questions), **settings))
    unit = Unit(
        id=Identifier("u1"),
        title=Plain("Brakes"),
        minutes=10,
        outcomes=(Outcome(id=Identifier("lo-1"), text=Plain("measure a disc"), competences=(Code("1.1"),)),),
        activities=(quiz,),
        banks=tuple(banks),
    )
    return Course(
        id=Identifier("kinds"),
        title=Plain("Every kind"),
        language=Language("en"),
        description=rich("All kinds of question."),
        authors=(Author(name=Plain("Nobody")),),
        licence=Plain("CC0-1.0"),
        version=Plain("1.0.0"),
        workload=10,
        units=(unit,),
    )


def renamed(question: Question, name: str) -> Question:
    """The same question under another id."""
    changes: Any = {"id": Identifier(name)}
    return replace(question, **changes)
