"""Logarithmic axes whose numbers are plain text, so that still and moving pictures look the same and draw fast."""

import math
from itertools import product

from matplotlib.ticker import Formatter, LogLocator, MaxNLocator, NullLocator

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
MOST_TICKS = 6
EVEN = MaxNLocator(4)  # for an axis too short for two of the usual numbers
PLACES = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10])
TOLERANCE = 1 + 1e-9  # up to which an end of an axis is still on it
LONG = 2  # decades, from which on an axis has no ticks between powers of ten
PLAIN = 1e-4, 1e5  # an axis within these has 0.01 or 500 in place of powers of ten


def power(value):
    """Return a positive number in Unicode with a power of ten, such as 10⁻³ or 2·10⁻³.

    Parameters
    ----------
    value : float
        The number, of which at most two digits are shown.

    Returns
    -------
    str
        The text.
    """
    digits, exponent = f"{value:.1e}".split("e")
    ten = f"10{str(int(exponent)).translate(SUPERSCRIPTS)}"
    return ten if digits == "1.0" else f"{float(digits):g}·{ten}"


class _LogTicks(LogLocator):
    """Ticks at 1, 2 and 5 times a power of ten on a short axis, at powers of ten alone on a long one."""

    def tick_values(self, vmin, vmax):
        """Return the ticks from vmin to vmax, at most about MOST_TICKS of them."""
        return _log_ticks(vmin, vmax)


def _log_ticks(low, high):
    """Return the ticks from low to high, at most about MOST_TICKS of them."""
    ends = sorted(map(math.log10, (low, high)))
    steps = (1, 2, 5) if ends[1] - ends[0] < LONG else (1,)
    candidates = (step * ten for ten, step in product(_tens(*ends), steps))
    inside = [tick for tick in candidates if _within(tick, *ends)]
    return inside if len(inside) > 1 else EVEN.tick_values(low, high)


def _tens(low, high):
    """Return the powers of ten around low to high, not all of them if they are many."""
    every = max(1, math.ceil((high - low) / MOST_TICKS))
    exponents = range(math.floor(low) // every * every, math.ceil(high) + 1, every)
    return [10.0**exponent for exponent in exponents]


def _within(tick, low, high):
    """Return whether a tick lies between the powers low and high of ten, up to rounding."""
    return low - 1e-9 <= math.log10(tick) <= high + 1e-9


class _LogNumbers(Formatter):
    """Plain numbers on an axis of moderate ones, powers of ten in Unicode on any other."""

    def __call__(self, x, pos=None):
        """Return the text of a tick, such as 0.01, 500 or 10⁻⁸."""
        return _log_text(x, *sorted(self.axis.get_view_interval()))


def _log_text(tick, low, high):
    """Return the text of a tick on a logarithmic axis from low to high."""
    moderate = PLAIN[0] / 2 <= low and high <= PLAIN[1] * 2
    return f"{tick:g}" if moderate else power(tick)


def log_axis(axes, *names):
    """Make axes logarithmic, with numbers in plain text.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The panel.
    *names : str
        "x", "y" or both.
    """
    for name in names:
        axes.set(**{f"{name}scale": "log"})
        axis = getattr(axes, f"{name}axis")
        axis.set_major_locator(_LogTicks())
        axis.set_major_formatter(_LogNumbers())
        axis.set_minor_locator(NullLocator())


def ticks(low, high, log=False):
    """Return the ticks of an axis with their texts.

    Parameters
    ----------
    low, high : float
        The ends of the axis.
    log : bool
        Whether it is logarithmic.

    Returns
    -------
    list of tuple
        (number, text) of each tick, the lowest first.
    """
    if log:
        return [
            (float(x), _log_text(x, low, high))
            for x in _log_ticks(low, high)
            if low <= x <= high * TOLERANCE
        ]
    places = [x for x in PLACES.tick_values(low, high) if low <= x <= high]
    return [(float(x), _linear_text(x, high - low)) for x in places]


def _linear_text(tick, length):
    """Return the text of a tick on a linear axis of some length, with a true minus sign."""
    tick = 0.0 if abs(tick) < 1e-9 * length else tick
    text = f"{tick:.6g}" if abs(tick) < PLAIN[1] else power(abs(tick))
    return text.replace("-", "−") if abs(tick) < PLAIN[1] or tick > 0 else f"−{text}"
