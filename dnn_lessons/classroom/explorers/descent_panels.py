"""The panels of a descent: a map of the cost with its paths, the cost by step, and the last cost by rate."""

from functools import lru_cache

import numpy as np
from contourpy import contour_generator

from dnn_lessons.classroom.explorers.descents import (
    CHARTED,
    HEIGHT,
    STEPS,
    WIDTH,
)
from dnn_lessons.classroom.explorers.picture import (
    Axis,
    Handle,
    Level,
    Line,
    Map,
    Panel,
    Picture,
    Points,
    Words,
)
from dnn_lessons.descent import grid

GRID = 51  # points of the surface along each axis
SHADES = 16  # of the heights; a still picture of few colours is a small file
SHARES = np.linspace(0, 1, 8)[1:-1] ** 2  # of the greatest cost, each with a contour line
LOWEST, HIGHEST = 1e-8, 1e4  # the ends of the axis of the cost, which stays
SPOTS = {  # the flat points of a surface, and their words; of all others the minimum at the origin
    "saddle": [(0, 0, "saddle point"), (0, 1, "minimum"), (0, -1, "minimum")],
}
MAP_SIZE = {"weight": 1.5, "height": 0.82}  # of equal units in both directions
# As high as the map where all three stand in a row.
CHART_SIZE = {"weight": 0.75, "height": 1.57}
MAP_SIDES = (-WIDTH, WIDTH, -HEIGHT, HEIGHT)
MAP_AXES = Axis("θ₁", -WIDTH, WIDTH), Axis("θ₂", -HEIGHT, HEIGHT)
STEP_AXIS = Axis("step t", 0, STEPS)
RATE_AXIS = Axis("rate η", CHARTED[0], CHARTED[-1], log=True)
# The same in both panels beside the map.
COST_AXIS = Axis("cost J", LOWEST, HIGHEST, log=True)
MIDDLE_RATE = np.sqrt(CHARTED[0] * CHARTED[-1])  # of the chart
BY_STEP, BY_RATE = "cost by step", f"cost after {STEPS} steps"


def draw(state, ghosts):
    """Return the map, the cost by step and the last cost by rate.

    Parameters
    ----------
    state : DescentState
        What is drawn.
    ghosts : dict
        Earlier runs, of which none is kept: three rates are compared as it is.

    Returns
    -------
    Picture
        Three panels.
    """
    return Picture([_map_panel(state), _step_panel(state), _rate_panel(state)])


def _map_panel(state):
    """Return the map with the paths so far, and the start that is dragged."""
    start = _start_text(state.start)
    handle = Handle(*state.start, ("first", "second"), start)
    marks = [*_ground(state.surface), *_spots(state.surface), *_paths(state), handle]
    return Panel(f"drag the {start}; grey is high", *MAP_AXES, marks, **MAP_SIZE)


def _start_text(start):
    """Return the start in words, with true minus signs."""
    return "start ({:g}, {:g})".format(*start).replace("-", "−")


def _paths(state):
    """Return the marks of all paths; legends name the first rate first, and its ball is on top."""
    marks = [mark for make in (_ahead, _trail) for mark in _each(make, state)]
    on_top = [mark for make in (_ball, _exit) for mark in _each(make, state)[::-1]]
    return marks + on_top


def _each(make, state):
    """Return the marks that a function makes of each descent, the step and the place among the rates."""
    made = [make(each, state.step, i) for i, each in enumerate(state.descents)]
    return [mark for marks in made for mark in marks]


@lru_cache(maxsize=16)
def _ground(surface):
    """Return the shade of a surface and its contour lines."""
    (first, second), J = grid(surface, WIDTH, HEIGHT, GRID)
    generator = contour_generator(first, second, J)
    levels = [*(J.max() * SHARES), *_saddle_levels(surface)]
    return [_shade(J / J.max()), *(_contour(generator, level) for level in levels)]


def _shade(share):
    """Return the map of the cost as a share of the greatest one, in few shades."""
    shades = np.round(SHADES * np.sqrt(share)) / SHADES
    return Map(shades, *MAP_SIDES, 0.0, 1.0, "heights")


def _saddle_levels(surface):
    """Return the cost of a saddle point, whose contour line crosses itself there."""
    spots = SPOTS.get(surface.name, [])
    return [surface.value(spot[:2]) for spot in spots if spot[2] == "saddle point"]


def _contour(generator, level):
    """Return the contour line at a cost; its parts are joined by gaps."""
    gap = np.full((1, 2), np.nan)
    parts = [part for line in generator.lines(level) for part in (line, gap)]
    x, y = np.concatenate([gap, *parts]).T.round(3)
    return Line(x, y, "ink", width=0.8, faint=True)


def _spots(surface):
    """Return marks and words at the flat points."""
    marks = []
    for x, y, text in SPOTS.get(surface.name, [(0, 0, "minimum")]):
        marks.append(Points([x], [y], "ink", size=7))
        marks.append(Words(x + 0.08, y - 0.13, text, "start"))
    return marks


