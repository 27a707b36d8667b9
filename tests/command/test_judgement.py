"""The sentence that judges a network: its comparisons, their sampling errors, and planted faults."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from dnn_lessons.command.judgement import (
    KEPT,
    judgement,
    predictions_to_beat,
    sampling_error,
)
from dnn_lessons.experiment import Data, Settings

X = np.arange(20.0).reshape(1, -1)
NOISE = np.where(np.arange(20) % 2, 1.0, -1.0)[None]
TRAIN, HELD_OUT = (X, 3 * X + NOISE), (X + 0.5, 3 * X + 1.5)


def experiment(predict, loss="mse", train=TRAIN, held_out=HELD_OUT):
    """What the judgement reads of an Experiment."""
    data = Data(train, held_out, ["x"], "y")
    constant = float(np.median(train[1]) if loss == "mae" else train[1].mean())
    settings = Settings(loss=loss)
    return SimpleNamespace(
        data=data, settings=settings, predict=predict, best_constant=constant
    )


def test_a_perfect_network_is_better_by_the_cost_of_the_others():
    [sentence] = judgement(experiment(lambda X: 3 * X))
    squares = (HELD_OUT[1] - 28.5) ** 2
    error = squares.std(ddof=1) / math.sqrt(20)
    assert (
        f"better than the constant (cost -{squares.mean():.3g} ± {error:.2g})" in sentence
    )
    assert "better than a straight line" in sentence


def test_a_network_that_is_off_by_two_is_worse_than_a_line_and_gets_advice():
    sentence, advice = judgement(experiment(lambda X: 3 * X + 2))
    assert "better than the constant" in sentence
    assert "worse than a straight line (cost +3.99 ± 0.0016)" in sentence
    assert "hardly better: try more epochs" in advice


def test_the_advice_names_what_helps():
    """Fewer epochs change nothing where the best epoch was kept."""
    shifted = experiment(lambda X: 3 * X + 9 * (X % 1))
    assert "try --patience 20" in judgement(shifted)[1]
    assert judgement(shifted, set_aside=5)[1].startswith("Try more units")
    overfit = experiment(lambda X: np.where(X % 1, 3 * X + 1e-3, TRAIN[1]))
    _, advice = judgement(overfit, set_aside=5)
    assert "far better: try fewer units or more examples" in advice


@pytest.mark.parametrize("prediction", [1e200, math.nan])
def test_a_cost_above_the_largest_number_is_not_compared(prediction):
    """The square of 1e200 is infinite; a network that overflows may give NaN as well."""
    sentence = judgement(experiment(lambda X: np.full(X.shape, prediction)))[0]
    for name in ("the constant", "a straight line"):
        assert f"beyond comparison with {name} (a cost is above the largest" in sentence


def test_a_difference_within_two_errors_may_be_chance():
    rng = np.random.default_rng(0)
    [sentence] = judgement(experiment(lambda X: np.full(X.shape, 28.4)))[:1]
    assert "which may be chance" in sentence
    noisy = 3 * X + rng.standard_normal(X.shape)
    assert "chance) and" not in judgement(experiment(lambda _: noisy))[0]


def test_the_line_is_fitted_to_the_training_part_alone():
    other = experiment(lambda X: X, held_out=(X, -5 * X))
    line = predictions_to_beat(other)["a straight line"]
    np.testing.assert_allclose(line, 3 * X, atol=0.5)


def test_two_classes_are_compared_with_logistic_regression():
    labels = (X > 9.5) * 1.0
    parts = {"train": (X, labels), "held_out": (X, labels)}
    judged = experiment(lambda X: np.full(X.shape, 0.5), "cross_entropy", **parts)
    assert "the network is the constant itself and" in judgement(judged)[0]
    assert "worse than logistic regression" in judgement(judged)[0]
    [probabilities] = predictions_to_beat(judged)["logistic regression"]
    assert ((probabilities > 0.5) == labels[0]).all()


@pytest.mark.parametrize(("errors", "doubt"), [(0.9, True), (1.9, True), (2.1, False)])
def test_twice_the_sampling_error_may_be_chance(errors, doubt):
    """All squares of the constant are 100; those of the network are less by so many errors."""
    scatter = NOISE - errors * NOISE.std(ddof=1) / math.sqrt(20)
    Y = HELD_OUT[1] * 0
    train = (X, NOISE + 10)
    judged = experiment(lambda _: np.sqrt(100 + scatter), train=train, held_out=(X, Y))
    sentence = judgement(judged)[0].split(" and ")[0]
    assert ("which may be chance" in sentence) == doubt


@pytest.mark.parametrize(
    ("m", "errors", "doubt"),
    [(3, 4.2, True), (3, 4.4, False), (1001, 1.9, True), (1001, 2.1, False)],
)
def test_the_fewer_examples_the_more_errors_are_chance(m, errors, doubt):
    """Student's factor of 95 % is 4.30 for two degrees of freedom."""
    scatter = np.zeros((1, m))
    scatter[0, :2] = 1.0, -1.0
    scatter -= errors * scatter.std(ddof=1) / math.sqrt(m)
    held_out = np.zeros((1, m)), np.zeros((1, m))
    train = X, NOISE + 10

    def predict(X):
        return np.sqrt(100 + scatter) if X.shape[1] == m else X

    judged = experiment(predict, train=train, held_out=held_out)
    sentence = judgement(judged)[0].split(" and ")[0]
    assert ("which may be chance" in sentence) == doubt


