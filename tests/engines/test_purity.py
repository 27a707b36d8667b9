"""A reader's own functions: the pure are recorded, the others never frozen; either way the numbers are the same."""

import math
from functools import partial

import numpy as np
import pytest
from numpy.random import rand
from trained_twice import assert_same_bits, both, job

from dnn_lessons import (
    Activation,
    Cost,
    activations,
    mse,
    mse_backward,
    sigmoid,
    tanh,
    train,
    train_epochs,
)
from dnn_lessons.engines.purity import Untraceable, dependence, trusted


def swish(Z):
    p = 1 / (1 + np.exp(-Z))
    return Z * p, (Z, p)


def swish_backward(dA, activation_cache):
    Z, p = activation_cache
    return dA * (p + Z * p * (1 - p))


def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    A = e / np.sum(e, axis=0, keepdims=True)
    return A, A


def softmax_backward(dA, A):
    return A * (dA - np.sum(dA * A, axis=0, keepdims=True))


def gelu(Z):
    t = np.tanh(math.sqrt(2 / math.pi) * (Z + 0.044715 * Z**3))
    return 0.5 * Z * (1 + t), (Z, t)


def gelu_backward(dA, activation_cache):
    Z, t = activation_cache
    inner = math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * Z**2)
    return dA * (0.5 * (1 + t) + 0.5 * Z * (1 - t**2) * inner)


def leaky(Z, alpha=0.2):
    return np.where(Z > 0, Z, alpha * Z), Z


def leaky_backward(dA, Z, alpha=0.2):
    return dA * np.where(Z > 0, 1.0, alpha)


def clipped(Z):
    return np.clip(Z, -1.0, 1.0), Z


def clipped_backward(dA, Z):
    return dA * (np.abs(Z) < 1)


def with_package(Z):
    return activations.sigmoid(Z)[0] + tanh(Z)[0], Z


def with_package_backward(dA, Z):
    p = sigmoid(Z)[0]
    return dA * p * (1 - p) + activations.tanh_backward(dA, Z)


def leaky_with(alpha):
    return lambda Z: leaky(Z, alpha), lambda dA, Z: leaky_backward(dA, Z, alpha)


PURE = {
    "swish": (swish, swish_backward),
    "softmax": (softmax, softmax_backward),
    "gelu": (gelu, gelu_backward),
    "clipped": (clipped, clipped_backward),
    "with_package": (with_package, with_package_backward),
    "leaky": (leaky, leaky_backward),
    "partial": (partial(leaky, alpha=0.3), partial(leaky_backward, alpha=0.3)),
    "closure": leaky_with(0.4),
    "number_first": (lambda Z: (np.dot(0.5, Z), None), lambda dA, _: np.dot(0.5, dA)),
}


@pytest.mark.parametrize("name", PURE)
def test_an_own_pure_activation_is_recorded(name, log):
    assert_same_bits(*both(job(hidden=Activation(name, *PURE[name]))))
    assert not log.records


def eating(AL, Y):
    Y -= AL
    return -2 * Y


def test_a_cost_that_changes_its_labels_in_place_sees_them_once(log):
    """What the attempt to record does must not reach the arrays of the plain step."""
    assert_same_bits(*both(job(cost=Cost("eating", mse, eating))))
    assert log.records


def test_the_fused_functions_of_an_own_cost_are_looked_at_too(log):
    def fused(AL, Y):
        return (AL - Y) * STATE["alpha"]

    own = Cost("own", mse, mse_backward, fused={sigmoid: (mse, fused)})
    assert_same_bits(*both(job(output="sigmoid", cost=own)))
    assert "STATE" in log.text


def test_cross_entropy_of_an_own_output_is_recorded(log):
    own = Activation("softmax", softmax, softmax_backward)
    assert_same_bits(*both(job(dims=(2, 5, 3), output=own, cost="cross_entropy")))
    assert not log.records


