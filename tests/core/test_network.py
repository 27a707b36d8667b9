"""DeepNeuralNetwork: the document's class, and files of it that can be trusted."""

import inspect
import io
import json
import os
import pickle
import stat
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from references import COMBINATIONS, frozen, random_problem, textbook_forward

from dnn_lessons import (
    ACTIVATIONS,
    COSTS,
    Activation,
    Cost,
    DeepNeuralNetwork,
    L_model_forward,
    gradient_check,
    initialize_parameters,
    train,
)
from dnn_lessons._checks import encloses
from dnn_lessons._model_file import is_network_file
from dnn_lessons.datasets import two_moons

X, Y = two_moons(40, rng=0)
TRAINABLE = [
    (*names, output, cost)
    for *names, output, cost in COMBINATIONS
    if encloses(COSTS[cost], ACTIVATIONS[output])
]


def trained(**settings):
    """A small classifier after three epochs."""
    return DeepNeuralNetwork((2, 4, 1), rng=1, **settings).train(X, Y, 0.1, 3, 8)


def same(a, b):
    """Whether two networks hold the same numbers, bit for bit."""
    return (
        list(a.parameters) == list(b.parameters)
        and a.costs == b.costs
        and all(
            P.dtype == b.parameters[name].dtype and np.array_equal(P, b.parameters[name])
            for name, P in a.parameters.items()
        )
    )


# The class


def test_the_documents_signatures():
    """Document fault C16: the class is used and never defined there."""
    names = list(inspect.signature(DeepNeuralNetwork).parameters)
    assert names[:4] == [
        "layer_dims",
        "hidden_layer_activation",
        "output_layer_activation",
        "loss_function",
    ]
    assert "rng" in names
    assert str(inspect.signature(DeepNeuralNetwork.train)) == (
        "(self, X, Y, learning_rate=0.0075, num_epochs=100, batch_size=64, shuffle=True, epoch_verbose=10, "
        "print_cost=False, engine='plain')"
    )


def test_a_network_starts_and_trains_as_the_functions_do():
    rng = np.random.default_rng(5)
    parameters = initialize_parameters((2, 4, 1), "relu", "sigmoid", rng=rng)
    parameters, costs = train(
        X,
        Y,
        parameters,
        "relu",
        "sigmoid",
        learning_rate=0.1,
        num_epochs=3,
        batch_size=8,
        rng=rng,
    )
    network = DeepNeuralNetwork((2, 4, 1), rng=5)
    assert network.train(X, Y, 0.1, 3, 8) is network
    assert network.costs == costs
    assert all(
        np.array_equal(network.parameters[name], P) for name, P in parameters.items()
    )
    expected = textbook_forward(network.parameters, X, "relu", "sigmoid")
    np.testing.assert_allclose(network.predict(X), expected, rtol=1e-12)


def test_a_second_call_goes_on_from_the_first():
    once, twice = (
        DeepNeuralNetwork((2, 4, 1), rng=5).train(X, Y, 0.1, 6, 8),
        DeepNeuralNetwork((2, 4, 1), rng=5),
    )
    for _ in range(2):
        twice.train(X, Y, 0.1, 3, 8)
    assert same(once, twice) and len(twice.costs) == 6


def test_train_epochs_keeps_each_epoch_as_it_comes():
    network = DeepNeuralNetwork((2, 4, 1), rng=5)
    run = network.train_epochs(X, Y, 0.1, 3, 8)
    assert inspect.isgenerator(run) and network.costs == []
    before = network.parameters
    cost = next(run)
    assert network.costs == [cost] and network.parameters is not before


def test_train_and_train_epochs_have_the_same_defaults():
    """130 examples are three batches, of 64, 64 and 2."""
    data = two_moons(130, rng=0)
    networks = [DeepNeuralNetwork((2, 4, 1), rng=5) for _ in range(3)]
    networks[0].train(*data)
    costs = list(networks[1].train_epochs(*data))
    networks[2].train(*data, 0.0075, 100, 64, True, engine="plain")
    assert networks[0].costs == costs == networks[2].costs


