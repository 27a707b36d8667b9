"""The command line, in reading order: options, read_table, run, report, predict."""

from dnn_lessons._extras import extra

with extra("command"):
    from dnn_lessons.command.run import main

__all__ = ["main"]
