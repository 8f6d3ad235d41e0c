"""What builds leave for the next one: a folder that may be deleted at any time, and that never changes a byte of a package.

``store`` entries by key, checked when they are read · ``inputs`` what a build depends on, as digests · ``kept`` packages, without the
files of the course that stand in them · ``watched`` which pages a package was made of.
"""
