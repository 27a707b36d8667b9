"""Training: the step against scikit-learn, the epoch's cost, repeatability, divergence, the document's regression."""

import inspect
import pickle
import subprocess
import sys

import numpy as np
import pytest
from references import (
    COMBINATIONS,
    TEXTBOOK,
    autograd_gradients,
    frozen,
    random_problem,
    textbook_cost,
    textbook_forward,
)
from sklearn.neural_network import MLPClassifier, MLPRegressor

from benchmarks.measure import peak_memory
from dnn_lessons import (
    Activation,
    DeepNeuralNetwork,
    TrainingDiverged,
    batch_generator,
    compute_cost,
    initialize_parameters,
    leaky_relu,
    train,
    train_epochs,
)
from dnn_lessons.datasets import Scaler, regression_curve, tiny_network

replayed_or_not = pytest.mark.parametrize("engine", ["recorded", "plain"])


def one_epoch(problem, **settings):
    """The Epoch of one pass in one batch, unless the settings say otherwise."""
    settings = {
        "batch_size": problem.X.shape[1],
        "num_epochs": 1,
        "learning_rate": 0.3,
    } | settings
    (epoch,) = train_epochs(*problem, **settings)
    return epoch


# The step


@pytest.mark.long
@replayed_or_not
@pytest.mark.parametrize(("hidden", "output", "cost"), TEXTBOOK)
def test_one_full_batch_step_is_theta_minus_rate_times_autograds_gradient(
    hidden, output, cost, engine
):
    problem = random_problem(hidden, output, cost, (2, 4, 3, 2), m=6)
    epoch, gradients = one_epoch(problem, engine=engine), autograd_gradients(problem)
    for name, P in problem.parameters.items():
        np.testing.assert_allclose(
            epoch.parameters[name], P - 0.3 * gradients[name], rtol=1e-10, atol=1e-13
        )
    assert epoch.cost == pytest.approx(
        textbook_cost(problem.parameters, *problem[:2], *problem[3:]), rel=1e-12
    )


SCIKIT_NAMES = {
    "sigmoid": "logistic",
    "relu": "relu",
    "tanh": "tanh",
    "linear": "identity",
}
SCIKIT_MODELS = {  # its regressor descends half the squared error: the same step at twice the rate
    "mse": (MLPRegressor, "linear", 2),
    "cross_entropy": (MLPClassifier, "sigmoid", 1),
}


def scikit_parameters(model):
    """A copy of its weights and biases under our names and in our layout."""
    parameters = {}
    for l, (W, b) in enumerate(zip(model.coefs_, model.intercepts_, strict=True), 1):
        parameters |= {f"W{l}": W.T.copy(), f"b{l}": b.reshape(-1, 1).copy()}
    return parameters


@pytest.mark.parametrize("n_y", [1, 3])
@pytest.mark.parametrize("hidden", SCIKIT_NAMES)
@pytest.mark.parametrize("cost", SCIKIT_MODELS)
def test_one_full_batch_step_is_that_of_scikit_learn(cost, hidden, n_y):
    """Plain SGD, momentum 0, alpha 0. Its first step only makes the parameters that both then start from."""
    cls, output, factor = SCIKIT_MODELS[cost]
    rng = np.random.default_rng(6)
    X, Y = rng.standard_normal((3, 20)), rng.standard_normal((n_y, 20))
    Y = (Y > 0).astype(float) if cost == "cross_entropy" else Y
    labels = Y.T if n_y > 1 else Y[0]
    model = cls(
        hidden_layer_sizes=(5, 4),
        activation=SCIKIT_NAMES[hidden],
        solver="sgd",
        alpha=0,
        momentum=0,
        nesterovs_momentum=False,
        batch_size=20,
        learning_rate_init=0.1 * factor,
        shuffle=False,
        random_state=0,
    )
    classes = (
        {"classes": np.array([0, 1]) if n_y == 1 else np.arange(n_y)}
        if cost == "cross_entropy"
        else {}
    )
    model.partial_fit(X.T, labels, **classes)
    start = scikit_parameters(model)
    model.partial_fit(X.T, labels)
    ours, _ = train(
        X, Y, start, hidden, output, cost, learning_rate=0.1, num_epochs=1, batch_size=20
    )
    for name, theirs in scikit_parameters(model).items():
        np.testing.assert_allclose(ours[name], theirs, rtol=1e-10, atol=1e-13)
        assert not np.array_equal(theirs, start[name])


