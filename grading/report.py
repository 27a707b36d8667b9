"""Write grades down: a table, a page of feedback for each student, and a picture of the class's misunderstandings."""

import csv
from collections import Counter
from pathlib import Path

from matplotlib.figure import Figure

from dnn_lessons.classroom.exercises.verdict import WRONG
from dnn_lessons.classroom.figures.display import png
from dnn_lessons.classroom.figures.looks import LOOKS

COLUMNS = "student lesson exercise verdict misunderstanding points seconds".split()
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute
MOST_BARS = 12


def write_table(grades, path):
    """Write a line for each exercise of each student.

    Parameters
    ----------
    grades : list of Grade
        The grades.
    path : str or Path
        The CSV file.
    """
    _write_csv(path, COLUMNS, map(_row, grades))


def _row(grade):
    """Return the line of one exercise of one student."""
    verdict = grade.verdict.outcome, grade.verdict.misunderstanding
    return [*grade[:3], *verdict, grade.points, f"{grade.seconds:.1f}"]


def write_wide_table(grades, path):
    """Write a line for each student: the points for each exercise, and their sum.

    Parameters
    ----------
    grades : list of Grade
        The grades.
    path : str or Path
        The CSV file.
    """
    names = list(dict.fromkeys(map(_name, grades)))
    rows = [_wide_row(student, own, names) for student, own in _by_student(grades)]
    _write_csv(path, ["student", *names, "total"], rows)


def _name(grade):
    """Return the name of an exercise, its lesson before it."""
    return f"{grade.lesson[:2]} {grade.exercise}"


def _wide_row(student, grades, names):
    """Return the line of one student."""
    points = {_name(each): each.points for each in grades}
    return [student, *(points.get(name, 0) for name in names), sum(points.values())]


def write_feedback(grades, folder):
    """Write a page of Markdown for each student.

    Parameters
    ----------
    grades : list of Grade
        The grades.
    folder : str or Path
        Where to; it is made if it is missing.
    """
    Path(folder).mkdir(parents=True, exist_ok=True)
    for student, own in _by_student(grades):
        text = "\n\n".join([_head(student, own), *map(_feedback, own)])
        Path(folder, f"{student}.md").write_text(f"{text}\n", "utf-8", "replace")


def _head(student, grades):
    """Return the title of a student's page."""
    points, out_of = (sum(each[place] for each in grades) for place in (4, 5))
    return f"# {student}: {points} of {out_of} points"


def _feedback(grade):
    """Return the feedback on one exercise."""
    title = f"## {grade.lesson[:2]} {grade.exercise}: {grade.points} of {grade.out_of}"
    return f"{title}\n\n{grade.verdict.text}"


def counted(grades):
    """Count the misunderstandings of a class.

    Parameters
    ----------
    grades : list of Grade
        The grades.

    Returns
    -------
    list of tuple
        (exercise and misunderstanding, number of students), the most frequent first; wrong
        answers that show none have a row for each exercise.
    """
    wrong = [each for each in grades if each.verdict.outcome == WRONG]
    kinds = [each.verdict.misunderstanding or "wrong in another way" for each in wrong]
    names = [f"{each.exercise}: {kind}" for each, kind in zip(wrong, kinds, strict=True)]
    return Counter(names).most_common()


def write_picture(grades, path):
    """Draw how many students show each misunderstanding.

    Parameters
    ----------
    grades : list of Grade
        The grades.
    path : str or Path
        The PNG file.
    """
    rows = counted(grades)[:MOST_BARS] or [("no wrong answer", 0)]
    figure = Figure((10, 1.2 + 0.4 * len(rows)), layout="constrained")
    _draw_bars(figure.add_subplot(), rows[::-1])
    Path(path).write_bytes(png(figure))


def _draw_bars(axes, rows):
    """Draw a bar with its number for each row, the last on top."""
    names, numbers = zip(*rows, strict=True)
    bars = axes.barh(names, numbers, color=LOOKS["wrong"].colour)
    axes.bar_label(bars, padding=3)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set(title="What the class misunderstands", xlabel="students")
    axes.set_xlim(0, max(numbers) + 1)


def _by_student(grades):
    """Return each student and the grades."""
    own = {}
    for each in sorted(grades, key=lambda row: row.student):
        own.setdefault(each.student, []).append(each)
    return own.items()


def _write_csv(path, head, rows):
    """Write rows of a table, in which no text is taken for a formula."""
    with Path(path).open("w", encoding="utf-8", errors="replace", newline="") as file:
        csv.writer(file).writerows(
            [head, *([_safe(cell) for cell in row] for row in rows)]
        )


def _safe(cell):
    """Return a cell that a spreadsheet shows and does not compute."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
