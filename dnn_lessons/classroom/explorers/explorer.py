"""What every explorer is made of: controls joined to one compute and one draw, and a page that follows them.

compute(**values) returns the arguments of draw, `data`; draw(*data) returns a Figure, say(*data) one line of words.
None of them knows the controls; nothing here holds a formula.
"""

import asyncio
import contextlib
import functools
import gc
import threading
import time
from pathlib import Path
from typing import NamedTuple

import anywidget
import numpy as np
import traitlets as t
from IPython.display import display

from dnn_lessons.classroom.explorers.picture import path, pen, svg

HERE = Path(__file__).parent
FIRST, SLICE = 0.02, 0.06  # seconds that a run works between two pictures: little after a move, as a next one may come
COMMANDS = {"": "_moved", "reset": "reset", "play": "play", "pause": "halt", "step": "step"}  # the page's word: method
REST = 0.08  # seconds before a run begins: a next move may come, and be answered at once
BREATH = 0.002  # seconds of rest after each slice, in which the kernel sees a move of the page
VIEW = "application/vnd.jupyter.widget-view+json"
# A page that was saved and opened again has no explorer: then the line is seen, and not what JupyterLab says of it.
HINT = """
.jp-OutputArea-child:has(.dnn-hint):has(+ .jp-OutputArea-child .dnn-explorer) { display: none; }
.jp-OutputArea-child:has(.dnn-hint) + .jp-OutputArea-child > .jp-OutputArea-output:not(:has(> *)) { display: none; }
"""
LOCK = threading.RLock()  # one act at a time in all explorers of a kernel


class Control(NamedTuple):
    """A labelled input: the value called `name` is one of `values`, each shown as its text; values[start] at first."""

    name: str
    label: str
    values: tuple
    texts: tuple
    start: int
    kind: str = "slider"

    def nearest(self, value):
        """The index of `value`, or of the number nearest to it."""
        if value in self.values:
            return self.values.index(value)
        return int(np.argmin(np.abs(np.array(self.values, float) - value)))


def slider(name, label, values, start, form="{:.3g}"):
    """A slider over the numbers `values`, even steps or not; `start` is one of them, or near one."""
    values = tuple(np.asarray(values).tolist())
    control = Control(name, label, values, tuple(form.format(value) for value in values), 0)
    return control._replace(start=control.nearest(start))


def choice(name, label, options, start):
    """A drop-down over `options`, names or {text: value}."""
    table = options if isinstance(options, dict) else {str(option): option for option in options}
    return Control(name, label, tuple(table.values()), tuple(table), list(table.values()).index(start), "choice")


def held(act):
    """The act as one whole, in one message; JupyterLab may answer a move in another thread than the last one's."""
    @functools.wraps(act)
    def whole(self, *arguments, **values):
        with LOCK, collecting_later(), self.hold_sync():
            return act(self, *arguments, **values)
    return whole


