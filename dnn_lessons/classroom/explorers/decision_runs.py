"""What a training on points in the plane shows: the network seen into, where it answers 1, and its costs."""

from typing import NamedTuple

import numpy as np
from contourpy import contour_generator

from dnn_lessons.classroom.explorers.controls import choice, even_values, slider
from dnn_lessons.classroom.explorers.cost_panel import COST_AXIS, cost_panel
from dnn_lessons.classroom.explorers.explorer import Run
from dnn_lessons.classroom.explorers.picture import (
    Axis,
    Line,
    Map,
    Panel,
    Picture,
    Points,
)
from dnn_lessons.classroom.explorers.point_sets import POINT_SETS
from dnn_lessons.classroom.explorers.training_runs import (
    ENGINE,
    Watched,
    epoch_text,
    training_controls,
)
from dnn_lessons.classroom.explorers.unit_maps import (
    MOST_UNITS,
    UnitLayer,
    network_panel,
)
from dnn_lessons.costs import compute_cost
from dnn_lessons.datasets import Scaler, train_test_split
from dnn_lessons.forward import L_model_forward
from dnn_lessons.metrics import accuracy
from dnn_lessons.network import DeepNeuralNetwork

POINTS, HELD_OUT = 500, 0.8  # as in lesson 13: 100 points to train on
SIDE = 41  # points of the grid in each direction
COARSE = 2  # a unit's map has every second of them
BLOCKS = 4  # of the grid: for more columns at once BLAS starts threads, and waits for them
WIDTHS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)
BATCH_SIZES = (1, 2, 5, 10, 20, 50, 100)
SEEDS = range(10)


class Data(NamedTuple):
    """Points in the plane, scaled by the mean and the deviation of the training points.

    Parameters
    ----------
    X, Y : ndarray, shapes (2, m) and (1, m)
        The training points and their labels.
    X_held, Y_held : ndarray, shapes (2, k) and (1, k)
        The held-out ones.
    """

    X: np.ndarray
    Y: np.ndarray
    X_held: np.ndarray
    Y_held: np.ndarray

    @property
    def reach(self):
        """The half side of a square around 0 that holds all points."""
        return 1.05 * max(np.abs(self.X).max(), np.abs(self.X_held).max())

    @property
    def constant_cost(self):
        """The cost of the best constant on the training labels."""
        return float(compute_cost(np.full_like(self.Y, self.Y.mean()), self.Y))


class DecisionState(NamedTuple):
    """A training on points in the plane, as it stands.

    Parameters
    ----------
    costs : dict
        The cost after each epoch so far on the "training" points and on the "held out" ones.
    num_epochs : int
        How many epochs there will be.
    data : Data
        The points.
    probability : ndarray, shape (SIDE, SIDE)
        What the network answers on a grid from -reach to reach; the first row is the lowest.
    layers : list of UnitLayer
        The features, the hidden layers and the output.
    parameters : dict
        Those of the units that are drawn.
    width : int
        The units of each hidden layer.
    right : tuple of float
        The shares of training and of held-out points that are given the right answer.
    diverged : int or None
        The epoch in which the training diverged.
    """

    costs: dict
    num_epochs: int
    data: Data
    probability: np.ndarray
    layers: list
    parameters: dict
    width: int
    right: tuple
    diverged: int | None


def decision_controls():
    """Return the controls of a training on points in the plane.

    Returns
    -------
    list of Control
        Those of the data, of the network and of the training, and the axis of the cost.
    """
    names = "depth", "activation", "learning_rate", "num_epochs"
    shared = training_controls(learning_rate=0.05, num_epochs=200)
    depth, activation, rate, epochs = (shared[name] for name in names)
    network = slider("width", "units each", WIDTHS, 16, "{}"), depth, activation
    batch_size = slider("batch_size", "batch size B", BATCH_SIZES, 10, "{}")
    return [*DATA_CONTROLS, *network, rate, batch_size, epochs, SEED, COST_AXIS]


DATA_CONTROLS = (
    choice("points", "points", list(POINT_SETS), "two moons"),
    slider("noise", "noise", even_values(0.05, 0.6, 0.05), 0.35),
    slider("points_seed", "their seed", SEEDS, 0, "{}"),
)
SEED = slider("seed", "seed of start", SEEDS, 0, "{}")


