"""What every explorer is: controls, a picture and words in a lesson's page, and a run that plays.

An explorer is made of a few functions of a lesson's file. `compute(**values)` takes the values of the controls and
returns a State, a NamedTuple of arrays and numbers, or a Run. `draw` takes a State and returns a Picture; `say` takes
it and returns a sentence. No formula of a lesson stands here.
"""

import functools
from typing import NamedTuple

from dnn_lessons.classroom.explorers.earlier_runs import EarlierRuns
from dnn_lessons.classroom.explorers.page import Page
from dnn_lessons.classroom.explorers.picture import for_page
from dnn_lessons.classroom.explorers.player import LOCK, PLAYER, garbage_later
from dnn_lessons.classroom.explorers.run import Progress

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
INTERRUPTED = "The kernel was interrupted here. Move a control, and it computes anew."


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


def _in_words(error):
    """Return an error in words: what it says, and its kind, which an error of numbers needs only if it says nothing."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    kind, message = type(error).__name__, str(error)
    if isinstance(error, ArithmeticError) and message:
        return message
    return f"{kind}: {message}" if message else f"{kind}."


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
        self._earlier = EarlierRuns()
        super().__init__(title=title, controls=tuple(controls))
        self.function = function.__name__
        self.indices = self.starts()
        self._home = self.set(**(values or {})).indices

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
            self.answered = number  # is sent in the end, after an interrupt, too
            getattr(self, COMMANDS[command])()

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
        self.place(values)
        self._begin()
        return self._arrive()

    @_in_one_message
    def reset(self):
        """Move all controls to where this explorer began, and forget earlier runs.

        Returns
        -------
        Explorer
            The explorer itself.
        """
        self.indices = self._home
        self._begin()
        self._earlier = EarlierRuns()
        return self._arrive()

    @_in_one_message
    def clear(self):
        """Forget earlier runs."""
        self._earlier = EarlierRuns()
        if self._run:
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
            self._guarded(self._work, FOREVER, self._run.count + 1)

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
        return self._run.next_share if self._run else 1.0

    def _arrive(self):
        """Let a run go on to its end, or for as long as a reader waits; return the explorer."""
        if self.runs and self._ready():
            self.advance(self.patience, 1.0)
        return self

    def _moved(self):
        """Show what follows from a control that the page moved; a run plays."""
        if self._run and self.part(view=False) == self._computed_for:
            self.write_code()
            self._guarded(self._show)
            return
        self._begin()
        if self.runs and not self.failed:
            self.play()

    def _begin(self):
        """Compute for the current values, and show the State; of a run, show its first State."""
        self._stop()
        if self.runs and self._run and self._run.kept and self.done >= LEAST_KEPT:
            self._earlier.keep(self._computed_for, self.state)
        self._run, self._computed_for = None, self.part(view=False)
        self.write_code()
        self.done = 0.0
        self._guarded(self._compute)

    def _compute(self):
        """Compute, and show the first State."""
        self._run = Progress(self.compute(**self._computed_for))
        self.runs = self._run.runs
        self._show()

    def _ready(self):
        """Compute anew if an error ended the run or a control was moved; return whether it can go on."""
        if self._run is None or self.part(view=False) != self._computed_for:
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
        except BaseException as error:
            self._stop()
            self._run, self.words, self.failed = None, _in_words(error), True
            if not isinstance(error, Exception):  # an interrupt ends more than this
                raise

    def _work(self, seconds, due):
        """Let the run go on until so many rounds are done or the time is over, and show where it stands."""
        new = self._run.work(seconds, due)
        self.done = self._run.share
        if self.done == 1:
            self._stop()
        if new:
            self._show()

    def _show(self):
        """Send the picture and the words of the current State."""
        self.state = self._run.state()
        more = self.part(view=True)
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
