"""Judges of the explorers that run: descents, and trainings with the plain engine of the course."""

from functools import cache
from itertools import islice

import numpy as np
from seen import (
    ends_at,
    heads,
    is_at,
    line_of,
    number,
    of_kind,
    only,
    says,
    words_in,
)

from dnn_lessons import DeepNeuralNetwork, L_model_backward, L_model_forward, compute_cost
from dnn_lessons._checks import TrainingDiverged
from dnn_lessons.batching import batch_generator
from dnn_lessons.classroom.explorers.picture import (
    Handle,
    Level,
    Line,
    Map,
    Points,
    Rects,
)
from dnn_lessons.classroom.explorers.point_sets import scattered
from dnn_lessons.classroom.explorers.verdicts import (
    Evidence,
    dead_units,
    training_verdict,
)
from dnn_lessons.datasets import Scaler, regression_curve, two_moons

STEPS, HIGHEST, LOWEST = 40, 1e4, 1e-8  # of a descent, and of the axis of its cost
NAMES = {True: "cost J, logarithmic", False: "cost J"}


def rounds(explorer, length):
    """How many rounds of a run are done."""
    return round(explorer.done * length)


# ----------------------------------------------------------------------------------------- descents


def _surface(surface, *own):
    """The cost of a point (2, ...) and its gradient, and the largest curvature at a minimum."""
    if surface == "saddle":
        return (
            lambda t: t[0] ** 2 / 2 + (t[1] ** 2 - 1) ** 2 / 4,
            lambda t: np.stack([t[0], t[1] ** 3 - t[1]]),
            2,
        )
    one, two = {"bowl": (1, 1), "ravine": (1, 10)}.get(surface, own)
    return (
        lambda t: (one * t[0] ** 2 + two * t[1] ** 2) / 2,
        lambda t: np.stack([one * t[0], two * t[1]]),
        max(one, two),
    )


def _path(surface, start, rate):
    """The points (2, t + 1) of a descent and their costs, up to the first cost of 1e12."""
    cost, gradient, _ = surface
    path = [np.array(start, float)]
    while len(path) <= STEPS and cost(path[-1]) < 1e12:
        path.append(path[-1] - rate * gradient(path[-1]))
    path = np.transpose(path)
    return path, cost(path)


def judge_rate(
    explorer,
    surface,
    learning_rate,
    second_rate,
    third_rate,
    curvature_1,
    curvature_2,
    first,
    second,
):
    """Three descents from one start."""
    made, step = _surface(surface, curvature_1, curvature_2), rounds(explorer, STEPS)
    rates, start = (learning_rate, second_rate, third_rate), (first, second)
    at = f"start ({first:g}, {second:g})".replace("-", "−")
    by_rate = {f"η = {rate:g}" for rate in rates}
    titles = f"drag the {at}; grey is high", "cost by step", "cost after 40 steps"
    ground, by_step, chart = panels = explorer.drawn.panels
    assert [panel.title for panel in panels] == list(titles)
    assert [(p.x.label, p.y.label) for p in panels] == [
        ("θ₁", "θ₂"),
        ("step t", "cost J"),
        ("rate η", "cost J"),
    ]
    labels = {getattr(mark, "label", "") for panel in panels for mark in panel.marks} - {
        ""
    }
    assert labels == by_rate
    is_at(only(ground, Handle, names=("first", "second")), *start)
    _heights(only(ground, Map), made[0])
    for i, rate in enumerate(rates):
        _one_descent(ground, by_step, chart, (made, start, rate, step, f"compared {i}"))
    line = only(chart, Line)
    for k in range(0, len(line.x), 24):
        costs = _path(made, start, line.x[k])[1]
        expected = costs[-1] if len(costs) > STEPS else 1e7
        assert np.isclose(line.y[k], np.clip(expected, 1e-11, 1e7), rtol=1e-6), line.x[k]
    assert [mark.at for mark in of_kind(chart, Level, axis="x")] == [2 / made[2]]
    assert [mark.at for mark in of_kind(chart, Level, axis="y")] == [
        made[0](np.array(start, float))
    ]
    _words_of_descents(explorer, made, start, rates, step)


