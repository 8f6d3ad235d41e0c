"""Rules about ``rules`` in course.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from ...finding import RULES
from ..rule import Report, check
from ..survey import Survey


@check("X001")
def lowered_error(survey: Survey) -> Iterator[Report]:
    """A setting would make an error count less.

    Without what errors ask for, packages would be broken or poorer than their source, and nobody would hear of it.

    Wrong: ``rules: [{rule: S001, level: hint, reason: We know}]``
    Right: mend what the findings name.
    """
    for setting in survey.course.rules:
        rule = RULES.get(setting.rule)
        if rule and rule.severity == "error" and setting.level != "error":
            yield Report(
                setting.at("level"), f"{rule.code} ({rule.name}) is an error and stays one", "mend what it finds, and take the setting away"
            )


@check("X002")
def unknown_rule(survey: Survey) -> Iterator[Report]:
    """A setting names a rule that there is not.

    It would change nothing, and its author would think that the finding is dealt with.

    Wrong: ``rules: [{rule: Q0008, level: "off", reason: The pictures come later}]``
    Right: ``rules: [{rule: Q008, level: "off", reason: The pictures come later}]``
    """
    from .. import all_rules

    known = {rule.code for rule in all_rules()} if survey.course.rules else set()
    for setting in survey.course.rules:
        if setting.rule not in known:
            yield Report(
                setting.at("rule"), f"there is no rule {setting.rule}", "write a code that findings show; 'coursegen rules' lists them"
            )
