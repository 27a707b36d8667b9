"""The file of a network, cut, flipped, edited, on a full disk and under two threads: refused, or the network."""

import os
import random
import subprocess
import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pytest
from amounts import amount, report
from test_network import same, trained

from dnn_lessons import DeepNeuralNetwork

BITS, EDITS = amount(300, None), amount(200, 10_000)
CUTS = amount(100, None)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A network and the bytes of its file."""
    path = tmp_path_factory.mktemp("good") / "network.npz"
    network = trained()
    network.save(path)
    return network, path.read_bytes()


def outcome(path, data, network):
    """Whether the bytes are "refused", or "equal" since the damage is in what nobody reads."""
    path.write_bytes(data)
    try:
        again = DeepNeuralNetwork.load(path)
    except ValueError as error:
        assert str(path) in str(error)
        return "refused"
    assert same(again, network)
    assert again.activations == network.activations
    return "equal"


def sample(everything, number):
    """So many of a range at random, or all."""
    return everything if number is None else random.Random(27).sample(everything, number)


def test_a_file_cut_at_any_byte_is_refused(saved, tmp_path):
    network, data = saved
    cuts = sample(range(len(data)), CUTS)
    outcomes = [outcome(tmp_path / "network", data[:n], network) for n in cuts]
    report(f"{len(cuts)} cuts: {outcomes.count('refused')} refused")
    assert set(outcomes) == {"refused"}


def flipped(data, bit):
    """The bytes with one bit changed."""
    damaged = bytearray(data)
    damaged[bit // 8] ^= 1 << bit % 8
    return bytes(damaged)


def test_a_flipped_bit_is_refused_or_changes_nothing(saved, tmp_path):
    network, data = saved
    bits = sample(range(8 * len(data)), BITS)
    outcomes = [outcome(tmp_path / "network", flipped(data, b), network) for b in bits]
    report(f"{len(bits)} flipped bits: {outcomes.count('refused')} refused, none silent")
    assert outcomes.count("refused") > len(bits) / 3


def edited(data, rng):
    """The bytes after one to four edits: overwritten, deleted, inserted, moved or repeated."""
    for _ in range(rng.randint(1, 4)):
        start = rng.randrange(len(data))
        stop = start + rng.randint(1, 40)
        part, noise = data[start:stop], rng.randbytes(rng.randint(1, 40))
        middle = rng.choice([noise, b"", part + noise, part * 2, part[::-1], bytes(8)])
        data = data[:start] + middle + data[stop:]
    return data


def test_random_edits_are_refused_or_change_nothing(saved, tmp_path):
    network, data = saved
    rng = random.Random(27)
    outcomes = [
        outcome(tmp_path / "network", edited(data, rng), network) for _ in range(EDITS)
    ]
    report(f"{EDITS} edits: {outcomes.count('refused')} refused, none silent")
    assert outcomes.count("refused") > 0.9 * EDITS


def test_the_memory_for_a_damaged_file_is_bounded_by_its_size(saved, tmp_path):
    """20 times a file of 3 kB is nothing that a machine would notice; a bomb would take far more."""
    network, data = saved
    rng, peaks = random.Random(28), []
    outcome(tmp_path / "network", data, network)
    tracemalloc.start()
    for _ in range(EDITS // 10):
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        outcome(tmp_path / "network", edited(data, rng), network)
        peaks.append(tracemalloc.get_traced_memory()[1] - before)
    tracemalloc.stop()
    report(f"at most {max(peaks) / len(data):.0f} times the size of the file")
    assert max(peaks) < 1_000_000


FULL_DISK = """
import resource, signal, sys
from dnn_lessons import DeepNeuralNetwork
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    DeepNeuralNetwork((2, 40, 1), rng=2).save(sys.argv[1])
except OSError as error:
    print(type(error).__name__, error.errno)
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="the limit is one of Linux")
@pytest.mark.parametrize("limit", [1, 1000, 2500])
def test_where_no_more_can_be_written_the_old_file_stays(limit, saved, tmp_path):
    """A limit of the system on the size of files, which fails within a write, as a full disk does."""
    network, data = saved
    path = tmp_path / "network.npz"
    path.write_bytes(data)
    command = [sys.executable, "-c", FULL_DISK, str(path), str(limit)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("OSError")
    assert [*tmp_path.iterdir()] == [path]
    assert outcome(path, path.read_bytes(), network) == "equal"


KILLS = """
import os, random, signal, sys, time
from dnn_lessons import DeepNeuralNetwork
path, kills, moments = sys.argv[1], int(sys.argv[2]), random.Random(27)
networks = [DeepNeuralNetwork((2, 40, 1), rng=seed) for seed in (0, 1)]
known = [network.parameters["W1"].tobytes() for network in networks]
networks[0].save(path)
DeepNeuralNetwork.load(path)
for _ in range(kills):
    child = os.fork()
    while not child:
        for network in networks:
            network.save(path)
    time.sleep(moments.uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert DeepNeuralNetwork.load(path).parameters["W1"].tobytes() in known
print(sum(name.endswith(".part") for name in os.listdir(os.path.dirname(path))))
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="it forks, which is safe on Linux")
def test_whoever_kills_a_save_finds_the_old_network_or_the_new(tmp_path):
    kills = amount(30, 500)
    command = [sys.executable, "-c", KILLS, str(tmp_path / "network.npz"), str(kills)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    report(f"{kills} kills, {run.stdout.strip()} of them within a write")
    assert int(run.stdout) > kills / 10


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_folder_that_is_read_only_is_an_error_of_the_system(saved, tmp_path):
    network, data = saved
    path = tmp_path / "network.npz"
    path.write_bytes(data)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(PermissionError):
            network.save(path)
    finally:
        tmp_path.chmod(0o700)
    assert path.read_bytes() == data


def test_a_reader_beside_a_writer_finds_the_old_network_or_the_new(tmp_path):
    one, other, path = trained(), trained(scale=0.5), tmp_path / "network.npz"
    one.save(path)

    def write():
        for number in range(amount(20, 500)):
            (one, other)[number % 2].save(path)

    with ThreadPoolExecutor(1) as pool:
        writing, found = pool.submit(write), []
        while not writing.done():
            found.append(DeepNeuralNetwork.load(path))
        writing.result()
    assert all(same(each, one) or same(each, other) for each in found)
    assert [*tmp_path.iterdir()] == [path]


def test_text_in_a_file_is_never_run(saved, tmp_path, monkeypatch):
    """A load enters neither eval nor exec nor pickle, whatever the edits."""
    network, data = saved
    rng = random.Random(29)
    for _ in range(EDITS // 10):
        with monkeypatch.context() as patch:
            for name in ("builtins.eval", "builtins.exec", "pickle.load", "pickle.loads"):
                patch.setattr(name, forbidden)
            result = outcome(tmp_path / "network", edited(data, rng), network)
        assert result in {"refused", "equal"}


def forbidden(*_, **__):
    """Fail in a way that no handler of Exception catches."""
    raise SystemExit("code of a file was run")
