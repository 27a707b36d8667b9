"""Activations: their values and slopes against mpmath, their kinks, their registry."""

import os
import subprocess
import sys
from pathlib import Path

import mpmath
import numpy as np
import pytest
from references import (
    TEXTBOOK_ACTIVATIONS,
    arrays,
    central_differences,
    frozen,
    ulp_points,
    ulps,
)

from dnn_lessons import (
    ACTIVATIONS,
    Activation,
    get_activation,
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)

DTYPES = [np.float32, np.float64]
EXACT = {
    "sigmoid": lambda z: 1 / (1 + mpmath.exp(-z)),
    "tanh": mpmath.tanh,
    "relu": lambda z: max(z, 0),
    "leaky_relu": lambda z: z if z > 0 else z * mpmath.mpf(0.01),
    "linear": lambda z: z,
}
EXACT_SLOPES = {
    "sigmoid": lambda z: mpmath.exp(-z) / (1 + mpmath.exp(-z)) ** 2,
    "tanh": lambda z: mpmath.sech(z) ** 2,
    "relu": lambda z: mpmath.mpf(z > 0),
    "leaky_relu": lambda z: mpmath.mpf(1 if z > 0 else 0.01),
    "linear": lambda z: mpmath.mpf(1),
}


def exact(f, Z):
    """f of each number, with 60 digits."""
    with mpmath.workdps(60):
        return [f(mpmath.mpf(float(z))) for z in Z.ravel()]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", EXACT)
def test_values_are_within_4_ulp_up_to_1e4(name, dtype):
    """Document faults C6: no overflow anywhere, and M14."""
    Z = ulp_points(dtype)
    A, _ = ACTIVATIONS[name].forward(Z)
    alpha_rounds = (
        name == "leaky_relu" and dtype == np.float32
    )  # alpha itself is 0.01 rounded to float32
    f = (
        (lambda z: z if z > 0 else z * mpmath.mpf(float(np.float32(0.01))))
        if alpha_rounds
        else EXACT[name]
    )
    assert A.dtype == dtype
    assert ulps(A, exact(f, Z)).max() <= 4


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", EXACT_SLOPES)
def test_slopes_are_within_4_ulp_up_to_1e4(name, dtype):
    """Document fault C6: the slope does not vanish at 37, where s (1 - s) of a rounded s does."""
    Z = ulp_points(dtype)
    _, cache = ACTIVATIONS[name].forward(Z)
    slope = ACTIVATIONS[name].backward(np.ones_like(Z), cache)
    assert slope.dtype == dtype
    assert (
        ulps(
            slope,
            [
                mpmath.mpf(float(dtype(e))) if name == "leaky_relu" else e
                for e in exact(EXACT_SLOPES[name], Z)
            ],
        ).max()
        <= 4
    )


def test_the_slope_of_the_sigmoid_at_37_is_not_lost():
    """Document fault C6: 8.5e-17, where the document's formula gives 0."""
    _, cache = sigmoid(np.array([[37.0]]))
    assert sigmoid_backward(np.ones((1, 1)), cache).item() == pytest.approx(
        8.533047625744065e-17, rel=1e-15, abs=0
    )


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_largest_numbers_give_finite_values_and_slopes(name, dtype):
    """No overflow and no NaN at either end of the dtype (warnings are errors here)."""
    Z = np.array([[np.finfo(dtype).max, -np.finfo(dtype).max]], dtype)
    A, cache = ACTIVATIONS[name].forward(Z)
    assert np.isfinite(A).all()
    assert np.isfinite(ACTIVATIONS[name].backward(np.ones_like(Z), cache)).all()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_registered_backward_is_the_slope_of_its_forward(name):
    """Reads the registry: a sixth activation is held against central differences without a line here."""
    row = ACTIVATIONS[name]
    rng = np.random.default_rng(0)
    Z = rng.choice([-1, 1], (3, 7)) * rng.uniform(0.05, 3, (3, 7))
    dA = rng.standard_normal(Z.shape)
    expected = central_differences(
        lambda P: np.sum(dA * row.forward(P["Z"])[0]), {"Z": Z}
    )["Z"]
    np.testing.assert_allclose(
        row.backward(dA, row.forward(Z)[1]), expected, rtol=1e-8, atol=1e-9
    )


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_registered_pair_keeps_shape_dtype_bounds_and_arguments(name):
    """Document fault C12, and float32 throughout."""
    row = ACTIVATIONS[name]
    for dtype in DTYPES:
        Z, dA = (
            frozen(np.linspace(-5, 5, 22).reshape(2, 11).astype(dtype)),
            frozen(np.full((2, 11), 3, dtype)),
        )
        A, cache = row.forward(Z)
        dZ = row.backward(dA, frozen(cache))
        assert A.shape == dZ.shape == Z.shape
        assert {each.dtype for each in (A, dZ, *arrays(cache))} == {np.dtype(dtype)}
        assert row.bounds[0] <= A.min() and A.max() <= row.bounds[1]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_bounds_of_a_row_are_what_its_outputs_reach(name):
    """A cost refuses what has wider bounds than it, and takes what has narrower ones."""
    row = ACTIVATIONS[name]
    A, _ = row.forward(np.array([[-1e307, 1e307]]))
    reached = [np.sign(a) * np.inf if abs(a) > 1e300 else a for a in A[0]]
    assert tuple(reached) == row.bounds


