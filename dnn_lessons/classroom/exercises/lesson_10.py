"""The exercises of lesson 10: a threshold, the best rate of a ravine, an update, and momentum."""

from itertools import combinations_with_replacement

import numpy as np

from dnn_lessons.classroom.exercises.question import Misunderstanding, Question

LESSON = "10_gradient_descent.ipynb"
DOWNHILL = "A small step downhill"
EXPLODES = "The rate at which descent explodes"
TWO = "Two directions, one rate"
BUG_HUNT = "Bug hunt: the update that reaches into the past"
OWN = "On your own"


def _slowest(rate, curvatures):
    """Return the largest size of a factor."""
    return max(abs(1 - rate * each) for each in curvatures)


def _tried_rate(curvatures):
    """Return the best of all rates at which two coordinates are equally fast."""
    pairs = combinations_with_replacement(curvatures, 2)
    return min((2 / sum(pair) for pair in pairs), key=lambda r: _slowest(r, curvatures))


def _ravine_cases(rng):
    """Return cases of one to five curvatures, mild and steep, in any order."""
    drawn = [
        np.exp(spread * rng.normal(size=n)).round(2) + 0.01
        for n in (1, 2, 2, 3, 3, 4, 5)
        for spread in (0.5, 2)
    ]
    chosen = [[1, 9], [9, 1], [1, 10, 2], [4, 4], [0.5]]
    return [(curvatures,) for curvatures in [*chosen, *(each.tolist() for each in drawn)]]


def _entry_by_entry(old, grads, learning_rate):
    """Return the parameters after a step, from Python's own numbers."""
    return {
        name: np.reshape(
            [
                p - learning_rate * d
                for p, d in zip(P.flat, grads["d" + name].flat, strict=True)
            ],
            P.shape,
        )
        for name, P in old.items()
    }


def _update_cases(rng):
    """Return cases of parameters, gradients with one dA, and a rate; in both precisions."""
    return [
        _update_case(rng, dims, bits, rate)
        for dims, rate in (((1, 1), 0.5), ((2, 1), 0.1), ((2, 3, 1), 2.0))
        for bits in "df"
    ]


def _update_case(rng, dims, bits, rate):
    """Return the arguments of one update."""
    old, grads = {}, {"dA1": rng.normal(size=(dims[1], 2)).round(1).astype(bits)}
    for l in range(1, len(dims)):
        for name, shape in ((f"W{l}", (dims[l], dims[l - 1])), (f"b{l}", (dims[l], 1))):
            old[name] = rng.normal(size=shape).round(1).astype(bits)
            grads[f"d{name}"] = rng.normal(size=shape).round(1).astype(bits)
    return old, grads, rate


def _in_place(old, grads, learning_rate):
    """Return the right numbers, written over the old ones."""
    for name in old:
        old[name] -= learning_rate * grads[f"d{name}"]
    return old


def _updated(step):
    """Return a wrong update, from the new array that it makes of an old one."""
    return lambda old, grads, learning_rate: {
        name: step(P, grads[f"d{name}"], learning_rate) for name, P in old.items()
    }


def _powers(curvature, start, learning_rate, beta, steps):
    """Return the path from the powers of the matrix that takes (theta, v) to the next pair."""
    step = np.array(
        [[1 - learning_rate * curvature, -learning_rate * beta], [curvature, beta]]
    )
    powers = [np.linalg.matrix_power(step, t) for t in range(steps + 1)]
    return [power[0, 0] * start for power in powers]


def _momentum_cases(rng):
    """Return cases of descents that close in, zigzag or explode, and one without a step."""
    chosen = [
        (2.0, 1.0, 0.25, 0.5, 2),
        (4.0, -1.0, 0.1, 0.9, 4),
        (4.0, 2.0, 0.55, 0.0, 3),
        (1.0, 1.0, 0.5, 0.5, 0),
        (0.5, -3.0, 1.0, 0.9, 30),
        (2.0, 1.0, 2.0, 0.2, 12),
    ]
    drawn = [
        (*rng.uniform(0.1, 3, 2).round(1).tolist(), 0.3, *beta, steps)
        for beta, steps in zip(
            rng.uniform(0.1, 0.95, (4, 1)).round(2).tolist(), (1, 3, 5, 9), strict=True
        )
    ]
    return chosen + drawn


def _walk(velocity_of, old_velocity=False):
    """Return a wrong descent with momentum, from the rule for its velocity."""

    def path(curvature, start, learning_rate, beta, steps):
        places, v = [start], 0.0
        for _ in range(steps):
            new = velocity_of(v, curvature * places[-1], beta, learning_rate)
            places.append(places[-1] - learning_rate * (v if old_velocity else new))
            v = new
        return places

    return path


