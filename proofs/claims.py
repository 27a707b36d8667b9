"""The table: how each displayed equation is checked, by its number. An equation without a line here fails the suite.

Most lines need nothing or the definitions that the prose stands on; the words of a line are those of `Check`.
"""

from itertools import combinations, product

import mpmath
import numpy as np
import sympy

from dnn_lessons import (
    L_model_backward,
    L_model_forward,
    batch_generator,
    compute_cost,
    cross_entropy,
    cross_entropy_backward,
    leaky_relu,
    leaky_relu_backward,
    mae,
    mae_backward,
    mse,
    mse_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    update_parameters,
)
from dnn_lessons.costs import sigmoid_cross_entropy
from dnn_lessons.datasets import attenuated_sine
from dnn_lessons.descent import quadratic, saddle_gradient
from dnn_lessons.forward import linear_forward
from proofs.check import Check
from proofs.meaning import NOTHING, evaluate, plain
from proofs.parser import Refused
from proofs.scopes import GAP
from proofs.tree import Name, Node


def given(*statements, **rest):
    """A Check that rests on definitions and domains: numbers of equations, or LaTeX."""
    return Check(given=statements, **rest)


def arrays(activation="tanh", cost="mse", **rest):
    """A Check with the arrays of random networks."""
    settings = {"activation": activation, "cost": cost}
    shapes = rest.pop("shapes", None)
    return Check(network=settings | ({"shapes": shapes} if shapes else {}), **rest)


def one_example(**rest):
    return arrays(shapes=(((3, 4, 2, 5), 1), ((2, 5, 3), 1)), **rest)


def slope(backward, forward):
    """z -> the slope that dnn_lessons multiplies with."""
    return lambda z: backward(np.ones_like(z), forward(z)[1])


def cost(forward):
    """(a, y) -> the loss of one example with one output."""
    return lambda a, y: forward(np.reshape(a, (1, 1)), np.reshape(y, (1, 1)))


def fused(forward):
    """(z, y) -> the same loss from the pre-activation."""
    loss = cost(forward)
    return lambda z, y: loss(z, y)  # noqa: PLW0108 - the names of the parameters say what to put in


def backward(function):
    """(a, y) -> its derivative by a."""
    return lambda a, y: function(np.reshape(a, (1, 1)), np.reshape(y, (1, 1)))


def indexed(scope, base, layer=None, example=None, subs=()):
    """The value of a symbol with indices, families left aside."""
    number = lambda index: None if index is None else Node("num", (str(index),))  # noqa: E731
    name = Name(base, number(layer), number(example), tuple(map(number, subs)))
    return evaluate(Node("name", (name,)), scope._replace(families=NOTHING))


def size(scope, name):
    return int(scope.names[plain(name)])


def mean(values):
    return sum(values[1:], values[0]) / len(values)


# --- names whose values come from the module or from a definition in words


def layer_sizes(scope, layer, example, subs):
    """n_0, n_1, ..."""
    return scope.world.number((3, 4, 2, 5)[subs[0]])


def unit(scope, layer, example, subs):
    """z of one unit with n_0 = 3 inputs, from linear_forward."""
    x, w = (
        np.array([[float(indexed(scope, base, subs=(k,))) for k in (1, 2, 3)]])
        for base in "xw"
    )
    Z, _ = linear_forward(x.T, w, np.array([[float(indexed(scope, "b"))]]))
    return scope.world.number(float(Z[0, 0]))


def moved(gradient, start=2):
    """theta_t: update_parameters from theta_start on, with the given gradient, once for each step."""

    def step(scope, t, theta):
        return updated(scope, theta, gradient(scope, t, theta))

    return steps("theta", step, start)


def updated(scope, theta, slope):
    """One parameter after update_parameters."""
    parameters, grads = (
        {"W1": np.array([[float(theta)]])},
        {"dW1": np.array([[float(slope)]])},
    )
    new = update_parameters(parameters, grads, float(indexed(scope, "eta")))
    return scope.world.number(float(new["W1"][0, 0]))