def test_a_training_that_is_left_after_an_epoch_goes_on_as_if_it_had_not_been():
    left, whole = (DeepNeuralNetwork((2, 4, 1), rng=5) for _ in range(2))
    run = left.train_epochs(X, Y, 0.1, 6, 8)
    for _ in range(2):
        next(run)
    run.close()
    assert same(left.train(X, Y, 0.1, 4, 8), whole.train(X, Y, 0.1, 6, 8))


@pytest.mark.parametrize(
    ("epoch_verbose", "numbers"),
    [(10, [1, 11, 21]), (20, [1, 21]), (1, list(range(1, 22)))],
)
def test_print_cost_prints_epochs(epoch_verbose, numbers, capsys):
    """Document fault C20: it printed "iteration"."""
    network = DeepNeuralNetwork((2, 1), rng=0)
    network.train(X, Y, num_epochs=21, epoch_verbose=epoch_verbose, print_cost=True)
    assert capsys.readouterr().out.splitlines() == [
        f"Cost of epoch {number}: {network.costs[number - 1]:.6f}" for number in numbers
    ]


@pytest.mark.parametrize(
    ("epoch_verbose", "error"), [(0, ValueError), (-1, ValueError), (2.5, TypeError)]
)
def test_epoch_verbose_is_checked_before_training(epoch_verbose, error):
    network = DeepNeuralNetwork((2, 1), rng=0)
    with pytest.raises(error, match=f"epoch_verbose is {epoch_verbose}; expected"):
        network.train(X, Y, epoch_verbose=epoch_verbose, print_cost=True)
    assert network.costs == []


def test_nothing_is_printed_unless_asked(capsys):
    DeepNeuralNetwork((2, 1), rng=0).train(X, Y, num_epochs=3)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (((2,),), ValueError, r"layer_dims is \(2,\)"),
        (
            (3,),
            ValueError,
            "layer_dims is 3; expected the sizes of input and output at least",
        ),
        (((2, 0, 1),), ValueError, "each of layer_dims is 0; expected at least 1"),
        (
            ((2, 1), "swish"),
            ValueError,
            "unknown activation 'swish'; known: sigmoid, relu, leaky_relu, tanh, linear",
        ),
        (((2, 1), "relu", "softmax"), ValueError, "unknown activation 'softmax'"),
        (
            ((2, 1), "relu", "sigmoid", "hinge"),
            ValueError,
            "unknown cost 'hinge'; known: cross_entropy, mse, mae",
        ),
    ],
)
def test_impossible_settings_are_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        DeepNeuralNetwork(*arguments)


@pytest.mark.parametrize(("hidden", "output", "cost"), TRAINABLE)
def test_float32_throughout_and_the_data_stay(hidden, output, cost):
    problem = frozen(random_problem(hidden, output, cost, (2, 4, 2)))
    network = DeepNeuralNetwork((2, 4, 2), hidden, output, cost, dtype=np.float32, rng=0)
    network.parameters = {
        name: P.astype(np.float32) for name, P in problem.parameters.items()
    }
    network.train(problem.X, problem.Y, 1e-3, 2, 3)
    assert {
        A.dtype for A in (*network.parameters.values(), network.predict(problem.X))
    } == {np.dtype(np.float32)}


# An activation and a cost of one's own

SOFTPLUS = Activation(
    "softplus",
    lambda Z: (np.logaddexp(0, Z), Z),
    lambda dA, Z: dA * np.exp(-np.logaddexp(0, -Z)),
)
FOURTH = Cost(
    "fourth",
    lambda AL, Y: np.sum((AL - Y) ** 4) / AL.shape[1],
    lambda AL, Y: 4 * (AL - Y) ** 3,
)


