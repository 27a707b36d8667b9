"""The state of a training in one sentence: too small, good, noisy, dead, diverged and the like.

A verdict is read off the curve of the costs as a careful reader would do it, and off the units
that have died. It is the first of VERDICTS whose condition holds. All conditions take the
Evidence of a run and the Shape of its curve.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.explorers.explorer import Verdict
from dnn_lessons.costs import compute_cost, reads_logits
from dnn_lessons.forward import L_model_forward
from dnn_lessons.metrics import BEST_CONSTANT

# A share is one of the cost of the best constant. The numbers come from 600 trainings on the
# regression of lesson 14: rates 0.001 to 10, batches of 8, 64 and 500, four activations, both
# outputs, two seeds, 1 to 40 units in 1 to 4 layers.

# A slope. Even at rate 10 and 63 steps an epoch it moves the Z of a unit by less than 0.01.
FLAT = 1e-6
# Epochs. Before, steep falls and leaps that pass look like states that last.
SHORT = 20
# Share. With a bounded output no epoch cost more than 9; runs that exploded ended above 1,000.
EXPLODED = 10
# Share. Jagged curves ended below 0.5, or above 0.8.
USELESS = 0.7
# Share: of a squared error, 95 % of the variance of the labels is explained.
GOOD = 0.05
# Share. Plateaus lie at 0.13 or more, most of them at 0.5: a straight line.
FAIR = 0.1
# Fall of the mean of log J from a quarter of the run to the next. Smaller falls look level; runs
# lie on both sides.
FALLING = 0.02
# Change of log J. A reader does not see 0.02, and sees 0.1 at once; runs lie on both sides.
JAG = 0.05
# Share of a layer. In most good runs at most 0.6 are dead; those that failed had 0.7 or more.
MANY = 0.7
# Factor. Good runs ended at most 1.4 times above their best level.
ROSE = 2
# Factor. In the first run of lesson 13 the held-out cost rises by 1.09, which is hardly seen.
OVERFITS = 1.1
# In place of a cost of 0, which has no logarithm.
TINY = np.finfo(float).tiny


class DeadUnits(NamedTuple):
    """How many units of a layer are dead.

    Parameters
    ----------
    layer : int
        The number of the layer, from 1.
    dead, units : int
        How many of its units are dead, and how many there are.
    activation : str
        The name of its activation.
    """

    layer: int
    dead: int
    units: int
    activation: str

    @property
    def share(self):
        """The share of the units that are dead."""
        return self.dead / self.units

    def __str__(self):
        """Return the count in words."""
        single = "the single unit"
        count = single if self.units == 1 else f"{self.dead} of {self.units} units"
        return f"{count} of layer {self.layer}"


class Evidence(NamedTuple):
    """What a verdict on a training is given by.

    Parameters
    ----------
    costs : sequence of float
        The cost of each epoch so far.
    num_epochs : int
        How many epochs there will be.
    batch_size, m : int
        The examples in a batch, and all training examples.
    constant_cost : float
        The cost of the best constant, as best_constant_cost returns it.
    dead : sequence of DeadUnits
        The layers, as dead_units returns them.
    diverged_in : int, optional
        The number of the epoch in which the training diverged.
    held_out : sequence of float
        The cost of each epoch on held-out examples, where there are any.
    """

    costs: list
    num_epochs: int
    batch_size: int
    m: int
    constant_cost: float
    dead: tuple = ()
    diverged_in: int | None = None
    held_out: tuple = ()

    @property
    def worst_layer(self):
        """The layer with the largest share of dead units."""
        return max(self.dead, key=lambda layer: layer.share)

    @property
    def dead_share(self):
        """The largest share of a layer that is dead."""
        return max((layer.share for layer in self.dead), default=0)


class Shape(NamedTuple):
    """What the curve of the costs looks like; costs are shares of the best constant's.

    Parameters
    ----------
    first, last : float
        The cost of the first and of the last epoch.
    level : float
        The geometric mean of the last quarter of the epochs.
    best : float
        The lowest geometric mean of an eighth of them.
    fall : float
        The fall of the mean of log J from the third quarter to the last.
    jag : float
        In the second half one epoch in four raises log J by this or more, and one in four
        lowers it by this or more; below 0 where the curve only falls or only rises.
    """

    first: float
    last: float
    level: float
    best: float
    fall: float
    jag: float

    @property
    def falls(self):
        """Whether the curve falls, and by more than its jags."""
        return self.fall > FALLING + max(self.jag, 0)


def dead_units(network, X):
    """Return how many units of each layer are on the flat part of their activation for every example.

    No example moves their weights. The output layer is left out where the cost computes from
    its Z, since then its slope does not matter.

    Parameters
    ----------
    network : DeepNeuralNetwork
        The network.
    X : ndarray, shape (n_x, m)
        The training inputs, as the network takes them.

    Returns
    -------
    list of DeadUnits
        One for each layer.
    """
    masks = dead_masks(network, X)
    layers = zip(masks, _activations_with_slope(network), strict=True)
    return [
        DeadUnits(layer, int(mask.sum()), len(mask), g.name)
        for layer, (mask, g) in enumerate(layers, 1)
    ]


def dead_masks(network, X):
    """Return which units of each layer are dead, for the layers that `dead_units` counts.

    Parameters
    ----------
    network : DeepNeuralNetwork
        The network.
    X : ndarray, shape (n_x, m)
        The training inputs, as the network takes them.

    Returns
    -------
    list of ndarray of bool, shape (n,)
        True for each dead unit.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # shortly before a divergence
        _, caches = L_model_forward(X, network.parameters, *network.activations)
    rows = zip(caches, _activations_with_slope(network), strict=False)
    return [_are_flat(Z, activation) for (_, Z), activation in rows]


