"""Settings, names and counts as the text that a run prints."""

import re
import textwrap

CONTROLS = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]"
)


def printable(text):
    """Return a text in which what would command a terminal is written out.

    Parameters
    ----------
    text : str
        A text with names and cells from a file of the reader's.

    Returns
    -------
    str
        The same, with an escape for each control character but line breaks.
    """
    return CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def in_words(value):
    """Return a setting as the reader writes it on the command line.

    Parameters
    ----------
    value : bool, int, float, str, tuple or list
        The value of one field of Settings.

    Returns
    -------
    str
        "yes" or "no" for a bool, the items of a tuple or list separated by spaces.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return " ".join(map(str, value)) or "none"
    return str(value)


def short_list(names, most=4):
    """Return names in one short text.

    Parameters
    ----------
    names : list of str
        Any number of names.
    most : int
        How many of them are shown.

    Returns
    -------
    str
        The first names, and the number of the others.
    """
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def counted(n, noun):
    """Return a number of things in words.

    Parameters
    ----------
    n : int
        How many.
    noun : str
        What one of them is called.

    Returns
    -------
    str
        The number, and the noun with an s unless it is one.
    """
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def wrapped(texts):
    """Return texts as indented lines.

    Parameters
    ----------
    texts : list of str
        Whole sentences, say.

    Returns
    -------
    list of str
        Lines of 79 letters at most.
    """
    wrap = {"initial_indent": "  ", "subsequent_indent": "    ", "width": 79}
    return [line for text in texts for line in textwrap.wrap(text, **wrap)]
