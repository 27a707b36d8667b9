"""The instructor's command: `python -m grading hand-out` and `python -m grading grade`."""

import argparse
import sys
from pathlib import Path

from dnn_lessons.classroom.exercises.question import SEED
from grading.bubblewrap import Limits
from grading.grade import best, grade
from grading.hand_out import hand_out
from grading.report import (
    write_feedback,
    write_picture,
    write_table,
    write_wide_table,
)
from grading.sandbox import SandboxError

MARK = {"action": "store_true"}
HAND_OUT = {
    "lessons": {"nargs": "+", "help": "their numbers, such as 02 03"},
    "--to": {"required": True, "metavar": "FOLDER", "help": "where to write them"},
    "--nbgrader": MARK | {"help": "add the metadata of nbgrader"},
}
GRADE = {
    "folder": {"help": "of notebooks: ann/02_sigmoid.ipynb or ann_02_sigmoid.ipynb"},
    "--csv": {"required": True, "metavar": "FILE", "help": "the table to write"},
    "--wide": MARK | {"help": "one line a student, as Moodle and Canvas import it"},
    "--seed": {"type": int, "default": SEED, "help": "of the cases that are tried"},
    "--seconds": {"type": float, "default": Limits().whole, "help": "for each notebook"},
    "--trust-students": MARK | {"help": "run their notebooks without a sandbox"},
}


def main(arguments):
    """Run a verb.

    Parameters
    ----------
    arguments : list of str
        The words after the name of the program.

    Returns
    -------
    str or None
        What is wrong, if it could not be done.
    """
    options = _parser().parse_args(arguments)
    try:
        for line in options.run(options):
            print(line, flush=True)  # noqa: T201
    except (OSError, ValueError, SandboxError) as error:
        return str(error)
    return None


def _parser():
    """Return the parser of the two verbs."""
    parser = argparse.ArgumentParser("python -m grading", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    _add(verbs, "hand-out", "write lessons without solutions", HAND_OUT, _hand_out)
    _add(verbs, "grade", "grade returned notebooks in a sandbox", GRADE, _grade)
    return parser


def _add(verbs, name, words, options, run):
    """Add a verb with its options."""
    verb = verbs.add_parser(name, help=words)
    for option, settings in options.items():
        verb.add_argument(option, **settings)
    verb.set_defaults(run=run)


def _hand_out(options):
    """Write the lessons, and yield the names of the files."""
    yield from map(str, hand_out(options.to, options.lessons, options.nbgrader))


def _grade(options):
    """Grade, and yield a line for each exercise; write table, feedback and picture."""
    limits, grades = Limits(whole=options.seconds), []
    table = Path(options.csv)
    table.parent.mkdir(parents=True, exist_ok=True)  # now, not after an hour
    for each in grade(options.folder, options.seed, limits, options.trust_students):
        grades.append(each)
        yield _line(each)
    yield from _write(best(grades), table, options.wide)


def _line(grade):
    """Return what is said of one exercise of one student."""
    return f"{grade.student}, {grade.exercise}: {grade.verdict.outcome}"


def _write(grades, table, wide):
    """Write table, picture and feedback beside each other, and yield their names."""
    picture, feedback = table.with_suffix(".png"), table.parent / "feedback"
    (write_wide_table if wide else write_table)(grades, table)
    write_picture(grades, picture)
    write_feedback(grades, feedback)
    yield f"written: {table}, {picture}, {feedback}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