EXERCISES = [
    Question(
        "threshold_and_factor",
        "predict",
        truth=(4, -0.5),
        rtol=1e-6,
        why="Both numbers are found by hand.",
        misunderstandings={
            "the fastest rate was taken for the threshold": Misunderstanding(
                (2, -0.5),
                "At this rate one step reaches the minimum, by (10.9). A larger rate may "
                "still close in.",
                EXPLODES,
            ),
            "the sign of the factor was lost": Misunderstanding(
                (4, 0.5),
                "The size of the factor is right. On which side of the minimum does the step "
                "land?",
                EXPLODES,
            ),
            "the step was taken for the factor": Misunderstanding(
                (4, 1.5),
                "By this multiple of itself $\\theta$ is moved. What is left of it after the "
                "move?",
                EXPLODES,
            ),
            "the curvature was multiplied": Misunderstanding(
                (1, -0.5),
                "A flatter parabola allows a larger rate. Compare with the threshold for "
                "$\\lambda = 4$.",
                EXPLODES,
            ),
            "the two numbers are in the other order": Misunderstanding(
                (-0.5, 4), "The threshold comes first, then the factor.", EXPLODES
            ),
        },
    ),
    Question(
        "best_rate",
        "write",
        truth=_tried_rate,
        cases=_ravine_cases,
        points=2,
        difficulty=2,
        why="One sum and one quotient are rounded.",
        misunderstandings={
            "only the steepest direction was made fast": Misunderstanding(
                lambda curvatures: 1 / max(curvatures),
                "At this rate the steepest coordinate arrives in one step. A larger rate makes "
                "the flattest one faster.",
                TWO,
            ),
            "this is the threshold": Misunderstanding(
                lambda curvatures: 2 / max(curvatures),
                "At this rate the steepest coordinate leaps to and fro for ever.",
                EXPLODES,
            ),
            "all curvatures were added": Misunderstanding(
                lambda curvatures: 2 / sum(curvatures),
                "For two curvatures this is right. A third one between them is neither the "
                "slowest at a small rate nor at a large one.",
                TWO,
            ),
            "the mean of all curvatures was taken": Misunderstanding(
                lambda curvatures: 1 / np.mean(curvatures),
                "For two curvatures this is right. A third one between them is neither the "
                "slowest at a small rate nor at a large one.",
                TWO,
            ),
            "the flattest direction alone was looked at": Misunderstanding(
                lambda curvatures: 1 / min(curvatures),
                "At this rate the flattest coordinate arrives in one step. What does the "
                "steepest do?",
                TWO,
            ),
            "the first curvature was taken for the smallest": Misunderstanding(
                lambda curvatures: 2 / (curvatures[0] + curvatures[-1]),
                "The curvatures come in any order.",
                TWO,
            ),
        },
    ),
    Question(
        "mended_update",
        "mend",
        truth=_entry_by_entry,
        cases=_update_cases,
        points=2,
        difficulty=2,
        why="One product and one difference are rounded.",
        misunderstandings={
            "the old arrays are overwritten": Misunderstanding(
                _in_place,
                "The numbers are right, but the caches hold the same arrays, and now hold the "
                "new numbers. A copy of the dict alone still holds the old arrays.",
                BUG_HUNT,
            ),
            "the step goes uphill": Misunderstanding(
                _updated(lambda P, dP, rate: P + rate * dP),
                "The derivative points to where the cost grows.",
                DOWNHILL,
            ),
            "the learning rate is missing": Misunderstanding(
                _updated(lambda P, dP, rate: P - dP),
                "At the rate 1 this is right. Other rates make other steps.",
                DOWNHILL,
            ),
            "the step was returned, and not the parameters": Misunderstanding(
                _updated(lambda P, dP, rate: -rate * dP),
                "This is by how much each parameter moves. From where does it move?",
                DOWNHILL,
            ),
            "the old parameters came back": Misunderstanding(
                _updated(lambda P, dP, rate: P),
                "Nothing was overwritten, but nothing has moved either.",
                BUG_HUNT,
            ),
        },
    ),
    Question(
        "momentum_path",
        "write",
        truth=_powers,
        cases=_momentum_cases,
        points=3,
        difficulty=3,
        rtol=1e-8,
        atol=1e-10,
        why="The rounding of one step is multiplied in the next ones.",
        misunderstandings={
            "the last step is forgotten": Misunderstanding(
                _walk(lambda v, slope, beta, rate: slope),
                "This is plain gradient descent: `beta` is not used.",
                OWN,
            ),
            "the derivative was weighted by 1 - beta": Misunderstanding(
                _walk(lambda v, slope, beta, rate: beta * v + (1 - beta) * slope),
                "Some books define the velocity as a running mean, and weight the derivative "
                "so. Here it is added as it is.",
                OWN,
            ),
            "the old velocity moved theta": Misunderstanding(
                _walk(lambda v, slope, beta, rate: beta * v + slope, old_velocity=True),
                "In each step the velocity comes first, and $\\theta$ moves by the new one.",
                OWN,
            ),
            "the velocity is never damped": Misunderstanding(
                _walk(lambda v, slope, beta, rate: v + slope),
                "Each step multiplies the old velocity by `beta`.",
                OWN,
            ),
            "beta multiplies the derivative, too": Misunderstanding(
                _walk(lambda v, slope, beta, rate: beta * (v + slope)),
                "First the old velocity is multiplied by `beta`, then the derivative is added.",
                OWN,
            ),
            "the start is missing": Misunderstanding(
                lambda *given: _powers(*given)[1:],
                "The list begins with $\\theta_0$.",
                OWN,
            ),
            "the learning rate counts twice": Misunderstanding(
                _walk(lambda v, slope, beta, rate: beta * v + rate * slope),
                "The velocity adds up derivatives. The learning rate comes in once, where "
                "$\\theta$ moves.",
                OWN,
            ),
        },
    ),
]
