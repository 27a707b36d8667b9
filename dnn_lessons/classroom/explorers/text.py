"""Numbers and arrays in one line of text, for the words and notes of explorers."""

import numpy as np

MOST = 200  # characters of an array's numbers


def rounded_text(value, digits):
    """Return an array or a number as text; a negative zero is written as zero.

    Parameters
    ----------
    value : array_like
        The number or the array.
    digits : int
        The decimals that are kept.

    Returns
    -------
    str
        One line, lists in brackets.
    """
    return str((np.round(value, digits) + 0.0).tolist())


def array_text(name, value, digits=4):
    """Return the name, the shape and the numbers of an array or a number in one line.

    Parameters
    ----------
    name : str
        What the line begins with.
    value : array_like
        The number or the array.
    digits : int
        The decimals that are kept.

    Returns
    -------
    str
        The line; of a long array, the first numbers and an ellipsis.
    """
    shape = f", shape {np.shape(value)}" if np.ndim(value) else ""
    numbers = rounded_text(value, digits)
    if len(numbers) > MOST:
        numbers = f"{numbers[:MOST].rpartition(', ')[0]}, …"
    return f"{name}{shape} = {numbers}"


def number_text(value, form="{:.4g}"):
    """Return a number as text with a true minus sign; a negative zero is written as zero.

    Parameters
    ----------
    value : float
        The number.
    form : str
        Its format.

    Returns
    -------
    str
        The text.
    """
    return form.format(value + 0.0).replace("-", "−")


def text_unlike(value, *others):
    """Return a number in as many digits, at least four, as tell it from other numbers.

    Parameters
    ----------
    value : float
        The number.
    *others : float
        The numbers as which it shall not be read, unless it is one of them.

    Returns
    -------
    str
        Such as "0.99995" for a number that shall not be read as 1.
    """
    texts = (number_text(value, f"{{:.{digits}g}}") for digits in range(4, 17))
    lies = {number_text(other) for other in others if other != value}
    exact = number_text(value, "{:.17g}")
    return next((text for text in texts if text not in lies), exact)


def counted(number, one, many):
    """Return a number with its noun.

    Parameters
    ----------
    number : int
        The number.
    one, many : str
        The noun for 1, and for any other number.

    Returns
    -------
    str
        Such as "3 batches".
    """
    return f"{number} {one if number == 1 else many}"
