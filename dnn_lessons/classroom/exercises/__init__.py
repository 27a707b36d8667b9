"""Exercises: what a reader of the lessons writes is judged here. Those of lesson NN are in lesson_NN.py."""

from dnn_lessons.classroom.exercises.checking import check
from dnn_lessons.classroom.exercises.progress_file import progress

__all__ = ["check", "progress"]
