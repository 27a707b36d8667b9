"""Checks of the lessons as a reader sees them, and the faults that each of them has to catch."""

from lesson_checks import cells, markup, outcomes, pictures, switches, words
from lesson_checks.lesson import CHECKS, Lesson

__all__ = [
    "CHECKS",
    "Lesson",
    "cells",
    "markup",
    "outcomes",
    "pictures",
    "switches",
    "words",
]