STATE = {"calls": 0, "rng": None, "alpha": 0.1}
COUNT = 0
SHIFT = np.ones((1, 1))


def branching(Z):
    return (np.maximum(Z, 0), Z) if Z.sum() > 0 else (0.1 * Z, Z)


def comparing(Z):
    return (Z, Z) if np.max(Z) > 1 else (0.5 * Z, Z)


def counting(Z):
    global COUNT  # noqa: PLW0603
    COUNT += 1
    return Z * (1 + 0.1 * (COUNT % 3)), Z


def dropping(Z):
    keep = STATE["rng"].random(Z.shape) < 0.5
    return Z * keep, Z


def reading(Z):
    return np.maximum(Z, STATE["alpha"] * Z), Z


def shifted(Z):
    SHIFT[0, 0] += 0  # a global array may change in place
    return Z + SHIFT, Z


def shifted_by_array(Z):
    return Z + SHIFT, Z


def drawn_by_name(Z):
    return Z * rand(), Z  # noqa: NPY002


def drawing(Z):
    return Z + np.random.default_rng(0).standard_normal(Z.shape), Z


def measuring(Z):
    return Z * float(np.mean(Z)), Z


def typed(Z):
    return (Z, Z) if isinstance(Z, np.ndarray) else (2 * Z, Z)


def caught(Z):
    try:
        return Z * float(np.mean(Z)), Z
    except TypeError:
        return Z, Z


def masked(Z):
    A = np.array(Z)
    A[A < 0] = 0
    return A, Z


def importing(Z):
    import random  # noqa: PLC0415

    return Z * random.Random(1).random(), Z


def in_place(Z):
    Z *= 0.5
    return Z, Z


def listed(Z, seen=[]):  # noqa: B006
    seen.append(1)
    return Z * (len(seen) % 2), Z


def keyword_listed(Z, *, seen=[]):  # noqa: B006
    return Z * (len(seen) + 1), Z


def sorted_rows(Z):
    return np.sort(Z, axis=0), Z


def step_function(Z):
    return np.piecewise(Z, [Z > 0], [1.0, -1.0]), Z


def rooted(Z):
    return np.abs(Z) ** 0.5, Z


class Remembering:
    """An object whose answer depends on how often it was asked."""

    def __init__(self):
        self.calls = 0

    def __call__(self, Z):
        self.calls += 1
        return Z / self.calls, Z


def importing_a_number(Z):
    import string  # noqa: PLC0415

    return Z / len(string.digits), Z


def nesting(Z):
    scaled = lambda A: A * STATE["alpha"]  # noqa: E731
    return scaled(Z), Z


def guarded(Z):
    try:
        large = float(np.max(Z)) > 100
    except:  # noqa: E722
        large = False
    return (0.5 * Z if large else Z), Z


def printing(Z):
    print("forward")  # noqa: T201
    return Z, Z


def counting_in_a_closure():
    n = 0

    def forward(Z):
        nonlocal n
        n += 1
        return Z * (1 + 0.1 * (n % 3)), Z

    return forward


def pass_on(dA, Z):
    return dA


def dropping_with(seed):
    """A dropout in a closure: the generator is its state."""
    rng = np.random.default_rng(seed)
    return lambda Z: (Z * (rng.random(Z.shape) < 0.5), Z)


def reset():
    """The state of the impure functions as at the start."""
    global COUNT  # noqa: PLW0603
    COUNT = 0
    np.random.seed(0)  # noqa: NPY002 - the reader's own way of drawing
    STATE.update(calls=0, rng=np.random.default_rng(3))
    listed.__defaults__[0].clear()


IMPURE = [branching, comparing, counting, dropping, reading, shifted,
          shifted_by_array, drawing, drawn_by_name, measuring, typed, caught, masked, importing,
          in_place, listed, keyword_listed, sorted_rows, step_function, rooted, importing_a_number, nesting,
          guarded, printing]  # fmt: skip
