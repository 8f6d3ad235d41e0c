"""What an answer is worth. The player counts the same; tests hold one against the other."""

from __future__ import annotations

from collections.abc import Collection

from .model import MultipleResponse, Question, ShortAnswer, SingleChoice, TrueFalse


def points(question: Question, response: Collection[str] | str) -> int:
    """The points that a response earns: all or none.

    ``response`` is the ids of the picked options (``true`` or ``false`` for a true/false question), or the typed text.
    """
    return question.points if right(question, response) else 0


def right(question: Question, response: Collection[str] | str) -> bool:
    """Whether a response is right."""
    if isinstance(question, ShortAnswer):
        assert isinstance(response, str)
        typed = normal(response)
        return any(answer.correct and normal(answer.text) == typed for answer in question.answers)
    return set(response) == set(key(question))


def key(question: Question) -> list[str]:
    """The ids of the right options, in order; the ids of the accepted answers of a short answer."""
    if isinstance(question, TrueFalse):
        return ["true" if question.answer else "false"]
    if isinstance(question, (SingleChoice, MultipleResponse)):
        return [option.id for option in question.options if option.correct]
    return [answer.id for answer in question.answers if answer.correct]


def normal(text: str) -> str:
    """A typed text as it is compared: Unicode NFC, without spaces at the ends, several spaces as one, in lower case."""
    import unicodedata

    return " ".join(unicodedata.normalize("NFC", text).split()).lower()
