"""What all tests share."""

import os

pytest_plugins = ["browser", "moodle_site"]

os.environ["COURSEGEN_CACHE"] = os.path.join(os.devnull, "none")
"""No test uses what another has built, or leaves anything in the folder of whoever runs the tests."""
