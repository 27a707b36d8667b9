"""A computation that goes on while it is watched, and how far it has come."""

import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

ROUNDING = 1e-9  # by which a share of the rounds may miss a whole number
END = object()


class Run(NamedTuple):
    """A computation that goes on while it is watched.

    Parameters
    ----------
    rounds : iterator
        Each item is one round of work, such as an epoch of a training. It may end early.
    state : callable
        Returns the current State. It is called only when a picture is due.
    length : int
        How many rounds there are at most.
    kept : bool
        Whether its State stays in the picture as that of an earlier run when a control is moved.
    """

    rounds: Iterator
    state: Callable
    length: int
    kept: bool = True


class Progress:
    """How far a Run has come; a State alone is a run without rounds.

    Parameters
    ----------
    computed : Run or NamedTuple
        What an explorer's `compute` returned.

    Attributes
    ----------
    runs : bool
        Whether it was a Run.
    count, length : int
        How many rounds are done, and how many there are at most.
    state : callable
        Returns the current State.
    kept : bool
        Whether its State stays as that of an earlier run.
    """

    def __init__(self, computed):
        self.runs = isinstance(computed, Run)
        run = computed if self.runs else Run(iter(()), lambda: computed, 0)
        self._rounds, self.state, self.length, self.kept = run
        self.count = 0

    @property
    def share(self):
        """The share of the rounds that is done, 0 to 1."""
        return self.count / self.length if self.length else float(self.runs)

    @property
    def next_share(self):
        """The share of the rounds that is done after the next one."""
        return (self.count + 1) / self.length if self.length else 1.0

    def work(self, seconds, due):
        """Do the rounds that are due, or as many as the time allows.

        Parameters
        ----------
        seconds : float
            The time.
        due : float
            The number of rounds that shall be done, counted from the first.

        Returns
        -------
        bool
            Whether there is something new to see.
        """
        end, before = time.perf_counter() + seconds, (self.count, self.length)
        while self._is_due(due) and time.perf_counter() < end:
            self._round()
        return before != (self.count, self.length)

    def _is_due(self, due):
        """Return whether there is a next round among so many."""
        return self.count + 1 <= min(due + ROUNDING, self.length)

    def _round(self):
        """Do one round; a run that ends early is as long as it is."""
        if next(self._rounds, END) is END:
            self.length = self.count
        else:
            self.count += 1
