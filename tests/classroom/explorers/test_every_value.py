"""Every control of every explorer over its values: what is drawn and said belongs to them, and nothing raises.

A sample of the values in each run, all of them with FULL=1. Faults are planted, and each of them is found.
"""

import itertools
import zlib

import judges_of_curves
import judges_of_networks
import judges_of_runs
import numpy as np
import pytest
from amounts import FULL, amount, report
from explorer_cases import CALLS, build
from seen import judge

from dnn_lessons.classroom.explorers import Explorer
from dnn_lessons.classroom.explorers.explorer import Verdict

MODULES = judges_of_curves, judges_of_networks, judges_of_runs
JUDGES = {
    name.removeprefix("judge_"): made
    for module in MODULES
    for name, made in vars(module).items()
    if name.startswith("judge_")
}
ROUNDS = 2  # of a run that are judged
OWN = "curvature_1", "curvature_2"  # act on one surface alone
HEAVY = "batch", "decision", "initialisation", "rate", "regression", "training"
CASES = [
    pytest.param(call, marks=[pytest.mark.slow] * call.startswith(HEAVY))
    for call in CALLS
]
every_explorer = pytest.mark.parametrize("call", CASES)
pytestmark = pytest.mark.long


@pytest.fixture
def explorer(call, monkeypatch):
    """The explorer of a call; its runs wait for a step."""
    monkeypatch.setattr(Explorer, "patience", 0.0)
    return build(call)


def generator(*names):
    """Random numbers that are the same in each run."""
    return np.random.default_rng(zlib.crc32(" ".join(names).encode()))


def sample(explorer, control):
    """All values of a control, or its ends and some between them."""
    values = list(control.values)
    few = 3 if explorer.runs else 8
    if FULL or len(values) <= few + 2:
        return values
    inner = generator(explorer.function, control.name).choice(len(values) - 2, few, False)
    return [values[0], *(values[i + 1] for i in sorted(inner)), values[-1]]


def shown(explorer, values):
    """The explorer with these values, and those that others need to act, from its start on; of a run some rounds."""
    needed = needed_by(values)
    explorer.reset()
    explorer.set(**{**needed, **values})
    return advanced(explorer)


def needed_by(names):
    """The values of other controls without which those of these names do nothing."""
    return {"surface": "your own"} if set(OWN) & set(names) else {}


def advanced(explorer):
    """The explorer; a run has gone on for some rounds."""
    for _ in range(ROUNDS * explorer.runs):
        explorer.step()
    return explorer


@every_explorer
def test_every_value_of_every_control_is_drawn_and_named(call, explorer):
    for control in explorer.controls:
        for value in sample(explorer, control):
            judge(shown(explorer, {control.name: value}), JUDGES)
            assert explorer.values[control.name] == value


@every_explorer
def test_random_values_of_all_controls_are_drawn_and_named(call, explorer):
    for values in settings(explorer, "all", amount(3, 100)):
        judge(shown(explorer, values), JUDGES)


@every_explorer
def test_a_run_is_as_true_at_its_end(call, explorer):
    if not FULL and not call.startswith(("rate", "batch")):
        pytest.skip("a long training: set FULL=1")
    judge(explorer.finish(), JUDGES)


def settings(explorer, name, count):
    """Random values of all controls, so many times."""
    rng = generator(explorer.function, name)
    for _ in range(count):
        yield {
            control.name: control.values[rng.integers(len(control.values))]
            for control in explorer.controls
        }


def test_a_judge_for_each_explorer():
    assert {f"{name}_explorer()" for name in JUDGES} == set(CALLS)


# ----------------------------------------------------------------------------------------- planted faults


def part_with(explorer, control):
    """The name of the function that takes the value of a control."""
    return "draw" if control.view else "compute"


def idle(explorer, control):
    """A control that does nothing."""
    name = part_with(explorer, control)
    whole, start = getattr(explorer, name), control.start
    setattr(
        explorer,
        name,
        lambda *state, **more: whole(*state, **{**more, control.name: start}),
    )


def bursting(explorer, control):
    """A control that raises an error at one inner value."""
    name, value = part_with(explorer, control), middle(explorer, control)
    whole = getattr(explorer, name)

    def burst(*state, **more):
        if more[control.name] == value:
            raise ValueError("planted")
        return whole(*state, **more)

    setattr(explorer, name, burst)


