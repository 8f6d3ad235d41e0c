"""What all tests share."""

pytest_plugins = ["browser", "moodle_site"]
