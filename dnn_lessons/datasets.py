"""Data for the lessons: a curve, labelled points, a tiny network; and tools for data.

As in the whole course, columns are examples: X is (n_x, m) and Y is (n_y, m).
"""

from typing import NamedTuple

import numpy as np


def attenuated_sine(x):
    """Return y = (0.25 sin x + 0.25) exp(-0.1 x) for each entry of x.

    Parameters
    ----------
    x : float or ndarray
        Angles in radians, of any shape.

    Returns
    -------
    float or ndarray
        The values of the curve, in the shape of x.

    Notes
    -----
    Equation (14.1). It is the curve that the network learns in lessons 00 and 14.
    """
    return (0.25 * np.sin(x) + 0.25) * np.exp(-0.1 * x)


def regression_curve(m=500):
    """Return X and Y, both (1, m): m points of the attenuated sine.

    Parameters
    ----------
    m : int
        Number of examples.

    Returns
    -------
    X : ndarray of shape (1, m)
        Evenly spaced inputs from -2 pi to 2 pi, in radians, not scaled.
    Y : ndarray of shape (1, m)
        The values of the curve there.
    """
    X = np.linspace(-2 * np.pi, 2 * np.pi, m).reshape(1, m)
    return X, attenuated_sine(X)


def midpoints(X):
    """Return the points (1, m - 1) halfway between the neighbours in X (1, m).

    The network has not seen them in training, so they can be held out for a test.

    Parameters
    ----------
    X : ndarray of shape (1, m)
        Inputs in ascending order.

    Returns
    -------
    ndarray of shape (1, m - 1)
        The mean of each input and the next one.
    """
    return (X[:, 1:] + X[:, :-1]) / 2


class Scaler(NamedTuple):
    """Standardise each row of X (n, m): mean 0 and standard deviation 1.

    Make one with `Scaler.fit`. The names are those of scikit-learn's StandardScaler, but
    there the rows are the examples, and here the columns are. See lessons 10 and 13.

    Parameters
    ----------
    mean : ndarray of shape (n, 1)
        The mean of each row, in the units of the data.
    standard_deviation : ndarray of shape (n, 1)
        The standard deviation of each row, in the same units.
    """

    mean: np.ndarray
    standard_deviation: np.ndarray

    @classmethod
    def fit(cls, X, constant=1.0):
        """Return a Scaler with the mean and the standard deviation of each row of X.

        Parameters
        ----------
        X : ndarray of shape (n, m)
            Data; each column is an example.
        constant : float
            Used in place of the standard deviation, which is 0, of a row whose entries
            are all equal. With infinity, `transform` turns any number in that row into 0.

        Returns
        -------
        Scaler
            The scaler for these data and for others in the same units.
        """
        # Rounding may give a constant row a tiny deviation, and a tiny deviation as 0.
        varies = np.ptp(X, axis=1, keepdims=True) > 0
        deviation = np.where(varies, X.std(axis=1, keepdims=True), constant)
        return cls(X.mean(axis=1, keepdims=True), np.where(deviation > 0, deviation, 1.0))

    def transform(self, X):
        """Return (X - mean) / standard deviation, row by row.

        Parameters
        ----------
        X : ndarray of shape (n, m)
            Data in their own units; m may differ from that of the fitted data.

        Returns
        -------
        ndarray of shape (n, m)
            The standardised data, which have no unit.
        """
        return (X - self.mean) / self.standard_deviation

    def inverse_transform(self, X):
        """Return X * standard deviation + mean: what `transform` was given.

        Parameters
        ----------
        X : ndarray of shape (n, m)
            Standardised data.

        Returns
        -------
        ndarray of shape (n, m)
            The data in their own units.
        """
        return X * self.standard_deviation + self.mean


def train_test_split(X, Y, test_size=0.2, rng=None):
    """Return (X_train, Y_train), (X_test, Y_test): the examples, split at random.

    Of m examples, round(test_size * m) are for the test, and at least one. A function of
    scikit-learn has this name; there the rows are the examples, and the four arrays come
    in another order.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        Inputs.
    Y : ndarray of shape (n_y, m)
        Labels; those of an example stay with its inputs.
    test_size : float
        Share of the examples that is held out for the test, above 0 and below 1.
    rng : None, int or numpy.random.Generator
        Where the random order comes from. The same seed gives the same split.

    Returns
    -------
    train : tuple of ndarray
        X_train and Y_train.
    test : tuple of ndarray
        X_test and Y_test.

    Raises
    ------
    ValueError
        If test_size is not a share, or one of the parts would be empty.
    """
    m = X.shape[1]
    m_test = _test_count(m, test_size)
    order = np.random.default_rng(rng).permutation(m)
    train, test = order[m_test:], order[:m_test]
    return (X[:, train], Y[:, train]), (X[:, test], Y[:, test])


def _test_count(m, test_size):
    """Return how many of m examples are for the test; raise ValueError if it cannot be."""
    m_test = max(1, round(test_size * m))
    if not 0 < test_size < 1 or m_test >= m:
        raise ValueError(
            f"cannot hold out {test_size:g} of {m} examples; "
            "expected a share in (0, 1) of two or more"
        )
    return m_test


def tiny_network():
    """Return X (2, 2), Y (1, 2) and the parameters of a 2-2-1 network.

    The lessons follow it by hand: its hidden layer is a ReLU layer, its output a sigmoid.

    Returns
    -------
    X : ndarray of shape (2, 2)
        Inputs of two examples.
    Y : ndarray of shape (1, 2)
        Their labels, 1 and 0.
    parameters : dict of str to ndarray
        W1 (2, 2), b1 (2, 1), W2 (1, 2) and b2 (1, 1).
    """
    X, Y = np.array([[1.0, 2.0], [0.0, 3.0]]), np.array([[1.0, 0.0]])
    W1, b1 = np.array([[1.0, -1.0], [0.5, 0.5]]), np.array([[0.0], [-1.0]])
    W2, b2 = np.array([[2.0, -1.0]]), np.array([[0.5]])
    return X, Y, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def two_moons(m=200, noise=0.1, rng=None):
    """Return X (2, m) and Y (1, m): two interleaved half circles, labelled 0 and 1.

    Parameters
    ----------
    m : int
        Number of examples; the labels alternate.
    noise : float
        Standard deviation of the normal noise that is added to both coordinates. The half
        circles have radius 1.
    rng : None, int or numpy.random.Generator
        Where the random numbers come from. The same seed gives the same data.

    Returns
    -------
    X : ndarray of shape (2, m)
        The two coordinates of each point.
    Y : ndarray of shape (1, m)
        The labels, as floats.
    """
    rng = np.random.default_rng(rng)
    Y = np.arange(m) % 2
    X = _half_circles(rng.uniform(0, np.pi, m), Y)
    return X + noise * rng.standard_normal((2, m)), Y.reshape(1, m).astype(np.float64)


def _half_circles(angle, Y):
    """Return the points (2, m) at these angles, on the upper half circle for label 0."""
    sign = 1 - 2 * Y
    return np.stack(
        [sign * np.cos(angle) + Y - 0.5, sign * np.sin(angle) + 0.5 * Y - 0.25]
    )


class Table(NamedTuple):
    """Hold a table of numbers as X (n_x, m) and Y (1, m), with the names of its columns.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        Inputs: a row for each feature, a column for each example.
    Y : ndarray of shape (1, m)
        Labels.
    features : list of str
        The names of the rows of X.
    target : str
        The name of the row of Y.
    """

    X: np.ndarray
    Y: np.ndarray
    features: list
    target: str
