"""Two editions of a course, each a package or a source: reads both, and compares them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import copies
from .compare import compare
from .model import Update
from .snapshot import NotComparableError, NotOursError, of_package, of_source

if TYPE_CHECKING:
    from ..model import Course, PackageName


def compared(old: Path, new: Path) -> Update:
    """What ``new`` is to somebody who began with ``old``. A source is taken as the package would be that it is compared with.

    Raises NotComparableError where one of them cannot be read or both cannot be compared, OSError where the system cannot read a file.
    """
    from ..inspection.limits import OutOfTimeError
    from ..render.faults import TemplateFault

    packages = [path for path in (old, new) if not path.is_dir()]
    folders = [path for path in (old, new) if path.is_dir()]
    try:
        try:
            made = {path: of_package(path) for path in packages}
        except NotOursError as error:
            return _copies(old, new, folders, error)
        like = next(iter(made.values()), None)
        made |= {path: of_source(path, _course(path, like.format if like else None), like) for path in folders}
        return compare(made[old], made[new])
    except OutOfTimeError:
        raise NotComparableError("it takes too long to read a package: one of them is not as coursegen writes it") from None
    except TemplateFault as fault:
        raise NotComparableError(f"no package can be made of this course:\n{fault.finding}") from None


def _copies(old: Path, new: Path, folders: list[Path], error: NotOursError) -> Update:
    """The same for packages of which platforms make copies. Raises ``error`` where one is of another kind."""
    found = {path: copies.of_package(path) for path in (old, new) if path not in folders}
    known = {path: each for path, each in found.items() if each is not None}
    if len(known) < len(found):
        raise error
    like = next(iter(known.values()))
    known |= {path: copies.of_source(path, _course(path, like.format), like) for path in folders}
    return copies.compare(known[old], known[new])


def _course(root: Path, wanted: PackageName | None) -> Course:
    """The course in a folder, looked through for the format that it is to be written in, else for those that it asks for."""
    from ..check import check_source

    course, findings = check_source(root, (wanted,) if wanted else ())
    errors = [str(finding) for finding in findings if finding.severity == "error"]
    if course is None or errors:
        raise NotComparableError("\n".join([f"no package can be made of {root.as_posix()}:", *errors]))
    return course
