"""A course with every kind of question, answered one by one, handed in together, and a survey: for tests of what learners see and do."""

from __future__ import annotations

from samples import FILES

_QUESTIONS = """\
  - id: q-KEY-single
    kind: single-choice
    stem: <p>What comes first?</p>
    outcomes: [lo-3-1]
    hints: [Think of <em>looking</em> before doing., <p>It costs no money.</p>]
    options:
      - {id: a, text: Look, correct: true, feedback: Yes.}
      - {id: b, text: Replace, feedback: Too soon.}
    if_right: <p>You look first.</p>
    if_wrong: <p>Look before you act.</p>
    feedback: <p>A look costs nothing.</p>
  - id: q-KEY-several
    kind: multiple-response
    credit: partial
    points: 2
    stem: <p>Which two wear?</p>
    outcomes: [lo-3-1]
    options:
      - {id: a, text: Pads, correct: true, feedback: They do.}
      - {id: b, text: Discs, correct: true, feedback: Slowly.}
      - {id: c, text: Bolts, feedback: They do not.}
    if_right: You know what wears.
    if_partly: You know a part of what wears.
    if_wrong: Look at a worn brake.
    feedback: <p>Pads and discs wear.</p>
  - id: q-KEY-true
    kind: true-false
    stem: <p>A worn disc is always replaced.</p>
    answer: false
    outcomes: [lo-3-1]
    if_true: Measure first.
    if_false: It may be turned.
    feedback: <p>Measure, then decide.</p>
  - id: q-KEY-short
    kind: short-answer
    stem: <p>In which unit is wear measured?</p>
    outcomes: [lo-3-1]
    wildcards: true
    answers:
      - {id: a, text: milli*}
      - {id: b, text: mm}
      - {id: c, text: inches, correct: false, feedback: Not here.}
    feedback: <p>Wear is measured in millimetres.</p>
  - id: q-KEY-number
    kind: numerical
    points: 2
    stem: <p>A disc was 25 mm and has lost 12.5 mm. How thick is it?</p>
    outcomes: [lo-3-1]
    hints: [Take the loss away.]
    unit: mm
    answers:
      - {id: a, value: 12.5, tolerance: 0.25, feedback: That is thin.}
      - {id: b, value: 37.5, correct: false, feedback: You have added.}
    if_right: Well counted.
    if_wrong: Count once more.
    feedback: 25 mm less 12.5 mm is 12.5 mm.
  - id: q-KEY-match
    kind: matching
    points: 3
    stem: <p>Which tool is for which part?</p>
    outcomes: [lo-3-1]
    hints: [A gauge shows very small movements.]
    pairs:
      - {id: disc, text: The <strong>disc</strong>, match: A dial gauge, feedback: It shows run-out.}
      - {id: pad, text: The pad and its backing plate, match: A depth gauge}
      - {id: bolt, text: The bolt, match: A torque wrench that was calibrated in this year, feedback: It holds with the right force.}
    distractors:
      - {id: x, text: A hammer}
    if_right: All tools are at their part.
    if_partly: Some tools are at their part.
    if_wrong: No tool is at its part.
    feedback: Each part has its tool.
  - id: q-KEY-sort
    kind: sorting
    points: 4
    stem: <p>What wears, and what stays?</p>
    outcomes: [lo-3-1]
    groups:
      - {id: wears, title: It wears}
      - {id: stays, title: It stays}
    items:
      - {id: pads, text: Pads, group: wears, feedback: They rub.}
      - {id: bolts, text: Bolts, group: stays}
      - {id: discs, text: Discs, group: wears}
      - {id: caliper, text: The caliper, group: stays, feedback: It only moves.}
    if_partly: Some of it is right.
    feedback: What rubs wears.
  - id: q-KEY-shelves
    kind: sorting
    credit: all-or-nothing
    points: 2
    stem: <p>On which shelf does it lie?</p>
    outcomes: [lo-3-1]
    groups:
      - {id: a, title: Shelf A}
      - {id: b, title: Shelf B}
      - {id: c, title: Shelf C}
      - {id: d, title: 'Shelf D, which is for everything that is too large for the others'}
    items:
      - {id: pads, text: Pads, group: a}
      - {id: hoses, text: Hoses, group: b}
      - {id: bolts, text: Bolts, group: c}
      - {id: drum, text: A drum, group: d}
    feedback: Large parts lie on shelf D.
  - id: q-KEY-order
    kind: ordering
    points: 2
    stem: <p>How do you go about it?</p>
    outcomes: [lo-3-1]
    hints: [You look first.]
    items:
      - {id: look, text: Look, feedback: It costs nothing.}
      - {id: measure, text: Measure the disc at eight places}
      - {id: decide, text: Decide, feedback: Only now you know enough.}
      - {id: write, text: Write it down}
    if_right: That is the way.
    if_partly: A part of the way is right.
    feedback: Measure, then decide.
  - id: q-KEY-cloze
    kind: cloze
    points: 3
    stem: |
      <p>A worn [[part]] is <strong>measured with a [[tool]]</strong> before it is replaced.</p>
      <ul><li>Its limit is given in [[unit]].</li></ul>
    outcomes: [lo-3-1]
    hints: [It turns with the wheel.]
    gaps:
      - kind: choice
        id: part
        options:
          - {id: disc, text: disc, correct: true, feedback: It wears slowly.}
          - {id: bolt, text: bolt, feedback: A bolt does not wear.}
      - kind: text
        id: tool
        answers:
          - {id: a, text: gauge}
          - {id: b, text: ruler, correct: false, feedback: A ruler is too coarse.}
      - kind: text
        id: unit
        case: counts
        answers:
          - {id: a, text: mm}
    if_partly: Some gaps are right.
    if_wrong: Read the page about wear again.
    feedback: Measure, then decide.
  - id: q-KEY-essay
    kind: essay
    stem: <p>How do you show learners that a disc is worn?</p>
    outcomes: [lo-3-1]
    hints: [Think of your last brake test.]
    lines: 4
    model_answer: <p>They measure it themselves, and compare with the limit.</p>
    feedback: There are many good ways.
  - id: q-KEY-rate
    kind: rating-scale
    stem: <p>I feel sure when I measure a disc.</p>
    outcomes: [lo-3-1]
    levels:
      - {id: l1, text: I do not agree at all}
      - {id: l2, text: I do not agree}
      - {id: l3, text: I agree}
      - {id: l4, text: I agree fully}
    feedback: Your view helps to plan the next workshop.
"""
_UNSCORED = _QUESTIONS[_QUESTIONS.index("  - id: q-KEY-essay") :]
_TITLES = {"now": "One by one", "later": "All at once", "view": "A survey"}
_UNIT = (
    "id: u03\ntitle: Every kind\nminutes: 30\noutcomes:\n  - {id: lo-3-1, text: know tools, competences: [1.1]}\nactivities:\n"
    + "".join(
        f"  - kind: quiz\n    id: u03-{name}\n    title: {title}\n    minutes: 10\n    outcomes: [lo-3-1]\n    file: {name}.yaml\n"
        for name, title in _TITLES.items()
    )
)
PLAYED_FILES = {
    "course.yaml": FILES["course.yaml"].replace("workload: 90", "workload: 120").replace("  - 02-discs\n", "  - 02-discs\n  - 03-played\n"),
    "03-played/unit.yaml": _UNIT,
    "03-played/now.yaml": "pass_mark: 50\nattempts: unlimited\nquestions:\n" + _QUESTIONS.replace("KEY", "now"),
    "03-played/later.yaml": "pass_mark: 50\nattempts: unlimited\nfeedback: deferred\nquestions:\n" + _QUESTIONS.replace("KEY", "later"),
    "03-played/view.yaml": "pass_mark: 50\nattempts: unlimited\nquestions:\n" + _UNSCORED.replace("KEY", "view"),
}
"""Changes to the sample course: a third unit, with a quiz of every kind in either way of feedback, and a survey."""
