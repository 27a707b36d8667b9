"""Record what an explorer sends to its page, for a page that has no kernel to ask."""

import functools
import itertools
from typing import NamedTuple

from dnn_lessons.classroom.explorers.explorer import Verdict
from dnn_lessons.classroom.explorers.picture import for_page
from dnn_lessons.classroom.explorers.run import Progress, Run
from dnn_lessons.classroom.recordings.ghosts import earlier_lines_in
from dnn_lessons.classroom.recordings.table import Parts, json_of

FOREVER = float("inf")
EARLY = 1.5  # the power by which the first frames of a run lie nearer to each other
SENT = "title", "runs", "paces", "pace", "function"


class Plan(NamedTuple):
    """What of an explorer is recorded: each control alone, and some combinations, in each view.

    Parameters
    ----------
    kept : dict
        {name of a control: the values that it keeps beside its start}; other controls keep all.
    together : sequence of dict
        Combinations: {name: values, or None for all}, the other controls at their starts.
    frames : int
        How many pictures a run has, with its first and its last.
    function : str
        The name of the explorer, where the plan has another.
    values : dict
        What the lesson makes it with: {name of a control: value}.
    """

    kept: dict = {}  # noqa: RUF012  nobody changes it
    together: tuple = ()
    frames: int = 16
    function: str = ""
    values: dict = {}  # noqa: RUF012  nobody changes it


class Frame(NamedTuple):
    """One picture of a run, or the only one of an explorer without a run.

    Parameters
    ----------
    picture : dict
        The picture as the page gets it.
    words : str
        What it shows.
    verdict : str
        The name of what is seen.
    done : float
        The share of the run that is done.
    """

    picture: dict
    words: str
    verdict: str
    done: float


def record(explorer, plan):
    """Return what an explorer sends to its page in each state that a plan names.

    Parameters
    ----------
    explorer : Explorer
        The explorer as its lesson makes it. It loses the values that the plan does not keep.
    plan : Plan
        What is recorded.

    Returns
    -------
    str
        A table in JSON, as recorded.js reads it.
    """
    keep(explorer, plan.kept)
    parts = Parts()
    answers = {
        ",".join(map(str, places)): [parts.stored(frame) for frame in frames]
        for places, frames in _recorded(explorer, plan)
    }
    fixed = json_of({**_fixed(explorer), "answers": answers})
    return f'{{"parts":{parts.as_json()},{fixed[1:]}'


def _recorded(explorer, plan):
    """Yield the places of the controls, and the frames there."""
    recorder = Recorder(explorer, plan.frames)
    for places in combinations(explorer, plan.together):
        yield places, recorder.at(places)


def keep(explorer, kept):
    """Leave controls only some of their values, those at which they stand, and their starts.

    Parameters
    ----------
    explorer : Explorer
        The explorer as its lesson makes it.
    kept : dict
        {name: values}.
    """
    now = explorer.values
    explorer.controls = tuple(
        _with_fewer(control, {*kept.get(control.name, control.values), now[control.name]})
        for control in explorer.controls
    )
    explorer.indices = [each.values.index(now[each.name]) for each in explorer.controls]


def _with_fewer(control, values):
    """Return a control that holds only its start and some of its other values."""
    wanted = {*values, control.start}
    kept = [value for value in control.values if value in wanted]
    if len(kept) != len(wanted):
        raise ValueError(f"{control.name} has not all of {sorted(wanted)}")
    texts = tuple(map(control.text, kept))
    return control._replace(values=tuple(kept), form=texts)


def combinations(explorer, together):
    """Return the places of the controls that are recorded.

    Parameters
    ----------
    explorer : Explorer
        The explorer.
    together : sequence of dict
        As Plan has it.

    Returns
    -------
    list of tuple of int
        What `indices` is then. Those that differ in a view alone follow each other.
    """
    alone = ({name: None} for name in _names(explorer, False))
    groups = [{}, _starts(explorer), *alone, *together]
    views = dict.fromkeys(_names(explorer, True))
    found = {places for group in groups for places in _product(explorer, group | views)}
    return sorted(found, key=lambda places: (_of(explorer, places, False), places))


def _names(explorer, view):
    """Return the names of the controls that are views, or of the others."""
    return [control.name for control in explorer.controls if control.view == view]


def _starts(explorer):
    """Return the group of the place to which Reset leads."""
    return {control.name: [control.start] for control in explorer.controls}


def _product(explorer, group):
    """Return the places of all controls for each combination of a group."""
    explorer.require(group)
    return itertools.product(
        *(_places(explorer, each, group) for each in explorer.controls)
    )


def _places(explorer, control, group):
    """Return the places of those values of a control that a group holds, or where it stands."""
    values = group.get(control.name, [explorer.values[control.name]])
    return [control.values.index(value) for value in values or control.values]


def _of(explorer, places, view):
    """Return the (name, value) of each control that is a view, or of each other one."""
    pairs = zip(explorer.controls, places, strict=True)
    return tuple((c.name, c.values[place]) for c, place in pairs if c.view == view)


class Recorder:
    """What an explorer sends at places of its controls.

    Parameters
    ----------
    explorer : Explorer
        The explorer.
    frames : int
        How many pictures a run has.
    """

    def __init__(self, explorer, frames):
        self._explorer, self._frames = explorer, frames
        self._states = functools.lru_cache(maxsize=1)(self._compute)

    def at(self, places):
        """Return the frames at some places of the controls.

        Parameters
        ----------
        places : sequence of int
            What `indices` is then.

        Returns
        -------
        list of Frame
            In the order of time.
        """
        drawn = dict(_of(self._explorer, places, True))
        if self._explorer.runs:
            drawn["ghosts"] = {}
        states = self._states(_of(self._explorer, places, False))
        return [self._frame(*each, drawn) for each in states]

    def earlier(self):
        """Return how earlier runs stand in the picture.

        Returns
        -------
        list
            As earlier_lines_in has it; an empty list where no run stays.
        """
        explorer = self._explorer
        run = explorer.compute(**explorer.part(view=False))
        if not (isinstance(run, Run) and run.kept):
            return []
        states = self._states(_of(explorer, explorer.indices, False))
        draw = functools.partial(explorer.draw, **explorer.part(view=True))
        return earlier_lines_in(draw, states[0][0], states[-1][0])

    def _compute(self, values):
        """Return the States of a run and the shares of it that are done."""
        run = Progress(self._explorer.compute(**dict(values)))
        return [(run.state(), run.share) for _ in _stops(run, self._frames)]

    def _frame(self, state, done, drawn):
        """Return the Frame of a State."""
        said = self._explorer.say(state)
        verdict, words = said if isinstance(said, Verdict) else ("", said)
        picture = for_page(self._explorer.draw(state, **drawn))
        return Frame(picture, words, verdict, done)


def _stops(run, frames):
    """Let a run go on to each of its frames, of which the first have less time between them."""
    yield run
    for frame in range(1, frames):
        due = (frame / (frames - 1)) ** EARLY * run.length
        if run.work(FOREVER, due):
            yield run


def _fixed(explorer):
    """Return what does not change while controls move."""
    return {
        **{name: getattr(explorer, name) for name in SENT},
        "controls": [control.for_page() for control in explorer.controls],
        "views": [control.view for control in explorer.controls],
        "calls": [[*map(repr, control.values)] for control in explorer.controls],
        **_at_home(explorer),
    }


def _at_home(explorer):
    """Return where the controls stand in the lesson, and how earlier runs stand in the picture."""
    return {"home": explorer.indices, "earlier": Recorder(explorer, 2).earlier()}