@replayed_or_not
def test_an_epoch_is_one_step_for_each_batch_in_the_order_of_the_batches(engine):
    problem = random_problem("tanh", "sigmoid", "cross_entropy", (2, 4, 2), m=7)
    parameters = problem.parameters
    for X, Y in batch_generator(problem.X, problem.Y, 3, rng=11):
        gradients = autograd_gradients(problem._replace(X=X, Y=Y, parameters=parameters))
        parameters = {name: P - 0.3 * gradients[name] for name, P in parameters.items()}
    epoch = one_epoch(problem, batch_size=3, rng=11, engine=engine)
    for name, P in parameters.items():
        np.testing.assert_allclose(epoch.parameters[name], P, rtol=1e-10)


@pytest.mark.long
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("hidden", "output", "cost"), COMBINATIONS)
def test_replayed_training_is_plain_training_bit_by_bit(hidden, output, cost, dtype):
    """Three epochs of batches of 3, 3 and 1."""
    problem = random_problem(hidden, output, cost, (2, 4, 2), m=7)
    problem = problem._replace(
        parameters={name: P.astype(dtype) for name, P in problem.parameters.items()}
    )
    replayed, plain = (
        train(
            *problem, num_epochs=3, batch_size=3, learning_rate=1e-3, rng=0, engine=engine
        )
        for engine in ("recorded", "plain")
    )
    assert replayed[1] == plain[1]
    assert all(replayed[0][name].tobytes() == P.tobytes() for name, P in plain[0].items())


# The cost of an epoch


def test_the_last_short_batch_weighs_as_many_examples_as_it_holds():
    """Document fault C13: with 65 examples in batches of 64 it reports 5.0, where the mean is 10 / 65 = 0.154."""
    X, Y = np.zeros((1, 65)), np.zeros((1, 65))
    Y[0, 64] = 10
    parameters = {"W1": np.zeros((1, 1)), "b1": np.zeros((1, 1))}
    _, costs = train(
        X,
        Y,
        parameters,
        "relu",
        "linear",
        "mae",
        num_epochs=1,
        batch_size=64,
        shuffle=False,
    )
    assert costs == [pytest.approx(10 / 65)]


@pytest.mark.long
@replayed_or_not
@pytest.mark.parametrize(
    ("m", "batch_size"), [(65, 64), (64, 64), (97, 10), (131, 1), (7, 100)]
)
@pytest.mark.parametrize(
    ("output", "cost", "n_y"),
    [
        ("sigmoid", "cross_entropy", 1),
        ("sigmoid", "cross_entropy", 3),
        ("linear", "mse", 1),
        ("tanh", "mse", 2),
        ("linear", "mae", 3),
        ("sigmoid", "mae", 1),
    ],
)
def test_the_cost_of_an_epoch_is_compute_cost_of_its_predictions(
    output, cost, n_y, m, batch_size, engine
):
    """Document fault C13. Each prediction is made before the step of its batch, so the steps are replayed."""
    problem = random_problem("tanh", output, cost, (2, 3, n_y), m=m, margin=0)
    parameters, AL, labels = problem.parameters, [], []
    for X, Y in batch_generator(problem.X, problem.Y, batch_size, rng=3):
        AL.append(textbook_forward(parameters, X, "tanh", output))
        labels.append(Y)
        gradients = autograd_gradients(problem._replace(X=X, Y=Y, parameters=parameters))
        parameters = {name: P - 0.3 * gradients[name] for name, P in parameters.items()}
    expected = compute_cost(
        np.concatenate(AL, axis=1), np.concatenate(labels, axis=1), cost
    )
    epoch = one_epoch(problem, batch_size=batch_size, rng=3, engine=engine)
    assert epoch.cost == pytest.approx(expected, rel=1e-10)


