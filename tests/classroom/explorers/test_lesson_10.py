"""The explorers of gradient descent and of the first weights."""

import numpy as np
import pytest

from dnn_lessons.classroom.explorers import (
    initialisation_explorer,
    rate_explorer,
    spread,
)
from dnn_lessons.classroom.explorers.descent_panels import HIGHEST, LOWEST
from dnn_lessons.classroom.explorers.descents import CHARTED, HEIGHT, KINDS, WIDTH
from dnn_lessons.classroom.explorers.lesson_10 import CURVATURES, EXAMPLES, RATES
from dnn_lessons.classroom.explorers.picture import (
    Handle,
    Level,
    Line,
    Map,
    Points,
    Rects,
    Words,
)
from dnn_lessons.descent import SURFACES, descend
from dnn_lessons.forward import L_model_forward
from dnn_lessons.parameters import initialize_parameters

START = (-1.8, 0.9)
OWN = {"surface": "your own"}
SEEN = [  # a name, and settings at which it is seen
    ("too small", {"learning_rate": 0.02}),
    ("good", {"learning_rate": 0.1}),
    ("zigzag", {"learning_rate": 0.11}),
    ("zigzag", {"learning_rate": 0.19}),
    ("at the threshold", {"learning_rate": 0.2}),
    ("diverged", {"learning_rate": 0.201}),
    ("diverged", {"learning_rate": 3}),
    ("good", {"learning_rate": 0.9, "second": 0}),  # along the floor of the ravine
    ("good", {"surface": "bowl", "learning_rate": 1}),
    ("zigzag", {"surface": "bowl", "learning_rate": 1.9}),
    ("at the threshold", {"surface": "bowl", "learning_rate": 2}),
    ("diverged", {"surface": "bowl", "learning_rate": 2.01}),
    ("at rest", {"surface": "bowl", "first": 0, "second": 0}),
    ("at the saddle", {"surface": "saddle", "second": 0}),
    ("good", {"surface": "saddle", "second": 0.05}),
    ("leaps on", {"surface": "saddle", "learning_rate": 1.2}),
    ("diverged", {"surface": "saddle", "learning_rate": 2.5}),
    ("good", {**OWN, "curvature_1": 4, "learning_rate": 0.25}),
    ("too small", {**OWN, "curvature_2": 40, "learning_rate": 0.02}),
    ("zigzag", {**OWN, "curvature_2": 40, "learning_rate": 0.03}),
    ("at the threshold", {**OWN, "curvature_2": 40, "learning_rate": 0.05}),
]


def marks(explorer, panel, kind, look=None):
    """The marks of a kind in one panel, of one look if that is given."""
    found = [mark for mark in explorer.drawn.panels[panel].marks if type(mark) is kind]
    return [mark for mark in found if look in (None, getattr(mark, "look", None))]


def played(steps, **values):
    """The explorer after some steps of its run."""
    explorer = rate_explorer(**values)
    for _ in range(steps):
        explorer.step()
    return explorer


@pytest.mark.parametrize(("name", "values"), SEEN, ids=str)
def test_each_kind_of_descent_is_named(name, values):
    explorer = rate_explorer(**values)
    assert explorer.verdict == name
    assert explorer.words.startswith(f"η = {explorer.values['learning_rate']:g} ")


def test_every_name_is_seen_somewhere():
    assert {name for name, _ in SEEN} == set(KINDS)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_paths_are_those_of_the_lesson(surface):
    explorer = rate_explorer(surface=surface, third_rate=2.5)
    for descent, rate in zip(explorer.state.descents, (0.18, 0.02, 2.5), strict=True):
        path = descend(SURFACES[surface], START, rate, 40)
        np.testing.assert_array_equal(descent.path, path)
        np.testing.assert_array_equal(descent.costs, SURFACES[surface].value(path))


def test_at_first_three_rates_lie_over_each_other():
    trails = [mark for mark in marks(rate_explorer(), 0, Line) if mark.label]
    assert [trail.label for trail in trails] == ["η = 0.18", "η = 0.02", "η = 0.21"]
    assert len({trail.look for trail in trails}) == 3


