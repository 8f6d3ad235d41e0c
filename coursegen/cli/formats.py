"""``coursegen formats``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ..fidelity import Verdict
from ..writers import FORMATS, Format

MARKS = {"kept": "+", "changed": "~", "substituted": "=", "dropped": "-"}
LEGEND = "+ kept   ~ changed   = another question takes its place   - dropped   . beyond the format   * not so for some questions"


@click.command()
@click.argument("name", required=False, type=click.Choice(list(FORMATS)))
@click.option("--moodle", default="4.1", type=click.Choice(["4.1", "4.4"]), help="The oldest Moodle that the course is for.")
def command(name: str | None, moodle: str) -> None:
    """Tell what every format keeps of a course, changes and drops; or all of the one called NAME, with the reasons.

    The names of the features are those that accept in course.yaml takes.

    Exit status: 0 told, 2 wrong usage.

    \b
    coursegen formats
    coursegen formats gift
    """
    for line in _one(FORMATS[name], moodle) if name else _all(moodle):
        click.echo(line)


def _all(moodle: str) -> Iterator[str]:
    """Features by formats, in signs: the columns have numbers, for their names are long."""
    from ..report import matrix

    yield from (f"{number:2}  {each.name:18}{each.title}" for number, each in enumerate(FORMATS.values(), 1))
    yield ""
    yield LEGEND
    for title, rows in matrix(FORMATS.values(), moodle):
        yield ""
        yield f"{title:24}{''.join(f'{number:>2}  ' for number in range(1, len(FORMATS) + 1))}"
        for row in rows:
            signs = "".join(f" {_sign(found)} " for found in row.verdicts)
            yield f"{row.feature:24}{signs} {row.what}"


def _sign(found: Verdict | None) -> str:
    """The sign of a verdict, with a star where another holds for some questions."""
    return f"{MARKS[found.how]}{'*' if found.exceptions else ' '}" if found else ". "


def _one(chosen: Format, moodle: str) -> Iterator[str]:
    """Every feature with its verdict and the reason."""
    from ..report import matrix

    yield f"{chosen.name}: {chosen.title}, for {chosen.consumer}"
    for title, rows in matrix([chosen], moodle):
        told = [(row, found) for row in rows for found in row.verdicts if found]
        if told:
            yield ""
            yield title
        for row, found in told:
            yield f"  {f'{row.feature:19} {_how(found)}':30}{row.what}"
            if found.reason:
                since = f" (kept for Moodle {found.since} and newer)" if found.since else ""
                yield f"{'':32}{found.reason}{since}"
            for each in found.exceptions:
                yield f"{'':22}{_how(each.verdict):10}{each.which}{f': {each.verdict.reason}' if each.verdict.reason else ''}"


def _how(found: Verdict) -> str:
    return "replaced" if found.how == "substituted" else found.how
