"""The help, word for word: a text that changed by a slip is seen, and one that changed on purpose is stored anew."""

from pathlib import Path

STORED = Path(__file__).with_name("help.txt")


def test_the_help_is_the_stored_one(run):
    """Lines may be broken elsewhere. To store it: COLUMNS=80 uv run python train.py --help > tests/command/help.txt."""
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert out.split() == STORED.read_text(encoding="utf-8").split()