def test_an_activation_and_a_cost_of_ones_own_work_from_training_to_file(
    tmp_path, monkeypatch
):
    """Unregistered they train and predict, but a file cannot name them; registered, it can."""
    problem = random_problem(SOFTPLUS, SOFTPLUS, FOURTH, (2, 3, 1))
    assert gradient_check(*problem).passed
    network = DeepNeuralNetwork((2, 4, 1), SOFTPLUS, SOFTPLUS, FOURTH, rng=0).train(
        X, Y, 0.05, 20, 8
    )
    assert network.costs[-1] < network.costs[0]
    assert network.predict(X).shape == (1, 40)
    with pytest.raises(ValueError, match="register it in ACTIVATIONS"):
        network.save(tmp_path / "mine.npz")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setitem(ACTIVATIONS, "softplus", SOFTPLUS)
    monkeypatch.setitem(COSTS, "fourth", FOURTH)
    network.save(tmp_path / "mine.npz")
    again = DeepNeuralNetwork.load(tmp_path / "mine.npz")
    assert same(network, again) and again.hidden_layer_activation is SOFTPLUS


def test_an_object_that_only_shares_a_name_is_not_saved_under_it(tmp_path):
    leak = Activation(
        "relu",
        lambda Z: (np.where(Z > 0, Z, 0.2 * Z), Z),
        lambda dA, Z: dA * np.where(Z > 0, 1, 0.2),
    )
    with pytest.raises(ValueError, match="an object of your own, named 'relu'"):
        DeepNeuralNetwork((2, 1, 1), leak).save(tmp_path / "mine.npz")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("output", ["relu", "leaky_relu", "tanh", "linear"])
def test_an_output_that_the_cost_cannot_take_is_refused_before_the_first_step(output):
    network = DeepNeuralNetwork((2, 4, 1), "relu", output, rng=0)
    with pytest.raises(
        ValueError,
        match=f"cross_entropy needs outputs from 0 to 1, and {output} gives .* mse",
    ):
        network.train(X, Y)
    assert network.costs == []


def test_an_output_of_ones_own_with_unknown_bounds_may_train():
    row = ACTIVATIONS["sigmoid"]
    mine = Activation("mine", row.forward, row.backward)
    assert (
        len(
            DeepNeuralNetwork((2, 4, 1), "relu", mine, rng=0)
            .train(X, Y, num_epochs=2)
            .costs
        )
        == 2
    )


# Files


def test_a_link_is_followed(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "link.npz").symlink_to(tmp_path / "there" / "network.npz")
    trained().save(tmp_path / "link.npz")
    assert (tmp_path / "link.npz").is_symlink()
    assert (tmp_path / "there" / "network.npz").is_file()


def test_the_file_that_a_link_points_to_is_replaced_whole(tmp_path, monkeypatch):
    old, (link, path) = trained(), (tmp_path / "link.npz", tmp_path / "network.npz")
    old.save(path)
    link.symlink_to("network.npz")
    monkeypatch.setattr("numpy.savez", half_then_fail)
    with pytest.raises(OSError, match="No space left"):
        trained(scale=0.5).save(link)
    assert same(DeepNeuralNetwork.load(link), old)
    assert {each.name for each in tmp_path.iterdir()} == {"link.npz", "network.npz"}


def test_links_in_a_circle_are_refused(tmp_path):
    (tmp_path / "a.npz").symlink_to(tmp_path / "b.npz")
    (tmp_path / "b.npz").symlink_to(tmp_path / "a.npz")
    with pytest.raises(OSError, match="symbolic links"):
        trained().save(tmp_path / "a.npz")
    assert (tmp_path / "a.npz").is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among the files there")