def test_a_saturated_classifier_reports_its_finite_cost():
    """Document fault C4: sigmoid(100) rounds to 1, whose cross-entropy would be NaN or infinite; from Z it is 100."""
    parameters = {"W1": np.array([[100.0]]), "b1": np.zeros((1, 1))}
    _, costs = train(
        np.array([[1.0, 1.0]]),
        np.array([[1.0, 0.0]]),
        parameters,
        "relu",
        "sigmoid",
        num_epochs=1,
    )
    assert costs == [pytest.approx(50)]


# Training as a whole


def test_it_is_a_generator_of_epochs_that_works_when_it_is_asked():
    X, Y, parameters = tiny_network()
    run = train_epochs(X, Y, parameters, "relu", "sigmoid", num_epochs=10**9)
    assert inspect.isgenerator(run)
    first, second = next(run), next(run)
    assert second.cost < first.cost
    assert isinstance(first.cost, float)


def test_epochs_already_yielded_and_the_arguments_stay_as_they_were():
    """Document fault C12."""
    problem = frozen(random_problem("relu", "sigmoid", "cross_entropy", (2, 4, 1), m=9))
    run = train_epochs(*problem, num_epochs=5, batch_size=2, learning_rate=0.5, rng=0)
    first = next(run)
    kept = {name: P.copy() for name, P in first.parameters.items()}
    list(run)
    assert all(np.array_equal(first.parameters[name], P) for name, P in kept.items())


@pytest.mark.parametrize("num_epochs", [1, 2, 5])
def test_there_are_as_many_epochs_as_are_asked_for(num_epochs):
    problem = random_problem("tanh", "sigmoid", "mse", (2, 3, 1))
    _, costs = train(*problem, num_epochs=num_epochs)
    assert len(costs) == num_epochs


def test_train_returns_what_train_epochs_ends_with():
    problem = random_problem("relu", "sigmoid", "cross_entropy", (2, 4, 1), m=9)
    epochs = list(train_epochs(*problem, num_epochs=5, batch_size=2, rng=0))
    parameters, costs = train(*problem, num_epochs=5, batch_size=2, rng=0)
    assert costs == [epoch.cost for epoch in epochs]
    assert all(
        np.array_equal(P, epochs[-1].parameters[name]) for name, P in parameters.items()
    )


def test_memory_does_not_grow_with_the_number_of_epochs():
    """The parameters of forty epochs would take 13 MB; those that a training holds at once are fewer than ten."""
    parameters = initialize_parameters((1, 200, 200, 1), rng=0)
    size = sum(P.nbytes for P in parameters.values())
    peak, _ = peak_memory(
        lambda: train(
            np.ones((1, 2)),
            np.ones((1, 2)),
            parameters,
            "relu",
            "linear",
            "mse",
            num_epochs=40,
        )
    )
    assert peak < 10 * size


def test_shuffling_is_the_default_and_each_epoch_has_an_order_of_its_own():
    problem = random_problem("tanh", "linear", "mse", (2, 3, 1), m=9)
    costs = {
        shuffle: train(*problem, num_epochs=3, batch_size=2, rng=0, **shuffle_setting)[1]
        for shuffle, shuffle_setting in (
            ("default", {}),
            ("on", {"shuffle": True}),
            ("off", {"shuffle": False}),
        )
    }
    assert costs["default"] == costs["on"] != costs["off"]
    rng = np.random.default_rng(0)
    parameters = problem.parameters
    for cost in costs["on"]:  # epoch by epoch from one generator
        epoch = one_epoch(
            problem._replace(parameters=parameters),
            batch_size=2,
            rng=rng,
            learning_rate=0.0075,
        )
        assert epoch.cost == cost
        parameters = epoch.parameters


