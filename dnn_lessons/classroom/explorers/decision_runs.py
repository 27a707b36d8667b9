"""What a training on points in the plane shows: the inside of the network, where it answers 1, and its costs."""

from functools import partial
from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.explorers.controls import choice, even_values, slider
from dnn_lessons.classroom.explorers.cost_panel import (
    COST_AXIS,
    cost_panel,
    earlier_lines,
)
from dnn_lessons.classroom.explorers.picture import (
    Axis,
    Line,
    Map,
    Panel,
    Picture,
    Points,
)
from dnn_lessons.classroom.explorers.plane import border, look_into
from dnn_lessons.classroom.explorers.point_sets import POINT_SETS, Data, scattered
from dnn_lessons.classroom.explorers.run import Run
from dnn_lessons.classroom.explorers.training_runs import (
    CONSTANT,
    ENGINE,
    Watched,
    epoch_text,
    training_controls,
)
from dnn_lessons.classroom.explorers.unit_maps import MOST_UNITS, network_panel
from dnn_lessons.classroom.explorers.verdicts import (
    Evidence,
    best_constant_cost,
    dead_units,
    training_verdict,
)
from dnn_lessons.costs import compute_cost
from dnn_lessons.forward import L_model_forward
from dnn_lessons.metrics import accuracy
from dnn_lessons.network import DeepNeuralNetwork

WIDTHS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)
BATCH_SIZES = (1, 2, 5, 10, 20, 50, 100)
SEEDS = range(10)
SHARED = training_controls(learning_rate=0.05, num_epochs=200)
CONTROLS = (
    choice("points", "points", list(POINT_SETS), "two moons"),
    slider("noise", "noise", even_values(0.05, 0.6, 0.05), 0.35),
    slider("points_seed", "their seed", SEEDS, 0, "{}"),
    slider("width", "units each", WIDTHS, 16, "{}"),
    SHARED["depth"],
    SHARED["activation"],
    SHARED["learning_rate"],
    slider("batch_size", "batch size B", BATCH_SIZES, 10, "{}"),
    SHARED["num_epochs"],
    slider("seed", "seed of start", SEEDS, 0, "{}"),
    COST_AXIS,
)
RIGHT = "Right: {:.0f} % in training, {:.0f} % held out."
BESIDE = {"weight": 0.9, "height": 1.06}  # the panels beside the network


class DecisionState(NamedTuple):
    """A training on points in the plane, as it stands.

    Parameters
    ----------
    data : Data
        The points.
    probability : ndarray, shape (n, n)
        What the network answers on a grid over the plane; the first row is the lowest.
    layers : list of UnitLayer
        The features, the hidden layers and the output.
    parameters : dict
        Those of the units that are drawn.
    right : tuple of float
        The shares of training and of held-out points that are given the right answer.
    evidence : Evidence
        The costs so far, and what else the verdict is given by.
    """

    data: Data
    probability: np.ndarray
    layers: list
    parameters: dict
    right: tuple
    evidence: Evidence

    @property
    def costs(self):
        """The cost after each epoch so far on the "training" points and on the "held out" ones."""
        return {"training": self.evidence.costs, "held out": self.evidence.held_out}


def train(
    points,
    noise,
    points_seed,
    width,
    depth,
    activation,
    learning_rate,
    batch_size,
    num_epochs,
    seed,
):
    """Return the Run of a training on a fifth of the points.

    Parameters
    ----------
    points, noise, points_seed : str, float, int
        The data, as `scattered` takes them.
    width, depth, activation : int, int, str
        The hidden layers.
    learning_rate, batch_size, num_epochs : float, int, int
        The training.
    seed : int
        What draws the first parameters, and then the order of the points.

    Returns
    -------
    Run
        Its states are DecisionStates.
    """
    data = scattered(points, noise, points_seed)
    network = DeepNeuralNetwork((2, *[width] * depth, 1), activation, rng=seed)
    return _watched(network, data, learning_rate, num_epochs, batch_size)


def _watched(network, data, learning_rate, num_epochs, batch_size):
    """Return the Run of the training of a network."""
    settings, costs = (learning_rate, num_epochs, batch_size), []
    epochs = network.train_epochs(data.X, data.Y, *settings, engine=ENGINE)
    epochs = Watched(_scored(epochs, network, data, costs))
    fixed = num_epochs, batch_size, *_facts(data)
    state = partial(_state, network, data, epochs, costs, fixed)
    return Run(epochs, state, num_epochs)


def _facts(data):
    """Return the number of training points, and the cost of the best constant for them."""
    return data.Y.size, best_constant_cost(data.Y, "cross_entropy")


def _scored(epochs, network, data, costs):
    """Yield each epoch, after its cost on the held-out points was added to the costs."""
    for epoch in epochs:
        costs.append(_held_out_cost(network, data))
        yield epoch