@pytest.mark.parametrize("name", TEXTBOOK_ACTIVATIONS)
def test_values_agree_with_the_textbook(name):
    Z = np.linspace(-6, 6, 31).reshape(1, -1)
    np.testing.assert_allclose(
        ACTIVATIONS[name].forward(Z)[0],
        TEXTBOOK_ACTIVATIONS[name](Z),
        rtol=1e-14,
        atol=1e-15,
    )


KINKS = [
    ("relu", 0.0, 0.0),
    ("relu", -0.0, 0.0),
    ("relu", 5e-324, 1.0),
    ("relu", -5e-324, 0.0),
    ("leaky_relu", 0.0, 0.01),
    ("leaky_relu", -0.0, 0.01),
    ("leaky_relu", 5e-324, 1.0),
]


@pytest.mark.parametrize(("name", "z", "slope"), KINKS)
def test_the_documented_slope_at_and_beside_the_kink(name, z, slope):
    _, cache = ACTIVATIONS[name].forward(np.array([[z]]))
    assert ACTIVATIONS[name].backward(np.array([[7.0]]), cache).item() == 7 * slope


def test_leaky_relu_backward_scales_the_gradient():
    """Document fault C1: it put alpha in place of the gradient, [.01, .01, 2] here."""
    _, cache = leaky_relu(np.array([[-1.0, -2.0, 3.0]]))
    np.testing.assert_allclose(
        leaky_relu_backward(np.array([[5.0, -3.0, 2.0]]), cache), [[0.05, -0.03, 2.0]]
    )


@pytest.mark.parametrize("alpha", [0.0, 0.2, 1.0, 2.0])
def test_leaky_relu_is_what_it_says_for_every_leak(alpha):
    """Document fault C11: max(alpha z, z) is another function for alpha above 1."""
    A, cache = leaky_relu(np.array([[-1.0, 1.0]]), alpha)
    np.testing.assert_array_equal(A, [[-alpha, 1.0]])
    np.testing.assert_array_equal(
        leaky_relu_backward(np.array([[3.0, 3.0]]), cache, alpha), [[3 * alpha, 3.0]]
    )


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("alpha", [np.float64(0.2), np.float32(0.2), np.array(0.2), 1])
def test_a_leak_of_any_kind_of_number_keeps_the_dtype(alpha, dtype):
    A, cache = leaky_relu(np.array([[-1.0, 1.0]], dtype), alpha)
    dZ = leaky_relu_backward(np.array([[3.0, 3.0]], dtype), cache, alpha)
    assert A.dtype == dZ.dtype == dtype


def test_the_sigmoid_is_symmetric():
    Z = np.linspace(0, 30, 61)
    np.testing.assert_allclose(sigmoid(Z)[0] + sigmoid(-Z)[0], 1, rtol=1e-15)
    np.testing.assert_array_equal(
        sigmoid_backward(1, sigmoid(Z)[1]), sigmoid_backward(1, sigmoid(-Z)[1])
    )


def test_the_documents_names_form_the_registry():
    assert list(ACTIVATIONS) == ["sigmoid", "relu", "leaky_relu", "tanh", "linear"]
    pairs = {
        "sigmoid": (sigmoid, sigmoid_backward),
        "relu": (relu, relu_backward),
        "leaky_relu": (leaky_relu, leaky_relu_backward),
        "tanh": (tanh, tanh_backward),
    }
    for name, pair in pairs.items():
        assert (ACTIVATIONS[name].name, *ACTIVATIONS[name][1:3]) == (name, *pair)


def test_get_activation_takes_a_name_or_an_object():
    mine = Activation("square", lambda Z: (Z * Z, Z), lambda dA, Z: 2 * Z * dA)
    assert get_activation("tanh") is ACTIVATIONS["tanh"]
    assert get_activation(mine) is mine


@pytest.mark.parametrize(
    "unknown", ["Relu", "", None, 3, ["relu"], ("relu", relu, relu_backward), relu]
)
def test_an_unknown_activation_is_refused_with_all_known_names(unknown):
    """Document fault C18: its message left out "linear"."""
    with pytest.raises(ValueError, match="unknown activation") as error:
        get_activation(unknown)
    assert "known: sigmoid, relu, leaky_relu, tanh, linear" in str(error.value)
    assert repr(unknown) in str(error.value)


SOFTPLUS = """
import numpy as np
from dnn_lessons import ACTIVATIONS, Activation

ACTIVATIONS["softplus"] = Activation(
    "softplus", lambda Z: (np.logaddexp(0, Z), Z), lambda dA, Z: dA * np.exp(-np.logaddexp(0, {sign}Z)),
    bounds=(0.0, np.inf),
)
"""


@pytest.mark.slow
@pytest.mark.parametrize(("sign", "verdict"), [("-", 0), ("", 1)])
def test_a_sixth_activation_is_tested_by_being_registered(sign, verdict, tmp_path):
    """A plugin registers softplus before collection: the right pair passes the tests above, a wrong one fails."""
    (tmp_path / "softplus_plugin.py").write_text(SOFTPLUS.format(sign=sign))
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            *"-o addopts= -p no:nbval -p no:xdist -p no:cacheprovider -q".split(),
            *"-p softplus_plugin -k softplus tests/core/test_activations.py".split(),
        ],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == verdict, run.stdout
    assert ("5 passed" if verdict == 0 else "1 failed, 4 passed") in run.stdout