@pytest.mark.parametrize("surface", [*SURFACES, "your own"])
def test_the_map_shows_heights_contours_and_flat_points(surface):
    explorer = rate_explorer(surface=surface)
    (shade,) = marks(explorer, 0, Map)
    assert (shade.left, shade.right, shade.bottom, shade.top) == (-2, 2, -1.5, 1.5)
    panel = explorer.drawn.panels[0]
    assert (panel.x[1:3], panel.y[1:3]) == ((-2, 2), (-1.5, 1.5))
    for line in marks(explorer, 0, Line, "ink"):
        inside = np.isfinite(line.x)
        heights = explorer.state.surface.value(np.stack([line.x, line.y])[:, inside])
        assert inside.sum() > 10
        assert np.ptp(heights) < 0.05 * heights.max() + 0.02
    words = [mark.text for mark in marks(explorer, 0, Words) if "leaves" not in mark.text]
    saddle = ["saddle point", "minimum", "minimum"]
    assert words == (saddle if surface == "saddle" else ["minimum"])


def test_the_flat_points_are_flat():
    for name, surface in SURFACES.items():
        for spot in marks(rate_explorer(surface=name), 0, Points, "ink"):
            place = np.array([spot.x[0], spot.y[0]])
            np.testing.assert_array_equal(surface.gradient(place), 0)


def test_the_start_is_dragged_in_both_directions():
    explorer = rate_explorer(first=0.5, second=-1)
    (handle,) = marks(explorer, 0, Handle)
    assert handle[:3] == (0.5, -1, ("first", "second"))
    assert all(each.path[:, 0].tolist() == [0.5, -1] for each in explorer.state.descents)
    held = [control.name for control in explorer.controls if control.held]
    assert held == ["first", "second"]


def test_the_ball_goes_its_way_with_a_trail_behind_and_the_path_ahead():
    path = descend(SURFACES["ravine"], START, 0.18, 40)
    for steps in (1, 5):
        explorer = played(steps)
        (trail,) = [mark for mark in marks(explorer, 0, Line) if mark.label == "η = 0.18"]
        np.testing.assert_array_equal([trail.x, trail.y], path[:, : steps + 1])
        (ball,) = marks(explorer, 0, Points, "compared 0")
        np.testing.assert_array_equal([ball.x, ball.y], path[:, [steps]])
        (ahead,) = [mark for mark in marks(explorer, 0, Line, "compared 0") if mark.faint]
        np.testing.assert_array_equal([ahead.x, ahead.y], path)
        assert explorer.words.startswith(f"Step {steps} of 40: cost ")


def test_the_cost_curve_ends_where_the_words_say():
    explorer = played(5)
    for i, descent in enumerate(explorer.state.descents):
        bold = [
            mark for mark in marks(explorer, 1, Line, f"compared {i}") if not mark.faint
        ]
        assert bold[0].y.tolist() == descent.costs[:6].tolist()
        assert f"{descent.costs[5]:.3g} at η = {descent.rate:g}" in explorer.words


def test_a_path_that_leaves_is_marked_where_it_crosses_the_border():
    explorer = rate_explorer(learning_rate=0.25)
    path = descend(SURFACES["ravine"], START, 0.25, 40)
    outside = np.flatnonzero(np.abs(path[1]) > HEIGHT)[0]
    cross, _ = marks(explorer, 0, Points, "wrong")[::-1]  # the other one is that of 0.21
    assert abs(cross.y[0]) == HEIGHT
    assert abs(cross.x[0]) < WIDTH
    a, b = path[:, outside - 1], path[:, outside]
    share = (cross.y[0] - a[1]) / (b[1] - a[1])
    np.testing.assert_allclose(cross.x[0], a[0] + share * (b[0] - a[0]))
    assert "it leaves the map in step 2" in explorer.words
    texts = [" ".join(mark.text.split()) for mark in marks(explorer, 0, Words)]
    assert "η = 0.25 leaves in step 2" in texts
    assert len(marks(explorer, 0, Map)) == 1  # the map stays
    before = played(1, learning_rate=0.25)
    assert not marks(before, 0, Points, "wrong")