@pytest.mark.parametrize(("hidden", "output", "cost"), COMBINATIONS)
def test_float32_parameters_stay_float32(hidden, output, cost):
    problem = random_problem(hidden, output, cost, (2, 4, 2), m=5)
    single = problem._replace(
        parameters={name: P.astype(np.float32) for name, P in problem.parameters.items()}
    )
    for data in (
        single,
        single._replace(X=single.X.astype(np.float32), Y=single.Y.astype(np.float32)),
    ):
        new, _ = train(
            *data, num_epochs=2, learning_rate=np.float64(1e-3), batch_size=2, rng=0
        )
        assert {P.dtype for P in new.values()} == {np.dtype(np.float32)}


@pytest.mark.long
@pytest.mark.parametrize("seed", range(6))
def test_leaky_networks_converge_where_the_documents_fault_diverges(seed):
    """Document fault C1: 1-20-20-1 from the document's start (scale 0.1), leaky ReLU, linear, mse, rate 0.1."""
    X, Y = regression_curve(500)
    X = Scaler.fit(X).transform(X)
    faulty = Activation("faulty", leaky_relu, lambda dA, Z: np.where(Z > 0, dA, 0.01))
    mended, broken = (
        DeepNeuralNetwork((1, 20, 20, 1), hidden, "linear", "mse", scale=0.1, rng=seed)
        for hidden in ("leaky_relu", faulty)
    )
    assert mended.train(X, Y, 0.1, num_epochs=60, batch_size=8).costs[-1] < 0.01
    with pytest.raises(TrainingDiverged):
        broken.train(X, Y, 0.1, num_epochs=200, batch_size=8)


# Repeatability

RUN = """
import hashlib
from dnn_lessons import DeepNeuralNetwork
from dnn_lessons.datasets import two_moons

network = DeepNeuralNetwork((2, 8, 8, 1), rng=42).train(*two_moons(65, rng=1), 0.1, 100, 8)
digest = hashlib.sha256(b"".join(P.tobytes() for P in network.parameters.values())).hexdigest()
"""


@pytest.mark.long
def test_one_seed_gives_the_same_bits_in_this_process_and_in_fresh_ones():
    """Document fault C21: 100 epochs, four times."""
    digests = set()
    for _ in range(2):
        scope = {}
        exec(RUN, scope)
        digests.add(scope["digest"])
        command = [sys.executable, "-c", RUN + "print(digest)"]
        digests.add(
            subprocess.run(
                command, capture_output=True, text=True, check=True
            ).stdout.strip()
        )
    assert len(digests) == 1


def test_another_seed_gives_other_bits_and_numpys_global_state_is_left_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    X, Y = regression_curve(20)
    costs = [
        DeepNeuralNetwork((1, 4, 1), rng=seed)
        .train(X, Y, num_epochs=2, batch_size=4)
        .costs
        for seed in (0, 1)
    ]
    assert costs[0] != costs[1]
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


# Divergence


@replayed_or_not
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("dims", "output", "cost", "batch_size", "finite_epochs"),
    [
        ((2, 8, 8, 1), "linear", "mse", 5, 0),
        ((2, 8, 8, 1), "relu", "mse", 5, 0),
        ((2, 8, 8, 8, 1), "linear", "mae", 30, 3),
        ((2, 1), "linear", "mse", 30, 6),
        ((2, 1), "linear", "mse", 15, 3),
    ],
)
def test_a_diverging_run_stops_with_epoch_cost_and_the_last_finite_parameters(
    dims, output, cost, batch_size, finite_epochs, dtype, engine
):
    """Warnings are errors, so none was raised on the way."""
    rng = np.random.default_rng(0)
    X, Y = rng.standard_normal((2, 30)), rng.standard_normal((1, 30))
    states = [initialize_parameters(dims, rng=1, dtype=dtype)]
    with pytest.raises(TrainingDiverged) as caught:
        for epoch in train_epochs(
            X,
            Y,
            states[0],
            "linear",
            output,
            cost,
            50,
            400,
            batch_size,
            rng=2,
            engine=engine,
        ):
            states.append(epoch.parameters)
    error = caught.value
    assert len(states) > finite_epochs
    assert all(
        np.array_equal(P, states[-1][name]) for name, P in error.parameters.items()
    )
    assert (error.epoch, type(error.cost)) == (len(states), float)
    assert all(np.isfinite(P).all() for P in error.parameters.values())
    assert f"diverged in epoch {error.epoch}: the cost became {error.cost:g}" in str(
        error
    )
    assert "Try a learning rate below 50" in str(error)