def steps(base, step, start=2):
    """A quantity with the index t: a symbol at the start, then one `step` (scope, t, value) after the other."""

    def at(scope, layer, example, subs):
        if not subs or subs[0] < start:
            raise Refused(f"{base} has no value before step {start}")
        current = indexed(scope, base, subs=(start,))
        for t in range(start, subs[0]):
            current = step(scope, t, current)
        return current

    return at


def any_gradient(scope, t, theta):
    return indexed(scope, "dtheta", subs=(t,))


def parabola_gradient(scope, t, theta):
    """By (10.5)."""
    return indexed(scope, "lambda") * theta


def residual(slope):
    """r_t = a - y while a follows the slope of its loss."""

    def step(scope, t, r):
        y = indexed(scope, "y")
        a = r + y
        return updated(scope, a, slope(np.array(float(a)), np.array(float(y)))[0, 0]) - y

    return steps("r", step)


def best_constant(scope, layer, example, subs):
    """Where the slope of J by c, a straight line, is zero."""
    lone = scope._replace(families=NOTHING)
    J = lambda c: evaluate(Node("name", (Name("J"),)), lone.bind({plain("c"): c}))  # noqa: E731
    at_0, at_1 = (scope.world.slope(J, scope.world.number(c)) for c in (0, 1))
    return -at_0 / (at_1 - at_0)


def label(scope, layer, example, subs):
    """A label above 1 for each third example, else below 0; c lies between."""
    gap = scope.world.symbol((GAP, None, example, ()))
    return gap + 1 if example % 3 == 0 else -gap


