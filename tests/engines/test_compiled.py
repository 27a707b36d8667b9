"""The compiled engine trains to the numbers of the plain one, up to rounding, or says why it does not."""

import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from test_recorded import PAIRS
from trained_twice import assert_same_bits, checked_job, job

from dnn_lessons import ACTIVATIONS, TrainingDiverged, _compiler, train, train_epochs
from dnn_lessons.engines import compiled as module
from dnn_lessons.engines.compiled import CompiledEpochs, c_source
from dnn_lessons.engines.recorded import RecordedEpochs
from dnn_lessons.training import ENGINES, epochs
from tools.lessons import NOTEBOOKS

pytestmark = pytest.mark.skipif(not shutil.which("cc"), reason="no C compiler is here")
SETTINGS = {"learning_rate": 0.01, "num_epochs": 100, "batch_size": 7, "rng": 1}
ONE_WIDTH = 21  # examples in whole batches of 7: one step to compile, not two
TOLERANCES = {np.float64: 1e-12, np.float32: 2e-5}
QUICK = ("-O0", "-shared", "-fPIC", "-x", "c", "-")  # flags that compile in half the time


@pytest.fixture(autouse=True, scope="module")
def cache(tmp_path_factory):
    """A folder of the tests' own in place of the reader's ~/.cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


def results(arguments, **settings):
    """(parameters, costs) by the plain and by the compiled engine."""
    settings = SETTINGS | settings
    return [
        train(*arguments, **settings, engine=engine) for engine in ("plain", "compiled")
    ]


def assert_close(one, other, tolerance=1e-12):
    """Equal up to the tolerance, as part of the largest number of each array."""
    pairs = [(P, other[0][name]) for name, P in one[0].items()]
    for P, Q in [*pairs, (np.array(one[1]), np.array(other[1]))]:
        assert P.dtype == Q.dtype
        assert np.abs(P - Q).max() <= tolerance * max(1, np.abs(P).max())


# The same numbers


@pytest.mark.slow
@pytest.mark.parametrize("dtype", TOLERANCES)
@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_every_registered_combination_is_compiled(hidden, pair, dtype, log, monkeypatch):
    """None of ours falls back. It reads the registries, so a sixth activation is tested too."""
    monkeypatch.setattr(_compiler, "FLAGS", QUICK)
    arguments = job((2, 5, 4, 3), ONE_WIDTH, hidden, *pair, dtype)
    assert_close(*results(arguments, learning_rate=0.001), TOLERANCES[dtype])
    assert not log.records


@pytest.mark.slow
@pytest.mark.parametrize("hidden", ACTIVATIONS)
@pytest.mark.parametrize("depth", range(1, 7))
def test_every_depth_is_compiled(depth, hidden, log, monkeypatch):
    if hidden != "tanh":  # one of them with the flags that readers have
        monkeypatch.setattr(_compiler, "FLAGS", QUICK)
    arguments = job((3, *[4] * (depth - 1), 2), ONE_WIDTH, hidden)
    assert_close(*results(arguments, learning_rate=0.001))
    assert not log.records


@pytest.mark.long
@pytest.mark.parametrize("batch_size", [1, 2, 8, 9, 23, 100])
def test_every_width_of_a_batch_is_compiled(batch_size, log):
    """Also one that leaves a shorter last batch, and one above the number of examples."""
    assert_close(*results(job(), batch_size=batch_size))
    assert not log.records


@pytest.mark.long
@pytest.mark.parametrize("dtype", TOLERANCES)
def test_large_products_are_those_of_numpy(dtype, log):
    """Of plain and of transposed matrices, of both types of numbers."""
    arguments = job((50, 60, 40, 3), 80, output="sigmoid", dtype=dtype)
    run = CompiledEpochs(checked_job(arguments, batch_size=32), arguments[2])
    source = c_source(run.job, run.parameters, run.widths)
    assert source.count("    PRODUCT(") == 5 + 5
    assert_close(*results(arguments, batch_size=32), TOLERANCES[dtype])
    assert not log.records


@pytest.mark.long
def test_batches_in_order_are_compiled():
    assert_close(*results(job(), shuffle=False))


@pytest.mark.long
@pytest.mark.parametrize("rate", [3, 1e3, 1e9, 1e200])
@pytest.mark.parametrize(("output", "cost"), [("linear", "mse"), ("linear", "mae")])
def test_divergence_is_told_in_the_same_epoch(output, cost, rate):
    """With the last finite parameters, which are those of the plain one."""
    ends = []
    for engine in ("plain", "compiled"):
        run = train_epochs(
            *job(output=output, cost=cost), rate, 60, 5, rng=0, engine=engine
        )
        try:
            ends.append((len([*run]), {}))
        except TrainingDiverged as error:
            ends.append((error.epoch, error.parameters))
    (epoch, kept), (other_epoch, other) = ends
    assert epoch == other_epoch
    for name, P in kept.items():
        assert np.allclose(P, other[name], 1e-6)


def test_numbers_that_are_not_finite_are_handled_as_numpy_does(log):
    """A NaN or an infinity in Z is not lost in a comparison; `train` itself refuses such a start."""
    *data, parameters, hidden, output, cost = job(m=20)
    for bad in (np.nan, np.inf, -np.inf):
        start = {**parameters, "b1": parameters["b1"] * bad}
        ends = []
        for engine in ("plain", "compiled"):
            work = checked_job((*data, start, hidden, output, cost))
            with pytest.raises(TrainingDiverged) as caught:
                list(epochs(ENGINES[engine](work, start), start, 0.05, 4))
            ends.append((caught.value.epoch, str(caught.value.cost)))
        assert ends[0] == ends[1]


# Several at once, and not to the end


@pytest.mark.long
def test_trainings_at_once_do_not_disturb_each_other():
    """Three generators take turns in one library; two of them train on the same arrays."""
    arguments = [job(), job(), job(seed=1)]
    settings = {"batch_size": 5, "num_epochs": 6, "rng": 0}
    runs = [train_epochs(*each, **settings, engine="compiled") for each in arguments]
    turns = [[epoch.cost for epoch in turn] for turn in zip(*runs, strict=True)]
    for each, costs in zip(arguments, zip(*turns, strict=True), strict=True):
        assert np.allclose(train(*each, **settings)[1], costs, 1e-12)


@pytest.mark.long
def test_threads_train_at_once():
    """Through one library, since the shapes are the same."""
    arguments = [job(seed=seed) for seed in range(8)]
    with ThreadPoolExecutor(4) as threads:
        trained = threads.map(
            lambda each: train(*each, **SETTINGS, engine="compiled"), arguments
        )
    for each, result in zip(arguments, trained, strict=True):
        assert_close(train(*each, **SETTINGS), result)


def test_a_generator_that_was_left_half_way_does_no_harm():
    run = train_epochs(*job(), batch_size=5, rng=0, engine="compiled")
    first, second = next(run), next(run)
    run.close()
    _, costs = train(*job(), batch_size=5, rng=0, num_epochs=2)
    assert np.allclose([first.cost, second.cost], costs, 1e-12)


def test_an_interrupted_epoch_leaves_the_parameters_of_the_one_before(monkeypatch):
    """Ctrl-C is heard between two calls of the library, here in the midst of the second epoch."""
    monkeypatch.setattr(module, "AT_ONCE", 1)  # a call for each batch
    prepare, calls = CompiledEpochs.prepare, iter(range(99))

    def interrupted(self):
        prepare(self)
        steps = self.steps

        def one_step(*arguments):
            if next(calls) == 2 + 5 + 2:  # two checks, an epoch of five batches
                raise KeyboardInterrupt
            steps(*arguments)

        self.steps = one_step

    monkeypatch.setattr(CompiledEpochs, "prepare", interrupted)
    X, Y, parameters, *model = job()
    run = train_epochs(X, Y, parameters, *model, batch_size=5, rng=0, engine="compiled")
    first = next(run)
    before = {name: P.copy() for name, P in first.parameters.items()}
    with pytest.raises(KeyboardInterrupt):
        next(run)
    assert_same_bits((first.parameters, []), (before, []))


@pytest.mark.long
def test_parameters_that_are_passed_in_are_those_that_train():
    """An engine is a function of the parameters, not of what it returned before."""
    arguments = job()
    run = CompiledEpochs(checked_job(arguments), arguments[2])
    run(arguments[2])
    changed = {name: 2 * P for name, P in arguments[2].items()}
    plain = ENGINES["plain"](checked_job(arguments), None)
    run.job.batching[2].bit_generator.state = np.random.PCG64(1).state
    plain.args[0].batching[2].bit_generator.state = np.random.PCG64(1).state
    (cost, new), (expected_cost, expected) = run(changed), plain(changed)
    assert_close((expected, [expected_cost]), (new, [cost]))


def test_arrays_of_the_reader_stay_as_they_are():
    X, Y, parameters, *model = job()
    before = [A.copy() for A in (X, Y, *parameters.values())]
    train(X, Y, parameters, *model, **SETTINGS, engine="compiled")
    after = X, Y, *parameters.values()
    assert all(np.array_equal(A, B) for A, B in zip(before, after, strict=True))


# Where it cannot be compiled


def assert_recorded(log, reason):
    """A training runs recorded, to the plain bits, and says why in one sentence."""
    assert_same_bits(*results(job(hidden="tanh"), num_epochs=3))
    (record,) = log.records
    assert record.getMessage().startswith(
        "Training is recorded and not compiled, because "
    )
    assert reason in record.getMessage()


def test_without_a_compiler_it_is_recorded(monkeypatch, log):
    monkeypatch.setenv("CC", "no-such-compiler")
    assert_recorded(log, "no C compiler is found")


def test_where_the_compiler_fails_it_is_recorded(monkeypatch, log):
    monkeypatch.setenv("CC", "false")
    assert_recorded(log, "the C compiler fails")


def test_where_nothing_can_be_kept_it_is_recorded(monkeypatch, log, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert_recorded(log, "Not a directory")


def test_a_call_without_translation_is_recorded(monkeypatch, log):
    monkeypatch.delitem(module.FORMULAS, np.tanh)
    assert_recorded(log, "tanh is not translated to C")


def test_where_the_product_of_numpy_is_not_found_it_is_recorded(monkeypatch, log):
    monkeypatch.setattr(module, "LARGE", 1)
    monkeypatch.setattr(_compiler, "GEMMS", ())
    assert_recorded(log, "the product of matrices that NumPy calls is not found")


@pytest.mark.long
def test_wrong_numbers_are_noticed(monkeypatch, log):
    """The planted fault: an addition that subtracts."""
    monkeypatch.setitem(module.FORMULAS, np.add, "({} - {})")
    assert_recorded(log, "other numbers")


def test_numbers_of_another_type_are_not_recorded(log):
    X, Y, parameters, *model = job()
    long = {name: P.astype(np.longdouble) for name, P in parameters.items()}
    train(X, Y, long, *model, num_epochs=1, engine="compiled")
    assert "not all float64, or all float32" in log.records[0].getMessage()


# The library


@pytest.mark.long
def test_a_program_is_compiled_once(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept = []
    for rate in (0.1, 0.1, 0.2):
        train(*job(), learning_rate=rate, num_epochs=1, engine="compiled")
        kept.append({path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*/*")})
    assert kept[0] == kept[1]
    assert (len(kept[1]), len(kept[2])) == (1, 2)


def test_another_flag_is_another_library(tmp_path, monkeypatch):
    """So is another compiler or processor: what the compiler says of them is in the name."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for flags in (QUICK, QUICK[1:]):
        monkeypatch.setattr(_compiler, "FLAGS", flags)
        train(*job(), num_epochs=1, engine="compiled")
    assert len([*tmp_path.glob("*/*")]) == 2