def scattered(points, noise, points_seed):
    """Return the Data of one draw of a set of points.

    Parameters
    ----------
    points : str
        A name in POINT_SETS.
    noise : float
        The standard deviation of the noise in the points' own units.
    points_seed : int
        What draws the points, and then which of them are held out.

    Returns
    -------
    Data
        The points, scaled as in lesson 13.
    """
    X, Y = POINT_SETS[points](POINTS, noise=noise, rng=points_seed)
    (X, Y), (X_held, Y_held) = train_test_split(X, Y, HELD_OUT, rng=points_seed)
    scaler = Scaler.fit(X)
    return Data(scaler.transform(X), Y, scaler.transform(X_held), Y_held)


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
    layer_dims = 2, *[width] * depth, 1
    network = DeepNeuralNetwork(layer_dims, activation, rng=seed)
    settings = learning_rate, num_epochs, batch_size, True, ENGINE
    held_out = []
    epochs = network.train_epochs(data.X, data.Y, *settings)
    watched = Watched(_scored(epochs, network, data, held_out))

    def state():
        costs = {"training": list(network.costs), "held out": list(held_out)}
        return _state(network, data, costs, num_epochs, watched.diverged)

    return Run(watched, state, num_epochs)


def _scored(epochs, network, data, costs):
    """Yield each epoch, after its cost on the held-out points was added to the costs."""
    for epoch in epochs:
        costs.append(compute_cost(network.predict(data.X_held), data.Y_held))
        yield epoch


def _state(network, data, costs, num_epochs, diverged):
    """Return the DecisionState of a network."""
    with np.errstate(over="ignore", invalid="ignore"):  # shortly before a divergence
        probability, layers = look_into(network, data)
        right = _shares_of_right(network, data)
    shown = _shown_part(network.parameters)
    width = network.layer_dims[1]
    rest = layers, shown, width, right, diverged
    return DecisionState(costs, num_epochs, data, probability, *rest)


def _shares_of_right(network, data):
    """Return the shares of training and of held-out points that are given the right answer."""
    pairs = (data.X, data.Y), (data.X_held, data.Y_held)
    return tuple(float(accuracy(network.predict(X), Y)) for X, Y in pairs)


def look_into(network, data):
    """Return what a network and each of its units answer over the plane.

    Parameters
    ----------
    network : DeepNeuralNetwork
        A network with two features and one output.
    data : Data
        The points, which say how large the plane is.

    Returns
    -------
    probability : ndarray, shape (SIDE, SIDE)
        The network's answers.
    layers : list of UnitLayer
        The features, the hidden layers and the output, of each at most MOST_UNITS units.
    """
    along = np.linspace(-data.reach, data.reach, SIDE)
    grid = np.stack(np.meshgrid(along, along))
    activations = _activations(network, grid.reshape(2, -1))
    dead = [np.zeros(2, bool), *dead_masks(network, data.X), np.zeros(1, bool)]
    names = ["in", *(f"layer {l}" for l in range(1, len(dead) - 1)), "out"]
    scales = ["signs"] * (len(dead) - 1) + ["answers"]
    maps = map(_on_grid, activations)
    layers = [UnitLayer(*row) for row in zip(names, maps, dead, scales, strict=True)]
    return activations[-1].reshape(SIDE, SIDE), layers


def _activations(network, X):
    """Return the activations of each layer, X (2, m) first, computed block by block."""
    blocks = [_of_block(network, block) for block in np.array_split(X, BLOCKS, axis=1)]
    return [np.concatenate(layer, axis=1) for layer in zip(*blocks, strict=True)]


def _of_block(network, X):
    """Return the activations of each layer for a block of examples."""
    AL, caches = L_model_forward(X, network.parameters, *network.activations)
    return [linear_cache[0] for linear_cache, _ in caches] + [AL]


def _on_grid(A):
    """Return what at most MOST_UNITS units answer on the coarse grid, from A (n, SIDE * SIDE)."""
    return A[:MOST_UNITS].reshape(-1, SIDE, SIDE)[:, ::COARSE, ::COARSE]


