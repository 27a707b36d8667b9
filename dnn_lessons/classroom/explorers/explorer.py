"""What every explorer is: controls, a picture and words in a lesson's page, and a run that plays.

An explorer is made of a few functions of a lesson's file. `compute(**values)` takes the values of the controls and
returns a State, a NamedTuple of arrays and numbers, or a Run. `draw` takes a State and returns a Picture; `say` takes
it and returns a sentence. No formula of a lesson stands here.
"""

import functools
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from dnn_lessons.classroom.explorers.earlier_runs import EarlierRuns
from dnn_lessons.classroom.explorers.page import Page
from dnn_lessons.classroom.explorers.picture import for_page
from dnn_lessons.classroom.explorers.player import LOCK, PLAYER, garbage_later

# What the page may ask for, and the method that answers.
COMMANDS = {
    "move": "_moved",
    "reset": "reset",
    "play": "play",
    "pause": "pause",
    "step": "step",
    "clear": "clear",
}
LEAST_KEPT = 0.1  # the share of a run from which on it stays: a slider passes many values
FOREVER = float("inf")
ROUNDING = 1e-9  # by which a share of the rounds may miss a whole number


class Run(NamedTuple):
    """A computation that goes on while it is watched.

    Parameters
    ----------
    rounds : iterator
        Each item is one round of work, such as an epoch of a training. It may end early.
    state : callable
        Returns the State of now. It is called only when a picture is due.
    length : int
        How many rounds there are at most.
    kept : bool
        Whether its State stays in the picture as that of an earlier run when a control is moved.
    """

    rounds: Iterator
    state: Callable
    length: int
    kept: bool = True


class Verdict(NamedTuple):
    """A sentence that names the state that is seen.

    Parameters
    ----------
    name : str
        The name of the state, such as "diverged".
    sentence : str
        The sentence.
    """

    name: str
    sentence: str


def _in_one_message(method):
    """Return a method of Explorer that no other thread interrupts and that sends all its changes at once."""

    @functools.wraps(method)
    def whole(self, *arguments, **values):
        with LOCK, garbage_later(), self.hold_sync():
            return method(self, *arguments, **values)

    return whole


