"""Mini-batches: each example once, in one shuffle, lazily."""

import inspect

import numpy as np
import pytest
from references import frozen

from dnn_lessons import batch_generator
from dnn_lessons.batching import example_order


def numbered(m, n_x=2, n_y=3):
    """Data in which example i holds i, i + 1000, ... in X and -i, -i - 1000, ... in Y."""
    rows = 1000 * np.arange(max(n_x, n_y)).reshape(-1, 1)
    return (np.arange(m) + rows[:n_x]).astype(float), -(np.arange(m) + rows[:n_y]).astype(
        float
    )


SIZES = [(65, 64), (64, 64), (63, 64), (65, 1), (13, 5), (1, 8), (97, 10), (6, 3)]


@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize(("m", "batch_size"), SIZES)
def test_each_example_once_with_its_own_labels_and_a_last_short_batch(
    m, batch_size, shuffle
):
    """Document faults C7, C8: several outputs, no label scrambled."""
    X, Y = frozen(numbered(m))
    batches = list(batch_generator(X, Y, batch_size, shuffle, rng=0))
    widths = [batch_size] * (m // batch_size) + [m % batch_size] * (m % batch_size > 0)
    assert [x.shape for x, _ in batches] == [(2, width) for width in widths]
    assert [y.shape for _, y in batches] == [(3, width) for width in widths]
    X_seen, Y_seen = (
        np.concatenate(parts, axis=1) for parts in zip(*batches, strict=True)
    )
    assert sorted(X_seen[0]) == list(range(m))
    np.testing.assert_array_equal(X_seen[1], X_seen[0] + 1000)
    np.testing.assert_array_equal(Y_seen, -(X_seen[0] + np.array([[0], [1000], [2000]])))


def test_without_shuffle_the_order_stays():
    X, Y = numbered(10)
    np.testing.assert_array_equal(
        np.concatenate([x for x, _ in batch_generator(X, Y, 4, shuffle=False)], axis=1), X
    )


def order(m, rng, batch_size=8):
    """The numbers of the examples as batch_generator deals them."""
    return np.concatenate(
        [x[0] for x, _ in batch_generator(*numbered(m), batch_size, rng=rng)]
    )


def test_shuffling_is_the_default_and_follows_the_seed():
    """Document fault C21."""
    assert not np.array_equal(order(50, 0), np.arange(50))
    np.testing.assert_array_equal(order(50, 0), order(50, 0))
    assert not np.array_equal(order(50, 0), order(50, 1))
    assert not np.array_equal(order(50, None), order(50, None))


def test_a_generator_passed_in_gives_another_order_each_epoch():
    rng = np.random.default_rng(0)
    assert not np.array_equal(order(50, rng), order(50, rng))


def test_there_is_one_shuffle_an_epoch_and_none_of_numpys_global_state():
    rng, twin = np.random.default_rng(5), np.random.default_rng(5)
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    order(50, rng, batch_size=3)
    twin.permutation(50)
    assert rng.bit_generator.state == twin.bit_generator.state
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


def test_the_shuffle_is_fair():
    """Each of 4 examples comes first in a quarter of 4,000 epochs, within five standard deviations."""
    rng = np.random.default_rng(0)
    first = np.bincount([int(order(4, rng)[0]) for _ in range(4000)], minlength=4)
    assert np.abs(first - 1000).max() < 5 * np.sqrt(4000 * 0.25 * 0.75)


@pytest.mark.parametrize("shuffle", [True, False])
def test_it_is_a_generator_that_cuts_a_batch_when_it_is_asked_for(shuffle):
    """Document fault C15: it was a list of copies of all the data."""
    X, Y = numbered(12)
    batches = batch_generator(X, Y, 4, shuffle, rng=0)
    assert inspect.isgenerator(batches)
    next(batches)
    X[...], Y[...] = 7, 8
    x, y = next(batches)
    assert (x == 7).all() and (y == 8).all()


def test_a_shuffled_batch_does_not_share_memory_with_the_data():
    X, Y = numbered(12)
    for x, y in batch_generator(X, Y, 4, rng=0):
        assert not np.shares_memory(x, X) and not np.shares_memory(y, Y)


@pytest.mark.parametrize("layout", [np.ascontiguousarray, np.asfortranarray])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_is_kept_and_memory_layout_makes_no_difference(dtype, layout):
    X, Y = (each.astype(dtype) for each in numbered(11))
    pairs = zip(
        batch_generator(layout(X), layout(Y), 4, rng=0),
        batch_generator(X, Y, 4, rng=0),
        strict=True,
    )
    for batch, expected in pairs:
        assert batch[0].dtype == batch[1].dtype == dtype
        np.testing.assert_array_equal(batch[0], expected[0])
        np.testing.assert_array_equal(batch[1], expected[1])


@pytest.mark.parametrize("m", [1, 9])
def test_one_output_keeps_its_row(m):
    X, Y = numbered(m, 1, 1)
    assert all(y.shape == (1, x.shape[1]) for x, y in batch_generator(X, Y, 4))


X, Y = numbered(6)
BAD = {
    "batch_size 0": ((X, Y, 0), ValueError, "batch_size is 0; expected at least 1"),
    "batch_size -3": ((X, Y, -3), ValueError, "batch_size is -3; expected at least 1"),
    "batch_size 2.5": (
        (X, Y, 2.5),
        TypeError,
        "batch_size is 2.5; expected a whole number of at least 1",
    ),
    "batch_size text": (
        (X, Y, "8"),
        TypeError,
        "batch_size is '8'; expected a whole number of at least 1",
    ),
    "batch_size None": (
        (X, Y, None),
        TypeError,
        "batch_size is None; expected a whole number of at least 1",
    ),
    "1-D labels": (
        (X, Y[0], 2),
        ValueError,
        "X has shape (2, 6) and Y (6,); expected (n_x, m) and (n_y, m), same m",
    ),
    "1-D data": ((X[0], Y, 2), ValueError, "X has shape (6,) and Y (3, 6)"),
    "column labels": ((X, Y[:1].T, 2), ValueError, "X has shape (2, 6) and Y (6, 1)"),
    "fewer labels": ((X, Y[:, :5], 2), ValueError, "X has shape (2, 6) and Y (3, 5)"),
}


def test_lists_will_do():
    (batch,) = batch_generator([[1, 2]], [[3, 4]], 2, shuffle=False)
    assert [A.tolist() for A in batch] == [[[1, 2]], [[3, 4]]]


@pytest.mark.parametrize("case", BAD)
def test_bad_arguments_are_refused_at_the_call(case):
    """Document faults C8, C9, C14: before a batch is asked for; the data are frozen."""
    arguments, error, message = BAD[case]
    with pytest.raises(error) as caught:
        batch_generator(*frozen(arguments))
    assert message in str(caught.value)


def test_the_order_is_a_shuffle_unless_asked_otherwise():
    assert list(example_order(9, rng=0)) == list(example_order(9, True, 0))
    assert list(example_order(9, rng=0)) != list(range(9))
    assert list(example_order(9, False)) == list(range(9))
