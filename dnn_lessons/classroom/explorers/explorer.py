"""What every explorer is: controls, a picture and words in a lesson's page, and a run that plays.

An explorer is made of a few functions of a lesson's file. `compute(**values)` takes the values of the controls and
returns a State, a NamedTuple of arrays and numbers, or a Run. The other functions take a State: `draw` returns a
Figure, `say` a sentence, `lines` the points of the lines that a run moves, `progress` the share of the run that is
done, `notes` what the page tells of parts of the picture. No formula of a lesson stands here.
"""

import functools
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from dnn_lessons.classroom.explorers.page import Page
from dnn_lessons.classroom.explorers.player import LOCK, PLAYER, garbage_later
from dnn_lessons.classroom.explorers.svg import LivePicture

# What the page may ask for, and the method that answers.
COMMANDS = {
    "move": "_moved",
    "reset": "reset",
    "play": "play",
    "pause": "pause",
    "step": "step",
}


class Run(NamedTuple):
    """A computation that goes on while it is watched.

    Parameters
    ----------
    rounds : iterator
        Each item is one round of work, such as an epoch of a training.
    state : callable
        Returns the State of now. It is called only when a picture is due.
    """

    rounds: Iterator
    state: Callable


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
    title : str
        What the page calls it.
    controls : iterable of Control
        The inputs; their names are the arguments of `compute`.
    compute : callable
        Takes the values of the controls by name; returns a State, or a Run if `progress` is given.
    draw : callable
        Takes a State; returns a Figure.
    say : callable
        Takes a State; returns a sentence.
    lines : callable, optional
        Takes a State; returns {gid: (x, y)}, the points of the lines that change while a run plays. Without it,
        each picture of the run is drawn whole.
    progress : callable, optional
        Takes a State; returns the share of the run that is done, 0 to 1.
    notes : callable, optional
        Takes a State; returns {gid: text} for the parts of the picture that a reader may point at.

    Attributes
    ----------
    state : NamedTuple
        The State that was shown last.
    """

    def __init__(
        self, title, controls, compute, draw, say, lines=None, progress=None, notes=None
    ):
        self.compute, self.draw, self.say, self.state = compute, draw, say, None
        self._lines, self._progress, self._notes = lines, progress, notes
        self._live, self._run, self._computed_for = LivePicture(), None, None
        super().__init__(title=title, controls=tuple(controls), runs=progress is not None)
        self.reset()

    @_in_one_message
    def set_state(self, sync_data):
        """Take in what the page sends, and do what it asks for.

        Parameters
        ----------
        sync_data : dict
            The new `indices` and `request`.

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
        """Move controls to the nearest values that they have, and show what follows.

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
            For a name that no control has.
        """
        unknown = set(values) - set(self.values)
        if unknown:
            names = ", ".join(sorted(unknown))
            raise ValueError(f"no control {names}; known: {', '.join(self.values)}")
        wanted = {**self.values, **values}
        self.indices = [
            control.nearest(wanted[control.name]) for control in self.controls
        ]
        self._follow()
        return self

    @_in_one_message
    def reset(self):
        """Move all controls to where they started; a run waits at its beginning.

        Returns
        -------
        Explorer
            The explorer itself.
        """
        self.indices = [control.start for control in self.controls]
        self._follow()
        return self

    @_in_one_message
    def play(self):
        """Let the run go on by itself, from its beginning where it has ended."""
        if self.done == 1:
            self._follow()
        if self._ready():
            PLAYER.play(self)

    @_in_one_message
    def pause(self):
        """Stop the run, and draw a whole picture of where it stands."""
        self._stop()
        if self._run is not None and self._ready():
            self._guarded(self._show)

    @_in_one_message
    def step(self):
        """Let the run go on for one round, and stop it."""
        self._stop()
        if self._ready():
            self.advance(0)

    @_in_one_message
    def finish(self):
        """Let the run go on to its end.

        Returns
        -------
        Explorer
            The explorer itself.
        """
        self._stop()
        if self._ready():
            self.advance(float("inf"))
        return self

    @_in_one_message
    def advance(self, seconds):
        """Let the run go on for some time, one round at least, and show where it stands.

        Parameters
        ----------
        seconds : float
            The time for the work, without that for the picture.
        """
        self._guarded(self._work, seconds)

    def figure(self):
        """Return the picture as it stands, for a page without a kernel or to be saved.

        Returns
        -------
        matplotlib.figure.Figure
            The picture.
        """
        return self.draw(self.state)

    def _moved(self):
        """Show what follows from a control that the page moved; a run plays."""
        self._follow()
        if self.runs and not self.failed:
            self.play()

    def _follow(self):
        """Compute for the values of now, and show the State, of a run its first one."""
        self._stop()
        self._run, self._computed_for, self.done = None, self.indices, 0.0
        self._guarded(self._begin)

    def _begin(self):
        """Compute, and show the first State."""
        self._run = _as_run(self.compute(**self.values))
        self._show()

    def _ready(self):
        """Compute anew if a control was moved since, or if an error ended the run; return whether it can go on."""
        if self._run is None or self.indices != self._computed_for:
            self._follow()
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

    def _work(self, seconds):
        """Let the run go on for that long, one round at least; its end is shown as a whole picture."""
        end, more = time.perf_counter() + seconds, False
        try:
            more = any(time.perf_counter() >= end for _ in self._run.rounds)
        finally:
            if not more:
                self._stop()
            show = self._show_lines if self.playing and self._lines else self._show
            show()

    def _show(self):
        """Send a whole picture, in which the lines stand where they belong."""
        state = self._run.state()
        self.picture, self.lines = self._live.svg(self.draw(state)), {}
        self.drawn += 1
        self._tell(state)

    def _show_lines(self):
        """Send the lines that a run moves, for the last whole picture."""
        state = self._run.state()
        self.lines = {
            gid: self._live.path(gid, x, y) for gid, (x, y) in self._lines(state).items()
        }
        self._tell(state)

    def _tell(self, state):
        """Send the words, the notes and the progress of a State."""
        self.state, self.words, self.failed = state, self.say(state), False
        self.notes = self._notes(state) if self._notes else {}
        self.done = self._progress(state) if self.runs else 0.0


def _as_run(computed):
    """Return a Run as it is, and a State as a Run without rounds."""
    return computed if isinstance(computed, Run) else Run(iter(()), lambda: computed)


def explorer(build):
    """Return a function that makes an explorer and also takes values of its controls.

    Parameters
    ----------
    build : callable
        A function without arguments that returns an Explorer.

    Returns
    -------
    callable
        The function. The `code` of its explorers is a call of it.
    """

    @functools.wraps(build)
    def built(**values):
        made = build()
        made.function = build.__name__
        return made.set(**values) if values else made

    return built
