"""The instructor's command: `python -m grading hand-out` and `python -m grading grade`."""

import argparse
import secrets
import sys
from pathlib import Path

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
    "--seed": {"type": int, "help": "of the cases that are tried; without it, a new one"},
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
    table, grades = _table(options.csv), []
    seed, limits = _seed(options.seed), Limits(whole=options.seconds)
    yield f"The cases are drawn from the seed {seed}."
    for each in grade(options.folder, seed, limits, options.trust_students):
        grades.append(each)
        yield _line(each)
    yield from _write(best(grades), table, options.wide)


def _table(name):
    """Return the path of the table, and make its folder now, not after an hour."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    return Path(name)


def _seed(given):
    """Return the seed, or a new one: the lessons' own would let answers for its cases pass."""
    return secrets.randbelow(1_000_000) if given is None else given


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