def dead_masks(network, X):
    """Return for each hidden layer which of the units that are drawn are dead.

    A unit is dead when every example lies on the flat part of its activation: no step changes
    its weights.

    Parameters
    ----------
    network : DeepNeuralNetwork
        The network.
    X : ndarray, shape (2, m)
        The training points.

    Returns
    -------
    list of ndarray of bool, shape (k,)
        True for each dead unit.
    """
    _, caches = L_model_forward(X, network.parameters, *network.activations)
    activation = network.hidden_layer_activation
    slopes = [activation.backward(np.ones_like(Z), Z) for _, Z in caches[:-1]]
    return [np.abs(each).max(axis=1)[:MOST_UNITS] < 1e-6 for each in slopes]


def _shown_part(parameters):
    """Return the parameters of the units that are drawn."""
    return {name: P[:MOST_UNITS, :MOST_UNITS] for name, P in parameters.items()}


def draw(state, ghosts, log):
    """Return the network seen into, where it answers 1, and its costs.

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
    earlier = {label: run.costs["held out"] for label, run in ghosts.items()}
    levels = {"best constant": state.data.constant_cost}
    costs = cost_panel(
        state.costs, state.num_epochs, earlier, levels, log, state.diverged
    )
    network = network_panel(state.layers, state.parameters, _title(state), 1.25)
    panels = [network, _answer_panel(state, ghosts), costs]
    return Picture(
        [panels[0], *(each._replace(weight=0.9, height=1.06) for each in panels[1:])]
    )


def _title(state):
    """Return the title of the network's panel, which says how many units are not drawn."""
    if state.width <= MOST_UNITS:
        return "what each unit answers"
    return f"what {MOST_UNITS} of {state.width} units answer"


def _answer_panel(state, ghosts):
    """Return the panel of the plane: the network's answer, its border and the points."""
    data, reach = state.data, state.data.reach
    ends = Axis("feature 1", -reach, reach), Axis("feature 2", -reach, reach)
    marks = [
        Map(state.probability, *[-reach, reach] * 2, 0, 1, "answers"),
        *_classes(data.X_held, data.Y_held, ", held out", size=4, faint=True),
        *_classes(data.X, data.Y, "", size=8),
        *_borders(ghosts.values(), reach),
        Line(*border(state.probability, reach), "ink", "border", width=2.4),
    ]
    return Panel("where the network answers 1", *ends, marks)


def _classes(X, Y, words, **more):
    """Return the points of both labels."""
    X, labels = X.round(3), Y[0]
    return [
        Points(*X[:, labels == label], f"label {label}", f"{label}{words}", **more)
        for label in (0, 1)
    ]


def _borders(states, reach):
    """Return the borders of earlier runs."""
    return [
        Line(
            *border(run.probability, run.data.reach),
            f"compared {i}",
            width=1.6,
            faint=True,
        )
        for i, run in enumerate(states)
    ]


def border(probability, reach, level=0.5):
    """Return the points of the lines along which a network's answer is 0.5, with gaps between them.

    Parameters
    ----------
    probability : ndarray, shape (n, n)
        The answers on a grid from -reach to reach in both directions.
    reach : float
        The ends of the grid.
    level : float
        The answer on the lines.

    Returns
    -------
    ndarray, shape (2, k)
        The points; NaN between two lines. There are none where all answers are on one side.
    """
    along = np.linspace(-reach, reach, len(probability))
    lines = contour_generator(along, along, probability).lines(level)
    gap = np.full((1, 2), np.nan)
    parts = [part for line in lines for part in (line, gap)]
    return np.concatenate(parts).T.round(4) if parts else np.empty((2, 0))


def say(state):
    """Return in words how far the training has come, and which units are dead.

    Parameters
    ----------
    state : DecisionState
        What is shown.

    Returns
    -------
    str
        Two sentences.
    """
    epochs = len(state.costs["training"])
    beginning = epoch_text(epochs, state.num_epochs)
    if not epochs:
        return beginning
    right = "right for {:.0%} of the training points and {:.0%} of the held-out ones"
    costs = ", ".join(
        f"cost {name} {costs[-1]:.3g}" for name, costs in state.costs.items()
    )
    return f"{beginning}: {costs}; {right.format(*state.right)}."