MADE = [
    Remembering,
    counting_in_a_closure,
    partial(dropping_with, 5),
]  # each training gets one of its own


@pytest.mark.parametrize(
    "make",
    [*MADE, *[lambda f=f: f for f in IMPURE]],
    ids=[
        "Remembering",
        "counting_in_a_closure",
        "dropping_with",
        *[f.__name__ for f in IMPURE],
    ],
)
def test_what_cannot_be_recorded_runs_plainly_says_so_once_and_gives_the_same_numbers(
    make, log
):
    results = []
    for record in (True, False):
        reset()
        arguments = job(hidden=Activation("own", make(), pass_on))
        results.append(
            train(
                *arguments,
                num_epochs=3,
                batch_size=5,
                learning_rate=0.01,
                rng=1,
                record=record,
            )
        )
    assert_same_bits(*results)
    assert len(log.records) == 1
    assert "one by one" in log.text


def test_a_number_that_changes_between_epochs_is_read_anew():
    """A slider may move `alpha` while a generator of epochs waits."""
    results = []
    for record in (True, False):
        alpha = 0.1

        def forward(Z):
            return leaky(Z, alpha)  # noqa: B023

        def backward(dA, Z):
            return leaky_backward(dA, Z, alpha)  # noqa: B023

        run = train_epochs(
            *job(hidden=Activation("own", forward, backward)),
            batch_size=5,
            rng=0,
            record=record,
        )
        next(run)
        alpha = 0.9
        results.append(next(run).parameters)
    assert_same_bits(*[(parameters, []) for parameters in results])


def half(Z):
    return 0.5 * Z


def test_a_helper_that_is_redefined_between_epochs_is_recorded_anew(monkeypatch):
    """As a reader may do in a notebook, between two pulls of the generator."""
    results = []
    for record in (True, False):
        own = Activation("own", calls_a_helper, pass_on)
        run = train_epochs(*job(hidden=own), batch_size=5, rng=0, record=record)
        next(run)
        with monkeypatch.context() as patch:
            patch.setitem(globals(), "half", lambda Z: 0.25 * Z)
            results.append(next(run).parameters)
    assert_same_bits(*[(parameters, []) for parameters in results])


def calls_a_helper(Z):
    return half(Z), Z


def test_the_state_that_is_refused_is_named():
    with pytest.raises(Untraceable, match="STATE"):
        dependence("forward", reading)


def test_a_module_that_only_begins_like_ours_is_not_trusted():
    def mine(Z):
        return Z * STATE["alpha"], Z

    mine.__module__ = "dnn_lessons_of_mine"
    assert not trusted(mine)


def test_a_list_that_a_partial_holds_is_refused():
    with pytest.raises(Untraceable, match="an argument"):
        dependence("forward", partial(scaled_by, [0.5]))


def scaled_by(factors, Z):
    return Z * factors[0], Z


ALPHA = np.float32(0.3)


def with_a_numpy_number(Z):
    return Z * ALPHA, Z


def centred(Z):
    return Z - 0.1 * np.sum(Z, axis=0, keepdims=True) - 0.1 * np.sum(
        Z, axis=1, keepdims=True
    ), Z


@pytest.mark.parametrize("forward", [with_a_numpy_number, centred])
def test_a_numpy_number_is_recorded_and_calls_that_differ_in_a_setting_are_two(
    forward, log
):
    assert_same_bits(*both(job(hidden=Activation("own", forward, pass_on))))
    assert not log.records


@pytest.mark.parametrize("place", ["cost", "output"])
def test_a_state_that_a_backward_alone_reads_is_seen(place, log):
    own = {
        "cost": Cost("own", mse, lambda AL, Y: (AL - Y) * STATE["alpha"]),
        "output": Activation(
            "own", activations.identity, lambda dA, _: dA * STATE["alpha"]
        ),
    }
    assert_same_bits(*both(job(**{place: own[place]})))
    assert "STATE" in log.text
