"""Questions that Moodle has in another way than most of their kind: where the table has another verdict for some of them."""

from __future__ import annotations

from ..model import ChoiceGap, Cloze, Essay, Matching, Ordering, Question, Sorting
from .words import plain

LONGEST_TAG = 50
_LONGEST_TARGET = 255
"""Characters of a tag, and of an entry to match: what Moodle's columns hold. A longer entry would stop the import."""
_GROUPS = 8
"""Lists that a text with gaps may have when they are chosen from lists alone."""
EMBEDDED = "of texts with gaps and of matchings that become embedded answers"


def is_embedded(question: Question) -> bool:
    """Whether it becomes answers embedded in a text: a type without combined feedback, with whole points for each answer."""
    if isinstance(question, Matching):
        return any(len(plain(words)) > _LONGEST_TARGET for words in question.targets().values())
    if isinstance(question, Sorting):
        return any(len(plain(group.title)) > _LONGEST_TARGET for group in question.groups)
    if isinstance(question, Cloze):
        simple = all(
            isinstance(gap, ChoiceGap)
            and sum(option.correct for option in gap.options) == 1
            and not any(option.feedback for option in gap.options)
            for gap in question.gaps
        )
        return not simple or len(question.gaps) > _GROUPS
    return False


def has_uneven_points(question: Question) -> bool:
    """Whether its points are no whole number for each embedded answer."""
    if not is_embedded(question):
        return False
    parts: tuple[object, ...] = getattr(question, "pairs", ()) or getattr(question, "items", ()) or getattr(question, "gaps", ())
    return bool(question.points % len(parts))


def has_long_tags(question: Question) -> bool:
    """Whether a tag is longer than Moodle's."""
    return any(len(tag) > LONGEST_TAG for tag in question.tags)


def is_essay(question: Question) -> bool:
    """Whether it is an essay: Moodle reads no hints of those."""
    return isinstance(question, Essay)


def is_ordering(question: Question) -> bool:
    """Whether things are put in order: there Moodle has all or nothing, too."""
    return isinstance(question, Ordering)
