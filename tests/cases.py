"""The sample course with a case study: a third unit with scenes, a loop, two variables, three endings and points."""

from __future__ import annotations

from samples import FILES

from coursegen.branching import prove
from coursegen.model import Storyline

CASE = "03-customer/case.yaml"
UNIT = "03-customer/unit.yaml"

CASE_FILES: dict[str, str] = {
    "course.yaml": FILES["course.yaml"]
    .replace("workload: 90", "workload: 120")
    .replace("  - 02-discs\n", "  - 02-discs\n  - 03-customer\n"),
    UNIT: """\
id: u03
title: A customer
minutes: 30
activities:
  - kind: case
    id: u03-case
    title: The brakes pull
    minutes: 30
    outcomes: [lo-1-1]
    file: case.yaml
""",
    CASE: """\
intro: <p>A customer says that the brakes <em>pull</em>. Illustrative scenario, invented people.</p>
variables:
  - id: trust
    title: Trust of the customer
    start: 1
    high: 3
  - id: measured
scenes:
  - id: desk
    title: At the desk
    text: <p>She points at the car. <a href="../01-brakes/pages/parts.html#disc">The disc</a> is what you think of.</p>
    choices:
      - id: ask
        text: Ask <em>when</em> it pulls
        to: workshop
        points: 2
        feedback: <p>She tells you. <strong>Good</strong> to know.</p>
        change: [{variable: trust, by: 1}]
      - id: replace
        text: Order new discs & pads
        to: workshop
        feedback: Nobody has looked yet.
        change: [{variable: trust, by: -1}]
  - id: workshop
    title: In the workshop
    text: |
      <p>The car is on the lift.</p>
      <h3>What you see</h3>
      <p><img src="../01-brakes/media/disc.svg" alt="A disc."></p>
    choices:
      - id: look
        text: Measure the run-out
        to: bench
        when: [{variable: measured, at_most: 0}]
        change: [{variable: measured, to: 1}]
      - id: call
        text: Call her
        to: phone
      - id: finish
        text: Finish the work
        to: done
        when: [{variable: measured, at_least: 1}, {variable: trust, at_least: 1}]
  - id: bench
    title: At the bench
    text: The run-out is 0.09 mm.
    choices:
      - id: back
        text: Go back to the lift
        to: workshop
  - id: phone
    title: On the phone
    text: What do you say?
    choices:
      - id: plain
        text: Tell her what you know
        to: done
        points: 3
        feedback: She understands.
        when: [{variable: measured, at_least: 1}]
      - id: guess
        text: Tell her what you guess
        to: lost
        points: 1
        feedback: She asks how you know.
      - id: hope
        text: Say that all will be well
        to: away
        feedback: <p>She is not sure.</p>
        when: [{variable: trust, at_least: 1, at_most: 2}]
  - id: done
    title: The car is ready
    text: She drives off.
    ending: A customer who comes back
  - id: lost
    title: A silence
    text: She thanks you.
    ending: A customer in doubt
  - id: away
    title: A letter
    text: <p>She writes that she has found another garage.</p>
    ending: A customer lost
debrief: |
  <p>Measure first, then talk.</p>
  <h3>To take away</h3>
  <ul><li>Ask</li> <li>Measure</li></ul>
""",
}


def best(storyline: Storyline) -> int:
    """The most points that a run can have."""
    found = prove(storyline).best
    return found.points if found else 0
