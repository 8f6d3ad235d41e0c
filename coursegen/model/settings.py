"""How much the rules of ``coursegen check`` count in a course."""

from typing import Annotated, Literal

from .part import Part, part
from .text import Code, Plain

Level = Literal["off", "hint", "warning", "error"]


@part
class RuleSetting(Part):
    """Another weight for a rule. Where several speak of a finding, the last one counts."""

    rule: Annotated[Code, "the code that its findings show, such as Q008"]
    level: Annotated[Level, "what its findings are in this course"]
    files: Annotated[tuple[Plain, ...], "files or folders of the course in which it counts so; all if absent"] = ()
    reason: Annotated[Plain, "why, for who reads this next year"]