LABELS = {
    "y": label,
    "m_-": lambda scope, *_: scope.world.number(size(scope, "m") - size(scope, "m") // 3),
    "m_+": lambda scope, *_: scope.world.number(size(scope, "m") // 3),
}


def code_gradients(network, examples=slice(None)):
    """grads of L_model_backward for some examples."""
    X, Y = network.arrays["X"][None][:, examples], network.arrays["Y"][None][:, examples]
    hidden, output = network.activations[0], network.activations[-1]
    AL, caches = L_model_forward(X, network.parameters, hidden, output)
    return L_model_backward(AL, Y, caches, hidden, output, network.cost)


def code_weights(scope, layer, example, subs):
    j, k = subs
    return float(code_gradients(scope.world.network)[f"dW{layer}"][j - 1, k - 1])


def code_theta(scope, layer, example, subs):
    """dtheta for the first weight: of all examples, or of one."""
    examples = slice(None) if example is None else slice(example - 1, example)
    return float(code_gradients(scope.world.network, examples)["dW1"][0, 0])


def code_theta_batch(scope, layer, example, subs):
    return float(
        code_gradients(scope.world.network, slice(size(scope, "B")))["dW1"][0, 0]
    )


GRADIENTS = {"dtheta": code_theta, "dtheta_B": code_theta_batch}


def example_loss(scope, layer, example, subs):
    network = scope.world.network
    return network.loss(
        network.arrays["A"][network.L][:, example - 1],
        network.arrays["Y"][None][:, example - 1],
    )


def batch_cost(scope, layer, example, subs):
    """The cost of batch t, cut by batch_generator."""
    network = scope.world.network
    AL, Y = network.arrays["A"][network.L], network.arrays["Y"][None]
    batches = list(batch_generator(AL, Y, size(scope, "B"), shuffle=False))
    return float(compute_cost(*batches[subs[0] - 1], network.cost))


def gradients(scope):
    """dtheta^{(i)} of all examples."""
    return [indexed(scope, "dtheta", example=i) for i in range(1, size(scope, "m") + 1)]


def root(scope, number):
    return scope.world.functions["sqrt"](number)


def deviation(values):
    """s by another formula: the mean of the squares less the square of the mean."""
    return lambda scope, *_: root(
        scope, mean([x**2 for x in values(scope)]) - mean(values(scope)) ** 2
    )


def batch_deviation(draw):
    """s_B: the root mean square error over every batch that can be drawn."""

    def s_B(scope, layer, example, subs):
        d, B = gradients(scope), size(scope, "B")
        return root(
            scope, mean([(mean(list(batch)) - mean(d)) ** 2 for batch in draw(d, B)])
        )

    return s_B


NOISE = {"s": deviation(gradients)}
WITH_REPEATS = NOISE | {"s_B": batch_deviation(lambda d, B: product(d, repeat=B))}
WITHOUT_REPEATS = NOISE | {"s_B": batch_deviation(combinations)}


def labels(scope):
    return [indexed(scope, "y", example=i) for i in range(1, size(scope, "m") + 1)]


def size_of_layer(scope, layer, example, subs):
    """s; s_1, the root mean square of 4 activations; s_2, that of ReLU behind them: an integral over the weights."""
    if not subs:
        return indexed(scope, "s")
    if subs[0] not in {1, 2}:
        raise Refused(f"there is no layer {subs[0]}")
    squares = [indexed(scope, "a", subs=(k,)) ** 2 for k in (1, 2, 3, 4)]
    return root(
        scope,
        half_normal(indexed(scope, "s") ** 2 * sum(squares))
        if subs[0] == 2
        else mean(squares),
    )


def half_normal(variance):
    """The mean of max(0, z)^2 for normal z: symbolic or to fifty digits, as the variance is."""
    if isinstance(variance, sympy.Basic):
        x, v = sympy.symbols("x v", positive=True)
        density = sympy.exp(-(x**2) / (2 * v)) / sympy.sqrt(2 * sympy.pi * v)
        return sympy.integrate(x**2 * density, (x, 0, sympy.oo)).subs(v, variance)
    with mpmath.workdps(60):  # in units of the deviation
        return variance * standard_half_normal()


def standard_half_normal(found=[]):  # noqa: B006
    """The same integral for the variance 1, computed once."""
    if not found:
        found.append(mpmath.quad(lambda x: x**2 * mpmath.npdf(x), [0, 2, 5, 10, 20, 40]))
    return found[0]


def bowl(scope, layer, example, subs):
    """J of dnn_lessons.descent for two curvatures."""
    theta, curvatures = (
        [float(indexed(scope, base, subs=(j,))) for j in (1, 2)]
        for base in ("theta", "lambda")
    )
    return scope.world.number(
        float(quadratic("bowl", curvatures, theta).value(np.array(theta)))
    )


def saddle(scope, layer, example, subs):
    theta = np.array([float(indexed(scope, "theta", subs=(j,))) for j in (1, 2)])
    return scope.world.number(float(saddle_gradient(theta)[subs[0] - 1]))


# --- the situations that lessons share

KINK = ("z > 0", "z = 0", "z < 0")
SIDES = ("z > 0", "z < 0")
RESIDUAL = ("a > y", "a = y", "a < y")
OPEN = "0 < a < 1"
SIGMOID_LOSS = ("6.4", r"a = \sigma(z)", "2.1")
TINY = r"\frac{1}{10^{20}}"
UPDATE = Check(families={"theta": moved(any_gradient)}, sizes=({"t": 2},), module=True)
BATCHES = ({"m": 2, "B": 1}, {"m": 3, "B": 2}, {"m": 4, "B": 3}, {"m": 4, "B": 4})
MEAN_OF_LOSSES = tuple(
    arrays(*pair, code={"J": lambda network: network.code_cost()})
    for pair in (("sigmoid", "cross_entropy"), ("tanh", "mse"), ("relu", "mae"))
)

CLAIMS = {
    "0.1": arrays(),
    "0.2": MEAN_OF_LOSSES,
    "0.3": UPDATE,
    # 01 forward pass
    "1.1": Check(families={"z": unit, "n": layer_sizes}, module=True),
    "1.2": Check(code={"g": lambda z: relu(z)[0]}, cases=KINK),
    "1.3": one_example(ranges={"j": "n_1"}),
    "1.4": one_example(),
    "1.5": arrays(),
    "1.6": arrays(),
    "1.7": arrays(),
    "1.8": Check(),
    "1.9": arrays(),
    "1.10": arrays(),
    # 02 sigmoid
    "2.1": Check(code={"sigma": lambda z: sigmoid(z)[0]}),
    "2.2": Check(),
    "2.3": Check(),
    "2.4": given("2.1"),
    "2.5": given("2.1"),
    "2.6": given("2.1"),
    "2.7": given("2.1"),
    "2.8": given("2.1", f"h = {TINY}", small="h", order=2),
    "2.9": given("2.1"),
    "2.10": given("2.1"),
    "2.11": given("2.1"),
    "2.12": given("2.1", tight=("z = 0", "z = 80", "z = -80")),
    "2.13": arrays("sigmoid"),
    "2.14": given("2.1", tight=("z^{[l]} = 0",)),
    "2.15": given("2.1", cases=KINK),
    "2.16": (
        given("2.1", cases=KINK),
        given("2.1", code={"sigma": lambda z: sigmoid(z)[0]}, cases=KINK),
    ),
    "2.17": (
        given("2.1", cases=KINK),
        given("2.1", code={"sigma'": slope(sigmoid_backward, sigmoid)}, cases=KINK),
    ),
    # 03 ReLU
    "3.1": Check(code={"g": lambda z: relu(z)[0]}, cases=KINK),
    "3.2": given("3.1", cases=SIDES),
    "3.3": given("3.1", cases=SIDES),
    "3.4": Check(),
    "3.5": given("3.1", "h > 0"),
    "3.6": given("3.1", "h > 0"),
    "3.7": (
        given("3.1", cases=KINK),
        Check(code={"g'": slope(relu_backward, relu)}, cases=SIDES),
    ),
    "3.8": given("3.1", "h > 0"),
    "3.9": arrays("relu"),
    "3.10": given("3.1", "z > 0"),
    "3.11": arrays("relu", ranges={"j": "n_1", "k": "n_0"}),
    # 04 leaky ReLU
    "4.1": given(
        r"\alpha = \frac{1}{8}", code={"g": lambda z: leaky_relu(z, 0.125)[0]}, cases=KINK
    ),
    "4.2": Check(),
    "4.3": (
        given("4.1", cases=KINK),
        given(
            r"\alpha = \frac{1}{8}",
            code={"g'": lambda z: leaky_relu_backward(np.ones_like(z), z, 0.125)},
            cases=SIDES,
        ),
    ),
    "4.4": given("4.1", "h > 0"),
    "4.5": given("4.1", "h > 0"),
    "4.6": given("4.1", cases=KINK),
    "4.7": Check(),
    "4.8": (Check(cases=KINK), given(r"\alpha = 1", cases=KINK)),
    "4.9": arrays("leaky_relu"),
    "4.10": given("4.1", "z < 0"),
    # 05 tanh
    "5.1": (Check(), Check(code={"tanh": lambda z: tanh(z)[0]})),
    "5.2": Check(),
    "5.3": Check(),
    "5.4": Check(),
    "5.5": Check(),
    "5.6": Check(),
    "5.7": Check(),
    "5.8": Check(),
    "5.9": Check(),
    "5.10": Check(),
    "5.11": Check(tight=("z = 0", "z = 40", "z = -40")),
    "5.12": given("2.1"),
    "5.13": Check(),
    "5.14": given("2.1"),
    "5.15": given("2.1"),
    "5.16": Check(cases=KINK),
    "5.17": arrays("tanh"),
    "5.18": arrays("tanh", ranges={"j": "n_2", "k": "n_1"}),
    # 06 cross-entropy
    "6.1": MEAN_OF_LOSSES,
    "6.2": Check(cases=("y = 1", "y = 0")),
    "6.3": Check(),
    "6.4": given(OPEN, "0 < y < 1", code={"ell": cost(cross_entropy)}),
    "6.5": arrays(
        "sigmoid", "cross_entropy", code={"J": lambda network: network.code_cost()}
    ),
    "6.6": given(OPEN),
    "6.7": given(OPEN),
    "6.8": given("6.4", OPEN),
    "6.9": (
        given("6.4", OPEN),
        given(OPEN, "0 < y < 1", code={"dell/da": backward(cross_entropy_backward)}),
    ),
    "6.10": given(r"a = \sigma(z)", "2.1"),
    "6.11": given(*SIGMOID_LOSS),
    "6.12": given(*SIGMOID_LOSS),
    "6.13": arrays("sigmoid", "cross_entropy"),
    "6.14": given("2.1"),
    "6.15": given("2.1"),
    "6.16": given("2.1"),
    "6.17": given(*SIGMOID_LOSS),
    "6.18": Check(cases=KINK),
    "6.19": (
        given(*SIGMOID_LOSS, cases=KINK),
        Check(code={"ell": fused(sigmoid_cross_entropy)}),
    ),
    # 07 mean squared error
    "7.1": given("r = a - y", code={"ell": cost(mse)}),
    "7.2": Check(code={"J": mse}),
    "7.3": Check(),
    "7.4": Check(),
    "7.5": Check(),
    "7.6": (given("7.1"), Check(code={"dell/da": backward(mse_backward)})),
    "7.7": arrays("tanh", "mse"),
    "7.8": Check(code={"J": mse}),
    "7.9": Check(sizes={"m": (2, 3)}),
    "7.10": given("7.8"),
    "7.11": arrays("tanh", "mse"),
    "7.12": arrays("tanh", "mse", code={"J": lambda network: network.code_cost()}),
    "7.13": Check(code={"J": lambda c, Y: mse(np.full_like(Y, c), Y)}),
    "7.14": given("7.13"),
    "7.15": given("7.13", families={"c": best_constant}),
    # 08 mean absolute error
    "8.1": Check(code={"ell": cost(mae)}, cases=RESIDUAL),
    "8.2": arrays("tanh", "mae", code={"J": lambda network: network.code_cost()}),
    "8.3": given("8.1", cases=RESIDUAL),
    "8.4": Check(code={"da": backward(mae_backward)}, cases=RESIDUAL),
    "8.5": Check(code={"J": lambda c, Y: mae(np.full_like(Y, c), Y)}),
    "8.6": given("8.5", "0 < c < 1", families=LABELS, sizes={"m": (1, 2, 3, 4, 5)}),
    "8.7": Check(),
    "8.8": Check(
        families={"r": residual(backward(mse_backward))}, sizes=({"t": 2},), module=True
    ),
    "8.9": Check(
        families={"r": residual(backward(mae_backward))},
        module=True,
        cases=("r_t > 0", "r_t = 0", "r_t < 0"),
        sizes=({"t": 2},),
    ),
    # 09 backpropagation
    "9.1": tuple(
        arrays(*pair, families={"dW": code_weights})
        for pair in (("sigmoid", "cross_entropy"), ("tanh", "mse"), ("leaky_relu", "mae"))
    ),
    "9.2": given("a = g(z)", r"\ell = \ell(a)"),
    "9.3": given("z = w x + b", r"\ell = \ell(z)"),
    "9.4": given("z = w x + b", r"\ell = \ell(z)"),
    "9.5": one_example(),
    "9.6": one_example(),
    "9.7": one_example(),
    "9.8": one_example(),
    "9.9": one_example(),
    "9.10": one_example(),
    "9.11": one_example(),
    "9.12": arrays(
        code={"J": lambda network: network.code_cost()}, families={"ell": example_loss}
    ),
    "9.13": arrays(),
    "9.14": arrays(),
    "9.15": arrays(),
    "9.16": arrays(),
    "9.17": arrays(),
    "9.18": given(OPEN),
    "9.19": arrays("sigmoid", "cross_entropy"),
    "9.20": given(r"J = J(\theta)"),
    "9.21": Check(),
    "9.22": Check(),
    "9.23": given("h > 0"),
    # 10 gradient descent
    "10.1": given(r"J = J(\theta)", f"h = {TINY}", small="h", order=2),
    "10.2": given(r"J = J(\theta)", rf"\eta = {TINY}", small=r"\eta", order=2),
    "10.3": UPDATE,
    "10.4": given(
        r"\lambda = 3",
        code={"J": lambda theta: quadratic("", [3.0], [0.0]).value(theta.reshape(1))},
    ),
    "10.5": given("10.4"),
    "10.6": Check(
        families={"theta": moved(parabola_gradient)},
        sizes=({"t": 2}, {"t": 3}),
        module=True,
    ),
    "10.7": Check(
        families={"theta": moved(parabola_gradient, start=0)},
        sizes={"t": (0, 1, 2, 3, 4)},
        module=True,
    ),
    "10.8": Check(
        cases=(
            *(r"\eta > 0", r"\eta < 0", r"\eta = 0", r"\eta = \frac{2}{\lambda}"),
            *(
                rf"\eta = \frac{{{share}}}{{1000 \lambda}}"
                for share in (1, 999, 1001, 1999, 2001, 2999, 4001)
            ),
        ),
    ),
    "10.9": Check(),
    "10.10": Check(families={"J": bowl}, module=True),
    "10.11": given(r"\eta = \frac{1}{\lambda_2}"),
    "10.12": (
        given(r"J = \frac{1}{2} \theta_1^2 + \frac{1}{4} (\theta_2^2 - 1)^2"),
        Check(families={"dtheta": saddle}, module=True),
    ),
    "10.13": Check(families={"s": size_of_layer, "n": layer_sizes}, sizes=({"l": 2},)),
    "10.14": given("n > 0", solve="s", sizes=({"l": 2},)),
    # 11 batching
    "11.1": Check(
        code={
            "t": lambda m, B: len(
                list(batch_generator(np.ones((1, int(m))), np.ones((1, int(m))), int(B)))
            )
        },
        sizes={"m": (1, 6, 7), "B": (1, 3, 7)},
    ),
    "11.2": arrays(families=GRADIENTS),
    "11.3": arrays(families=GRADIENTS, sizes={"B": (1, 3)}),
    "11.4": Check(sizes={"B": (1, 2, 3)}),
    "11.5": given("11.2", families=NOISE),
    "11.6": given("11.2", "11.3", sizes=BATCHES),
    "11.7": given(
        "11.2",
        families=WITH_REPEATS,
        sizes=({"m": 2, "B": 1}, {"m": 2, "B": 3}, {"m": 3, "B": 2}),
    ),
    "11.8": given("11.2"),
    "11.9": given("11.2", families=WITHOUT_REPEATS, sizes=BATCHES),
    # 12 training
    "12.1": UPDATE,
    "12.2": MEAN_OF_LOSSES,
    "12.3": arrays(
        "sigmoid",
        "cross_entropy",
        shapes=(((3, 4, 2), 6),),
        families={"J": batch_cost},
        sizes=({"B": 3, "t": 1}, {"B": 3, "t": 2}, {"B": 2, "t": 3}),
    ),
    "12.4": given(
        "12.2",
        "12.3",
        sizes=({"m": 2, "B": 1}, {"m": 4, "B": 2}, {"m": 6, "B": 2}, {"m": 3, "B": 3}),
    ),
    # 13 prediction
    "13.1": given("2.1"),
    "13.2": given("2.1"),
    # 14 regression test
    "14.1": Check(code={"y": attenuated_sine}),
    "14.2": given("7.15", families={"s": deviation(labels)}),
    "14.3": Check(),
    "14.4": given("2.1"),
    "14.5": given("2.1"),
    # 15 how frameworks get fast
    "15.1": Check(),
    "15.2": Check(code={"g'": slope(relu_backward, relu)}, cases=KINK),
}
