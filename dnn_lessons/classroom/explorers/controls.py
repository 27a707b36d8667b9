"""The controls of an explorer: sliders and drop-down lists, each with the values that it can take."""

import bisect
import math
from numbers import Integral, Real
from typing import NamedTuple

import numpy as np

# The fields of a control that go to the page.
SENT = ("name", "label", "kind", "needs", "held")
MANTISSAS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9)  # of the values of a rate


class Control(NamedTuple):
    """A labelled input of an explorer.

    Parameters
    ----------
    name : str
        The argument of `compute`, or of `draw`, that the control sets.
    label : str
        The text beside the control.
    values : tuple
        The values that it can take; those of a slider rise.
    form : str or tuple of str
        The format in which the page shows a number, or the text for each value.
    start : object
        The value at which it starts.
    kind : {"slider", "choice"}
        The input that the page makes of it.
    view : bool
        Whether it changes only how things are drawn, and nothing that is computed.
    needs : tuple of str
        (name, text) of a choice and of its option with which alone this control does something and is shown.
    held : bool
        Whether a Handle sets it, so that the page shows no input for it.
    """

    name: str
    label: str
    values: tuple
    form: str | tuple
    start: object
    kind: str
    view: bool = False
    needs: tuple = ()
    held: bool = False

    def holding(self, value):
        """Return the control with a value among its values.

        Parameters
        ----------
        value : object
            One of `values`; a slider also takes any number between its ends.

        Returns
        -------
        Control
            The same control, or one with one more value.

        Raises
        ------
        ValueError
            For a value that it cannot take.
        """
        if value in self.values:
            return self
        if self.kind == "choice" or not self._between(value):
            raise ValueError(f"{self.name} is {value!r}; expected {self._expected}")
        values = list(self.values)
        bisect.insort(values, type(values[0])(value))
        return self._replace(values=tuple(values))

    def _between(self, value):
        """Return whether a value is a number of the right kind between the ends."""
        kind = Integral if isinstance(self.values[0], int) else Real
        right = isinstance(value, kind) and not isinstance(value, bool)
        return right and self.values[0] <= value <= self.values[-1]

    @property
    def _expected(self):
        """What the control can take, in words."""
        if self.kind == "choice":
            return f"one of {', '.join(map(repr, self.values))}"
        whole = "whole " if isinstance(self.values[0], int) else ""
        return f"a {whole}number from {self.values[0]:g} to {self.values[-1]:g}"

    def text(self, value):
        """Return what the page shows for a value.

        Parameters
        ----------
        value : object
            One of `values`.

        Returns
        -------
        str
            The text.
        """
        if isinstance(self.form, str):
            return self.form.format(value).replace("-", "−")
        return self.form[self.values.index(value)]

    def for_page(self):
        """Return what the page needs to know of the control.

        Returns
        -------
        dict
            The fields SENT, the index of its start, a text for each value, and the numbers of a slider.
        """
        numbers = list(self.values) if self.kind == "slider" else []
        own = {name: getattr(self, name) for name in SENT}
        texts = [self.text(value) for value in self.values]
        start = self.values.index(self.start)
        return {**own, "start": start, "texts": texts, "numbers": numbers}


def slider(name, label, values, start, form="{:g}", **more):
    """Return a slider over numbers, which need not be evenly spaced.

    Parameters
    ----------
    name, label : str
        The argument of `compute` that it sets, and the text beside it.
    values : array_like
        The numbers, in rising order.
    start : float
        The number at which it starts; one more value of the slider where it is none of them.
    form : str
        The format in which a number is shown. It shows all digits, so that the slider holds what it shows.
    **more : object
        Further fields of Control, such as `needs`.

    Returns
    -------
    Control
        The slider.
    """
    values = tuple(np.asarray(values).tolist())
    made = Control(name, label, values, form, start, "slider", **more)
    return made.holding(start)


def choice(name, label, options, start, view=False):
    """Return a drop-down list.

    Parameters
    ----------
    name, label : str
        The argument of `compute`, or of `draw`, that it sets, and the text beside it.
    options : iterable of str, or dict
        The values, or {text that is shown: value}.
    start : object
        The value at which it starts.
    view : bool
        Whether it changes only how things are drawn.

    Returns
    -------
    Control
        The list.
    """
    if not isinstance(options, dict):
        options = {option: option for option in options}
    return Control(
        name, label, tuple(options.values()), tuple(options), start, "choice", view
    )


def even_values(low, high, step):
    """Return numbers at equal distances, each the float that its decimal text stands for.

    Parameters
    ----------
    low, high, step : float
        The first and the last number, and the distance; all are multiples of a power of ten.

    Returns
    -------
    list of float
        The numbers, so that 0.3 is 0.3 and not 0.30000000000000004.
    """
    count = round((high - low) / step)
    return [float(f"{low + i * step:.10g}") for i in range(count + 1)]


def rate_values(low, high, mantissas=MANTISSAS):
    """Return the values of a slider for learning rates, which rise by about a fifth: 0.1, 0.12, 0.15, 0.2, ...

    Parameters
    ----------
    low, high : float
        The least and the largest rate.
    mantissas : sequence of float
        The first digits of each rate, from 1 to less than 10.

    Returns
    -------
    list of float
        The numbers from low to high, each the float that its decimal text stands for.
    """
    tens = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    rates = [float(f"{mantissa}e{ten}") for ten in tens for mantissa in mantissas]
    return [rate for rate in rates if low <= rate <= high]
