"""Ctrl-C at any moment of a training: what is left is whole, and a further call goes on."""

import gc
import random
import signal
import time
from contextlib import suppress

import numpy as np
import pytest
from amounts import amount

from dnn_lessons import DeepNeuralNetwork
from dnn_lessons.engines import ENGINES

MOMENTS = amount(40, 1000)
EPOCHS = {
    "plain": 30,
    "recorded": 100,
    "compiled": 2000,
}  # that take longer than the start
RNG = np.random.default_rng(0)
X = RNG.normal(size=(2, 40))
Y = np.float64(X.sum(axis=0, keepdims=True) > 0)

needs_alarm = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="this system has no timer that interrupts"
)


def network():
    return DeepNeuralNetwork((2, 5, 1), rng=3)


def train(network, engine, num_epochs):
    settings = {"learning_rate": 0.1, "batch_size": 8, "engine": engine}
    network.train(X, Y, num_epochs=num_epochs, **settings)


def state(network):
    """All that an epoch leaves, as bytes and plain numbers."""
    parameters = [P.tobytes() for P in network.parameters.values()]
    costs = len(network.costs), network.costs[-1:]
    return costs, parameters, network.rng.bit_generator.state


@pytest.fixture
def interrupt():
    """Call a function, and raise KeyboardInterrupt in it some seconds later, as Ctrl-C does."""

    def interrupt(seconds, function, *arguments):
        with suppress(KeyboardInterrupt):
            signal.setitimer(signal.ITIMER_REAL, seconds)
            function(*arguments)
            signal.setitimer(signal.ITIMER_REAL, 0)

    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    gc.disable()  # it calls Hypothesis back, where Ctrl-C would be lost with a warning
    yield interrupt
    gc.enable()
    signal.signal(signal.SIGALRM, before)


def seconds_of_a_training(engine):
    """Of the second one, when all is loaded and compiled."""
    for _ in range(2):
        start = time.perf_counter()
        train(network(), engine, EPOCHS[engine])
    return time.perf_counter() - start


def states_of_a_training(engine, epochs):
    """Before the first epoch and after each one, as an uninterrupted training leaves them."""
    one = network()
    run = one.train_epochs(X, Y, 0.1, epochs, 8, engine=engine)
    return [state(one), *(state(one) for _ in run)]


# Where Ctrl-C comes while Python starts the compiler, the pipe to it is left to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.long
@needs_alarm
@pytest.mark.parametrize("engine", ENGINES)
def test_no_moment_tears_an_epoch_and_the_training_goes_on(engine, interrupt):
    epochs, found = EPOCHS[engine], set()
    states = states_of_a_training(engine, epochs)
    seconds, moments = seconds_of_a_training(engine), random.Random(0)
    for _ in range(MOMENTS):
        one = network()
        interrupt(moments.uniform(1e-4, seconds), train, one, engine, epochs)
        done = len(one.costs)
        found.add(done)
        assert state(one) == states[done]
        if done < epochs:
            train(one, engine, epochs - done)
        assert state(one) == states[-1]
    assert len(found) > min(MOMENTS, epochs) // 5
