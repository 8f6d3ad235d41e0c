"""Packages for the tests: the course in modules/ and the sample course, each built once, and readers of what is in them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from coursegen.check import check_source
from coursegen.model import Course

REPOSITORY = Path(__file__).parent.parent
MODULES = REPOSITORY / "modules"
SCHEMAS = Path(os.environ.get("COURSEGEN_SCHEMAS", REPOSITORY.parent / "shared" / "schemas"))
needs_schemas = pytest.mark.skipif(
    not (SCHEMAS / "validate.py").is_file(),
    reason=f"WAITS FOR THE OFFICIAL SCHEMAS: no {SCHEMAS.name}/validate.py beside the repository; set COURSEGEN_SCHEMAS to their folder",
)


def course(source: Path) -> Course:
    """A course that must be clean."""
    found, findings = check_source(source)
    assert found is not None
    assert [str(finding) for finding in findings if finding.severity == "error"] == []
    return found


def validate(package: Path) -> str:
    """What the official schemas say of a package; its last line tells the number of documents when all are valid."""
    done = subprocess.run([sys.executable, str(SCHEMAS / "validate.py"), str(package)], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def members(package: Path) -> dict[str, bytes]:
    """The files of a zip."""
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def copies(source: Path, *targets: Path) -> Iterator[Path]:
    """Copies of a course in other folders."""
    for target in targets:
        shutil.copytree(source, target)
        yield target