def _activations_with_slope(network):
    """Return the activations of the layers, that of the output only if its slope matters."""
    hidden, output = network.activations
    fused = reads_logits(network.loss_function, output)
    hidden_layers = len(network.layer_dims) - 2
    return [hidden] * hidden_layers + [output] * (not fused)


def _are_flat(Z, activation):
    """Return which units have a slope of about 0 for every example, by their Z (n, m)."""
    slopes = np.abs(activation.backward(np.ones_like(Z), Z))
    return slopes.max(axis=1) < FLAT


def best_constant_cost(Y, cost):
    """Return the cost of the constant that has the lowest cost on the labels Y (1, m).

    Parameters
    ----------
    Y : ndarray, shape (1, m)
        The labels.
    cost : str
        "mse", "mae" or "cross_entropy".

    Returns
    -------
    float
        The cost; lessons 06 to 08 derive which constant it is.
    """
    constant = BEST_CONSTANT[cost](Y)
    return float(compute_cost(np.full_like(Y, constant), Y, cost))


def shape_of(costs, constant_cost):
    """Return the Shape of a curve.

    Parameters
    ----------
    costs : sequence of float
        The cost of each epoch, at least one.
    constant_cost : float
        The cost of the best constant.

    Returns
    -------
    Shape
        Its costs are shares of constant_cost.
    """
    logs = _logs([costs[0], *costs]) - np.log(constant_cost)  # one epoch has a change too
    before, level = _quarter_means(logs)
    shares = np.exp([logs[0], logs[-1], level, _eighths(logs).min()])
    return Shape(*shares.tolist(), before - level, _jag(logs))