class Explorer(Page):
    """Controls, a picture and words, moved by a reader in the page or by the methods below.

    Parameters
    ----------
    function : callable
        The function of a lesson that makes this explorer from values of its controls.
    title : str
        What the page calls it.
    controls : iterable of Control
        The inputs; their names are the arguments of `compute`, of those that are views the arguments of `draw`.
    compute : callable
        Takes the values of the controls by name; returns a State or a Run.
    draw : callable
        Takes a State; returns a Picture. Where there is a run it also takes `ghosts`, the States of
        earlier runs by what was different in them.
    say : callable
        Takes a State; returns a sentence or a Verdict.
    values : dict, optional
        Values of controls by name, where they do not stand at their start.

    Attributes
    ----------
    state : NamedTuple
        The State that was shown last.
    drawn : Picture
        The picture that was shown last.
    patience : float
        The seconds after which a run waits for Play where it has not ended.
    """

    patience = 10.0

    def __init__(self, function, title, controls, compute, draw, say, values=None):
        self.compute, self.draw, self.say = compute, draw, say
        self.state = self.drawn = self._run = self._computed_for = None
        self._count, self._earlier = 0, EarlierRuns()
        super().__init__(title=title, controls=tuple(controls))
        self.function = function.__name__
        self.indices = self._starts()
        self.set(**(values or {}))

    @_in_one_message
    def set_state(self, sync_data):
        """Take in what the page sends, and do what it asks for.

        Parameters
        ----------
        sync_data : dict
            The new `indices`, `pace` and `request`.

        Raises
        ------
        ValueError
            For a command that does not exist.
        """
        super().set_state(sync_data)
        if "request" in sync_data:
            command, number = self.request
            if command not in COMMANDS:
                raise ValueError(f"no command {command}; known: {', '.join(COMMANDS)}")
            getattr(self, COMMANDS[command])()
            self.answered = number

    @_in_one_message
    def set(self, **values):
        """Move controls to values, and show what follows; a run goes on to its end, if that is near.

        Parameters
        ----------
        **values : object
            New values of controls by name.

        Returns
        -------
        Explorer
            The explorer itself.

        Raises
        ------
        ValueError
            For a name that no control has, or a value that its control cannot take.
        """
        unknown = set(values) - set(self.values)
        if unknown:
            names = ", ".join(sorted(unknown))
            raise ValueError(f"no control {names}; known: {', '.join(self.values)}")
        wanted = {**self.values, **values}
        controls = [control.holding(wanted[control.name]) for control in self.controls]
        self.controls = tuple(controls)
        self.indices = [each.values.index(wanted[each.name]) for each in controls]
        self._begin()
        return self._arrive()

    @_in_one_message
    def reset(self):
        """Move all controls to where they started, and forget earlier runs.

        Returns
        -------
        Explorer
            The explorer itself.
        """
        self.indices = self._starts()
        self._begin()
        self._earlier = EarlierRuns()
        return self._arrive()

    @_in_one_message
    def clear(self):
        """Forget earlier runs."""
        self._earlier = EarlierRuns()
        self._guarded(self._show)

    @_in_one_message
    def play(self):
        """Let the run go on by itself, from its beginning where it has ended."""
        if self.done == 1:
            self._begin()
        if self._ready():
            PLAYER.play(self)

    @_in_one_message
    def pause(self):
        """Stop the run."""
        self._stop()

    @_in_one_message
    def step(self):
        """Let the run go on for one round, from its beginning where it has ended, and stop it."""
        self._stop()
        if self.done == 1:
            self._begin()
        if self._ready():
            self._guarded(self._work, FOREVER, self._count + 1)

    @_in_one_message
    def finish(self):
        """Let the run go on to its end.

        Returns
        -------
        Explorer
            The explorer itself.
        """
        self._stop()
        if self.runs and self._ready():
            self._guarded(self._work, FOREVER, FOREVER)
        return self

    @_in_one_message
    def advance(self, seconds, share):
        """Let the run go on until a share of it is done or some time is over, and show where it stands.

        Parameters
        ----------
        seconds : float
            The time for the work, without that for the picture.
        share : float
            The share of the rounds that is due.

        Returns
        -------
        float
            The share at which the next round is due.
        """
        self._guarded(self._work, seconds, share * self._run.length)
        length = self._run.length if self._run else 0
        return (self._count + 1) / length if length else 1.0

    def _arrive(self):
        """Let a run go on to its end, or for as long as a reader waits; return the explorer."""
        if self.runs and self._ready():
            self.advance(self.patience, 1.0)
        return self

    def _starts(self):
        """Return the indices of the values at which the controls start."""
        return [control.values.index(control.start) for control in self.controls]

    def _part(self, view):
        """Return the values of those controls that are views, or of the others."""
        return {
            control.name: self.values[control.name]
            for control in self.controls
            if control.view == view
        }

    def _moved(self):
        """Show what follows from a control that the page moved; a run plays."""
        self.write_code()
        if self._part(view=False) == self._computed_for:
            self._guarded(self._show)
            return
        self._begin()
        if self.runs and not self.failed:
            self.play()

    def _begin(self):
        """Compute for the values of now, and show the State, of a run its first one."""
        self._stop()
        if self.runs and self._run and self._run.kept and self.done >= LEAST_KEPT:
            self._earlier.keep(self._computed_for, self.state)
        self._run, self._computed_for = None, self._part(view=False)
        self.write_code()
        self._count, self.done = 0, 0.0
        self._guarded(self._compute)

    def _compute(self):
        """Compute, and show the first State."""
        computed = self.compute(**self._computed_for)
        self.runs = isinstance(computed, Run)
        self._run = computed if self.runs else Run(iter(()), lambda: computed, 0)
        self._show()

    def _ready(self):
        """Compute anew if an error ended the run or a control was moved; return whether it can go on."""
        if self._run is None or self._part(view=False) != self._computed_for:
            self._begin()
        return self._run is not None

    def _stop(self):
        """Stop the run where it stands."""
        if PLAYER.explorer is self:
            PLAYER.stop()

    def _guarded(self, act, *arguments):
        """Do something; show the reader an error as words, instead of a log that nobody opens."""
        try:
            act(*arguments)
        except Exception as error:
            self._stop()
            kind = (
                "" if isinstance(error, ArithmeticError) else f"{type(error).__name__}: "
            )
            self._run, self.words, self.failed = None, f"{kind}{error}", True

    def _work(self, seconds, due):
        """Let the run go on until so many rounds are done or the time is over, and show where it stands."""
        end, before = time.perf_counter() + seconds, (self._count, self.done)
        while self._is_due(due) and time.perf_counter() < end:
            self._round()
        self.done = self._count / self._run.length if self._run.length else 1.0
        if self.done == 1:
            self._stop()
        if before != (self._count, self.done):
            self._show()

    def _is_due(self, due):
        """Return whether there is a next round among so many."""
        return self._count + 1 <= min(due + ROUNDING, self._run.length)

    def _round(self):
        """Let the run go on for one round; a run that ends early is as long as it is."""
        if next(self._run.rounds, FOREVER) is FOREVER:
            self._run = self._run._replace(length=self._count)
        else:
            self._count += 1

    def _show(self):
        """Send the picture and the words of the State of now."""
        self.state = self._run.state()
        more = self._part(view=True)
        if self.runs:
            more["ghosts"] = self._earlier.named(self._computed_for, self.controls)
            self.kept = len(more["ghosts"])
        self.drawn = self.draw(self.state, **more)
        self.picture = for_page(self.drawn)
        self._tell(self.say(self.state))

    def _tell(self, said):
        """Send a sentence or a Verdict."""
        self.verdict, self.words = said if isinstance(said, Verdict) else ("", said)
        self.failed = False