SMALLEST = """
import sys
import numpy as np
sys.path.insert(0, "tests/engines")
from dnn_lessons import _compiler, train
from trained_twice import job
_compiler.FLAGS += tuple(sys.argv[1:])
train(*job(), num_epochs=1, engine="compiled")
print((np.array([5e-324]) * 1.0)[0] > 0)
"""


def smallest_survives(*flags):
    """Whether the smallest number is still more than 0 in a process that trained compiled."""
    command = [sys.executable, "-c", SMALLEST, *flags]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip() == "True"


@pytest.mark.long
def test_the_library_leaves_the_arithmetic_of_the_process_alone():
    """With -ffast-math, gcc before 13 makes all small numbers of the process zero."""
    assert smallest_survives()
    if _compiler_version() < 13:
        assert not smallest_survives("-ffast-math"), "the planted fault"


def _compiler_version():
    """The version of gcc; 99 for another compiler."""
    said = subprocess.run(["cc", "--version"], capture_output=True, text=True, check=True)
    version = re.search(r"\(.*\) (\d+)\.", said.stdout)
    return int(version[1]) if version and "Free Software" in said.stdout else 99


# The C that lesson 15 shows


def test_each_equation_beside_the_code_is_one_of_the_lessons():
    equations = (NOTEBOOKS[0].parent / "equations.md").read_text("utf-8")
    for beside in module.EQUATIONS.values():
        numbers = re.findall(r"\(\d+\.\d+\)", beside)
        assert numbers
        assert all(f"| {number} |" in equations for number in numbers)


def test_each_line_of_a_step_has_its_equation():
    arguments = job(hidden="sigmoid", output="sigmoid", cost="cross_entropy")
    run = RecordedEpochs(checked_job(arguments), arguments[2])
    source = c_source(run.job, run.parameters, run.widths)
    steps = [part.split("\n}\n")[0] for part in source.split("static void step_of_")[1:]]
    assert [step.split("(")[0] for step in steps] == ["5", "3"]
    for step in steps:
        lines = step.split("{\n", 1)[1].splitlines()
        loops, formulas = lines[::2], lines[1::2]
        copies = [*loops[:2], loops[-1]]  # from the data, and to what the cost reads
        assert all(re.search(r"\) {2}// [a-z]", line) for line in copies)
        equations = r"\) {2}// (1/m of \(9\.14\) and )?\(\d+\.\d+\)$"
        assert all(re.search(equations, line) for line in loops[2:-1])
        assert all(re.fullmatch(r" {8}\w+\[.*\] = .*;", line) for line in formulas)
