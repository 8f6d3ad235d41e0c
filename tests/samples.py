"""A small course in which nothing is wrong: two units, every kind of activity and question. Other tests change it in one spot."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

FILES: dict[str, str] = {
    "course.yaml": """\
id: sample
title: Brakes & discs
language: en
description: <p>A course about <strong>brakes</strong> and discs.</p>
authors:
  - name: Workshop team
    url: https://example.org/team
licence: CC-BY-4.0
licence_url: https://creativecommons.org/licenses/by/4.0/
version: 1.10
keywords: [brakes, discs]
workload: 90
audience: Trainers
framework: framework.yaml
completion:
  pages: seen
  quizzes: passed
tracking:
  scorm12_status: completed
packages: [scorm12-unit, scorm12, cartridge-11, cartridge]
units:
  - 01-brakes
  - 02-discs
""",
    "framework.yaml": """\
id: frame
title: Frame of skills
source: "A. Author (2020): Frame of skills"
competences:
  - code: 1.1
    title: Measure
  - code: 1.2
    title: Decide
""",
    "01-brakes/unit.yaml": """\
id: u01
title: Brakes
minutes: 55
summary: What brakes do.
outcomes:
  - id: lo-1-1
    text: name the parts of a brake
    competences: [1.1]
activities:
  - kind: page
    id: u01-why
    title: Why brakes matter
    minutes: 10
    outcomes: [lo-1-1]
    file: pages/why.html
  - kind: page
    id: u01-parts
    title: The parts
    minutes: 15
    outcomes: [lo-1-1]
    file: pages/parts.html
  - kind: quiz
    id: u01-quiz
    title: Check yourself
    minutes: 20
    outcomes: [lo-1-1]
    file: quiz.yaml
  - kind: discussion
    id: u01-talk
    title: Tell your peers
    minutes: 10
    outcomes: [lo-1-1]
    prompt: |
      <p>Describe your last brake test.</p>
      <ul>
        <li>What did you <em>measure</em>?</li>
        <li>See <a href="pages/parts.html#disc">the disc</a>.</li>
      </ul>
  - kind: link
    id: u01-framework
    title: The frame of skills
    url: https://example.org/frame
    description: <p>The report itself.</p>
  - kind: file
    id: u01-sheet
    title: Measurements
    file: files/measurements.csv
    description: A table to fill in
  - kind: tutor-page
    id: u01-tutor
    title: For tutors
    file: pages/tutor.html
""",
    "01-brakes/pages/why.html": """\
<p>Brakes turn motion into heat. <a href="parts.html#disc">The disc</a> takes most of it.</p>

<h2 id="heat">Heat</h2>
<figure>
  <img src="../media/disc.svg" alt="A gauge rests on a brake disc.">
  <figcaption>Figure 1. A gauge on a disc.</figcaption>
</figure>
<aside class="tip"><p>Measure <em>before</em> you replace: <a href="../files/measurements.csv">the table of measurements</a>.</p></aside>
<p>More in <a href="../../02-discs/pages/wear.html#limits">the limits of wear</a> and under <a href="#heat">heat</a>,
or on <a href="https://example.org/?a=1&amp;b=2">the site of the makers</a>.</p>
""",
    "01-brakes/pages/parts.html": """\
<h2 id="disc">Disc</h2>
<table>
  <caption>Parts and limits</caption>
  <thead><tr><th scope="col">Part</th><th scope="col">Limit</th></tr></thead>
  <tbody><tr><td>Disc</td><td>0.05&nbsp;mm</td></tr></tbody>
</table>
<h3>Pads</h3>
<ol><li>Look</li><li>Measure<br>twice</li></ol>
""",
    "01-brakes/pages/tutor.html": """\
<p>Let learners measure first. <a href="why.html">Why brakes matter</a> is what they read.</p>
""",
    "01-brakes/media/disc.svg": """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>Disc</title><circle cx="5" cy="5" r="4"/></svg>
""",
    "01-brakes/files/measurements.csv": "part,limit\ndisc,0.05\n",
    "01-brakes/quiz.yaml": """\
intro: <p>Choose what you would do.</p>
pass_mark: 70
attempts: unlimited
questions:
  - id: q-run-out
    kind: single-choice
    title: Run-out
    stem: <p>Which tool measures <strong>run-out</strong>?</p>
    points: 2
    outcomes: [lo-1-1]
    options:
      - id: a
        text: A dial gauge
        correct: true
        feedback: Right. It shows hundredths of a millimetre.
      - id: b
        text: A ruler
        feedback: "A ruler is <em>far</em> too coarse."
    feedback: <p>Run-out is measured with a dial gauge.</p>

  - id: q-parts
    kind: multiple-response
    stem: Which two wear?
    outcomes: [lo-1-1]
    options:
      - {id: a, text: Pads, correct: true, feedback: They do.}
      - {id: b, text: Discs, correct: true, feedback: 'They <b>do</b>, slowly.'}
      - {id: c, text: Bolts, feedback: They do not.}
    feedback: >
      Pads wear fast,
      discs <strong>slowly</strong>.
""",
    "02-discs/unit.yaml": """\
id: u02
title: Discs
minutes: 35
outcomes:
  - id: lo-2-1
    text: decide when a disc is worn
    competences: [1.2]
activities:
  - kind: page
    id: u02-wear
    title: Wear
    minutes: 20
    outcomes: [lo-2-1]
    file: pages/wear.html
  - kind: quiz
    id: u02-quiz
    title: Wear or not
    minutes: 15
    outcomes: [lo-2-1]
    file: quiz.yaml
""",
    "02-discs/pages/wear.html": """\
<p>A disc wears slowly, says <span lang="fr">le maître d’apprentissage</span>.</p>
<h2 id="limits">Limits</h2>
<details>
  <summary>See an example</summary>
  <p>0.05 mm, and 1 &lt; 2.</p>
</details>
""",
    "02-discs/quiz.yaml": """\
pass_mark: 50
attempts: 3
questions:
  - id: q-same
    kind: true-false
    stem: <p>A worn disc is always replaced.</p>
    answer: false
    outcomes: [lo-2-1]
    if_true: Measure first.
    if_false: Right, it may be turned.
    feedback: <p>Measure, then decide.</p>

  - id: q-word
    kind: short-answer
    stem: <p>What wears most?</p>
    outcomes: [lo-2-1]
    answers:
      - {id: a, text: pads}
      - {id: b, text: brake pads}
      - {id: c, text: bolts, correct: false, feedback: They hold.}
    feedback: <p>The pads wear most.</p>
""",
}


def write_course(folder: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the course into a folder, with the changed files in place of its own; None leaves a file out."""
    for path, text in {**FILES, **(changes or {})}.items():
        if text is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
