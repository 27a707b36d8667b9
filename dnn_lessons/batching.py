"""Mini-batches: the m examples of a data set, shuffled, then cut into batches."""

import numpy as np

from dnn_lessons._checks import positive_int


def batch_generator(X, Y, batch_size, shuffle=True, rng=None):
    """Yield (X_batch (n_x, b), Y_batch (n_y, b)), each example once.

    The last batch may be shorter. `rng`: a Generator or a seed for the one shuffle.
    Raises ValueError for 1-D arrays, unequal m, batch_size < 1.
    """
    X, Y = np.asarray(X), np.asarray(Y)
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1]:
        raise ValueError(
            f"X has shape {X.shape} and Y {Y.shape}; "
            "expected (n_x, m) and (n_y, m), same m"
        )
    batch_size = positive_int("batch_size", batch_size)
    order = example_order(X.shape[1], shuffle, rng)
    return ((columns(X, batch), columns(Y, batch)) for batch in cut(order, batch_size))


def example_order(m, shuffle=True, rng=None):
    """The numbers 0 to m - 1 as one epoch takes them: shuffled, or a range."""
    return np.random.default_rng(rng).permutation(m) if shuffle else range(m)


def cut(order, size):
    """`order` in consecutive pieces of `size`; the last may be shorter."""
    return (order[start : start + size] for start in range(0, len(order), size))


def columns(A, which):
    """A[:, which], a view where `which` is a range.

    Else a copy, taken as rows of A^T: with A in Fortran order each example is read in one
    piece.
    """
    if isinstance(which, range):
        return A[:, which.start : which.stop]
    return A.T.take(which, axis=0).T
