"""coursegen compiles courses from YAML and HTML into packages that a learning management system imports."""

__version__ = "0.1.0"
