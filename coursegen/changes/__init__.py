"""Compares two editions of a course: what is other for learners, and what an update does to work that they have begun or done."""