def test_the_words_about_a_path_that_leaves_stand_on_the_map():
    for first in (-2, 1.9):
        for second in (-1.5, 0.05, 1.5):
            explorer = rate_explorer(learning_rate=3, first=first, second=second)
            for mark in marks(explorer, 0, Words):
                assert -WIDTH <= mark.x <= WIDTH
                assert -HEIGHT <= mark.y <= HEIGHT


def test_a_curve_above_the_axis_is_marked_at_its_end():
    explorer = rate_explorer(learning_rate=0.25)
    (cross,) = marks(explorer, 1, Points, "wrong")
    costs = explorer.state.descents[0].costs
    step = int(cross.x[0])
    assert costs[step] <= HIGHEST < costs[step + 1]
    assert cross.y == [HIGHEST]


def test_the_chart_holds_the_last_cost_of_every_rate():
    explorer = rate_explorer()
    rates, costs = explorer.state.charted
    assert set(RATES) <= set(rates)
    assert (rates[0], rates[-1]) == (CHARTED[0], CHARTED[-1])
    for rate, cost in zip(rates[::20], costs[::20], strict=True):
        path = descend(SURFACES["ravine"], START, rate, 40)
        if path.shape[1] == 41:
            assert cost == pytest.approx(SURFACES["ravine"].value(path[:, -1]), rel=1e-9)
        else:
            assert cost > HIGHEST


@pytest.mark.parametrize("values", [{}, {"learning_rate": 3, "second": 0.5}], ids=str)
def test_the_rates_of_now_stand_on_the_curve_of_the_chart(values):
    explorer = rate_explorer(**values)
    rates, costs = explorer.state.charted
    for i, descent in enumerate(explorer.state.descents):
        (point,) = marks(explorer, 2, Points, f"compared {i}")
        expected = np.clip(np.interp(descent.rate, rates, costs), LOWEST, HIGHEST)
        assert point.x == [descent.rate]
        assert point.y[0] == pytest.approx(expected, rel=0.3)


def test_the_threshold_is_drawn_and_lies_on_the_slider():
    for curvature in CURVATURES:
        explorer = rate_explorer(**OWN, curvature_1=0.5, curvature_2=curvature)
        (line,) = marks(explorer, 2, Level, "wrong")
        assert line.at == 2 / curvature
        assert 2 / curvature in RATES
        explorer.set(learning_rate=2 / curvature)
        assert explorer.verdict == "at the threshold"
    for name, threshold in (("bowl", 2), ("ravine", 0.2), ("saddle", 1)):
        (line,) = marks(rate_explorer(surface=name), 2, Level, "wrong")
        assert line.at == threshold


def test_a_slider_holds_what_it_shows():
    assert {0.1, 0.2, 0.5, 1, 2, 0.18, 0.21} <= set(RATES)
    assert rate_explorer(learning_rate=0.2).values["learning_rate"] == 0.2
    with pytest.raises(ValueError, match="learning_rate is 10; expected a number"):
        rate_explorer(learning_rate=10)


def test_three_rates_are_compared_in_place_of_earlier_runs():
    explorer = rate_explorer().set(learning_rate=0.1).set(learning_rate=0.05)
    assert explorer.kept == 0


def test_the_words_name_the_two_other_rates():
    words = rate_explorer().words
    assert words.endswith("Beside it: η = 0.02 too small; η = 0.21 diverged.")


def test_a_control_that_needs_a_choice_is_told_to_the_page():
    controls = [control.for_page() for control in rate_explorer().controls]
    needs = {row["name"]: row["needs"] for row in controls if row["needs"]}
    assert needs == dict.fromkeys(("curvature_1", "curvature_2"), ("surface", "your own"))
    (surface,) = [row for row in controls if row["name"] == "surface"]
    assert "your own" in surface["texts"]


# ------------------------------------------------------------------------------------- the first weights

