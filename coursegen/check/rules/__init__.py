"""The rules, by subject. Each is one documented function: see :mod:`coursegen.check.rule`."""
