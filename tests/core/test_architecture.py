"""The arrows: each file imports only what a lesson before it has explained, and the core needs NumPy alone."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import dnn_lessons

PACKAGE = Path(dnn_lessons.__file__).parent
ORDER = (  # lesson order = dependency order: each module may import those before it
    "_checks _extras _files _compiler activations forward costs backward _differences gradient_check parameters "
    "batching training _table _model_file _resuming network datasets descent metrics experiment"
).split()
CORE = sorted(PACKAGE.glob("*.py"))
DRAWING = {"matplotlib", "ipywidgets", "IPython", "sympy", "sklearn", "PIL"}


def imports(path):
    """The full names of what a file imports, at any depth of its code; for `from a import b` both a and a.b."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: a relative import"
            names |= {
                node.module,
                *(f"{node.module}.{alias.name}" for alias in node.names),
            }
    return names


def siblings(path):
    """The modules of dnn_lessons that a file imports, by their first name below it."""
    return {
        name.split(".")[1] for name in imports(path) if name.startswith("dnn_lessons.")
    } & {each.stem for each in PACKAGE.iterdir()}


def module(path):
    return path.stem


@pytest.mark.parametrize("path", CORE, ids=module)
def test_the_core_imports_numpy_and_the_standard_library_alone(path):
    others = (
        {name.partition(".")[0] for name in imports(path)}
        - sys.stdlib_module_names
        - {"numpy", "dnn_lessons"}
    )
    assert not others


@pytest.mark.parametrize(
    "path", [path for path in CORE if path.stem != "__init__"], ids=module
)
def test_each_file_imports_only_files_before_it(path):
    """So there is no cycle, and a reader who stops at any file holds a complete smaller library."""
    assert path.stem in ORDER, "a new file needs its place in ORDER"
    earlier = set(ORDER[: ORDER.index(path.stem)])
    assert siblings(path) <= earlier


@pytest.mark.parametrize("path", CORE, ids=module)
def test_the_core_imports_no_wing(path):
    """But for the package itself, which enters the engines into the table of training."""
    wings = {"engines"} if path.stem == "__init__" else set()
    assert siblings(path) & {"classroom", "command", "engines"} == wings


def test_the_test_above_would_see_a_forbidden_import(tmp_path):
    """Also one that hides in a function."""
    late = tmp_path / "late.py"
    late.write_text(
        "def f():\n    import matplotlib.pyplot\n    from dnn_lessons.classroom import x\n"
    )
    assert imports(late) >= {"matplotlib.pyplot", "dnn_lessons.classroom"}
    assert siblings(late) == {"classroom"}


@pytest.mark.long
def test_importing_the_package_loads_nothing_that_draws():
    """In a fresh interpreter; neither NumPy's global generator is touched nor anything printed."""
    code = "import sys, dnn_lessons; print(sorted({name.partition('.')[0] for name in sys.modules}))"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(ast.literal_eval(run.stdout))
    assert "numpy" in loaded
    assert not loaded & (DRAWING | {"tqdm", "scipy", "autograd", "jupyterlab"})
    assert run.stderr == ""


def test_every_public_name_is_there():
    """Document fault C16: it used names that it never defined."""
    assert all(hasattr(dnn_lessons, name) for name in dnn_lessons.__all__)
    assert sorted(dnn_lessons.__all__, key=str) == sorted(set(dnn_lessons.__all__))
    assert set(dnn_lessons.__all__) >= set(
        "linear_forward linear_activation_forward L_model_forward sigmoid sigmoid_backward relu relu_backward "
        "leaky_relu leaky_relu_backward tanh tanh_backward cross_entropy cross_entropy_backward mse mse_backward mae "
        "mae_backward compute_cost linear_backward linear_activation_backward L_model_backward initialize_parameters "
        "update_parameters batch_generator train_epochs train DeepNeuralNetwork ACTIVATIONS Activation get_activation "
        "COSTS Cost get_cost gradient_check TrainingDiverged".split()
    )


@pytest.mark.parametrize("name", dnn_lessons.__all__)
def test_every_public_name_says_what_it_is(name):
    """source() prints the docstring inside a lesson."""
    thing = getattr(dnn_lessons, name)
    assert not callable(thing) or thing.__doc__
