"""Mini-batches (lesson 11): the m examples of a data set, shuffled, then cut into batches."""

import numpy as np

from dnn_lessons._checks import positive_int, same_examples


def batch_generator(X, Y, batch_size, shuffle=True, rng=None):
    """Yield (X_batch (n_x, b), Y_batch (n_y, b)); the last batch may be shorter.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        The inputs; columns are examples.
    Y : ndarray, shape (n_y, m)
        The labels.
    batch_size : int
        The number b of examples in a batch, at least 1.
    shuffle : bool, default True
        Whether the examples are taken in a random order.
    rng : numpy.random.Generator or int, optional
        What draws that order, or a seed for it.

    Returns
    -------
    generator of tuple
        One batch at a time, so that the data are never copied as a whole.

    Raises
    ------
    ValueError
        If X or Y is no matrix, they have unequal m, or batch_size is below 1.
    """
    X, Y = same_examples(X, Y)
    size, m = positive_int("batch_size", batch_size), X.shape[1]
    order = example_order(m, shuffle, rng)
    batches = [order[start : start + size] for start in range(0, m, size)]
    return ((columns(X, batch), columns(Y, batch)) for batch in batches)


def example_order(m, shuffle=True, rng=None):
    """Return the numbers 0 to m - 1 in the order in which an epoch takes the examples.

    Parameters
    ----------
    m : int
        The number of examples.
    shuffle : bool, default True
        Whether the order is random.
    rng : numpy.random.Generator or int, optional
        What draws the order, or a seed for it.

    Returns
    -------
    ndarray or range
        The numbers: shuffled, or a range.
    """
    return np.random.default_rng(rng).permutation(m) if shuffle else range(m)


def columns(A, which):
    """Return A[:, which]: a view where `which` is a range, else a copy.

    Parameters
    ----------
    A : ndarray, shape (n, m)
        Columns are examples.
    which : ndarray or range
        Numbers of columns.

    Returns
    -------
    ndarray, shape (n, len(which))
        The chosen columns.

    Notes
    -----
    They are taken as rows of A^T: where A is in Fortran order, each example lies in one piece.
    """
    if isinstance(which, range):
        return A[:, which.start : which.stop]
    return A.T.take(which, axis=0).T
