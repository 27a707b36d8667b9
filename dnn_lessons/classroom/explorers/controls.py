"""The controls of an explorer: sliders and drop-down lists, each with the values that it can take."""

from typing import NamedTuple

import numpy as np


class Control(NamedTuple):
    """A labelled input of an explorer.

    Parameters
    ----------
    name : str
        The argument of `compute` that the control sets.
    label : str
        The text beside the control.
    values : tuple
        The values that it can take, in order.
    texts : tuple of str
        What the page shows for each value.
    start : int
        The index of the value at which it starts.
    kind : {"slider", "choice"}
        The input that the page makes of it.
    """

    name: str
    label: str
    values: tuple
    texts: tuple
    start: int
    kind: str

    def nearest(self, value):
        """Return the index of a value, or of the number that is nearest to it.

        Parameters
        ----------
        value : object
            One of `values`; where these are numbers, any number.

        Returns
        -------
        int
            The index in `values`.
        """
        if value in self.values:
            return self.values.index(value)
        return int(np.argmin(np.abs(np.array(self.values, float) - value)))

    def for_page(self):
        """Return what the page needs to know of the control.

        Returns
        -------
        dict
            Its name, label, texts, start and kind; the values stay in the kernel.
        """
        return {key: value for key, value in self._asdict().items() if key != "values"}


def slider(name, label, values, start, form="{:.3g}"):
    """Return a slider over numbers, which need not be evenly spaced.

    Parameters
    ----------
    name, label : str
        The argument of `compute` that it sets, and the text beside it.
    values : array_like
        The numbers, in order.
    start : float
        The number at which it starts, or one that is near to it.
    form : str
        The format in which a number is shown.

    Returns
    -------
    Control
        The slider.
    """
    values = tuple(np.asarray(values).tolist())
    texts = tuple(form.format(value) for value in values)
    control = Control(name, label, values, texts, 0, "slider")
    return control._replace(start=control.nearest(start))


def choice(name, label, options, start):
    """Return a drop-down list.

    Parameters
    ----------
    name, label : str
        The argument of `compute` that it sets, and the text beside it.
    options : iterable of str, or dict
        The values, or {text that is shown: value}.
    start : object
        The value at which it starts.

    Returns
    -------
    Control
        The list.
    """
    if not isinstance(options, dict):
        options = {option: option for option in options}
    values = tuple(options.values())
    return Control(name, label, values, tuple(options), values.index(start), "choice")
