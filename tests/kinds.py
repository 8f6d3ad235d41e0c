"""The sample course with every kind of question, a bank, and quizzes that take from it: one more unit."""

from __future__ import annotations

from samples import FILES

COURSE = "course.yaml"
UNIT = "04-kinds/unit.yaml"
QUIZ = "04-kinds/quiz.yaml"
BANK = "04-kinds/bank.yaml"
DRAWN = "04-kinds/drawn.yaml"
FORMS = "04-kinds/forms.yaml"

KIND_FILES: dict[str, str] = {
    COURSE: FILES[COURSE].replace("workload: 90", "workload: 120").replace("  - 02-discs\n", "  - 02-discs\n  - 04-kinds\n"),
    UNIT: """\
id: u04
title: Tests
minutes: 30
banks: [bank.yaml]
outcomes:
  - id: lo-4-1
    text: test a brake
    competences: [1.1]
  - id: lo-4-2
    text: tell what a test shows
activities:
  - {kind: quiz, id: u04-quiz, title: Every kind, minutes: 10, outcomes: [lo-4-1], file: quiz.yaml}
  - {kind: quiz, id: u04-drawn, title: Drawn, minutes: 10, outcomes: [lo-4-2], file: drawn.yaml}
  - {kind: quiz, id: u04-forms, title: In forms, minutes: 10, outcomes: [lo-4-1], file: forms.yaml}
""",
    QUIZ: """\
questions:
  - id: q-limit
    kind: numerical
    stem: How thick is the disc at least?
    outcomes: [lo-4-1]
    competences: [1.2]
    difficulty: hard
    source: The makers' handbook
    tags: [limits]
    hints: [Look at the rim., It is <em>stamped</em> there.]
    answers:
      - {id: a, value: 22.4, tolerance: 0.1, feedback: So it is stamped.}
      - {id: b, value: 22.4, tolerance: 1, correct: false, feedback: Nearly. Read the decimals.}
      - {id: c, value: -3, correct: false, feedback: That is less than nothing.}
    unit: mm
    if_right: Right.
    if_wrong: Not so.
    feedback: The limit is stamped on the rim.
    twin:
      id: q-limit-twin
      kind: single-choice
      stem: How thick is the disc <b id="rim">at least</b>?
      options:
        - {id: a, text: 22.4 mm, correct: true, feedback: So it is stamped.}
        - {id: b, text: 20 mm, feedback: It is worn by then.}
      feedback: The limit is stamped.

  - id: q-pairs
    kind: matching
    stem: What does each tool <b id="tool">measure</b>?
    outcomes: [lo-4-1]
    points: 2
    credit: all-or-nothing
    pairs:
      - {id: a, text: A dial gauge, match: run-out, feedback: In hundredths.}
      - {id: b, text: A <em>caliper</em>, match: thickness}
      - {id: c, text: A micrometer, match: thickness}
    distractors:
      - {id: x, text: noise}
    feedback: Each tool has its own use.
    twin:
      id: q-pairs-twin
      kind: true-false
      stem: A dial gauge <b id="tool">measures</b> run-out.
      answer: true
      if_true: It does.
      if_false: It does.
      feedback: Each tool has its own use.

  - id: q-sort
    kind: sorting
    stem: What wears, and what lasts?
    outcomes: [lo-4-1]
    groups:
      - {id: wears, title: It wears}
      - {id: lasts, title: It lasts}
    items:
      - {id: pad, text: A pad, group: wears, feedback: The lining is soft.}
      - {id: bolt, text: A bolt, group: lasts}
    if_partly: Some are right.
    feedback: What rubs wears.

  - id: q-order
    kind: ordering
    stem: What comes first?
    outcomes: [lo-4-1]
    items:
      - {id: look, text: Look, feedback: It costs nothing.}
      - {id: measure, text: Measure}
      - {id: decide, text: Decide}
    feedback: Decide last.

  - id: q-gaps
    kind: cloze
    stem: |
      <p>Run-out is measured with a [[tool]].</p>
      <p>It is <em>[[much]]</em> mm at most.</p>
    outcomes: [lo-4-1]
    gaps:
      - kind: text
        id: tool
        answers:
          - {id: a, text: dial gauge}
          - {id: b, text: ruler, correct: false, feedback: It is too coarse.}
        spacing: ignored
      - kind: choice
        id: much
        options:
          - {id: a, text: 0.05, correct: true, feedback: As the makers say.}
          - {id: b, text: 0.5, feedback: That shakes the wheel.}
    feedback: A dial gauge shows hundredths.

  - id: q-typed
    kind: short-answer
    stem: What wears first?
    outcomes: [lo-4-1]
    case: counts
    accents: ignored
    wildcards: true
    answers:
      - {id: a, text: "*pads"}
      - {id: b, text: "*discs*", correct: false, feedback: They wear slowly.}
      - {id: c, text: "*", correct: false, feedback: It is nearer to the disc.}
    feedback: The pads wear first.

  - id: q-words
    kind: essay
    stem: What would you tell the customer?
    outcomes: [lo-4-1]
    lines: 4
    model_answer: What was measured, and what it means.

  - id: q-sure
    kind: rating-scale
    stem: How sure are you?
    levels:
      - {id: a, text: Not sure}
      - {id: b, text: Sure}
""",
    BANK: """\
id: tests
title: Brake tests
questions:
  - id: q-roller
    kind: true-false
    stem: A roller test <b id="rollers">shows</b> how well it brakes.
    answer: true
    outcomes: [lo-4-2]
    tags: [rollers]
    difficulty: easy
    if_true: It does.
    if_false: It does.
    feedback: It measures the force.
  - id: q-sides
    kind: true-false
    stem: Both sides must brake alike.
    answer: true
    outcomes: [lo-4-2]
    difficulty: easy
    if_true: They must.
    if_false: The car would pull.
    feedback: A car that pulls is not safe.
  - id: q-fade
    kind: true-false
    stem: Hot brakes brake better.
    answer: false
    points: 3
    outcomes: [lo-4-2]
    difficulty: hard
    if_true: They fade.
    if_false: They fade.
    feedback: Brakes fade when they are hot.
""",
    DRAWN: """\
questions:
  - id: q-own
    kind: true-false
    stem: A test drive comes first.
    answer: false
    outcomes: [lo-4-2]
    if_true: Look first.
    if_false: Look first.
    feedback: Look before you drive.
take:
  - {bank: tests, tags: [easy], draw: 1}
  - {bank: tests, questions: [q-fade]}
""",
    FORMS: """\
take:
  - bank: tests
    questions: [q-roller, q-sides]
forms:
  - id: a
    questions: [q-roller]
  - id: b
    questions: [q-sides]
""",
}