def _on_map(descent):
    """Return the path up to the first point outside the map: what follows would hide the others."""
    return descent.path[:, : None if descent.left is None else descent.left + 1]


def _ahead(descent, _, i):
    """Return the whole path, faint."""
    return [Line(*_on_map(descent), f"compared {i}", width=1.2, faint=True)]


def _trail(descent, step, i):
    """Return the path up to a step, with a marker for each one."""
    x, y = _on_map(descent)[:, : step + 1]
    label, width = f"η = {descent.rate:g}", 3.0 if i == 0 else 2.0
    return [Line(x, y, f"compared {i}", label, width, markers=True)]


def _ball(descent, step, i):
    """Return the ball on its current point, unless that is outside the map."""
    if descent.left is not None and step >= descent.left:
        return []
    x, y = descent.path[:, : step + 1][:, -1:]
    return [Points(x, y, f"compared {i}", size=15 - i)]


def _exit(descent, step, i):
    """Return the words and the mark where a path that has left the map crosses its border."""
    left = descent.left
    if left is None or step < left:
        return []
    x, y = _crossing(*descent.path[:, left - 1 : left + 1].T)
    text = f"  η = {descent.rate:g}  \n  leaves in step {left}  "
    return [_exit_words(x, y, i, text), Points([x], [y], "wrong", size=14)]


def _exit_words(x, y, i, text):
    """Return words inside the map beside a point of its border, those of each rate on a line of their own."""
    side = "end" if x > 0 else "start"
    return Words(x, y - np.sign(y) * (0.22 + 0.36 * i), text, side, 1.1)


def _crossing(inside, outside):
    """Return the point of the border between a point of the map and one beyond it."""
    ends = np.array([WIDTH, HEIGHT])
    step = outside - inside
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = (np.copysign(ends, step) - inside) / step
    share = np.nanmin(np.where(step == 0, np.nan, shares))
    return np.clip(inside + share * step, -ends, ends)


def _on_axis(costs):
    """Return costs of which none is 0, which a logarithmic axis does not have."""
    return np.maximum(costs, LOWEST / 1e3)


def _step_panel(state):
    """Return the panel of the cost by step; the first rate is on top."""
    marks = _each(_to_come, state) + _each(_so_far, state)[::-1]
    return Panel(BY_STEP, STEP_AXIS, COST_AXIS, marks, **CHART_SIZE)


def _to_come(descent, _, i):
    """Return the whole curve of the cost, faint."""
    costs = _on_axis(descent.costs)
    return [Line(np.arange(len(costs)), costs, f"compared {i}", width=1.2, faint=True)]


def _so_far(descent, step, i):
    """Return the end of the curve up to a step, and the curve."""
    costs, width = _on_axis(descent.costs[: step + 1]), 2.6 if i == 0 else 1.8
    line = Line(np.arange(len(costs)), costs, f"compared {i}", width=width)
    return [_end_of_curve(costs, f"compared {i}"), line]


def _end_of_curve(costs, look):
    """Return the mark of the last cost, or the one where the costs rise above the axis."""
    over = _over(costs)
    if over is not None:
        return Points([over], [HIGHEST], "wrong", size=14)
    return Points([len(costs) - 1], [max(costs[-1], LOWEST)], look, size=11)


def _over(costs):
    """Return the place between two steps at which the costs rise above the axis; None if they do not."""
    above = np.flatnonzero(costs > HIGHEST)
    if not above.size:
        return None
    ends = np.log(costs[above[0] - 1 : above[0] + 1] / HIGHEST)
    return above[0] - 1 + ends[0] / (ends[0] - ends[1])


def _rate_panel(state):
    """Return the panel of the last cost by rate, with the threshold and the current rates."""
    rates, costs = state.charted
    curve = Line(rates, np.minimum(_on_axis(costs), 1e3 * HIGHEST), "ink")
    levels = _levels(state.descents[0].costs[0], state.surface.threshold)
    marks = [curve, *levels, *_each(_rate_point, state)[::-1]]
    return Panel(BY_RATE, RATE_AXIS, COST_AXIS, marks, **CHART_SIZE)


def _levels(cost, threshold):
    """Return the lines at the cost of the start and at the threshold, with their words."""
    above = np.clip(4 * cost, 4 * LOWEST, HIGHEST / 20)
    start = Words(RATE_AXIS.low, above, " at the start", "start")
    return [Level(cost), start, Level(threshold, "", "x", "wrong"), _name(threshold)]


def _name(threshold):
    """Return the words of the threshold, on the side that has room."""
    side = "start" if threshold < MIDDLE_RATE else "end"
    return Words(threshold, HIGHEST / 4, f" 2/λ = {threshold:g} ", side, look="wrong")


def _rate_point(descent, _, i):
    """Return a marker for a rate, at the end of the panel where its cost lies beyond."""
    cost = np.clip(descent.costs[-1], LOWEST, HIGHEST)
    return [Points([descent.rate], [cost], f"compared {i}", size=13 - i)]