@pytest.mark.parametrize("make", [os.mkdir, getattr(os, "mkfifo", None)])
def test_what_is_no_file_is_refused_and_stays(make, tmp_path):
    make(tmp_path / "network.npz")
    before = os.lstat(tmp_path / "network.npz")
    with pytest.raises(OSError, match="Not a regular file, so it is not replaced"):
        trained().save(tmp_path / "network.npz")
    assert os.lstat(tmp_path / "network.npz") == before
    assert len([*tmp_path.iterdir()]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes")
def test_the_mode_of_a_file_stays_and_a_new_one_has_the_usual_mode(tmp_path):
    path, usual = tmp_path / "network.npz", tmp_path / "usual"
    usual.touch()
    trained().save(path)
    assert path.stat().st_mode == usual.stat().st_mode
    path.chmod(0o640)
    trained().save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_part_that_a_killed_process_of_the_same_number_left_is_in_nobodys_way(tmp_path):
    path = tmp_path / "network.npz"
    (tmp_path / f"network.npz.{os.getpid()}.part").touch()
    trained().save(path)
    assert same(DeepNeuralNetwork.load(path), trained())


def test_threads_may_save_to_one_path(tmp_path):
    networks, path = [trained(), trained(scale=0.5)] * 4, tmp_path / "network.npz"
    with ThreadPoolExecutor(8) as pool:
        for _ in range(20):
            list(pool.map(lambda network: network.save(path), networks))
            again = DeepNeuralNetwork.load(path)
            assert any(same(again, network) for network in networks[:2])
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("hidden", "output", "cost"), COMBINATIONS[::4])
def test_a_round_trip_keeps_every_bit_and_every_setting(
    hidden, output, cost, dtype, tmp_path
):
    network = DeepNeuralNetwork((2, 4, 3, 2), hidden, output, cost, dtype=dtype, rng=0)
    network.costs = [0.5, 0.1 + 0.2]
    network.save(tmp_path / "network.npz")
    again = DeepNeuralNetwork.load(str(tmp_path / "network.npz"), rng=0)
    assert same(network, again)
    assert again.layer_dims == network.layer_dims
    assert (*again.activations, again.loss_function) == (
        *network.activations,
        network.loss_function,
    )
    assert np.array_equal(again.predict(X), network.predict(X))
    assert type(again.costs) is list


def test_a_loaded_network_trains_on(tmp_path):
    network = trained()
    network.save(tmp_path / "network.npz")
    again = DeepNeuralNetwork.load(tmp_path / "network.npz", rng=9)
    network.rng = np.random.default_rng(9)
    assert (
        same(network.train(X, Y, 0.1, 2, 8), again.train(X, Y, 0.1, 2, 8))
        and len(again.costs) == 5
    )