def _heights(mark, cost):
    """A surface is shaded by the root of its cost, in few shades."""
    x, y = np.meshgrid(
        np.linspace(mark.left, mark.right, 51), np.linspace(mark.bottom, mark.top, 51)
    )
    share = np.sqrt(cost(np.stack([x, y])))
    assert np.abs(mark.values - share / share.max()).max() <= 0.51 / 16


def _one_descent(ground, by_step, chart, descent):
    """The path, its cost by step and its last cost."""
    surface, start, rate, step, look = descent
    path, costs = _path(surface, start, rate)
    outside = (np.abs(path) > [[2.0], [1.5]]).any(axis=0)
    seen = path[:, : int(outside.argmax()) + 1] if outside.any() else path
    trails = [mark for mark in of_kind(ground, Line, look=look, label=f"η = {rate:g}")]
    is_at(trails[0], *seen[:, : step + 1], rtol=1e-6)
    (ahead,) = of_kind(ground, Line, look=look, faint=True)
    is_at(ahead, *seen, rtol=1e-6)
    if step < seen.shape[1] - outside.any():
        ends_at(ground, look, *seen[:, : step + 1][:, -1], rtol=1e-6)
    drawn = np.maximum(costs, 1e-11)
    (whole,) = of_kind(by_step, Line, look=look, faint=True)
    is_at(whole, np.arange(len(costs)), drawn, rtol=1e-6)
    (now,) = of_kind(by_step, Line, look=look, faint=False)
    is_at(now, np.arange(len(costs))[: step + 1], drawn[: step + 1], rtol=1e-6)
    if (costs[: step + 1] <= HIGHEST).all():
        ends_at(
            by_step, look, len(now.x) - 1, max(costs[: step + 1][-1], LOWEST), rtol=1e-6
        )
    ends_at(chart, look, rate, np.clip(costs[-1], LOWEST, HIGHEST), rtol=1e-6)


def _words_of_descents(explorer, surface, start, rates, step):
    """On the way the words name the costs of all, and in the end what each descent did."""
    costs = [_path(surface, start, rate)[1] for rate in rates]
    if step < STEPS:
        now = ", ".join(f"# at η = {rate:g}" for rate in rates)
        numbers = [(each[min(step, len(each) - 1)], 0.051) for each in costs]
        says(explorer.words, f"Step {step} of 40: cost {now}.", *numbers)
        return
    said, _, beside = explorer.words.partition(" Beside it: ")
    assert said.startswith(f"η = {rates[0]:g} ")
    parts = [each.partition(" ")[0::2] for each in beside.removesuffix(".").split("; ")]
    assert [part[1].split()[1] for part in parts] == [f"{rate:g}" for rate in rates[1:]]
    if "after 40 steps" in said:
        text = said.partition(" after 40 steps")[0].split()[-1]
        assert np.isclose(number(text), costs[0][-1], rtol=0.051)


# ----------------------------------------------------------------------------------------- the regression


@cache
def _curve():
    """x, y, the scaled inputs (1, m) and the labels (1, m) of the regression."""
    X, Y = regression_curve()
    return X[0], Y[0], Scaler.fit(X).transform(X), Y


@cache
def _levels():
    """The costs of the best constant and of the best straight line."""
    x, y, _, _ = _curve()
    inputs = np.stack([x, np.ones_like(x)], axis=1)
    line = inputs @ np.linalg.lstsq(inputs, y, rcond=None)[0]
    return {"best constant": np.var(y), "straight line": np.mean((line - y) ** 2)}


