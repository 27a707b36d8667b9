"""The sign of currency or per cent of a column: what its numbers are numbers of."""

import pandas as pd

from dnn_lessons.command.cells import SIGN

OTHER_SIGN = (
    "{}: the numbers of {!r} have {}, and those of the table that the network "
    "was trained on have {}; write them alike"
)
MANY = 1000  # different cells, of which one has a sign where any has


def signs_of(frame, cells):
    """Return {name: its sign} of the columns of numbers that have one.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table.
    cells : dict of str to Cells
        What its columns mean.

    Returns
    -------
    dict of str to str
        The first sign of a column, such as "%".
    """
    signs = {name: _sign(frame[name]) for name in _numbers(cells)}
    return {name: sign for name, sign in signs.items() if sign}


def _numbers(cells):
    """Return the names of the columns of numbers that are not all gaps."""
    numbers = {
        name: values for name, (kind, values, *_) in cells.items() if kind == "numbers"
    }
    return [name for name, values in numbers.items() if not pd.isna(values).all()]


def _sign(column):
    """Return the first sign in a column; None where it has none."""
    if pd.api.types.is_numeric_dtype(column):
        return None
    texts = column.dropna().drop_duplicates().head(MANY).map(str)
    return next(iter(texts.str.extract(f"({SIGN})")[0].dropna()), None)


def check_signs(sheet, recipe, cells):
    """Raise ValueError where numbers of another table have other signs than the first one's.

    Amounts may lack their currency. A share of 59% and one of 0.59 are different numbers.

    Parameters
    ----------
    sheet : Sheet
        The other table.
    recipe : dict
        What was done with the first table; an older one says nothing of signs.
    cells : dict of str to Cells
        What the columns of the other table mean.

    Raises
    ------
    ValueError
        Naming the first such column.
    """
    for name in _numbers(cells) if "signs" in recipe else ():
        new, old = _sign(sheet.frame[name]), recipe["signs"].get(name)
        if new != old and ("%" in (new, old) or (new and old)):
            raise ValueError(OTHER_SIGN.format(sheet.path, name, _say(new), _say(old)))


def _say(sign):
    """Return a sign in words."""
    return f"the sign {sign}" if sign else "no sign"
