"""Makes a sample course, and adds units, pages, quizzes and cases to a course.

``names`` ids and file names from titles · ``edit`` changes in YAML that keep everything else as it stands · ``writing`` all files or
none · ``sample`` a new course · ``additions`` something new in a course · ``editor`` schemas and settings for editors.
The texts are files in ``templates/scaffold/``.
"""

from .additions import KINDS, add
from .editor import set_up
from .sample import new_course
from .writing import Refused

__all__ = ["KINDS", "Refused", "add", "new_course", "set_up"]