ONE_WEIGHT = {"W1": np.zeros((1, 1)), "b1": np.zeros((1, 1))}


def diverged(y, learning_rate, batch_size):
    """TrainingDiverged of the first epoch of one weight, at y in the last example and 0 before it."""
    data = np.ones((1, 2)), np.array([[0.0, y]])
    with pytest.raises(TrainingDiverged) as caught:
        train(
            *data,
            ONE_WEIGHT,
            "relu",
            "linear",
            "mse",
            learning_rate=learning_rate,
            batch_size=batch_size,
            shuffle=False,
        )
    return caught.value


@pytest.mark.parametrize(
    ("y", "rate", "batch_size", "told"),
    [
        (
            1e200,
            1e-3,
            2,
            "the cost became inf. The",
        ),  # the square of the error overflows, its slope does not
        (
            1e10,
            1e300,
            1,
            "the cost became 5e+19 and a parameter infinite or NaN. The",
        ),  # the last step overflows
        (1e200, 1e200, 2, "the cost became inf and a parameter infinite or NaN. The"),
    ],
)
def test_divergence_tells_what_became_infinite_and_no_more(y, rate, batch_size, told):
    assert f"training diverged in epoch 1: {told} parameters" in str(
        diverged(y, rate, batch_size)
    )


def test_divergence_can_be_pickled():
    """As where a run in another process raises it."""
    error = diverged(1e200, 1e-3, 2)
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.epoch, again.cost) == (
        TrainingDiverged,
        str(error),
        1,
        np.inf,
    )
    assert all(
        np.array_equal(again.parameters[name], P) for name, P in error.parameters.items()
    )


def test_a_network_that_diverges_keeps_what_it_learnt():
    X, Y = np.array([[1.0, 2.0]]), np.array([[1.0, 2.0]])
    network = DeepNeuralNetwork((1, 1), "linear", "linear", "mse", rng=0)
    with pytest.raises(TrainingDiverged) as caught:
        network.train(X, Y, learning_rate=1e6, num_epochs=1000)
    assert len(network.costs) == caught.value.epoch - 1 > 3
    assert np.isfinite(network.costs).all()
    assert network.parameters is caught.value.parameters
    assert np.isfinite(network.predict(X)).all()


# Bad input