@cache
def _regressed(
    epochs,
    learning_rate,
    batch_size=8,
    width=20,
    depth=2,
    activation="relu",
    output="sigmoid",
    seed=0,
):
    """The costs of so many epochs, the answers and the dead units of a training with the plain engine."""
    _, _, inputs, Y = _curve()
    network = DeepNeuralNetwork(
        (1, *[width] * depth, 1), activation, output, "mse", rng=seed
    )
    run = network.train_epochs(inputs, Y, learning_rate, epochs or 1, batch_size)
    costs, diverged = _watched(run, epochs)
    with np.errstate(over="ignore", invalid="ignore"):  # shortly before a divergence
        return costs, network.predict(inputs)[0], dead_units(network, inputs), diverged


def _watched(run, epochs):
    """The costs of a run, and the epoch in which it diverged: its cost is above 1e12, or it has none."""
    costs = []
    try:
        for cost in islice(run, epochs):
            costs.append(cost)
            if cost > 1e12:
                return costs, len(costs)
    except TrainingDiverged:
        return costs, len(costs) + 1
    return costs, None


def _training(explorer, log, num_epochs, batch_size=8, **settings):
    """The costs, the fit and the words of a training on the regression; its answers."""
    count = rounds(explorer, num_epochs)
    costs, answers, dead, diverged = _regressed(count, batch_size=batch_size, **settings)
    count = len(costs)
    x, y, _, _ = _curve()
    panel, fit, *_ = explorer.drawn.panels
    _cost_panel(panel, {"training": costs}, num_epochs, log, _levels(), diverged)
    is_at(only(fit, Line, label="data"), x, y)
    is_at(only(fit, Line, look="model"), x, answers, rtol=1e-6, atol=1e-8)
    assert [panel.title, panel.y.label] == ["cost of each epoch", NAMES[log]]
    assert fit.title == "what the network answers"
    assert (fit.x.label, fit.y.label) == ("x", "y")
    evidence = Evidence(
        costs, num_epochs, batch_size, len(x), _levels()["best constant"], dead, diverged
    )
    _says_epoch(explorer, costs, num_epochs, training_verdict(evidence))
    return answers


def _cost_panel(panel, curves, num_epochs, log, levels, diverged):
    """The costs by epoch, with their ends and levels, on the right axes."""
    assert panel.x.label == "epoch"
    assert panel.x.high == (
        num_epochs if diverged is None else min(num_epochs, 2 * diverged + 4)
    )
    assert panel.y.log == log
    for label, costs in curves.items():
        x, y = line_of(panel, label=label)
        assert len(x) == min(len(costs), 300)
        assert np.allclose(y, np.take(costs, x.astype(int) - 1), rtol=1e-6)
        if costs:
            assert (x[0], x[-1]) == (1, len(costs))
            ends_at(panel, label, len(costs), costs[-1], rtol=1e-6)
    found = {mark.text: mark.at for mark in of_kind(panel, Level)}
    assert found.keys() == levels.keys()
    assert all(np.isclose(found[text], levels[text]) for text in levels)


def _says_epoch(explorer, costs, num_epochs, verdict, middle=""):
    """The words name the epoch, the cost and what the curve shows."""
    cost = ", cost #" if costs else ""
    start, _, end = explorer.words.partition(f".{middle} {verdict.sentence}")
    says(
        start,
        f"Epoch # of #{cost}",
        *[float(len(costs)), float(num_epochs)],
        *[(each, 5.1e-3) for each in costs[-1:]],
    )
    assert explorer.words == f"{start}.{middle} {verdict.sentence}"
    assert (explorer.verdict, end) == (verdict.name, "")


def judge_taste(explorer, log, **values):
    """A training with two settings."""
    _training(explorer, log, **values)
    _legends(explorer, ["training"], ["data", "network"])


def judge_training(explorer, log, **values):
    """A training with all settings."""
    judge_taste(explorer, log, **values)