@np.errstate(over="ignore", invalid="ignore")  # shortly before a divergence
def _held_out_cost(network, data):
    """Return the cost on the held-out points, exact where the answers round to 0 or 1."""
    AL, caches = L_model_forward(data.X_held, network.parameters, *network.activations)
    output = network.output_layer_activation
    return float(compute_cost(AL, data.Y_held, "cross_entropy", caches[-1][1], output))


@np.errstate(over="ignore", invalid="ignore")  # shortly before a divergence
def _state(network, data, epochs, held_out, fixed):
    """Return the current DecisionState, with costs of its own."""
    ends = dead_units(network, data.X), epochs.diverged, list(held_out)
    evidence = Evidence(list(network.costs), *fixed, *ends)
    seen = *look_into(network, data.X, data.reach), _shown_part(network.parameters)
    return DecisionState(data, *seen, _shares_of_right(network, data), evidence)


def _shares_of_right(network, data):
    """Return the shares of training and of held-out points that are given the right answer."""
    pairs = (data.X, data.Y), (data.X_held, data.Y_held)
    return tuple(float(accuracy(network.predict(X), Y)) for X, Y in pairs)


def _shown_part(parameters):
    """Return the parameters of the units that are drawn."""
    return {name: P[:MOST_UNITS, :MOST_UNITS] for name, P in parameters.items()}


def draw(state, ghosts, log):
    """Return the inside of the network, where it answers 1, and its costs.

    Parameters
    ----------
    state : DecisionState
        What is drawn.
    ghosts : dict
        {what was different: DecisionState} of earlier runs.
    log : bool
        Whether the axis of the cost is logarithmic.

    Returns
    -------
    Picture
        Three panels.
    """
    panels = _answer_panel(state, ghosts), _costs(state, ghosts, log)
    network = network_panel(state.layers, state.parameters, _title(state), 1.25)
    return Picture([network, *(panel._replace(**BESIDE) for panel in panels)])


def _title(state):
    """Return the title of the network, which says how many units of a layer are drawn where some are not."""
    units = state.evidence.dead[0].units
    if units <= MOST_UNITS:
        return "what each unit answers"
    return f"what {MOST_UNITS} of {units} units answer"


def _costs(state, ghosts, log):
    """Return the panel of the costs; of earlier runs it has the cost on held-out points."""
    earlier = {
        f"held out, {label}": run.costs["held out"] for label, run in ghosts.items()
    }
    levels = {CONSTANT: state.evidence.constant_cost}
    ends = earlier, levels, log, state.evidence.diverged_in
    return cost_panel(state.costs, state.evidence.num_epochs, *ends)


def _answer_panel(state, ghosts):
    """Return the panel of the plane."""
    axes = [Axis(f"feature {i}", *state.data.ends) for i in (1, 2)]
    return Panel("where the network answers 1", *axes, _plane(state, ghosts))


def _plane(state, ghosts):
    """Return the network's answers over the plane, the points and the border."""
    ends = state.data.ends
    return [
        Map(state.probability, *ends, *ends, 0, 1, "answers"),
        *_all_points(state.data),
        *earlier_lines({label: _border(run) for label, run in ghosts.items()}),
        Line(*_border(state), "ink", "border", width=2.4),
    ]


def _all_points(data):
    """Return the training points, and behind them the held-out ones."""
    held_out = _classes(data.X_held, data.Y_held, ", held out", size=4, faint=True)
    return held_out + _classes(data.X, data.Y, size=8)


def _classes(X, Y, words="", **more):
    """Return the points of both labels."""
    X, labels = X.round(3), Y[0]
    return [
        Points(*X[:, labels == label], f"label {label}", f"{label}{words}", **more)
        for label in (0, 1)
    ]


def _border(state):
    """Return the points of the border between the answers 0 and 1."""
    return border(state.probability, state.data.reach)


def say(state):
    """Return in words how far the training has come, and what its curves show.

    Parameters
    ----------
    state : DecisionState
        What is shown.

    Returns
    -------
    Verdict
        A few sentences.
    """
    verdict = training_verdict(state.evidence)
    parts = [*_results(state), *_dead(state, verdict), verdict.sentence]
    return verdict._replace(sentence=" ".join(parts))


def _results(state):
    """Return the costs and the shares of right answers in words."""
    epoch = epoch_text(state.costs["training"], state.evidence.num_epochs)
    if not state.evidence.held_out:
        return [epoch]
    costs = f"{epoch[:-1]}, held out {state.evidence.held_out[-1]:.3g}."
    return [costs, RIGHT.format(*np.multiply(100, state.right))]


def _dead(state, verdict):
    """Return how many hidden units are dead, where the verdict does not say it."""
    layers = state.evidence.dead
    dead, units = (
        sum(getattr(each, name) for each in layers) for name in ("dead", "units")
    )
    said = not dead or verdict.name == "dead"
    return [] if said else [f"Dead: {dead} of {units} units."]
