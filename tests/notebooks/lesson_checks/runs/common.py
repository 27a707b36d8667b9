"""What several lessons' tables ask of numbers, and compute anew."""

from itertools import pairwise

import numpy as np

from dnn_lessons.activations import get_activation


def falls(numbers):
    """Whether each number is below the one before."""
    return len(numbers) > 1 and all(after < before for before, after in pairwise(numbers))


def rises(numbers):
    """Whether each number is above the one before."""
    return len(numbers) > 1 and all(after > before for before, after in pairwise(numbers))


def like_a_mean(n):
    """Whether the variance of a batch, the last of four numbers in a row, falls as 1 / B."""
    return all(
        abs(B * share - 1) < 1e-3 for B, share in zip(n[::4], n[3::4], strict=True)
    )


def value(activation, z):
    """Return the value of an activation of dnn_lessons at numbers."""
    return get_activation(activation).forward(np.asarray(z, dtype=float))[0]


def slope(activation, z):
    """Return the slope of an activation of dnn_lessons at numbers."""
    row, Z = get_activation(activation), np.asarray(z, dtype=float)
    return row.backward(np.ones_like(Z), row.forward(Z)[1])


def near(one, other, share=1e-9):
    """Whether numbers, or arrays of them, are equal but for rounding."""
    return bool(np.allclose(one, other, rtol=share, atol=0))
