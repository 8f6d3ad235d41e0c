"""The sample course with an analysis grid: a third unit, in which one grid is used twice, once with a reference to compare with."""

from __future__ import annotations

from samples import FILES

GRID = "grid.yaml"
UNIT = "03-lessons/unit.yaml"
PAGE = "03-lessons/pages/how.html"
REFERENCE = "03-lessons/reference.yaml"

GRID_FILES: dict[str, str] = {
    "course.yaml": FILES["course.yaml"]
    .replace("workload: 90", "workload: 145")
    .replace("  - 02-discs\n", "  - 02-discs\n  - 03-lessons\n"),
    GRID: """\
title: Grid of lessons
intro: <p id="before">Look first, then choose a level. <a href="#before">Again</a>.</p>
levels:
  - title: Improvised
  - title: Organised
  - title: Shared & kept
dimensions:
  - id: work
    title: Work task
    competences: [1.1]
    indicators:
      - id: job
        title: Real job
        descriptors: [A list of topics, A job is named, The job leads the lesson]
      - id: reason
        title: Reason for digital
        descriptors: [The tool came first, It is <handy>, It solves a problem]
  - id: safety
    title: Safety
    indicators:
      - id: stop
        title: Stop points
        descriptors: [None, A list of rules, People stop and check]
""",
    UNIT: """\
id: u03
title: Lessons
minutes: 55
activities:
  - kind: page
    id: u03-how
    title: How to rate
    minutes: 10
    file: pages/how.html
  - kind: grid
    id: u03-sample
    title: Rate a sample lesson
    minutes: 30
    outcomes: [lo-1-1]
    about: <p>Read <a href="pages/how.html">how to rate</a>, then rate the lesson.</p>
    grid: ../grid.yaml
    reference: reference.yaml
  - kind: grid
    id: u03-own
    title: Rate your own lesson
    minutes: 15
    about: <p>Take a lesson of your own.</p>
    grid: ../grid.yaml
""",
    PAGE: """\
<p>First <a href="../unit.yaml#u03-sample">a sample lesson</a>, then <a href="../unit.yaml#u03-own">your own</a>,
and <a href="../../01-brakes/unit.yaml#u01-talk">tell your peers</a>.</p>
""",
    REFERENCE: """\
title: Three trainers of the workshop
ratings:
  - indicator: job
    level: 3
    reason: <p>The <strong>complaint</strong> of a customer leads the lesson.</p>
  - indicator: reason
    level: 1
    reason: Nobody says why.
  - indicator: stop
    level: not-applicable
""",
}
