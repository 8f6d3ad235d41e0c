"""What can be wrong with a course's own templates and interface texts."""

from __future__ import annotations

from ..finding import Finding, fault
from ..model.place import Place


class TemplateFault(Exception):
    """A template could not be filled; ``finding`` says where and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@fault("L013")
def template(place: Place, problem: str) -> tuple[str, str]:
    """A template, or a file of interface texts, of the course is wrong.

    A course may replace any template by its own. It is filled when a package is written, and so found then.

    Wrong: ``{{ activty.title }}`` in ``templates/activity/page.html``
    Right: ``{{ activity.title }}``
    """
    return f"this template cannot be used: {problem}", "mend it, or remove it to have coursegen's own"