@pytest.mark.parametrize(
    "name", ["network.npz", "network", "my network.v2.model", "Netz_für_x²"]
)
def test_the_file_is_the_one_that_was_named_and_the_only_one(name, tmp_path):
    network = trained()
    for _ in range(2):
        network.save(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert same(DeepNeuralNetwork.load(tmp_path / name), network)


def fail(*_, **__):
    """What a full disk raises."""
    raise OSError(28, "No space left on device")


def half_then_fail(file, **_):
    """The disk fills while the arrays are written."""
    file.write(b"PK\x03\x04 half of it")
    fail()


def half_then_interrupt(file, **_):
    """Ctrl-C while the arrays are written."""
    file.write(b"PK\x03\x04 half of it")
    raise KeyboardInterrupt


FAILURES = {
    "half written": ("numpy.savez", half_then_fail, OSError),
    "interrupted": ("numpy.savez", half_then_interrupt, KeyboardInterrupt),
    "not flushed": ("os.fsync", fail, OSError),
    "not moved": ("os.replace", fail, OSError),
}


@pytest.mark.parametrize("existing", [True, False])
@pytest.mark.parametrize("failure", FAILURES)
def test_a_failed_save_leaves_nothing_half_written_and_the_old_file_whole(
    failure, existing, tmp_path, monkeypatch
):
    old, new, path = trained(), trained(scale=0.5), tmp_path / "network.npz"
    if existing:
        old.save(path)
    target, replacement, error = FAILURES[failure]
    with monkeypatch.context() as patch, pytest.raises(error):
        patch.setattr(target, replacement)
        new.save(path)
    assert list(tmp_path.iterdir()) == [path] * existing
    if existing:
        assert same(DeepNeuralNetwork.load(path), old)
    new.save(path)
    assert same(DeepNeuralNetwork.load(path), new)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        trained().save(tmp_path / "nowhere" / "network.npz")
    with pytest.raises(FileNotFoundError, match="nowhere"):
        DeepNeuralNetwork.load(tmp_path / "nowhere" / "network.npz")


@pytest.fixture(scope="module")
def good_file(tmp_path_factory):
    """The bytes of a saved network."""
    path = tmp_path_factory.mktemp("good") / "network.npz"
    trained().save(path)
    return path.read_bytes()


def refused(path, data, why="is not a saved network, or is damaged"):
    """Write the bytes and see them refused, the path being named."""
    path.write_bytes(data)
    with pytest.raises(ValueError, match=why) as caught:
        DeepNeuralNetwork.load(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_a_file_truncated_anywhere_is_refused(good_file, tmp_path):
    for length in [
        *range(0, len(good_file), 7),
        *range(len(good_file) - 30, len(good_file)),
    ]:
        refused(tmp_path / "network.npz", good_file[:length])


@pytest.mark.long
def test_a_damaged_byte_is_refused_or_changes_nothing(good_file, tmp_path):
    """Only what nobody reads, such as a time stamp, may differ unnoticed."""
    path = tmp_path / "network.npz"
    path.write_bytes(good_file)
    good, refusals = DeepNeuralNetwork.load(path), 0
    for position in range(0, len(good_file), 5):
        damaged = bytearray(good_file)
        damaged[position] ^= 0x41
        path.write_bytes(damaged)
        try:
            assert same(DeepNeuralNetwork.load(path), good)
        except ValueError as error:
            assert "is not a saved network, or is damaged" in str(error)
            refusals += 1
    assert refusals > len(good_file) / 5 / 3


def npz(**changes):
    """The bytes of a file with the arrays of a 1-1 network, changed; None leaves one out."""
    settings = {
        "format": "dnn_lessons network 1",
        "hidden_layer_activation": "relu",
        "output_layer_activation": "sigmoid",
        "loss_function": "mse",
    }
    settings |= changes.pop("settings", {})
    arrays = {
        "W1": np.ones((1, 1)),
        "b1": np.ones((1, 1)),
        "costs": np.ones(3),
        "settings": json.dumps(
            {name: value for name, value in settings.items() if value is not None}
        ),
    } | changes
    file = io.BytesIO()
    np.savez(file, **{name: A for name, A in arrays.items() if A is not None})
    return file.getvalue()


def zipped(members, compression=zipfile.ZIP_STORED):
    """The bytes of a zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def npy(shape, descr="<f8", data=bytes(8)):
    """The bytes of an .npy array that claims a shape and a type."""
    header = repr({"descr": descr, "fortran_order": False, "shape": shape}).encode()
    header += b" " * (63 - (len(header) + 10) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + data


class Malicious:
    """Touches a file when it is unpickled."""

    def __reduce__(self):
        return os.mkdir, (os.environ["DNN_LESSONS_TEST_TRAP"],)


def pickled_array():
    """An .npy file whose one entry is a Malicious."""
    file = io.BytesIO()
    np.save(file, np.array([Malicious()], dtype=object), allow_pickle=True)
    return file.getvalue()


def forged_sizes():
    """A bomb of compressed zeros whose directory claims 8 bytes for each part."""
    data = bytearray(zipped({"W1.npy": bytes(10**6)}, zipfile.ZIP_DEFLATED))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = (8).to_bytes(4, "little")
    return bytes(data)


TABLE = {
    "target": "y",
    "kind": "numbers",
    "classes": None,
    "columns": [{"name": "x", "kind": "numbers"}],
    "features": ["x"],
    "fill": [0.5],
}
WORDS = [{"name": "x", "kind": "words", "words": ["a", "b"]}]
FAULTY_TABLES = {
    "a list": [],
    "a number": 1,
    "a key too many": TABLE | {"code": "os.system"},
    "a key too few": {"target": "y"},
    "a target without a name": TABLE | {"target": None},
    "an unknown kind": TABLE | {"kind": "objects"},
    "a kind that is a list": TABLE | {"kind": ["numbers"]},
    "a single class": TABLE | {"classes": ["a"]},
    "classes of another kind": TABLE | {"classes": ["a", "b"]},
    "classes of lists": TABLE | {"kind": "words", "classes": [["a"], ["b"]]},
    "no columns": TABLE | {"columns": [], "features": [], "fill": []},
    "a column too many": TABLE | {"columns": TABLE["columns"] * 2},
    "a column that is a text": TABLE | {"columns": ["x"]},
    "a column of an unknown kind": TABLE | {"columns": [{"name": "x", "kind": "code"}]},
    "a column with a key too many": TABLE
    | {"columns": [{"name": "x", "kind": "numbers", "run": "x"}]},
    "words of a column of numbers": TABLE
    | {"columns": [{"name": "x", "kind": "numbers", "words": ["a", "b"]}]},
    "no words": TABLE | {"columns": [{"name": "x", "kind": "words"}]},
    "words that are numbers": TABLE
    | {"columns": [{"name": "x", "kind": "words", "words": [1, 2]}]},
    "other features": TABLE | {"features": ["z"]},
    "two numbers for gaps": TABLE | {"fill": [0.5, 0.5]},
    "a text for gaps": TABLE | {"fill": ["0.5"]},
    "NaN for gaps": TABLE | {"fill": [np.nan]},
    "infinity for gaps": TABLE | {"fill": [np.inf]},
}


@pytest.mark.parametrize("kind", FAULTY_TABLES)
def test_a_table_that_does_not_fit_its_network_is_refused(kind, tmp_path):
    data = npz(table=json.dumps(FAULTY_TABLES[kind]))
    refused(tmp_path / "network.npz", data)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "1" * 10_000, b"{}", 1.0])
def test_a_table_that_is_no_json_is_refused(text, tmp_path):
    refused(tmp_path / "network.npz", npz(table=np.array(text)))


@pytest.mark.parametrize(
    "table",
    [
        TABLE,
        TABLE | {"classes": [0, 1]},
        TABLE | {"kind": "words", "classes": ["a", "b"]},
        TABLE | {"columns": WORDS, "features": ["x = b"]},
        None,
    ],
)
def test_a_table_is_saved_with_its_network(table, tmp_path):
    (tmp_path / "one.npz").write_bytes(npz(table=table and json.dumps(table)))
    network = DeepNeuralNetwork.load(tmp_path / "one.npz")
    network.save(tmp_path / "two.npz")
    assert network.table == DeepNeuralNetwork.load(tmp_path / "two.npz").table == table


def test_a_table_that_does_not_fit_is_not_saved(tmp_path):
    network = DeepNeuralNetwork((2, 1))
    network.table = TABLE
    with pytest.raises(ValueError, match="its table is not that of its inputs"):
        network.save(tmp_path / "one.npz")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("number", [0, 2])
def test_a_file_of_another_format_is_refused(number, tmp_path):
    settings = {"format": f"dnn_lessons network {number}"}
    refused(tmp_path / "network.npz", npz(settings=settings))


def test_a_network_file_is_told_from_others_also_where_it_is_damaged(tmp_path):
    trained().save(tmp_path / "network.npz")
    zipped_text = zipped({"README": b"settings.npy"})
    damaged = zipped({"settings.npy": b"", "W1.npy": b"nothing"})
    files = {"text": b"settings.npy", "zip": zipped_text, "damaged": damaged}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    names = ["network.npz", *files, "absent", "."]
    found = [name for name in names if is_network_file(tmp_path / name)]
    assert found == ["network.npz", "damaged"]


FOREIGN = {
    "empty": lambda: b"",
    "text": lambda: b"x,y\n1,2\n",
    "a zip of text": lambda: zipped({"README": b"hello"}),
    "an empty zip": lambda: zipped({}),
    "a single array": lambda: npy((1,)),
    "a pickle": lambda: pickle.dumps(Malicious()),
    "a pickle in place of an array": lambda: zipped(
        {"W1.npy": pickle.dumps(Malicious())}
    ),
    "an array of objects": lambda: zipped({"W1.npy": pickled_array()}),
    "settings of objects": lambda: zipped({"settings.npy": pickled_array()}),
    "a zip bomb": lambda: zipped({"W1.npy": bytes(10**7)}, zipfile.ZIP_DEFLATED),
    "a zip bomb with forged sizes": forged_sizes,
    "a huge shape": lambda: zipped({"W1.npy": npy((10**9, 10**3))}),
    "a shape beyond counting": lambda: zipped({"W1.npy": npy((10**30,))}),
    "a negative shape": lambda: zipped({"W1.npy": npy((-1, 1))}),
    "a header that is code": lambda: zipped({"W1.npy": npy("__import__('os').getcwd()")}),
    "another program's arrays": lambda: npz(settings={"format": None}),
    "a later format": lambda: npz(settings={"format": "dnn_lessons network 2"}),
    "no settings": lambda: zipped({"W1.npy": npy((1, 1)), "b1.npy": npy((1, 1))}),
    "a setting too many": lambda: npz(settings={"loader": "os.system"}),
    "a setting too few": lambda: npz(settings={"loss_function": None}),
    "an unknown activation": lambda: npz(settings={"hidden_layer_activation": "swish"}),
    "an activation that is a list": lambda: npz(
        settings={"hidden_layer_activation": ["relu"]}
    ),
    "an unknown cost": lambda: npz(settings={"loss_function": "__class__"}),
    "nested settings": lambda: zipped(
        {"settings.npy": npy((), "<U200000", ("[" * 200000).encode("utf-32-le"))}
    ),
    "no parameters": lambda: npz(W1=None, b1=None),
    "no weights": lambda: npz(W1=None),
    "no bias": lambda: npz(b1=None),
    "other names": lambda: npz(W1=None, w1=np.ones((1, 1))),
    "an extra array": lambda: npz(extra=np.ones(3)),
    "a layer missing": lambda: npz(W3=np.ones((1, 1)), b3=np.ones((1, 1))),
    "layers that do not fit": lambda: npz(W2=np.ones((1, 2)), b2=np.ones((1, 1))),
    "a flat bias": lambda: npz(b1=np.ones(1)),
    "a flat weight": lambda: npz(W1=np.ones(1)),
    "a scalar": lambda: npz(W1=np.array(1.0)),
    "no units": lambda: npz(W1=np.ones((0, 1)), b1=np.ones((0, 1))),
    "no inputs": lambda: npz(W1=np.ones((1, 0))),
    "whole numbers": lambda: npz(W1=np.ones((1, 1), int), b1=np.ones((1, 1), int)),
    "mixed dtypes": lambda: npz(b1=np.ones((1, 1), np.float32)),
    "half precision": lambda: npz(
        W1=np.ones((1, 1), np.float16), b1=np.ones((1, 1), np.float16)
    ),
    "complex": lambda: npz(W1=np.ones((1, 1), complex), b1=np.ones((1, 1), complex)),
    "the other byte order": lambda: npz(
        W1=np.ones((1, 1), ">f8"), b1=np.ones((1, 1), ">f8")
    ),
    "text arrays": lambda: npz(W1=np.array([["1"]]), b1=np.array([["1"]])),
    "NaN": lambda: npz(W1=np.array([[np.nan]])),
    "infinity": lambda: npz(b1=np.array([[-np.inf]])),
    "no costs": lambda: npz(costs=None),
    "costs in a matrix": lambda: npz(costs=np.ones((2, 2))),
    "a cost that is no list": lambda: npz(costs=np.array(1.0)),
    "costs of text": lambda: npz(costs=np.array(["a"])),
    "costs of NaN": lambda: npz(costs=np.array([np.nan])),
}


def test_the_files_below_are_refused_for_their_one_fault(tmp_path):
    """The same bytes without a change are a network."""
    (tmp_path / "good").write_bytes(npz())
    assert DeepNeuralNetwork.load(tmp_path / "good").layer_dims == (1, 1)


def why(kind):
    """What is told of a whole file that needs a name which this session lacks, and of no other."""
    return (
        ["is not registered here"]
        if kind in {"an unknown activation", "an unknown cost"}
        else []
    )


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_foreign_or_malicious_file_is_refused(kind, tmp_path, monkeypatch):
    trap = tmp_path / "trap"
    monkeypatch.setenv("DNN_LESSONS_TEST_TRAP", str(trap))
    refused(tmp_path / "network.npz", FOREIGN[kind](), *why(kind))
    assert not trap.exists()


def test_the_trap_works(tmp_path, monkeypatch):
    """Unpickled, the malicious bytes do act: the test above would see it."""
    monkeypatch.setenv("DNN_LESSONS_TEST_TRAP", str(tmp_path / "trap"))
    pickle.loads(FOREIGN["a pickle"]())
    assert (tmp_path / "trap").exists()


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("a zip bomb", "its parts are larger than the file"),
        ("NaN", "a parameter is NaN or infinite"),
        ("mixed dtypes", "not all float32 or all float64"),
        ("layers that do not fit", "do not fit each other"),
        ("a later format", "not those of 'dnn_lessons network 1'"),
        (
            "an unknown activation",
            "needs the hidden_layer_activation 'swish', which is not registered here",
        ),
        ("costs in a matrix", "its costs are not a list of numbers"),
    ],
)
def test_the_refusal_says_why(kind, reason, tmp_path):
    assert reason in refused(tmp_path / "network.npz", FOREIGN[kind](), *why(kind))


def test_a_file_may_be_as_small_as_its_parts_and_no_smaller(tmp_path):
    with zipfile.ZipFile(io.BytesIO(npz())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    data = zipped(members, zipfile.ZIP_DEFLATED)
    comment = sum(map(len, members.values())) - len(data)
    sizes = comment, comment - 1
    equal, smaller = (data[:-2] + n.to_bytes(2, "little") + bytes(n) for n in sizes)
    (tmp_path / "network.npz").write_bytes(equal)
    assert DeepNeuralNetwork.load(tmp_path / "network.npz").layer_dims == (1, 1)
    reason = refused(tmp_path / "network.npz", smaller)
    assert "its parts are larger than the file" in reason


def test_a_folder_in_place_of_a_file_is_an_error_of_the_system(tmp_path):
    with pytest.raises(OSError):
        DeepNeuralNetwork.load(tmp_path)


@pytest.mark.parametrize("dtype", [int, np.float32, bool, np.longdouble])
def test_costs_of_another_dtype_are_refused(dtype, tmp_path):
    assert "its costs are not a list of numbers" in refused(
        tmp_path / "network.npz", npz(costs=np.ones(3, dtype))
    )


WHOLE = {
    "W1": np.array([[1, -1], [2, 1]]),
    "b1": np.array([[0], [1]]),
    "W2": np.array([[1, -2]]),
    "b2": np.array([[3]]),
}


def whole_numbers():
    """A network whose weights a reader wrote as whole numbers."""
    network = DeepNeuralNetwork((2, 2, 1), rng=0)
    network.parameters = dict(WHOLE)
    return network


def test_weights_of_whole_numbers_predict_what_the_forward_pass_gives():
    """They turned X, Y and predictions into whole numbers."""
    X = np.array([[0.2, 0.7], [0.4, -0.1]])
    AL, _ = L_model_forward(X, WHOLE, "relu", "sigmoid")
    assert AL.min() > 0 and AL.max() < 1
    np.testing.assert_array_equal(whole_numbers().predict(X), AL)


def test_weights_of_whole_numbers_train_as_the_same_floats_do():
    X, Y = np.array([[0.2, 0.7], [0.4, -0.1]]), np.array([[0.3, 0.9]])
    floats = whole_numbers()
    floats.parameters = {name: P.astype(float) for name, P in WHOLE.items()}
    runs = [network.train(X, Y, 0.1, 3, 1) for network in (whole_numbers(), floats)]
    assert runs[0].costs == runs[1].costs
    assert all(
        np.array_equal(runs[0].parameters[name], P)
        for name, P in runs[1].parameters.items()
    )


def test_weights_of_whole_numbers_are_saved_as_floats(tmp_path):
    network = whole_numbers()
    network.save(tmp_path / "whole.npz")
    X = np.array([[0.2, 0.7], [0.4, -0.1]])
    np.testing.assert_array_equal(
        DeepNeuralNetwork.load(tmp_path / "whole.npz").predict(X), network.predict(X)
    )