def _quarter_means(logs):
    """Return the means of the third and of the last quarter of a curve."""
    quarter = max(len(logs) // 4, 1)
    return float(logs[-2 * quarter : -quarter].mean()), float(logs[-quarter:].mean())


def _jag(logs):
    """Return what a quarter of the changes in the second half exceed upwards, and a quarter downwards."""
    changes = np.diff(logs)[len(logs) // 2 - 1 :]
    falls, rises = np.quantile(changes, [0.25, 0.75])
    return float(min(rises, -falls))


def _logs(costs):
    """Return the logarithms of costs."""
    return np.log(np.maximum(costs, TINY))


def _eighths(values):
    """Return the means of eight parts of a curve, or of as many as it has values."""
    parts = np.array_split(np.asarray(values), min(8, len(values)))
    return np.array([part.mean() for part in parts])


def _is_short(evidence, shape):
    """Return whether the curve is too short to have a shape, and will be longer."""
    return len(evidence.costs) < min(SHORT, evidence.num_epochs)


def _falls_at_first(evidence, shape):
    """Return whether the curve is short, and lower than where it began."""
    return _is_short(evidence, shape) and shape.last < shape.first


def _rises_at_first(evidence, shape):
    """Return whether the curve is short, and higher than where it began."""
    return _is_short(evidence, shape) and shape.last > shape.first


def _is_dead(evidence, shape):
    """Return whether a whole layer is dead, and the cost not fair."""
    return evidence.dead_share == 1 and FAIR < shape.level < EXPLODED


def _explodes(evidence, shape):
    """Return whether the cost is far above that of a constant, and does not come down smoothly."""
    comes_down = shape.falls and shape.jag <= 0 and shape.last < shape.first
    return shape.level > EXPLODED and not comes_down


def _overfits(evidence, shape):
    """Return whether the held-out cost rises from its lowest level while the training cost falls."""
    if not len(evidence.held_out):
        return False
    held_out, training = (_eighths(_logs(c)) for c in (evidence.held_out, evidence.costs))
    best = np.argmin(held_out)
    rise, fall = held_out[-1] - held_out[best], training[best] - training[-1]
    return bool(rise > np.log(OVERFITS) and fall > 0)


def _is_level_held_out(evidence, shape):
    """Return whether the held-out cost is well below a constant's, and falls no more."""
    if not len(evidence.held_out):
        return False
    held_out = shape_of(evidence.held_out, evidence.constant_cost)
    return held_out.level < USELESS and not held_out.falls


def _leaps(evidence, shape):
    """Return whether the curve is jagged, and no better than a constant."""
    return shape.jag > JAG and shape.level > USELESS


def _is_noisy(evidence, shape):
    """Return whether the curve is jagged."""
    return shape.jag > JAG


def _rose(evidence, shape):
    """Return whether the cost has risen again from a lower level."""
    return min(shape.level, shape.last) > max(GOOD, ROSE * shape.best)


def _is_good(evidence, shape):
    """Return whether the cost is low, or fair and level."""
    return shape.last < (GOOD if shape.falls else FAIR)


def _falls_under_way(evidence, shape):
    """Return whether the cost falls, and there are epochs to come."""
    return shape.falls and len(evidence.costs) < evidence.num_epochs


def _has_leapt(evidence, shape):
    """Return whether an epoch has cost far more than the one before."""
    return max(_rises(evidence), default=0) > np.log(ROSE)


def _falls(evidence, shape):
    """Return whether the cost falls."""
    return shape.falls


def _is_mostly_dead(evidence, shape):
    """Return whether most units of a layer are dead."""
    return evidence.dead_share >= MANY


def _always(evidence, shape):
    """Return True: the last verdict needs no condition."""
    return True


def _say_exploded(evidence, shape):
    """Return how far above a constant the cost is."""
    return f"Too large a rate: {_cost(evidence, shape)}."


def _say_dead(evidence, shape):
    """Return which units are dead, and what that does."""
    layer = evidence.worst_layer
    where = f"every example lies on the flat part of {layer.activation}"
    weights = f"{'its' if layer.units == 1 else 'their'} weights"
    return f"Dead: for {layer} {where}, so no step changes {weights}."


def _say_falling(evidence, shape):
    """Return how far the cost has come down so far."""
    return f"Falling: {_epochs(evidence)} the cost is {evidence.costs[-1]:.3g}."


def _say_rising(evidence, shape):
    """Return how far the cost has risen so far."""
    return f"Rising: {_epochs(evidence)} {_cost(evidence, shape)}."


def _say_early(evidence, shape):
    """Return the cost so far."""
    return f"Too early to say: {_epochs(evidence)} the cost is {evidence.costs[-1]:.3g}."


def _say_overfitting(evidence, shape):
    """Return from where to where the held-out cost has risen."""
    lowest, last = np.min(evidence.held_out), evidence.held_out[-1]
    epoch = 1 + np.argmin(evidence.held_out)
    rise = f"rose from {lowest:.3g} in epoch {epoch:,} to {last:.3g}"
    return f"Overfitting: the held-out cost {rise}, while the training cost fell."


def _say_level_held_out(evidence, shape):
    """Return at which cost the held-out curve is level."""
    level = f"{evidence.held_out[-1]:.3g}"
    motion = "still falls" if shape.falls else "is level too"
    return f"Level: the held-out cost stays near {level}; the training cost {motion}."


def _say_leaps(evidence, shape):
    """Return between which costs the curve leaps."""
    return f"Too large a rate: the cost leaps {_range(evidence)}, near or above a constant's."


def _say_noisy(evidence, shape):
    """Return between which costs the curve is jagged, and where the jags come from."""
    batches = f"the jags come mostly from batches of {evidence.batch_size}"
    sides = "all examples are in one batch, so the steps leap from side to side"
    cause = batches if evidence.batch_size < evidence.m else sides
    return f"Noisy: the cost fell and now jumps {_range(evidence)}; {cause}."


def _say_rose(evidence, shape):
    """Return from where to where the cost has risen."""
    lowest, last = min(evidence.costs), evidence.costs[-1]
    return (
        f"Too large a rate: the cost fell to {lowest:.3g} and rose again to {last:.3g}."
    )


def _say_leapt(evidence, shape):
    """Return the largest leap, and the cost that it has led to."""
    epoch = 1 + np.argmax(_rises(evidence))
    before, after = evidence.costs[epoch - 1 : epoch + 1]
    leap = f"in epoch {epoch + 1:,} the cost leapt from {before:.3g} to {after:.3g}"
    return f"Too large a rate: {leap}, and is now {evidence.costs[-1]:.3g}."


def _say_good(evidence, shape):
    """Return how low the cost is."""
    motion = "still falls" if shape.falls else "is level"
    return f"Good: {_cost(evidence, shape)}, and {motion}."


def _say_too_small(evidence, shape):
    """Return how high the cost is after all epochs."""
    state = f"{_epochs(evidence)} the cost is {evidence.costs[-1]:.3g} and still falls"
    return f"Too small a rate, or too few epochs: {state}."


def _say_plateau(evidence, shape):
    """Return at which cost the curve is level."""
    return f"Plateau: {_cost(evidence, shape)}, and hardly changes."


def _rises(evidence):
    """Return by how much each epoch but the first raised log J."""
    return np.diff(_logs(evidence.costs))


def _epochs(evidence):
    """Return how many epochs are done, and of how many if some are to come."""
    done, count = len(evidence.costs), evidence.num_epochs
    of_all = f" of {count:,}" if done < count else ""
    return f"after {done:,}{of_all} epoch{'s' * (count > 1)}"


def _range(evidence):
    """Return the lowest and the highest cost of the last quarter."""
    last = evidence.costs[-max(len(evidence.costs) // 4, 2) :]
    return f"between {min(last):.3g} and {max(last):.3g}"


def _cost(evidence, shape):
    """Return the cost, and how it compares with that of the best constant."""
    cost, share = evidence.costs[-1], shape.last
    if 0.95 < share < 1.05:
        return f"the cost is {cost:.3g}, that of the best constant"
    times = f"{100 * share:.2g} % of" if share < 1 else f"{share:.3g} times"
    return f"the cost is {cost:.3g}, {times} that of the best constant"


class Rule(NamedTuple):
    """A verdict that is passed where its condition holds.

    Parameters
    ----------
    name : str
        The name of the verdict.
    holds : callable
        (evidence, shape) -> bool.
    say : callable
        (evidence, shape) -> str, the sentence.
    """

    name: str
    holds: Callable
    say: Callable


VERDICTS = (  # the first that holds is passed: what is certain comes before what is likely
    Rule("dead", _is_dead, _say_dead),
    Rule("falling", _falls_at_first, _say_falling),
    Rule("rising", _rises_at_first, _say_rising),
    Rule("early", _is_short, _say_early),
    Rule("too large", _explodes, _say_exploded),
    Rule("overfitting", _overfits, _say_overfitting),
    Rule("too large", _leaps, _say_leaps),
    Rule("noisy", _is_noisy, _say_noisy),
    Rule("too large", _rose, _say_rose),
    Rule("good", _is_good, _say_good),
    Rule("level", _is_level_held_out, _say_level_held_out),
    Rule("falling", _falls_under_way, _say_falling),
    Rule("dead", _is_mostly_dead, _say_dead),
    Rule("too large", _has_leapt, _say_leapt),
    Rule("too small", _falls, _say_too_small),
    Rule("plateau", _always, _say_plateau),
)


def training_verdict(evidence):
    """Return the Verdict on a training, under way or done.

    Parameters
    ----------
    evidence : Evidence
        What the run has shown so far.

    Returns
    -------
    Verdict
        The first of "diverged", "waiting" and VERDICTS that holds.
    """
    if evidence.diverged_in:
        return Verdict("diverged", _say_diverged(evidence))
    if not len(evidence.costs):
        return Verdict("waiting", "No epoch is done yet.")
    shape = shape_of(evidence.costs, evidence.constant_cost)
    rule = next(rule for rule in VERDICTS if rule.holds(evidence, shape))
    return Verdict(rule.name, rule.say(evidence, shape))


def _say_diverged(evidence):
    """Return in which epoch the training diverged, and how large the cost is."""
    what = "the cost or a parameter left the range of numbers"
    if len(evidence.costs) == evidence.diverged_in:
        what = f"the cost has grown to {evidence.costs[-1]:.3g}"
    return f"Diverged in epoch {evidence.diverged_in:,}: {what}. Take a smaller rate."
