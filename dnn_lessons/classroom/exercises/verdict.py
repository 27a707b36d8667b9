"""What a reader is told about an answer: Markdown, and the same as plain text."""

import re
from dataclasses import dataclass

RIGHT, WRONG, BROKE = "right", "wrong", "broke"
LATE, NOT_ATTEMPTED = "no answer in time", "not attempted"
NOT_JUDGED = "not judged here"
HEAD = "| what | value |"  # a screen reader reads it before the rows
PLAIN = (  # each mark of Markdown that is used here, and what stands for it in plain text
    (re.escape(f"{HEAD}\n"), ""),
    (r"(?m)^\|(?:-+\|)+\n", ""),
    (r"(?m)^\| (.*) \|$", r"\1"),
    (r"\[([^\]]+)\]\(([^)]+)\)", r"\1 (\2)"),
    (r"\*\*|`", ""),
)


@dataclass(frozen=True, repr=False)
class Shown:
    """A text that a notebook shows as Markdown, and a console without its marks.

    Parameters
    ----------
    text : str
        The Markdown.
    """

    text: str

    def __repr__(self):
        """Return the text without the marks of Markdown."""
        text = self.text
        for mark, plain in PLAIN:
            text = re.sub(mark, plain, text)
        return text

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Return what a page shows."""
        return {"text/markdown": self.text, "text/plain": repr(self)}


@dataclass(frozen=True, repr=False)
class Verdict(Shown):
    """A verdict on one answer. It is true only if the answer is right.

    Parameters
    ----------
    text : str
        What the reader is told, as Markdown.
    exercise : str
        The name of the exercise.
    outcome : {"right", "wrong", "broke", "no answer in time", "not attempted", "not judged here"}
        The verdict in a word.
    misunderstanding : str, optional
        The name of the misunderstanding that the answer shows.
    """

    exercise: str
    outcome: str
    misunderstanding: str = ""

    def __bool__(self):
        """Return True for a right answer only."""
        return self.outcome == RIGHT


def table(rows):
    """Return rows of two columns as a table of Markdown.

    Parameters
    ----------
    rows : list of tuple of str
        A name and a value each.

    Returns
    -------
    str
        The table.
    """
    lines = [" | ".join(each.replace("|", r"\|") for each in row) for row in rows]
    return "\n".join([HEAD, "|---|---|", *(f"| {line} |" for line in lines)])


def block(text):
    """Return what a reader's program wrote as a block of code, in which nothing is Markdown.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The text, each line indented.
    """
    return "\n".join(f"    {line}" for line in text.splitlines())
