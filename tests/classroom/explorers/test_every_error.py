"""An error in each part of each explorer: its reader sees why, the page is answered, the next move is true again."""

import pytest
from amounts import FULL
from explorer_cases import CALLS, build, move, plain
from seen import judge
from test_every_value import JUDGES, advanced

from dnn_lessons.classroom.explorers import Explorer, Run, choice
from dnn_lessons.classroom.explorers.explorer import INTERRUPTED

ERRORS = {  # what is raised, and what its reader sees
    "value": (ValueError("planted"), "ValueError: planted"),
    "number": (ArithmeticError("planted"), "planted"),
    "silent number": (ZeroDivisionError(), "ZeroDivisionError."),
    "silent": (MemoryError(), "MemoryError."),
    "key": (KeyError("planted"), "KeyError: 'planted'"),
    "deep": (RecursionError("planted"), "RecursionError: planted"),
    "assertion": (AssertionError(), "AssertionError."),
}
every_explorer = pytest.mark.parametrize("call", CALLS)


def chosen():
    """Each explorer with one error, in turn; with FULL=1, with each."""
    names = list(ERRORS)
    for i, call in enumerate(CALLS):
        for name in names if FULL else names[i % len(names) :][:1]:
            yield call, name


@pytest.fixture
def explorer(call, monkeypatch):
    """The explorer of a call; its runs wait for a step."""
    monkeypatch.setattr(Explorer, "patience", 0.0)
    return build(call)


def raising(error):
    """A function that raises an error."""

    def burst(*arguments, **values):
        raise error

    return burst


def broken_run(explorer, error, part):
    """A compute whose run raises an error in a round, or where its State is asked for."""
    whole = explorer.compute

    def compute(**values):
        run = whole(**values)
        broken = raising(error)
        return (
            run._replace(rounds=map(broken, [0]))
            if part == "rounds"
            else run._replace(state=broken)
        )

    return compute


def plant(explorer, part, error):
    """Put an error into a part; what puts the part back."""
    name = part if part in ("compute", "draw", "say") else "compute"
    kept = getattr(explorer, name)
    setattr(
        explorer,
        name,
        raising(error) if name == part else broken_run(explorer, error, part),
    )
    return lambda: setattr(explorer, name, kept)


def parts_of(explorer):
    """The parts that may raise an error."""
    return ["compute", "draw", "say", *(["rounds", "state"] if explorer.runs else [])]


def places(explorer, by):
    """The places of the controls, the first of them moved a little."""
    first, *others = explorer.starts()
    last = len(explorer.controls[0].values) - 1
    return [first + by if first + by <= last else first - by, *others]


def asked(explorer, indices):
    """What the page asks for: a move, and of a run one round."""
    move(explorer, *indices)
    explorer.pause()
    if explorer.runs and not explorer.failed:
        move(explorer, command="step")


@pytest.mark.long
@pytest.mark.parametrize(("call", "error"), list(chosen()))
def test_an_error_is_seen_and_the_next_move_is_answered(call, error, explorer):
    raised, words = ERRORS[error]
    for part in parts_of(explorer):
        back = plant(explorer, part, raised)
        asked(explorer, places(explorer, 1))
        assert (explorer.failed, explorer.words, explorer.playing) == (
            True,
            words,
            False,
        ), part
        assert explorer.answered == explorer.request[1]
        with pytest.raises(AssertionError):
            judge(explorer, JUDGES)
        back()
        for indices in (places(explorer, 1), explorer.starts()):
            asked(explorer, indices)
            assert not explorer.failed, explorer.words
            assert explorer.answered == explorer.request[1]
            judge(explorer, JUDGES)


@pytest.mark.long
@every_explorer
def test_an_interrupt_is_seen_and_the_same_move_is_answered_anew(call, explorer):
    for part in parts_of(explorer):
        back = plant(explorer, part, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            asked(explorer, places(explorer, 1))
        assert (explorer.failed, explorer.words, explorer.playing) == (
            True,
            INTERRUPTED,
            False,
        )
        assert explorer.answered == explorer.request[1]
        back()
        move(explorer, *places(explorer, 1))
        explorer.pause()
        judge(advanced(explorer), JUDGES)
        asked(explorer, explorer.starts())


@pytest.mark.long
@every_explorer
def test_an_error_stays_in_sight_whatever_button_is_pressed(call, explorer):
    back = plant(explorer, "compute", ValueError("planted"))
    move(explorer, *places(explorer, 1))
    for command in ("play", "pause", "step", "clear", "move", "reset"):
        move(explorer, command=command)
        assert (explorer.failed, explorer.words) == (True, "ValueError: planted"), command
        assert explorer.answered == explorer.request[1]
    back()
    move(explorer, command="reset")
    judge(advanced(explorer), JUDGES)


def test_a_view_that_is_moved_after_an_error_shows_the_error_and_not_its_consequence():
    view = choice("log", "axis", {"yes": True, "no": False}, True, view=True)
    explorer = plain(compute=lambda n: 1 / n, controls=[view])
    move(explorer, 0, 0)
    move(explorer, 0, 1)
    assert explorer.words == "division by zero"
    move(explorer, command="clear")
    assert explorer.words == "division by zero"


def test_a_run_that_is_interrupted_while_it_plays_is_told_and_plays_anew():
    def compute(n):
        def work():
            yield
            if n == 4:
                raise KeyboardInterrupt
            yield

        return Run(work(), lambda: n, 2)

    explorer = plain(compute=compute)
    with pytest.raises(KeyboardInterrupt):
        explorer.set(n=4)
    assert explorer.words == INTERRUPTED
    assert explorer.set(n=5).words == "n is 5"
