"""Mini-batches: the m examples of a data set, shuffled, then cut into batches."""

import numpy as np

from dnn_lessons.validation import positive_int


def batch_generator(X, Y, batch_size, shuffle=True, rng=None):
    """Yield (X_batch (n_x, b), Y_batch (n_y, b)), each example once.

    The last batch may be shorter. `rng`: a Generator or a seed for the one shuffle.
    Raises ValueError for 1-D arrays, unequal m, batch_size < 1.
    """
    if np.ndim(X) != 2 or np.ndim(Y) != 2 or X.shape[1] != Y.shape[1]:
        raise ValueError(f"X has shape {np.shape(X)} and Y {np.shape(Y)}; "
                         "expected (n_x, m) and (n_y, m), same m")
    batch_size = positive_int("batch_size", batch_size)
    order = np.random.default_rng(rng).permutation(X.shape[1]) if shuffle else None
    return cut(X, Y, batch_size, order)


def cut(X, Y, batch_size, order):
    """One batch after the other, made when it is asked for.

    It is a copy gathered by `order`, a view where that is None.
    """
    for start in range(0, X.shape[1], batch_size):
        batch = slice(start, start + batch_size)
        if order is None:
            yield X[:, batch], Y[:, batch]
        else:
            yield columns(X, order[batch]), columns(Y, order[batch])


def columns(A, which):
    """A[:, which], taken as rows of A^T.

    With A in Fortran order each example is read in one piece.
    """
    return A.T.take(which, axis=0).T