def test_a_single_example_has_no_sampling_error():
    held_out = (X[:, :1], 3 * X[:, :1] + 1)
    [sentence] = judgement(experiment(lambda X: 3 * X + 1, held_out=held_out))
    assert "better than the constant (cost -756, for a single example)" in sentence


def test_there_is_no_advice_for_what_may_be_chance():
    scatter = np.where(np.arange(20) < 11, 1.0, -1.0)[None]
    judged = experiment(
        lambda X: 3 * X + scatter * (X % 1), held_out=(X + 0.5, 3 * X + 1.5 + NOISE)
    )
    [sentence] = judgement(judged, set_aside=4)
    assert "worse than a straight line" in sentence
    assert sentence.endswith("which may be chance).")


def test_logistic_regression_is_fitted_to_the_training_part_alone():
    labels = (X > 9.5) * 1.0
    parts = {"loss": "cross_entropy", "train": (X, labels)}
    near = experiment(None, held_out=(X, labels), **parts)
    far = experiment(None, held_out=(np.append(X, [[1e3]], 1), labels), **parts)
    lines = [predictions_to_beat(judged)["logistic regression"] for judged in (near, far)]
    np.testing.assert_allclose(lines[1][:, :-1], lines[0])


def test_logistic_regression_of_one_class_is_its_share():
    labels = np.ones((1, 20))
    judged = experiment(None, "cross_entropy", train=(X, labels), held_out=(X, labels))
    assert (predictions_to_beat(judged)["logistic regression"] == 1).all()


def test_absolute_errors_are_compared_for_that_cost():
    judged = experiment(lambda X: 3 * X + 1.5 + 4 * NOISE, "mae")
    absolute = np.abs(HELD_OUT[1] - 28.5).mean() - 4
    assert f"better than the constant (cost -{absolute:.3g} ±" in judgement(judged)[0]


def test_a_constant_that_was_kept_is_not_called_overfitting():
    far = (X + 0.5, 30 * X + 1.5)
    judged = experiment(lambda X: np.full(X.shape, 28.5), held_out=far)
    assert judgement(judged, set_aside=4)[1].startswith("Try more units")


def test_a_constant_that_is_no_worse_gets_advice_where_others_chose_it():
    """The labels have nothing to do with x, so that the line is no better."""
    parts = {"train": (X, NOISE), "held_out": (X + 0.5, NOISE)}
    judged = experiment(lambda X: np.full(X.shape, NOISE.mean()), **parts)
    assert judgement(judged, set_aside=4)[1:] == [KEPT]
    assert len(judgement(judged)) == 1


def test_a_network_that_is_the_line_itself_gets_no_advice():
    line = predictions_to_beat(experiment(None))["a straight line"]
    [sentence] = judgement(experiment(lambda _: line))
    assert sentence.endswith("and a straight line itself.")


@pytest.mark.parametrize("unit", [1e-6, 1e6])
def test_the_unit_of_a_feature_changes_no_logistic_regression(unit):
    labels, far = (X > 9.5) * 1.0, (X - 10) * unit
    parts = [(X, labels), (far, labels)]
    lines = [
        predictions_to_beat(experiment(None, "cross_entropy", part, part))
        for part in parts
    ]
    first, second = (line["logistic regression"] for line in lines)
    np.testing.assert_allclose(first, second, atol=1e-4)


def test_a_certain_mistake_costs_much_and_not_infinity():
    labels = (X > 9.5) * 1.0
    parts = {"train": (X, labels), "held_out": (X, labels)}
    judged = experiment(lambda X: 1 - labels, "cross_entropy", **parts)
    assert "worse than the constant (cost +690 ± " in judgement(judged)[0]


def test_the_rounding_of_sums_is_no_difference():
    judged = experiment(lambda X: np.full(X.shape, 28.5 * (1 + 1e-15)))
    assert "the network is the constant itself and" in judgement(judged)[0]


@pytest.mark.parametrize("losses", [[1.0, 3.0], [0.0, 0.0, 6.0]])
def test_the_sampling_error_is_that_of_a_mean(losses):
    """Where the losses are drawn again and again, their means scatter by it."""
    m = len(losses)
    squares = [(loss - sum(losses) / m) ** 2 for loss in losses]
    assert sampling_error(np.array(losses)) == pytest.approx(
        math.sqrt(sum(squares) / (m - 1) / m)
    )
    assert math.isnan(sampling_error(np.array(losses[:1])))
