"""The command line: train.py, its options, the tables that it reads and the report that it prints."""

from dnn_lessons.command.run import main

__all__ = ["main"]