X, Y, PARAMETERS = tiny_network()
GOOD = {
    "X": X,
    "Y": Y,
    "cost": "cross_entropy",
    "learning_rate": 0.1,
    "num_epochs": 1,
    "batch_size": 2,
    "hidden_layer_activation": "relu",
    "output_layer_activation": "sigmoid",
}
BAD = {
    "rows of X": (
        {"X": np.ones((3, 2))},
        ValueError,
        "X has shape (3, 2); expected (2, m), columns being examples",
    ),
    "transposed X": (
        {"X": np.ones((5, 2)), "Y": np.ones((1, 5))},
        ValueError,
        "X has shape (5, 2); expected (2, m), columns being examples; transpose it: X.T",
    ),
    "1-D X": (
        {"X": np.ones(2)},
        ValueError,
        "one example is a column: X.reshape(-1, 1)",
    ),
    "1-D Y": (
        {"Y": np.ones(2)},
        ValueError,
        "Y has shape (2,); expected (1, m), columns being examples; one "
        "feature or output is a row: Y.reshape(1, -1)",
    ),
    "column Y": (
        {"Y": np.ones((2, 1))},
        ValueError,
        "Y has shape (2, 1); expected (1, 2), columns being examples; transpose it: Y.T",
    ),
    "rows of Y": (
        {"Y": np.ones((3, 2))},
        ValueError,
        "Y has shape (3, 2); expected (1, 2)",
    ),
    "another m": (
        {"Y": np.ones((1, 3))},
        ValueError,
        "Y has shape (1, 3); expected (1, 2)",
    ),
    "NaN in X": (
        {"X": X * np.nan},
        ValueError,
        "X holds NaN or infinite values in 4 of 4 places; drop or replace",
    ),
    "infinite Y": (
        {"Y": Y + np.inf},
        ValueError,
        "Y holds NaN or infinite values in 2 of 2 places; drop or replace",
    ),
    "empty": (
        {"X": np.ones((2, 0)), "Y": np.ones((1, 0))},
        ValueError,
        "expected at least one row and one example",
    ),
    "text in X": (
        {"X": np.array([["a", "b"]] * 2)},
        TypeError,
        "X holds <U1; expected numbers",
    ),
    "labels outside [0, 1]": (
        {"Y": np.array([[-1.0, 2.0]])},
        ValueError,
        "Y runs from -1 to 2; cross_entropy needs numbers from 0 to 1",
    ),
    "hidden": (
        {"hidden_layer_activation": "swish"},
        ValueError,
        "unknown activation 'swish'; known: sigmoid, relu",
    ),
    "output": (
        {"output_layer_activation": "softmax"},
        ValueError,
        "unknown activation 'softmax'; known: sigmoid",
    ),
    "cost": (
        {"cost": "hinge"},
        ValueError,
        "unknown cost 'hinge'; known: cross_entropy, mse, mae",
    ),
    "batch_size 0": (
        {"batch_size": 0},
        ValueError,
        "batch_size is 0; expected at least 1",
    ),
    "batch_size 2.0": (
        {"batch_size": 2.0},
        TypeError,
        "batch_size is 2.0; expected a whole number",
    ),
    "num_epochs 0": (
        {"num_epochs": 0},
        ValueError,
        "num_epochs is 0; expected at least 1",
    ),
    "num_epochs 1.5": (
        {"num_epochs": 1.5},
        TypeError,
        "num_epochs is 1.5; expected a whole number",
    ),
    "rate 0": (
        {"learning_rate": 0},
        ValueError,
        "learning_rate is 0.0; expected a finite number above 0",
    ),
    "rate < 0": (
        {"learning_rate": -0.1},
        ValueError,
        "learning_rate is -0.1; expected a finite number above 0",
    ),
    "rate NaN": (
        {"learning_rate": np.nan},
        ValueError,
        "learning_rate is nan; expected a finite number above 0",
    ),
    "rate inf": (
        {"learning_rate": np.inf},
        ValueError,
        "learning_rate is inf; expected a finite number above 0",
    ),
    "rate text": (
        {"learning_rate": "fast"},
        TypeError,
        "learning_rate is 'fast'; expected a number above 0",
    ),
    "rate None": (
        {"learning_rate": None},
        TypeError,
        "learning_rate is None; expected a number above 0",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_at_the_call_with_a_message_that_mends_it(case):
    """Document faults C8, C9, C14, C18: before an epoch is asked for; the data are frozen."""
    change, error, message = BAD[case]
    with pytest.raises(error) as caught:
        train_epochs(**frozen(GOOD | change), parameters=frozen(PARAMETERS))
    assert message in str(caught.value)


@pytest.mark.parametrize("case", BAD)
def test_the_network_refuses_the_same_and_stays_as_it_was(case):
    change, error, message = BAD[case]
    names = {
        "hidden_layer_activation": "relu",
        "output_layer_activation": "sigmoid",
        "cost": "cross_entropy",
    }
    chosen = names | {name: value for name, value in change.items() if name in names}
    settings = {
        name: value for name, value in (GOOD | change).items() if name not in names
    }
    with pytest.raises(error) as caught:
        network = DeepNeuralNetwork((2, 2, 1), *chosen.values(), rng=0)
        before = network.parameters
        try:
            network.train(**frozen(settings))
        finally:
            assert network.parameters is before and network.costs == []
    assert message in str(caught.value)


LINEAR = {
    "hidden_layer_activation": "relu",
    "output_layer_activation": "linear",
    "cost": "mse",
}


@pytest.mark.parametrize("name", ["X", "Y"])
def test_numbers_beyond_float32_are_refused_where_the_parameters_are_float32(name):
    """At the call, and without a warning; float64 parameters take them."""
    data = {"X": X, "Y": Y, name: {"X": X, "Y": Y}[name] * 1e39}
    run = train_epochs(**data, parameters=PARAMETERS, **LINEAR)
    assert np.isfinite(next(run).cost)
    single = {key: P.astype(np.float32) for key, P in PARAMETERS.items()}
    with pytest.raises(
        ValueError,
        match=f"{name} holds numbers too large for float32 in . of . places; scale the",
    ):
        train_epochs(**data, parameters=single, **LINEAR)


def test_an_output_that_leaves_the_domain_of_its_cost_is_named():
    """Cross-entropy of a linear output: no epoch is reported from numbers outside [0, 1]."""
    parameters = {"W1": np.array([[2.0]]), "b1": np.zeros((1, 1))}
    run = train_epochs(
        np.array([[1.0]]),
        np.array([[1.0]]),
        parameters,
        "relu",
        "linear",
        "cross_entropy",
    )
    with pytest.raises(
        ValueError,
        match="AL runs from 2 to 2; cross_entropy needs numbers",
    ):
        next(run)


# Small things


@pytest.mark.long
def test_a_first_training_loads_no_masked_arrays():
    """numpy.ma takes longer to load than a small training; what holds no mask needs none of it. Old NumPy brings it."""
    code = (
        "import sys, numpy; before = 'numpy.ma' in sys.modules; from dnn_lessons import DeepNeuralNetwork as N; "
        "N((1, 1)).train([[1, 2]], [[0, 1]]); print(before or 'numpy.ma' not in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout == "True\n"


def defaults(function):
    names = "learning_rate", "num_epochs", "batch_size", "shuffle"
    parameters = inspect.signature(function).parameters
    return {name: parameters[name].default for name in names}


def test_the_defaults_are_the_documents_in_every_place():
    expected = {
        "learning_rate": 0.0075,
        "num_epochs": 100,
        "batch_size": 64,
        "shuffle": True,
    }
    for function in (
        train_epochs,
        DeepNeuralNetwork.train_epochs,
        DeepNeuralNetwork.train,
    ):
        assert defaults(function) == expected


@pytest.mark.parametrize("engine", ["recorded", "plain"])
def test_a_division_by_zero_is_divergence_and_no_warning(engine):
    own = Activation("reciprocal", lambda Z: (1 / Z, Z), lambda dA, Z: -dA / np.square(Z))
    parameters = {"W1": np.ones((1, 1)), "b1": np.zeros((1, 1))}
    with pytest.raises(TrainingDiverged):
        train(
            np.zeros((1, 2)),
            np.ones((1, 2)),
            parameters,
            "relu",
            own,
            "mse",
            engine=engine,
        )


@pytest.mark.parametrize("batch_size", [np.uint8(8), np.int8(16)])
def test_a_narrow_number_will_do_for_the_batch_size(batch_size):
    X, Y = np.ones((2, 300)), np.ones((1, 300))
    parameters = initialize_parameters((2, 3, 1), rng=0)
    runs = [
        train(
            X,
            Y,
            parameters,
            "relu",
            "linear",
            "mse",
            batch_size=each,
            num_epochs=2,
            rng=0,
        )[1]
        for each in (batch_size, int(batch_size))
    ]
    assert runs[0] == runs[1]