def middle(explorer, control):
    """A value between the ends of a control, of those that are tried."""
    values = sample(explorer, control)
    return values[len(values) // 2]


def misnamed(explorer, control):
    """A control whose label is that of another thing."""
    explorer.controls = tuple(
        each._replace(label="planted") if each.name == control.name else each
        for each in explorer.controls
    )


def neighbours(explorer):
    """Each two sliders that stand beside each other."""
    sliders = [each for each in explorer.controls if each.kind == "slider"]
    return itertools.pairwise(sliders)


def exchanged(explorer, one, other):
    """Two sliders of which each does what the other one should."""
    whole = explorer.compute

    def compute(**values):
        swapped = {one.name: values[other.name], other.name: values[one.name]}
        return whole(**{**values, **swapped})

    explorer.compute = compute


def late_words(explorer):
    """Words that are those of the value before."""
    late(explorer, "say")


def late_picture(explorer):
    """A picture that is that of the value before."""
    late(explorer, "draw")


def late(explorer, name):
    """A function that returns what belongs to the call before, with other values."""
    whole, kept = getattr(explorer, name), []

    def before(*state, **more):
        kept.append((str(explorer.values), whole(*state, **more)))
        others = [made for values, made in kept if values != kept[-1][0]]
        return (others or [kept[-1][1]])[-1]

    setattr(explorer, name, before)


def wrong_number(explorer):
    """Words whose last number is another one."""
    whole = explorer.say

    def say(state):
        said = whole(state)
        words = said.sentence if isinstance(said, Verdict) else said
        last = max(i for i, sign in enumerate(words) if sign.isdigit())
        changed = words[:last] + str((int(words[last]) + 5) % 10) + words[last + 1 :]
        return said._replace(sentence=changed) if isinstance(said, Verdict) else changed

    explorer.say = say


def other_panels(explorer, change):
    """Pictures each of whose panels is changed."""
    whole = explorer.draw

    def draw(*state, **more):
        picture = whole(*state, **more)
        return picture._replace(panels=[change(panel) for panel in picture.panels])

    explorer.draw = draw


def wrong_title(explorer):
    """Panels with another title."""
    other_panels(explorer, lambda panel: panel._replace(title=panel.title + "s"))


def turned_axes(explorer):
    """Panels each of whose axes has the name of the other; where none has a name, both have one."""

    def turned(panel):
        names = panel.y.label, panel.x.label or "x"
        x, y = (
            axis._replace(label=name)
            for axis, name in zip((panel.x, panel.y), names, strict=True)
        )
        return panel._replace(x=x, y=y)

    other_panels(explorer, turned)


def moved_marks(explorer):
    """Panels whose marks that have an x stand a little to the right."""

    def moved(panel):
        by = 0.01 * (panel.x.high - panel.x.low)
        marks = [
            mark._replace(x=np.add(mark.x, by) if np.ndim(mark.x) else mark.x + by)
            if hasattr(mark, "x")
            else mark
            for mark in panel.marks
        ]
        return panel._replace(marks=marks)

    other_panels(explorer, moved)


def wrong_legend(explorer):
    """Panels whose legend has another word."""

    def changed(panel):
        marks = [
            mark._replace(label=f"{mark.label} or so")
            if getattr(mark, "label", "")
            else mark
            for mark in panel.marks
        ]
        return panel._replace(marks=marks)

    if any(
        getattr(m, "label", "") for panel in explorer.drawn.panels for m in panel.marks
    ):
        other_panels(explorer, changed)
    else:
        wrong_title(explorer)


WHOLE = (
    late_words,
    late_picture,
    wrong_number,
    wrong_title,
    turned_axes,
    moved_marks,
    wrong_legend,
)


def faults(explorer):
    """Each fault that can be planted: its name, what plants it, and the settings that are tried then."""
    for control in explorer.controls:
        tried = [{control.name: value} for value in sample(explorer, control)]
        for plant in (idle, bursting, misnamed):
            yield (plant.__name__, control.name), plant, (control,), tried
    for pair in neighbours(explorer):
        names = " ".join(each.name for each in pair)
        needed = needed_by(each.name for each in pair)
        tried = [{**each, **needed} for each in settings(explorer, names, 4)]
        yield ("exchanged", names), exchanged, pair, tried
    for plant in WHOLE:
        yield (plant.__name__, ""), plant, (), list(settings(explorer, plant.__name__, 4))


def is_found(explorer, tried):
    """Whether some setting shows the fault."""
    for values in tried:
        try:
            judge(shown(explorer, values), JUDGES)
        except (AssertionError, ValueError, LookupError, Warning):
            return True
    return False


@every_explorer
def test_every_planted_fault_is_found(call, explorer):
    kept = {
        name: getattr(explorer, name) for name in ("compute", "draw", "say", "controls")
    }
    every = list(faults(explorer))
    chosen = (
        every
        if FULL
        else [every[i] for i in sorted(generator(call).choice(len(every), 6, False))]
    )
    missed = []
    for name, plant, where, tried in chosen:
        shown(explorer, {})
        plant(explorer, *where)
        if not is_found(explorer, tried):
            missed.append(name)
        for each, before in kept.items():
            setattr(explorer, each, before)
    report(f"{call}: {len(chosen) - len(missed)} of {len(chosen)} planted faults found")
    assert not missed
