"""Rules about what formats keep of a course."""

from __future__ import annotations

from collections.abc import Sequence

from ...fidelity import FEATURES, KINDS
from ...finding import fault
from ...model import Place


@fault("F001")
def dropped(place: Place, formats: Sequence[str], feature: str, reason: str, owner: str, more: int) -> tuple[str, str]:
    """A format drops something, and the build is strict.

    ``coursegen build --strict`` takes nothing away without the author's consent: it builds no package while a format drops something that
    ``accept`` does not name. Each feature is told at its first place; how many more there are is told, too. ``coursegen formats`` lists
    what each format keeps. Without ``--strict`` every place is in the report of the build.

    Wrong: a question to put in order without a twin, in a course that has ``packages: [gift]``
    Right: the question with a ``twin`` that every format has; or ``accept: [ordering]``; or another format
    """
    names = formats[0] if len(formats) == 1 else f"{', '.join(formats[:-1])} and {formats[-1]}"
    others = f" and {more} more place{'s' * (more != 1)}" if more else ""
    message = f'"{owner}"{others}: {names} {"drops" if len(formats) == 1 else "drop"} {FEATURES[feature]}: {reason}'
    twin = "give the question a twin, " if feature in KINDS else ""
    leave = "the format" if len(formats) == 1 else "these formats"
    return message, f"{twin}add {feature} to accept in course.yaml, or leave {leave} out of packages"
