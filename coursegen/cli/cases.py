"""``coursegen cases``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import place, report

if TYPE_CHECKING:
    from ..branching import Proof
    from ..model import Case


@click.command()
@place.argument
def command(source: Path) -> None:
    """Tell what can happen in the case studies of the course in SOURCE (by default this folder, or modules).

    For each: its size, the best and the worst score, and a shortest way to every ending. A way is told by the ids of its scenes and
    choices.

    Exit status: 0 told, 1 the course has errors, 2 wrong usage.

    \b
    coursegen cases
    coursegen cases my-course
    """
    from ..check import check_source

    course, findings = check_source(source)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors or course is None:
        click.echo(report.text(errors), nl=False, err=True)
        click.echo(f"{source}: {report.summary(errors)}. Nothing can be told of a course with errors.", err=True)
        sys.exit(1)
    told = ["\n".join(_case(case)) for unit in course.units for case in unit.cases()]
    click.echo("\n\n".join(told) if told else "This course has no case study.")


def _case(case: Case) -> Iterator[str]:
    from ..branching import prove

    storyline = case.storyline
    proof = prove(storyline)
    yield f"{case.id}: {case.title}"
    counts = {"scene": len(storyline.scenes), "choice": sum(len(scene.choices) for scene in storyline.scenes), "state": proof.states}
    yield f"  {', '.join(_count(number, noun) for noun, number in counts.items())}; every state leads to an ending"
    yield from _score(proof)
    names = {str(scene.id): scene.ending for scene in storyline.scenes}
    for run in proof.endings:
        yield f"  ending {run.state.scene} ({names[run.state.scene]}), {_count(len(run.steps), 'decision')}:"
        yield f"    {run.told}"


def _score(proof: Proof) -> Iterator[str]:
    if not proof.scored:
        yield "  not scored"
        return
    for name, run in (("best", proof.best), ("worst", proof.worst)):
        assert run is not None
        yield f"  {name} score {_count(run.points, 'point')}:"
        yield f"    {run.told}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