STARTS = [  # a name, and settings at which it is seen
    ("fades", {"scale": 0.1}),
    ("keeps its size", {"scale": 0.14}),
    ("explodes", {"scale": 0.3}),
    ("explodes", {"activation": "leaky_relu", "scale": 1}),
    ("fades", {"activation": "tanh", "scale": 0.1}),
    ("keeps its size", {"activation": "tanh", "scale": 0.15}),
    ("crowds", {"activation": "tanh", "scale": 0.3}),
    ("alike", {"activation": "sigmoid", "scale": 0.1}),
    ("crowds", {"activation": "sigmoid", "scale": 1}),
]


def layers_of(activation, scale):
    """The activations of the ten layers that the explorer shows."""
    X = np.random.default_rng(1).standard_normal((100, EXAMPLES))
    dims = [100] * 11
    parameters = initialize_parameters(dims, activation, activation, scale, rng=0)
    AL, caches = L_model_forward(X, parameters, activation, activation)
    return [*(A_prev for (A_prev, _, _), _ in caches[1:]), AL]


@pytest.mark.parametrize(("name", "values"), STARTS, ids=str)
def test_each_kind_of_start_is_named(name, values):
    assert initialisation_explorer(**values).verdict == name


def test_every_kind_of_start_is_seen_somewhere():
    assert {name for name, _ in STARTS} == set(spread.KINDS)


@pytest.mark.parametrize("activation", spread.EDGES)
def test_the_sizes_and_the_words_are_those_of_the_layers_without_the_input(activation):
    explorer = initialisation_explorer(activation=activation, scale=0.2)
    for label, scale in (("s = 0.2", 0.2), ("scaled by fan-in", None)):
        layers = layers_of(activation, scale)
        sizes = [np.sqrt(np.mean(A**2)) for A in layers]
        (line,) = [mark for mark in marks(explorer, 2, Line) if mark.label == label]
        np.testing.assert_allclose(line.x, sizes)
        assert line.y.tolist() == list(range(1, 11))
        for size, layer in ((sizes[0], 1), (sizes[-1], 10)):
            assert f"{spread.number(size)} in layer {layer}" in explorer.words


@pytest.mark.parametrize("activation", spread.EDGES)
@pytest.mark.parametrize("scale", [0.05, 0.3])
def test_the_bars_of_a_layer_are_its_histogram(activation, scale):
    explorer = initialisation_explorer(activation=activation, scale=scale)
    edges = spread.EDGES[activation]
    (bars,) = marks(explorer, 0, Rects)
    heights = (bars.top - bars.bottom).reshape(10, -1)
    for layer, A in enumerate(layers_of(activation, scale)):
        sizes = np.abs(A[A != 0]) if edges is spread.UNBOUNDED else A.ravel()
        counts, _ = np.histogram(np.clip(sizes, edges[0], edges[-1]), edges)
        expected = spread.ROW * counts / counts.max()
        np.testing.assert_allclose(heights[layer], expected, atol=2e-3)
        row = bars.bottom.reshape(10, -1)[layer]
        assert (np.abs(row - (layer + 0.6)) < 1e-12).all()


def test_a_scale_that_crowds_is_seen_at_the_ends_and_one_that_fades_in_the_middle():
    for scale, where in ((0.3, [0, 24]), (0.01, [12])):
        explorer = initialisation_explorer(activation="tanh", scale=scale)
        (bars,) = marks(explorer, 0, Rects)
        last = (bars.top - bars.bottom).reshape(10, -1)[-1]
        assert (last[where] > 0.8 * spread.ROW).all()
        assert np.delete(last, where).max() < 0.5 * spread.ROW


@pytest.mark.parametrize("activation", spread.EDGES)
def test_the_axes_stay_and_hold_all_that_is_drawn(activation):
    ends = set()
    for scale in (0.01, 0.1, 1):
        explorer = initialisation_explorer(activation=activation, scale=scale)
        panels = explorer.drawn.panels
        ends.add(tuple((panel.x.low, panel.x.high, panel.y) for panel in panels))
        for panel, row in zip(panels, explorer.picture["panels"], strict=True):
            assert len(row["x"]["ticks"]) >= 4
            assert [text for _, text in row["y"]["ticks"]] == ["2", "4", "6", "8", "10"]
            for mark in panel.marks:
                x = [mark.x] if isinstance(mark, Line) else [mark.left, mark.right]
                assert panel.x.low <= np.min(x) <= np.max(x) <= panel.x.high
    assert len(ends) == 1


