"""What a network and its units answer over the plane of two features."""

import numpy as np
from contourpy import contour_generator

from dnn_lessons.classroom.explorers.unit_maps import MOST_UNITS, UnitLayer
from dnn_lessons.classroom.explorers.verdicts import dead_masks
from dnn_lessons.forward import L_model_forward

SIDE = 41  # points of the grid in each direction
COARSE = 2  # a unit's map has every second of them
# Parts of the grid: for more columns at once BLAS starts threads, and waits for them.
BLOCKS = 4
FEATURES, OUTPUT = 2, 1


def look_into(network, X, reach):
    """Return what a network and each of its units answer over the plane.

    Parameters
    ----------
    network : DeepNeuralNetwork
        A network with two features and one output.
    X : ndarray, shape (2, m)
        The training points, which say which units are dead.
    reach : float
        The plane goes from -reach to reach in both directions.

    Returns
    -------
    probability : ndarray, shape (SIDE, SIDE)
        The network's answers; the first row is the lowest.
    layers : list of UnitLayer
        The features, the hidden layers and the output, of each at most MOST_UNITS units.
    """
    activations = _activations(network, _grid(reach))
    answers = activations[-1].reshape(SIDE, SIDE)
    return answers, _unit_layers(
        [_coarse(A) for A in activations], dead_masks(network, X)
    )


def _unit_layers(maps, dead):
    """Return the UnitLayers of the features, of the hidden layers and of the output."""
    inputs, *hidden, output = maps
    numbered = enumerate(zip(hidden, dead, strict=True), 1)
    return [
        UnitLayer("in", inputs, np.zeros(FEATURES, bool)),
        *(_hidden_layer(l, *layer) for l, layer in numbered),
        UnitLayer("out", output, np.zeros(OUTPUT, bool), scale="answers"),
    ]


def _hidden_layer(l, answers, dead):
    """Return the UnitLayer of hidden layer l; `dead` has a mark for each unit, drawn or not."""
    return UnitLayer(f"layer {l}", answers, dead[:MOST_UNITS], dead.sum())


def _grid(reach):
    """Return the points (2, SIDE * SIDE) of a grid, the lowest row first."""
    along = np.linspace(-reach, reach, SIDE)
    return np.stack(np.meshgrid(along, along)).reshape(2, -1)


def _activations(network, X):
    """Return the activations of each layer, X (2, m) first, computed block by block."""
    blocks = [_of_block(network, block) for block in np.array_split(X, BLOCKS, axis=1)]
    return [np.concatenate(layer, axis=1) for layer in zip(*blocks, strict=True)]


def _of_block(network, X):
    """Return the activations of each layer for a block of examples."""
    AL, caches = L_model_forward(X, network.parameters, *network.activations)
    return [linear_cache[0] for linear_cache, _ in caches] + [AL]


def _coarse(A):
    """Return what at most MOST_UNITS units answer on the coarse grid, from A (n, SIDE * SIDE)."""
    return A[:MOST_UNITS].reshape(-1, SIDE, SIDE)[:, ::COARSE, ::COARSE]


def border(probability, reach):
    """Return the points of the lines along which a network's answer is 0.5, with gaps between them.

    Parameters
    ----------
    probability : ndarray, shape (n, n)
        The answers on a grid from -reach to reach in both directions.
    reach : float
        The ends of the grid.

    Returns
    -------
    ndarray, shape (2, k)
        The points; NaN between two lines. There are none where all answers are on one side.
    """
    along = np.linspace(-reach, reach, len(probability))
    lines = contour_generator(along, along, probability).lines(0.5)
    gap = np.full((1, 2), np.nan)
    parts = [part for line in lines for part in (line, gap)]
    return np.concatenate(parts).T.round(4) if parts else np.empty((2, 0))
