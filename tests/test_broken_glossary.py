"""One fault at a time in a glossary or in a link to it: exactly one finding, with its code and place."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import write_course
from test_broken_sources import Case, expect_one_finding, place
from test_glossary import CHANGES, LINKED, WHY

from coursegen.check import check_source

GLOSSARY = "glossary.yaml"
CASES: list[Case] = []


def add(code: str, name: str, file: str, line: str, *, uses: str = "", says: str) -> None:
    """A case in which a line stands at the end of a file; ``¤`` in it is the place of the finding. The term ``uses`` is linked to."""
    text = f"{CHANGES[file]}{line}\n"
    link = f'<p><a href="../../glossary.yaml#{uses}">It</a></p>\n' if uses else ""

    def make(folder: Path) -> None:
        write_course(folder, {**CHANGES, WHY: LINKED + link, file: text.replace("¤", "")})

    CASES.append(Case(name, make, [(code, place(file, text))], says))


add("V001", "misspelt", WHY, '<p>¤<a href="../../glossary.yaml#run-oat">Run-out</a></p>', says='did you mean "run-out"?')
add("V001", "unlike any", WHY, '<p>¤<a href="../../glossary.yaml#wear">Wear</a></p>', says='no term "wear"')
add("V002", "the whole glossary", WHY, '<p>¤<a href="../../glossary.yaml">Run-out</a></p>', says="glossary.yaml does not say")
add("V002", "an empty anchor", WHY, '<p>¤<a href="../../glossary.yaml#">Run-out</a></p>', says="does not say")
add("V003", "of two terms", GLOSSARY, "  - {¤id: run-out, term: Wobble, definition: It turns badly.}", says="in line 2")
add(
    "V003",
    "of a term and in a definition",
    GLOSSARY,
    "  - {id: pad, term: Pad, definition: '¤<p id=\"run-out\">It rubs.</p>'}",
    uses="pad",
    says="that of a term",
)
add("V004", "in capitals", GLOSSARY, "  - {id: wobble, ¤term: RUN-OUT, definition: It turns badly.}", uses="wobble", says="in line 3")
add("V005", "used nowhere", GLOSSARY, "  - {¤id: pad, term: Pad, definition: It rubs.}", says='"Pad"')
ITSELF = "  - {{id: pad, term: Pad, definition: 'A {}<a href=\"glossary.yaml#pad\">pad</a>'}}"
add("V006", "and used", GLOSSARY, ITSELF.format("¤"), uses="pad", says='"Pad" links to itself')
add("V007", "the player's", GLOSSARY, "  - {¤id: cg-main, term: Pad, definition: It rubs.}", uses="cg-main", says="another beginning")
add("A003", "in a definition", GLOSSARY, "  - {id: pad, term: Pad, definition: '¤<h2>Pad</h2>'}", uses="pad", says="cannot have headings")


@pytest.mark.parametrize("case", CASES, ids=[f"{case.expected[0][0]} {case.name}" for case in CASES])
def test_one_fault_is_one_finding(case: Case, tmp_path: Path) -> None:
    expect_one_finding(case, tmp_path)


def test_a_term_that_only_its_own_definition_names_is_unused(tmp_path: Path) -> None:
    _, findings = check_source(write_course(tmp_path, {**CHANGES, GLOSSARY: CHANGES[GLOSSARY] + ITSELF.format("") + "\n"}))
    assert sorted(finding.code for finding in findings) == ["V005", "V006"]
