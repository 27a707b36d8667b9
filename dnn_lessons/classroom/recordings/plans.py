"""What is recorded of each explorer: a line for each, with the combinations that its question asks for."""

from dnn_lessons.classroom import explorers
from dnn_lessons.classroom.recordings.record import Plan

RATES = 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0
LENGTHS = 10, 50, 100, 300, 1000
SEEDS = 0, 1, 2, 3, 4
FEW_SEEDS = 0, 1, 2
FEW_RATES = 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0
DIGITS = "0.002 0.005 0.01 0.02 0.03 0.04 0.045 0.05 0.06 0.08 0.1 0.11 0.12 0.14 0.15 0.16 0.17 0.18 0.19"
STEPS = [
    *map(float, DIGITS.split()),
    0.2,
    0.21,
    0.22,
    0.25,
    0.3,
    0.5,
    1,
    1.5,
    1.9,
    2,
    2.1,
    3,
    5,
]
SCALES = (
    0.01,
    0.02,
    0.05,
    0.08,
    0.1,
    0.12,
    0.13,
    0.14,
    0.15,
    0.2,
    0.25,
    0.3,
    0.5,
    0.7,
    1.0,
)
OWN = {"surface": ["your own"]}
CIRCLES = {"points": ["circles"], "noise": [0.1], "depth": [1]}

PLANS = {
    "taste_explorer": Plan({"learning_rate": RATES, "num_epochs": LENGTHS}),
    "network_explorer": Plan(
        together=(
            {"hidden_layers": None, "width": None, "outputs": None},
            {"activation": None, "x1": None},
        )
    ),
    "sigmoid_explorer": Plan(together=({"z": None, "dtype": None},)),
    "relu_explorer": Plan(),
    "dead_unit_explorer": Plan(),
    "leak_explorer": Plan(
        {
            "z": [n / 2 for n in range(-8, 9)],
            "alpha": [n / 20 for n in range(0, 31)],
        },
        ({"z": None, "alpha": None},),
    ),
    "tanh_explorer": Plan(together=({"z": None, "dtype": None},)),
    "cross_entropy_explorer": Plan(
        {"y": (0.0, 0.25, 0.3, 0.5, 0.75, 1.0)}, ({"a": None, "y": None},)
    ),
    "squared_error_explorer": Plan(
        {"y": (1.5, 2.0, 2.5, 3.0)}, ({"a": None, "y": None, "cost": None},)
    ),
    "outlier_explorer": Plan(),
    "backward_explorer": Plan(),
    "check_explorer": Plan(
        together=(
            {"h": None, "fault": None},
            {"h": None, "name": None},
            {"activation": None, "cost": None, "fault": None},
        )
    ),
    "rate_explorer": Plan(
        {
            "learning_rate": STEPS,
            "second_rate": FEW_RATES,
            "third_rate": FEW_RATES,
            "curvature_1": (1, 4, 10, 40),
            "curvature_2": (1, 4, 10, 40),
            "first": (-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2),
            "second": (-1.5, -1, -0.5, 0, 0.5, 1, 1.5),
        },
        (
            {"surface": None, "learning_rate": None},
            {"first": None, "second": None},
            {"surface": ["saddle"], "first": None, "second": [0.0]},
            {"surface": ["saddle"], "second": None},
            {**OWN, "curvature_1": None, "curvature_2": None},
            {**OWN, "curvature_2": [40], "learning_rate": None},
        ),
        frames=8,
    ),
    "initialisation_explorer": Plan(
        {"scale": SCALES}, ({"activation": None, "scale": None},)
    ),
    "batch_explorer": Plan(
        {
            "learning_rate": (0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 1, 2, 3),
            "by": ("epoch", "step"),
        },
        ({"batch_size": None, "shuffle": None}, {"learning_rate": None, "shuffle": None}),
        frames=12,
    ),
    "training_explorer": Plan(
        {
            "learning_rate": (*FEW_RATES, 0.12, 0.15, 0.3, 2, 5),
            "num_epochs": LENGTHS,
            "batch_size": (8, 32, 128, 500),
            "seed": FEW_SEEDS,
        },
        (
            {"output": None, "learning_rate": None},
            {
                "activation": ["tanh"],
                "output": ["linear"],
                "batch_size": [8, 500],
                "learning_rate": [0.1, 0.3],
            },
        ),
    ),
    "decision_explorer": Plan(
        {
            "noise": (0.1, 0.2, 0.5),
            "points_seed": (0, 1),
            "width": (1, 2, 3, 4, 8, 32),
            "depth": (1, 2, 3),
            "learning_rate": (0.02, 0.05, 0.1, 0.5),
            "batch_size": (2, 10, 100),
            "num_epochs": (50, 200, 500),
            "seed": SEEDS,
        },
        (
            {"width": [3], "seed": None},
            {"width": [32], "depth": [2, 3]},
            {**CIRCLES, "depth": [1, 2]},
            {**CIRCLES, "num_epochs": [500], "width": None},
        ),
        frames=6,
    ),
    "overfitting": Plan(
        {
            "points": ("circles",),
            "noise": (0.1, 0.6),
            "points_seed": (1,),
            "width": (4,),
            "depth": (1,),
            "activation": ("tanh",),
            "learning_rate": (0.01,),
            "batch_size": (100,),
            "num_epochs": (),
            "seed": (1,),
        },
        frames=7,
        function="decision_explorer",
        values={"noise": 0.3, "width": 32, "learning_rate": 0.1, "num_epochs": 300},
    ),
    "regression_explorer": Plan(
        {
            "learning_rate": FEW_RATES,
            "batch_size": (8, 16, 64, 256, 500),
            "num_epochs": (50, 200, 500, 1000),
            "seed": FEW_SEEDS,
        },
        (
            {"output": None, "learning_rate": None},
            {"output": None, "batch_size": [8, 64]},
        ),
    ),
}


def made(name):
    """Return an explorer as its lesson makes it.

    Parameters
    ----------
    name : str
        A name of PLANS.

    Returns
    -------
    Explorer
        The explorer.
    """
    plan = PLANS[name]
    return getattr(explorers, plan.function or name)(**plan.values)


def call(name):
    """Return the line of a lesson that makes an explorer.

    Parameters
    ----------
    name : str
        A name of PLANS.

    Returns
    -------
    str
        Such as "relu_explorer()".
    """
    plan = PLANS[name]
    values = ", ".join(f"{each}={value!r}" for each, value in plan.values.items())
    return f"{plan.function or name}({values})"


CALLS = {call(name): name for name in PLANS}
