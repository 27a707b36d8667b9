"""A thousand fast and a thousand slow moves of each explorer in a real kernel, interrupts, restarts, and two pages."""

import itertools
import json
import os
import re
import signal

import numpy as np
import psutil
import pytest
from amounts import FULL, amount, report
from explorer_cases import CALLS, build
from jupyter_client import BlockingKernelClient
from kernels import StandIn, kernel, process, run

from dnn_lessons.classroom.explorers import Explorer
from dnn_lessons.classroom.explorers.explorer import INTERRUPTED

pytestmark = pytest.mark.slow
MOVES, WARM = amount(60, 1000), amount(40, 200)  # of each explorer
BETWEEN = 0.004  # seconds from one fast move to the next
GROWTH = 0.05
RUNNING = [
    "taste_explorer()",
    "rate_explorer()",
    "batch_explorer()",
    "decision_explorer()",
]
every_explorer = pytest.mark.parametrize("call", CALLS if FULL else CALLS[::6])


@pytest.fixture(scope="module")
def living():
    """A kernel and its client, for those that leave it alive."""
    with kernel() as both:
        yield both


@pytest.fixture
def fresh():
    """A kernel of its own, and its client."""
    with kernel() as both:
        yield both


def walk(page):
    """Places of all controls, without end: each control goes from end to end and back, 25 moves in its turn."""
    places, lasts = (
        list(page.state["indices"]),
        [len(c["texts"]) - 1 for c in page.state["controls"]],
    )
    ways = [1] * len(places)
    for count in itertools.count():
        which = count // 25 % len(places)
        if not 0 <= places[which] + ways[which] <= lasts[which]:
            ways[which] = -ways[which]
        places[which] += ways[which]
        yield list(places)


def here(call, state):
    """The explorer that is computed in this process for what the page shows, with as many rounds."""
    explorer = build(call)
    values = {
        control.name: control.values[index]
        for control, index in zip(explorer.controls, state["indices"], strict=True)
    }
    explorer.set(**values)
    if explorer.runs:
        for _ in range(round(state["done"] * explorer._run.length)):
            explorer.step()
    return explorer


def is_true(call, page, monkeypatch):
    """What the page shows is what belongs to its controls; a run is stopped before."""
    monkeypatch.setattr(Explorer, "patience", 0.0)
    if page.state["runs"]:
        page.ask("pause")
        page.settle()
        page.ask("clear")
    page.settle()
    assert page.state["answered"] == page.number
    assert not page.state["failed"], page.state["words"]
    expected = here(call, page.state)
    assert page.state["words"] == expected.words
    assert page.state["verdict"] == expected.verdict
    assert page.state["code"] == expected.code
    if "seconds" not in str(expected.values) and expected.done == page.state["done"]:
        assert page.state["picture"] == json.loads(json.dumps(expected.picture))


@pytest.mark.parametrize("slow", [False, True], ids=["fast", "slow"])
@every_explorer
def test_moves_end_with_the_last_value_and_the_kernel_does_not_grow(
    call, slow, fresh, monkeypatch
):
    manager, client = fresh
    page, sizes = StandIn(client, call), {}
    for count, indices in zip(range(1, MOVES + 1), walk(page), strict=False):
        page.ask("move", indices=indices)
        if slow:
            page.settle()
        else:
            page.listen(BETWEEN)
        if count in (WARM, MOVES):
            page.settle()
            sizes[count] = process(manager).memory_info().rss
    assert page.state["indices"] == indices
    is_true(call, page, monkeypatch)
    growth = sizes[MOVES] / sizes[WARM] - 1
    report(
        f"{call} {'slow' if slow else 'fast'}: {MOVES} moves, {page.sent} messages, kernel {growth:+.1%}"
    )
    assert page.answers == page.sent
    assert page.sent >= MOVES if slow else page.sent <= MOVES + 2
    assert growth < GROWTH or not FULL