def judge_regression(explorer, log, **values):
    """A training with its residuals."""
    answers = _training(explorer, log, **values)
    _legends(explorer, ["training"], ["data", "network"], ["network"])
    x, y, _, _ = _curve()
    residuals = explorer.drawn.panels[2]
    is_at(only(residuals, Line, look="model"), x, answers - y, rtol=1e-6, atol=1e-8)
    assert (residuals.title, residuals.x.label, residuals.y.label) == (
        "residual",
        "x",
        "r = a − y",
    )


def _legends(explorer, *expected):
    """The legend of each panel."""
    found = [
        [mark.label for mark in panel.marks if getattr(mark, "label", "")]
        for panel in explorer.drawn.panels
    ]
    assert found == list(expected)


# ----------------------------------------------------------------------------------------- batches

MOONS, MODEL = 200, ("tanh", "sigmoid")
ONE_SIDED = "One-sided: the last steps served one label, at the expense of the other."
FLATTERED = "The epoch itself reported {:.3g}, since it judged each batch before the steps that followed."
TITLES = {
    "epoch": "cost of all examples, by epoch",
    "step": "cost of all examples, by step",
}
TITLES |= {"seconds of work": "cost of all examples, by time"}


@cache
def _moons():
    """Two moons, sorted by label."""
    X, Y = two_moons(MOONS, noise=0.15, rng=0)
    order = np.argsort(Y[0], kind="stable")
    return X[:, order], Y[:, order]


def _untrained():
    """The network before training."""
    return DeepNeuralNetwork((2, 8, 1), *MODEL, "cross_entropy", rng=0)


@cache
def _slopes(*examples):
    """Two components of the gradient of some examples."""
    X, Y = (A[:, examples] for A in _moons())
    AL, caches = L_model_forward(X, _untrained().parameters, *MODEL)
    return L_model_backward(AL, Y, caches, *MODEL)["dW2"][0, :2]


@cache
def _batched(epochs, batch_size, shuffle, learning_rate):
    """The cost of all examples after each epoch, the costs that the epochs reported, and the one that diverged."""
    network, costs = _untrained(), []

    def scored():
        for cost in network.train_epochs(
            *_moons(), learning_rate, 20, batch_size, shuffle
        ):
            costs.append(compute_cost(network.predict(_moons()[0]), _moons()[1]))
            yield cost

    _, diverged = _watched(scored(), epochs)
    return costs, network.costs, diverged


def judge_batch(explorer, batch_size, shuffle, learning_rate, by, log):
    """The batches of an epoch, their gradients, and the cost of all examples after each epoch."""
    order, cloud, panel = explorer.drawn.panels
    numbers = np.arange(MOONS).reshape(1, MOONS)
    batches = [
        b[0].astype(int)
        for b, _ in batch_generator(numbers, numbers, batch_size, shuffle, rng=0)
    ]
    count = f"{len(batches)} batch{'es' * (len(batches) > 1)}"
    heads(
        explorer,
        (
            f"one epoch: {count}",
            "order in which they are used",
            "number of the example",
            ["label 0", "label 1"],
        ),
        (
            "gradients before training",
            "slope by weight 1 of W2",
            "slope by weight 2 of W2",
            ["one batch", "all examples"],
        ),
        (TITLES[by], by, NAMES[log], ["training"]),
    )
    used, Y = np.concatenate(batches), _moons()[1][0]
    for label in (0, 1):
        places = np.flatnonzero(Y[used] == label)
        is_at(only(order, Points, label=f"label {label}"), places + 1, used[places] + 1)
    assert np.size(only(order, Rects).left) == len(batches) // 2
    gradients = np.array([_slopes(*map(int, batch)) for batch in batches])
    is_at(only(cloud, Points, label="one batch"), *gradients.T)
    is_at(only(cloud, Points, label="all examples"), *_slopes(*range(MOONS)))
    epochs = rounds(explorer, 20)
    costs, reported, diverged = _batched(epochs, batch_size, shuffle, learning_rate)
    x, y = line_of(panel, label="training")
    assert np.allclose(y, costs, rtol=1e-6)
    if by != "seconds of work":
        assert np.allclose(
            x, np.arange(1, len(costs) + 1) * (1 if by == "epoch" else len(batches))
        )
    assert (np.diff([0, *x]) > 0).all()
    assert (x <= panel.x.high).all()
    if costs:
        ends_at(panel, "training", x[-1], costs[-1], rtol=1e-6)
    assert panel.y.log == log
    assert [mark.text for mark in of_kind(panel, Level)] == ["best constant"]
    assert np.isclose(of_kind(panel, Level)[0].at, np.log(2))
    _words_of_batches(explorer, batches, gradients, costs)
    sizes = 20, len(batches[0]), MOONS, np.log(2)
    verdict = training_verdict(Evidence(costs, *sizes, (), diverged))
    name, end = verdict.name, verdict.sentence
    if costs and reported[-1] <= 0.5 * costs[-1]:
        name, end = (name, end) if shuffle else ("one-sided", ONE_SIDED)
        end = f"{end} {FLATTERED.format(reported[-1])}"
    assert explorer.words.endswith(
        f", cost {costs[-1]:.3g}. {end}" if costs else f" of 20. {end}"
    )
    assert explorer.verdict == name