class Explorer(anywidget.AnyWidget):
    """Controls, a picture and words in a lesson; `set(name=value)` and `reset()` move it as the page does.

    compute may be a generator of functions, each giving the arguments of draw when a picture is due: a run, that the
    page plays and pauses. `progress(*data)` is then the share that is done, and `trace(*data)`, where it is given, the
    lines that a further picture moves, {line's gid: (index of the axes, x, y)}; the rest stays. `notes(*data)` is what
    the page tells of parts of the picture, {part's gid: text}, when one points at them or reaches them by keyboard.
    """

    _esm = HERE / "explorer.js"
    _css = HERE / "explorer.css"
    title = t.Unicode().tag(sync=True)
    controls = t.List().tag(sync=True)
    starts = t.List().tag(sync=True)
    runs = t.Bool(False).tag(sync=True)
    indices = t.List().tag(sync=True)
    commands = t.List(list(COMMANDS)).tag(sync=True)
    command = t.Unicode().tag(sync=True)
    move = t.Int(0).tag(sync=True)
    answered = t.Int(0).tag(sync=True)
    picture = t.Unicode().tag(sync=True)
    drawn = t.Int(0).tag(sync=True)
    alt = t.Unicode().tag(sync=True)
    words = t.Unicode().tag(sync=True)
    notes = t.Dict().tag(sync=True)
    failed = t.Bool(False).tag(sync=True)
    lines = t.Dict().tag(sync=True)
    playing = t.Bool(False).tag(sync=True)
    done = t.Float(0).tag(sync=True)
    state = t.Unicode().tag(sync=True)
    player = None  # the explorer whose run is under way: one in a kernel, so that none slows another

    def __init__(self, title, controls, compute, draw, say, trace=None, progress=None, notes=None):
        self._table, self._compute, self._draw, self._say = tuple(controls), compute, draw, say
        self._trace, self._progress, self._note = trace, progress, notes
        self._layout, self._run, self._task, self._call = None, None, None, ("Explorer", ())
        starts = [control.start for control in self._table]
        shown = [{"name": c.name, "label": c.label, "texts": c.texts, "kind": c.kind} for c in self._table]
        super().__init__(title=title, controls=shown, starts=starts, indices=starts, runs=progress is not None)
        self.observe(self._answer, "move")
        self.refresh()

    def _ipython_display_(self, **kwargs):
        """A line that says what to do, and the page's view, before which it gives way."""
        hint = f"{self.title}: run this cell, and the picture above moves here."
        display({"text/html": f'<style>{HINT}</style><p class="dnn-hint">{hint}</p>', "text/plain": hint}, raw=True)
        data, metadata = self._repr_mimebundle_(**kwargs)
        display({VIEW: data[VIEW]}, metadata=metadata, raw=True)

    @property
    def values(self):
        """{name: value} of the controls as they stand."""
        return {c.name: c.values[index] for c, index in zip(self._table, self.indices, strict=True)}

    @held
    def set_state(self, sync_data):
        """Take in what the page sends."""
        super().set_state(sync_data)

    @held
    def set(self, **values):
        """Move controls to the nearest values that they have; the picture has followed when this returns."""
        unknown = set(values) - {c.name for c in self._table}
        if unknown:
            raise ValueError(f"no control {', '.join(sorted(unknown))}; known: {', '.join(self.values)}")
        self.indices = [
            c.nearest(values[c.name]) if c.name in values else index
            for c, index in zip(self._table, self.indices, strict=True)
        ]
        self.refresh()
        return self

    @held
    def reset(self):
        """Back to where the controls started; a run waits for its start."""
        self._layout = None
        self.indices = list(self.starts)
        self.refresh()
        return self

    def _answer(self, change):
        """Follow a move of the page, and tell it that the answer has come."""
        if self.command and self.indices != self._followed:  # a button pressed while a move was waiting
            self.refresh()
        getattr(self, COMMANDS[self.command])()
        self.answered = change["new"]

    def _moved(self):
        """A control was moved: a run starts anew and plays."""
        self.refresh()
        if self.runs and not self.failed:
            self.play()

    def refresh(self):
        """Compute, draw and say for the values of now; a run under way is given up for its start."""
        self.pause()
        self._run, self.done, self._followed = None, 0.0, self.indices
        self.state = self._written()
        self._guard(self._follow)

    def _written(self):
        """The line of code that rebuilds this explorer as it stands: what is not where it started."""
        name, arguments = self._call
        moved = [f"{c.name}={written(c.values[index])}" for c, index, start
                 in zip(self._table, self.indices, self.starts, strict=True) if index != start]
        return f"{name}({', '.join([*map(repr, arguments), *moved])})"

    def _guard(self, act, *arguments):
        """Do it; an error becomes words, for it belongs before the student and not in a log."""
        try:
            act(*arguments)
        except Exception as error:
            self.pause()
            self._run = None
            name = "" if isinstance(error, ArithmeticError) else f"{type(error).__name__}: "
            self.words, self.failed = f"{name}{error}", True

    def _follow(self):
        data = self._compute(**self.values)
        if self.runs:
            self._run = data
            data = next(data)()
        self._show(data)

    def _show(self, data):
        """A whole new picture, and its words."""
        figure = self._draw(*data)
        self._keep_layout(figure)
        self.picture, self.drawn, self.lines = svg(figure), self.drawn + 1, {}  # lines moved earlier are out of date
        self._pens = [pen(axes) for axes in figure.axes]
        self._tell(data)
        self.alt = f"{self.title}. {self.words}"

    def _tell(self, data):
        self._shown = data
        self.words, self.failed = self._say(*data), False
        self.notes = self._note(*data) if self._note else {}
        self.done = self._progress(*data) if self.runs else 0.0

    def _keep_layout(self, figure):
        """Lay out the first picture in full (the slow part); the next ones stand where that one stood."""
        if self._layout is None or len(self._layout) != len(figure.axes):
            figure.draw_without_rendering()
            self._layout = [axes.get_position() for axes in figure.axes]
        figure.set_layout_engine("none")
        for axes, position in zip(figure.axes, self._layout, strict=True):
            axes.set_position(position)
            axes.minorticks_off()

    def _advance(self, data):
        """The next picture of a run that plays: its lines alone where `trace` names them."""
        if self._trace is None:
            return self._show(data)
        self.lines = {gid: path(self._pens[axes], x, y) for gid, (axes, x, y) in self._trace(*data).items()}
        self._tell(data)

    def halt(self):
        """Pause, with a whole picture of where it stands."""
        self.pause()
        self._guard(self._show, self._shown)

    def play(self):
        """Let the run go on in the kernel's spare time, from its start where it had ended."""
        if self.done == 1 or self._run is None:
            self.refresh()
        if Explorer.player is not None:
            Explorer.player.pause()
        Explorer.player, self.playing, self._slice = self, self._run is not None, FIRST
        with contextlib.suppress(RuntimeError):  # no kernel: `finish` plays
            self._task = asyncio.get_running_loop().create_task(self._play())

    def pause(self):
        """Stand still."""
        self._task, self.playing = None, False

    @held
    def step(self):
        """One item of the run, in a whole picture."""
        self.pause()
        self._guard(self._work, 0, self._show)

    @held
    def finish(self):
        """Let the run end, and show where it ended."""
        self.pause()
        self._guard(self._work, np.inf, self._show)
        return self

    def figure(self):
        """The picture as it stands, as a Figure: for a page without a kernel, or to be saved."""
        return self._draw(*self._shown)

    async def _play(self):
        await asyncio.sleep(REST)
        while self._turn(asyncio.current_task()):
            await asyncio.sleep(BREATH)

    @held
    def _turn(self, task):
        """One slice of the run, unless its task was given up for a newer one; is there more to do?"""
        if self._task is task:
            self._guard(self._work, self._slice, self._advance)
            self._slice = min(1.5 * self._slice, SLICE)
        return self._task is task

    def _work(self, seconds, show):
        """Let the run work for that long, one item at least, and show the last; its end is a whole picture."""
        item, end = None, time.perf_counter() + seconds
        try:
            for item in self._run or ():  # noqa: B007
                if time.perf_counter() >= end:
                    return
            self.pause()
        finally:
            if item is not None:
                (show if self.playing else self._show)(item())


def explorer(build):
    """A function that builds an Explorer, taking also the values to begin with; `state` is such a call."""
    @functools.wraps(build)
    def built(*arguments, **values):
        new = build(*arguments)
        new._call = build.__name__, arguments
        return new.set(**values)
    return built


@contextlib.contextmanager
def collecting_later():
    """Garbage, of which a picture makes much, waits until the picture is sent."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def written(value):
    """A value of a control as code, a number in the six digits that tell it from its neighbours."""
    return f"{value:.6g}" if isinstance(value, float) else repr(value)


def rounded(value, digits):
    """An array or a number in one line of text, minus zero as zero."""
    return str((np.round(value, digits) + 0.0).tolist())


def told(name, value, digits=4, most=200):
    """The name, shape and numbers of an array or a number in one line; the numbers that come late are left out."""
    shape, numbers = f", shape {np.shape(value)}" if np.ndim(value) else "", rounded(value, digits)
    if len(numbers) > most:
        numbers = f"{numbers[:most].rpartition(', ')[0]}, …"
    return f"{name}{shape} = {numbers}"
