"""A reader's own functions train by any engine to the same bits; only "recorded" says that it does not record them."""

import math
import warnings
from functools import partial

import numpy as np
import pytest
from numpy.random import rand
from trained_twice import assert_same_bits, job

from dnn_lessons import (
    ACTIVATIONS,
    COSTS,
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
from dnn_lessons.engines import ENGINES

STATE = {"calls": 0, "rng": None, "alpha": 0.1}
COUNT = 0
SHIFT = np.ones((1, 1))
ALPHA = np.float32(0.3)


def reset():
    """The state of the functions below as at the start."""
    global COUNT  # noqa: PLW0603
    COUNT = 0
    np.random.seed(0)  # noqa: NPY002 - the reader's own way of drawing
    STATE.update(calls=0, rng=np.random.default_rng(3), alpha=0.1)
    listed.__defaults__[0].clear()
    keyword_listed.__kwdefaults__["seen"].clear()


# Functions of Z alone, forward and backward


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


# Functions that a list of calls could not repeat, or not for certain


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
    seen.append(1)
    return Z * (len(seen) % 2 + 1), Z


def sorted_rows(Z):
    return np.sort(Z, axis=0), Z


def step_function(Z):
    return np.piecewise(Z, [Z > 0], [1.0, -1.0]), Z


def rooted(Z):
    return np.abs(Z) ** 0.5, Z


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


def with_a_numpy_number(Z):
    return Z * ALPHA, Z


def centred(Z):
    rows, columns = (np.sum(Z, axis=axis, keepdims=True) for axis in (0, 1))
    return Z - 0.1 * rows - 0.1 * columns, Z


def calls_a_helper(Z):
    return half(Z), Z


def half(Z):
    return 0.5 * Z


class Remembering:
    """An object whose answer depends on how often it was asked."""

    def __init__(self):
        self.calls = 0

    def __call__(self, Z):
        self.calls += 1
        return Z / self.calls, Z


def counting_in_a_closure():
    n = 0

    def forward(Z):
        nonlocal n
        n += 1
        return Z * (1 + 0.1 * (n % 3)), Z

    return forward


def dropping_with(seed):
    """A dropout in a closure: the generator is its state."""
    rng = np.random.default_rng(seed)
    return lambda Z: (Z * (rng.random(Z.shape) < 0.5), Z)


def scaled_by(factors, Z):
    factors[0] = 1.5 - factors[0]
    return Z * factors[0], Z


def pass_on(dA, Z):
    return dA


FORWARDS = [branching, comparing, counting, dropping, reading, shifted, shifted_by_array]
FORWARDS += [
    drawing,
    drawn_by_name,
    measuring,
    typed,
    caught,
    masked,
    importing,
    in_place,
]
FORWARDS += [listed, keyword_listed, sorted_rows, step_function, rooted, nesting, guarded]
FORWARDS += [importing_a_number, printing, with_a_numpy_number, centred, calls_a_helper]
MAKERS = {  # each training gets one of its own
    "Remembering": Remembering,
    "counting_in_a_closure": counting_in_a_closure,
    "dropping_with": lambda: dropping_with(5),
    "partial_of_a_list": lambda: partial(scaled_by, [0.5]),
}


def own_activations():
    """{name: what makes the Activation of one training}."""
    makers = {name: partial(Activation, name, *pair) for name, pair in PURE.items()}
    for forward in FORWARDS:
        makers[forward.__name__] = partial(Activation, forward.__name__, forward, pass_on)
    for name, make in MAKERS.items():
        makers[name] = lambda name=name, make=make: Activation(name, make(), pass_on)
    return makers


OWN_ACTIVATIONS = own_activations()


# Own costs


def eating(AL, Y):
    Y -= AL
    return -2 * Y


def changing(AL, Y):
    STATE["alpha"] = 0.3 - STATE["alpha"]
    return (AL - Y) * STATE["alpha"]


OWN_COSTS = {
    "huber": Cost(
        "huber",
        lambda AL, Y: np.mean(np.where(np.abs(AL - Y) < 1, (AL - Y) ** 2, 2 * (AL - Y))),
        lambda AL, Y: np.clip(AL - Y, -1, 1),
    ),
    "eating": Cost("eating", mse, eating),
    "changing": Cost("changing", mse, changing),
    "from_logits": Cost("own", mse, mse_backward, from_logits={sigmoid: (mse, changing)}),
    "with the name of ours": Cost("mse", mse, changing),
}


SETTINGS = {"learning_rate": 0.01, "num_epochs": 3, "batch_size": 5, "rng": 1}


def by_engine(arguments, log):
    """Train by the default engine, the plain, the recorded, the compiled; return what each gave.

    `arguments` makes them anew, since a function may have a state. Under the first two, nothing
    is said; the third says one plain sentence, and the fourth would say it too.
    """
    results = []
    for settings in ({}, *({"engine": name} for name in ENGINES)):
        assert not log.records or settings == {"engine": "compiled"}
        reset()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            results.append(train(*arguments(), **SETTINGS, **settings))
        assert not caught
    (record,) = log.records
    assert "one by one" in record.getMessage()
    assert "is not a function of this package" in record.getMessage()
    return results


def assert_all_same(results):
    for result in results[1:]:
        assert_same_bits(result, results[0])


@pytest.mark.parametrize("name", OWN_ACTIVATIONS)
def test_an_own_activation_trains_to_the_same_bits_by_every_engine(name, log):
    own = OWN_ACTIVATIONS[name]
    assert_all_same(by_engine(lambda: job(hidden=own()), log))


@pytest.mark.parametrize("name", OWN_ACTIVATIONS)
def test_so_does_an_own_activation_of_the_output(name, log):
    own = OWN_ACTIVATIONS[name]
    assert_all_same(by_engine(lambda: job(dims=(2, 5, 3), output=own()), log))


def test_an_own_output_learns_by_the_cross_entropy(log):
    own = Activation("softmax", softmax, softmax_backward)
    arguments = job(dims=(2, 5, 3), output=own, cost="cross_entropy")
    assert_all_same(by_engine(lambda: arguments, log))


@pytest.mark.parametrize("name", OWN_COSTS)
def test_an_own_cost_trains_to_the_same_bits_by_every_engine(name, log):
    arguments = job(output="sigmoid", cost=OWN_COSTS[name])
    assert_all_same(by_engine(lambda: arguments, log))


@pytest.mark.parametrize("row", [*ACTIVATIONS.values(), *COSTS.values()])
def test_a_row_of_ours_with_another_function_in_it_is_not_taken_for_ours(row, log):
    """Rows are known by identity: an equal name, or an equal forward, is not enough."""

    def backward(one, other):
        STATE["calls"] += 1
        return row.backward(one, other) * (1 + STATE["calls"] % 2)

    place = "hidden" if isinstance(row, Activation) else "cost"
    own = {"output": "sigmoid", place: row._replace(backward=backward)}
    if place == "cost":
        own["cost"] = own["cost"]._replace(from_logits={})
    assert_all_same(by_engine(lambda: job(**own), log))


def test_a_row_that_the_reader_enters_into_the_table_is_the_one_that_trains(
    monkeypatch, log
):
    own = Activation("relu", counting, pass_on)
    monkeypatch.setitem(ACTIVATIONS, "relu", own)
    assert_all_same(by_engine(job, log))


def second_epoch(engine, forward, backward, change):
    """The parameters of the second epoch, before which `change` is called."""
    own = Activation("own", forward, backward)
    run = train_epochs(*job(hidden=own), batch_size=5, rng=0, engine=engine)
    next(run)
    change()
    return next(run).parameters, []


def test_a_number_that_changes_between_epochs_is_read_anew():
    """A slider may move the leak while a generator of epochs waits."""
    results = []
    for engine in ("recorded", "plain"):
        leak = {"alpha": 0.1}
        forward = lambda Z, leak=leak: leaky(Z, leak["alpha"])  # noqa: E731
        backward = lambda dA, Z, leak=leak: leaky_backward(dA, Z, leak["alpha"])  # noqa: E731
        move = partial(leak.update, alpha=0.9)
        results.append(second_epoch(engine, forward, backward, move))
    assert_same_bits(*results)


def test_a_helper_that_is_redefined_between_epochs_is_called_anew(monkeypatch):
    """As a reader may do in a notebook, between two pulls of the generator."""
    results = []
    for engine in ("recorded", "plain"):
        with monkeypatch.context() as patch:
            quarter = partial(patch.setitem, globals(), "half", lambda Z: 0.25 * Z)
            results.append(second_epoch(engine, calls_a_helper, pass_on, quarter))
    assert_same_bits(*results)


def test_a_plain_step_that_fails_gives_its_own_error(log):
    lost_cache = Activation("lost_cache", lambda Z: np.maximum(Z, 0), pass_on)
    broken = Activation("broken", lambda Z: (Z.no_such_attribute, Z), pass_on)
    for engine in ("recorded", "plain"):
        with pytest.raises(ValueError, match="unpack"):
            train(*job(hidden=lost_cache), engine=engine)
        with pytest.raises(AttributeError, match="no_such_attribute"):
            train(*job(hidden=broken), engine=engine)
    assert len(log.records) == 2


def test_a_sentence_is_said_once_for_each_function(log):
    for own in (Activation("one", leaky, pass_on), Activation("two", leaky, pass_on)):
        for _ in range(2):
            train(*job(hidden=own), **SETTINGS, engine="recorded")
    sentences = [record.getMessage() for record in log.records]
    assert [sentence.split("'")[1] for sentence in sentences] == ["one", "two"]