def _words_of_batches(explorer, batches, gradients, costs):
    """The words name the steps, the noise, how many batches have one label, the epoch and the cost."""
    Y, n = _moons()[1][0], len(batches)
    noise = np.sqrt(np.mean(np.sum((gradients - _slopes(*range(MOONS))) ** 2, axis=1)))
    steps, numbers = f"{n} step{'s' * (n > 1)} in an epoch: ", []
    if n == 1:
        steps += "the gradient of the one batch is exactly that of all examples."
    else:
        steps += "the gradient of a batch is off by # (root mean square)"
        numbers.append((noise, 0.051))
        pure = sum(len(set(Y[batch])) == 1 for batch in batches)
        steps += (
            f", and in {pure} of {n} batches all labels are the same" if n < MOONS else ""
        )
        steps += "."
    start, found, rest = explorer.words.partition(" Epoch ")
    says(start, steps, *numbers)
    assert found
    cost = ", cost #" if costs else ""
    numbers = [float(len(costs)), *[(each, 5.1e-3) for each in costs[-1:]]]
    says(rest.partition(". ")[0], f"# of 20{cost}", *numbers)


# ----------------------------------------------------------------------------------------- decisions


@cache
def _decided(
    epochs,
    points,
    noise,
    points_seed,
    width,
    depth,
    activation,
    learning_rate,
    batch_size,
    seed,
):
    """The network after so many epochs, its costs on held-out points, and the epoch in which it diverged."""
    data = scattered(points, noise, points_seed)
    network = DeepNeuralNetwork((2, *[width] * depth, 1), activation, rng=seed)
    held_out = []

    def scored():
        for cost in network.train_epochs(
            data.X, data.Y, learning_rate, epochs or 1, batch_size
        ):
            AL, caches = L_model_forward(
                data.X_held, network.parameters, *network.activations
            )
            held_out.append(
                compute_cost(
                    AL,
                    data.Y_held,
                    "cross_entropy",
                    caches[-1][1],
                    network.output_layer_activation,
                )
            )
            yield cost

    with np.errstate(all="ignore"):
        _, diverged = _watched(scored(), epochs)
    return network, held_out, diverged


