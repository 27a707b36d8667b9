"""A table of what an explorer sends, in which each part that comes again is stored once."""

import base64
import gzip
import json

from dnn_lessons.classroom.recordings.compact import compact, levels_of

SHORT = 48  # letters: a part as short as this is written where it stands
FEW = 8  # numbers that are written as they are
MOST_DECIMALS = 8
KINDS = "numbers", "list", "map", "line", "rest"
ZERO = 64  # the letter that stands for no step


def json_of(value):
    """Return a value as short JSON.

    Parameters
    ----------
    value : object
        What JSON can say.

    Returns
    -------
    str
        The text.
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Parts:
    """Lists and objects of JSON, each stored once; recorded.js reads them."""

    def __init__(self):
        # {kind: {JSON of a part: its number}}, in the order of the numbers: like beside like packs better
        self._numbers = {kind: {} for kind in KINDS}
        self._seen = {}  # {JSON of a mark and its axes: how it was stored}

    def stored(self, frame):
        """Store a frame.

        Parameters
        ----------
        frame : Frame
            The frame.

        Returns
        -------
        list
            The frame with {"#": number} in place of its picture.
        """
        panels = [self._panel(panel) for panel in frame.picture["panels"]]
        picture = self._numbered({**frame.picture, "panels": panels})
        return [picture, *frame[1:]]

    def _panel(self, panel):
        """Store a panel."""
        axes = {name: self._part(panel[name]) for name in "xy"}
        marks = [self._mark(mark, panel) for mark in panel["marks"]]
        return self._numbered({**panel, **axes, "marks": self._numbered(marks)})

    def _mark(self, mark, panel):
        """Store a mark; most of them were seen before, on the same axes."""
        key = json.dumps([mark, panel["x"], panel["y"]])
        if key not in self._seen:
            self._seen[key] = self._part(_opened(compact(mark, panel)))
        return self._seen[key]

    def _part(self, value):
        """Store a value after its own parts."""
        if isinstance(value, list):
            return self._numbered(_differences(value) or [*map(self._part, value)])
        if isinstance(value, dict):
            parts = {name: self._part(each) for name, each in value.items()}
            return self._numbered(parts)
        return value

    def _numbered(self, value):
        """Return a value, or the kind and the number of the part that it is."""
        text = json_of(value)
        if len(text) <= SHORT:
            return value
        kind = _kind(value)
        numbers = self._numbers[kind]
        return {"#": numbers.setdefault(text, len(numbers)), "of": kind}

    def as_json(self):
        """Return all parts.

        Returns
        -------
        str
            {kind: list of parts} in JSON.
        """
        lists = (f'"{kind}":[{",".join(each)}]' for kind, each in self._numbers.items())
        return f"{{{','.join(lists)}}}"


def script(title, table):
    """Return a table as a script that a page can load from a file system too.

    Parameters
    ----------
    title : str
        Under what the page finds the table.
    table : str
        The table as JSON.

    Returns
    -------
    str
        The script, which hands the compressed table to recorded.js.
    """
    packed = base64.b64encode(gzip.compress(table.encode("utf-8"), mtime=0)).decode()
    return f'dnnRecorded("{title}", "{packed}");\n'


def _kind(value):
    """Return the kind of a part."""
    if isinstance(value, list):
        return "list"
    kind = "numbers" if "~" in value else value.get("kind")
    return kind if kind in KINDS else "rest"


def _opened(mark):
    """Return a map with its levels as letters, each for the step from the one above, or any other mark as it is."""
    if mark["kind"] != "map":
        return mark
    levels = levels_of(base64.b64decode(mark["values"]))
    above = [0] * mark["size"][0] + levels
    letters = [chr(ZERO + b - a) for a, b in zip(above, levels, strict=False)]
    return {**mark, "values": "".join(letters)}


def _differences(values):
    """Return many numbers as {"~": [decimals, first, difference, ...]}, or None where they are no such numbers."""
    if len(values) < FEW or not {*map(type, values)} <= {int, float}:
        return None
    for decimals in range(MOST_DECIMALS):
        whole = [round(value * 10**decimals) for value in values]
        if all(a / 10**decimals == b for a, b in zip(whole, values, strict=True)):
            return {"~": [decimals, *_steps(whole)]}
    return None


def _steps(whole):
    """Return the first number, and what each of the others adds to the one before it."""
    return [b - a for a, b in zip([0, *whole], whole, strict=False)]