@pytest.mark.parametrize("call", RUNNING)
def test_interrupts_in_mid_run_leave_an_explorer_that_says_so_and_answers(
    call, living, monkeypatch
):
    manager, client = living
    page, told = StandIn(client, call), 0
    rng = np.random.default_rng(27)
    moves = walk(page)
    for _ in range(amount(6, 100)):
        page.ask("move", indices=next(moves))
        page.listen(rng.uniform(0, 0.2))
        os.kill(process(manager).pid, signal.SIGINT)
        page.settle()
        assert page.state["words"]
        told += page.state["words"] == INTERRUPTED
    page.ask("move", indices=next(moves))
    page.listen(0.3)
    is_true(call, page, monkeypatch)
    report(
        f"{call}: {told} of {amount(6, 100)} interrupts met a computation, and were told"
    )


def test_an_interrupt_in_mid_computation_is_told_and_the_next_move_is_answered(
    living, monkeypatch
):
    manager, client = living
    page = StandIn(client, "relu_explorer()")
    run(
        client,
        "import time; whole = shown.compute; shown.compute = lambda **v: (time.sleep(20), whole(**v))[1]",
    )
    page.ask("move", indices=[3])
    page.listen(1.0)
    os.kill(process(manager).pid, signal.SIGINT)
    page.settle(15)
    assert (page.state["words"], page.state["failed"]) == (INTERRUPTED, True)
    assert page.state["answered"] == page.number
    run(client, "shown.compute = whole")
    page.ask("move", indices=[3])
    is_true("relu_explorer()", page, monkeypatch)


def test_a_kernel_that_was_killed_and_started_anew_runs_the_cell_again(
    fresh, monkeypatch
):
    manager, client = fresh
    for _ in range(amount(1, 10)):
        page = StandIn(client, "taste_explorer()")
        page.ask("play")
        page.listen(0.2)
        process(manager).kill()
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=180)
        run(client, "from dnn_lessons.classroom.explorers import *")
        page = StandIn(client, "taste_explorer()")
        page.ask("move", indices=[3, 0, 0])
        page.listen(0.2)
        is_true("taste_explorer()", page, monkeypatch)


@pytest.mark.parametrize("call", ["leak_explorer()", "taste_explorer()"])
def test_two_pages_of_one_kernel_show_the_same_in_the_end(call, living, monkeypatch):
    manager, client = living
    other_client = (
        BlockingKernelClient()
    )  # with a session of its own, as another page has
    other_client.load_connection_file(manager.connection_file)
    other_client.start_channels()
    other_client.wait_for_ready(timeout=60)
    try:
        one = StandIn(client, call)
        other = one.joined(other_client)
        moves = walk(one)
        for page in itertools.islice(itertools.cycle([one, other]), amount(40, 1000)):
            page.ask("move", indices=next(moves))
            one.listen(BETWEEN)
            other.listen(BETWEEN)
        one.settle()
        other.settle()
        is_true(call, other, monkeypatch)
        one.listen(0.5)
        for name in ("indices", "words", "picture", "done", "answered"):
            assert one.state[name] == other.state[name], name
    finally:
        other_client.stop_channels()


TRAINED = {  # a short training of each explorer that runs
    "batch_explorer()": {"batch_size": 200},
    "decision_explorer()": {"num_epochs": 10, "width": 2, "depth": 1, "batch_size": 100},
    "rate_explorer()": {},
    "regression_explorer()": {"num_epochs": 10, "batch_size": 500},
    "taste_explorer()": {"num_epochs": 10},
    "training_explorer()": {"num_epochs": 10, "batch_size": 500},
}


@pytest.mark.parametrize("call", TRAINED)
def test_retrainings_end_the_same_and_leave_nothing(call, monkeypatch):
    explorer, memory = build(call), psutil.Process()
    explorer.set(**TRAINED[call])
    rates, seen, sizes = (
        explorer.controls[
            [c.name for c in explorer.controls].index("learning_rate")
        ].values,
        {},
        {},
    )
    count, warm = amount(12, 1000), amount(6, 200)
    for i in range(1, count + 1):
        rate = rates[i % min(len(rates), 7)]
        explorer.set(learning_rate=rate)
        assert explorer.done == 1
        assert not explorer.failed
        assert seen.setdefault(rate, explorer.words) == explorer.words
        assert explorer.kept <= 5
        if i in (warm, count):
            sizes[i] = memory.memory_info().rss
    growth = sizes[count] / sizes[warm] - 1
    report(f"{call}: {count} retrainings, memory {growth:+.1%}")
    assert growth < GROWTH
    assert not re.search("nan|inf", explorer.words.replace("infinite", ""))