def judge_decision(
    explorer, log, num_epochs, points, noise, points_seed, width, **settings
):
    """A training on points in the plane, what each unit answers, and the border."""
    values = {
        "points": points,
        "noise": noise,
        "points_seed": points_seed,
        "width": width,
        **settings,
    }
    network, held_out, diverged = _decided(rounds(explorer, num_epochs), **values)
    data, (inside, plane, panel) = (
        scattered(points, noise, points_seed),
        explorer.drawn.panels,
    )
    title = (
        "what each unit answers" if width <= 16 else f"what 16 of {width} units answer"
    )
    names = (
        ["weight above 0 (wider: larger)", "weight below 0"],
        ["0, held out", "1, held out", "0", "1", "border"],
    )
    heads(
        explorer,
        (title, "", "", names[0]),
        ("where the network answers 1", "feature 1", "feature 2", names[1]),
        ("cost of each epoch", "epoch", NAMES[log], ["training", "held out"]),
    )
    for label, X, Y in (
        ("{}", data.X, data.Y),
        ("{}, held out", data.X_held, data.Y_held),
    ):
        for each in (0, 1):
            is_at(
                only(plane, Points, label=label.format(each)),
                *X[:, Y[0] == each],
                atol=5.1e-4,
            )
    along = np.linspace(*data.ends, 41)
    answers = network.predict(np.stack(np.meshgrid(along, along)).reshape(2, -1))[
        0
    ].reshape(41, 41)
    assert np.allclose(only(plane, Map).values, answers, atol=1e-8)
    assert (np.size(only(plane, Line, label="border").x) > 0) == (
        answers.min() < 0.5 < answers.max()
    )
    constant = _entropy(data.Y.mean())
    curves = {"training": network.costs, "held out": held_out}
    _cost_panel(panel, curves, num_epochs, log, {"best constant": constant}, diverged)
    dead = dead_units(network, data.X)
    _inside(inside, answers, along, dead, min(width, 16))
    costs = list(network.costs)
    evidence = Evidence(
        costs,
        num_epochs,
        settings["batch_size"],
        data.Y.size,
        constant,
        dead,
        diverged,
        held_out,
    )
    _words_of_decisions(explorer, network, data, evidence)


def _entropy(p):
    """The cross-entropy of the best constant for a share p of labels 1."""
    return -p * np.log(p) - (1 - p) * np.log(1 - p)


def _inside(panel, answers, along, dead, drawn):
    """Each unit has a map of what it answers: first the features, last the network; a dead one has none."""
    maps = of_kind(panel, Map)
    features = np.meshgrid(along[::2], along[::2])
    for mark, values in zip(maps[:2], features, strict=True):
        assert np.allclose(mark.values, values)
    assert np.allclose(maps[-1].values, answers[::2, ::2], atol=1e-8)
    crossed = sum(np.size(mark.x) for mark in of_kind(panel, Points, look="wrong"))
    assert len(maps) + crossed == 3 + drawn * len(dead)
    heads = [f"layer {each.layer}" for each in dead]
    counts = [f"{each.dead} dead" for each in dead if each.dead]
    assert sorted(words_in(panel)) == sorted(["in", *heads, "out", *counts])


def _words_of_decisions(explorer, network, data, evidence):
    """The words name the epoch, both costs, the shares of right answers, the dead units and the verdict."""
    verdict, costs = training_verdict(evidence), evidence.costs
    template, numbers = "Epoch # of #.", [float(len(costs)), float(evidence.num_epochs)]
    if costs:
        template = (
            "Epoch # of #, cost #, held out #. Right: # % in training, # % held out."
        )
        pairs = (data.X, data.Y), (data.X_held, data.Y_held)
        right = [100 * np.mean((network.predict(X) > 0.5) == Y) for X, Y in pairs]
        numbers += [
            (costs[-1], 5.1e-3),
            (evidence.held_out[-1], 5.1e-3),
            *((each, 0.51 / max(each, 1)) for each in right),
        ]
    dead, units = (
        sum(getattr(each, name) for each in evidence.dead) for name in ("dead", "units")
    )
    if dead and verdict.name != "dead":
        template += f" Dead: {dead} of {units} units."
    start = explorer.words.removesuffix(f" {verdict.sentence}")
    assert len(start) < len(explorer.words)
    says(start, template, *numbers)
    assert explorer.verdict == verdict.name