def test_what_is_scaled_by_fan_in_has_one_look():
    explorer = initialisation_explorer()
    assert marks(explorer, 1, Rects)[0].look == "good"
    assert [mark.look for mark in marks(explorer, 2, Line)] == ["good", "compared 0"]


# ------------------------------------------------------------------------------ the answers of the lesson


def verdicts(explorer, name, values):
    """{value: verdict} of an explorer whose control moves."""
    return {value: explorer.set(**{name: value}).verdict for value in values}


def best_rate(explorer):
    """The rate of the slider that leaves the least cost, and this cost."""
    charted = dict(zip(*explorer.state.charted, strict=True))
    rate = min(RATES, key=charted.get)
    return rate, charted[rate]


@pytest.mark.long
def test_the_answer_about_the_ravine():
    seen = verdicts(rate_explorer(), "learning_rate", RATES)
    assert {name for rate, name in seen.items() if rate < 0.1} <= {"too small", "good"}
    assert seen[0.1] == "good"
    assert {seen[rate] for rate in RATES if 0.1 < rate < 0.2} == {"zigzag"}
    assert min(rate for rate in RATES if rate > 0.1) == 0.11
    assert seen[0.2] == "at the threshold"
    assert {seen[rate] for rate in RATES if rate > 0.2} == {"diverged"}
    explorer = rate_explorer(learning_rate=0.21)
    assert "leaves the map in step 6" in explorer.words
    assert best_rate(explorer)[0] == 0.18


def test_the_answer_about_the_bowl():
    explorer = rate_explorer(surface="bowl", learning_rate=0.21)
    assert (explorer.verdict, explorer.state.surface.threshold) == ("good", 2)


def test_the_answer_about_a_surface_of_ones_own():
    explorer = rate_explorer(**OWN, curvature_2=40)
    assert explorer.values["curvature_1"] == 1
    assert explorer.state.surface.threshold == 0.05
    rate, cost = best_rate(explorer)
    assert (rate, f"{cost:.1g}") == (0.045, "0.04")


def test_what_the_lesson_says_about_the_saddle():
    explorer = rate_explorer(surface="saddle", second=0)
    seen = verdicts(explorer, "learning_rate", (0.18, 0.21))
    assert set(seen.values()) == {"at the saddle"}


def sizes_of(explorer, which):
    """The root mean squares of the first and the last layer, in two digits."""
    sizes = getattr(explorer.state, which).sizes
    return [f"{sizes[0]:.2g}", f"{sizes[-1]:.2g}"]


@pytest.mark.long
def test_the_answer_about_the_first_weights():
    explorer = initialisation_explorer()
    scales = explorer.controls[1].values
    changes = {}
    for scale in scales:
        sizes = explorer.set(scale=scale).state.given.sizes
        changes[scale] = abs(np.log(sizes[-1] / sizes[0]))
    assert min(changes, key=changes.get) == 0.14
    explorer.set(activation="tanh", scale=0.01)
    assert sizes_of(explorer, "given") == ["0.099", "9.7e-11"]
    explorer.set(scale=0.1)
    assert sizes_of(explorer, "given") == ["0.63", "0.23"]
    assert sizes_of(explorer, "scaled") == ["0.63", "0.28"]
    assert explorer.state.scaled.crowded < 0.01
    assert 0.3 < explorer.set(scale=0.2).state.given.crowded < 0.35
    assert explorer.set(scale=0.3).state.given.crowded > 0.5
    seen = verdicts(explorer, "scale", scales)
    assert {name for scale, name in seen.items() if scale >= 0.2} == {"crowds"}
    assert {name for scale, name in seen.items() if scale <= 0.1} == {"fades"}
