"""The options: what the help says of them, and what is refused before any data is read."""

import pytest
from printed import section

from dnn_lessons import ACTIVATIONS, COSTS
from dnn_lessons.command.options import build_parser, given_settings
from dnn_lessons.command.text import wrapped
from dnn_lessons.experiment import Settings

OTHERS = (
    "data target features ignore missing decimal test test_last patience out save".split()
)
EXAMPLE = "python train.py --batch_size 8 --learning_rate 0.1 --num_epochs 3000"


def test_help_names_every_option_default_and_choice(run):
    code, out, _ = run("--help")
    assert code == 0
    for option in (*Settings._fields, "no-shuffle", *OTHERS):
        assert f"--{option}" in out
    for choice in (*ACTIVATIONS, *COSTS, EXAMPLE):
        assert choice in out
    assert max(map(len, out.splitlines())) <= 80


def test_help_gives_two_defaults_where_the_data_choose(run):
    out = " ".join(run("--help")[1].split())
    assert "step size (default: 0.1; for a table: by its size)" in out
    assert "(default: sigmoid; for a table: linear; for cross_entropy: sigmoid)" in out
    assert "examples in a batch (default: 8; for a table: by its size)" in out


def test_only_the_settings_that_were_given_replace_those_of_the_data():
    options = build_parser().parse_args(
        ["--seed", "3", "--no-shuffle", "--save", "m.npz"]
    )
    assert given_settings(options) == {"seed": 3, "shuffle": False}


def test_a_text_is_wrapped_at_79_letters_and_goes_on_further_in():
    first, second = wrapped([f"{'a' * 76} b"])
    assert (first, second) == ("  " + "a" * 76, "    b")
    assert wrapped(["c" * 75 + " d"]) == [f"  {'c' * 75} d"]


@pytest.mark.long
def test_layers_without_a_number_make_a_linear_model(run):
    code, out, _ = run("--num_epochs 1 --layers")
    assert code == 0
    assert section(out, "run")["network"] == ["1-1, 2 parameters"]


BAD_OPTIONS = {
    "--batch_size 0": "--batch_size: '0' is not a whole number of at least 1",
    "--num_epochs many": "--num_epochs: 'many' is not a whole number",
    "--learning_rate -1": "--learning_rate: '-1' is not a finite number above 0",
    "--learning_rate 0": "--learning_rate: '0' is not a finite number above 0",
    "--test_last 0": "--test_last: '0' is not a number between 0 and 1",
    "--test_last 100%": "--test_last: '100%' is not a number between 0 and 1",
    "--learning_rate nan": "'nan' is not a finite number above 0",
    "--layers 5 0": "--layers: '0' is not a whole number of at least 1",
    "--seed -1": "--seed: '-1' is not a whole number of at least 0",
    "--loss hinge": "--loss: invalid choice: 'hinge'",
    "--hidden step": "--hidden: invalid choice: 'step'",
    "--engine fast": "--engine: invalid choice: 'fast'",
    "--epochs 3": "unrecognized arguments: --epochs 3",
    "--num 3": "unrecognized arguments: --num 3",
    "--data=": "--data: the name of a file is empty",
    "--\x1b[2J": r"unrecognized arguments: --\x1b[2J",
}


@pytest.mark.parametrize("text", BAD_OPTIONS)
def test_a_bad_option_is_refused_in_one_line(assert_refused, text):
    assert_refused(text, BAD_OPTIONS[text])


@pytest.mark.parametrize("share", ["0.2", "20%", " 20%"])
def test_a_share_may_be_a_number_of_per_cent(share):
    assert build_parser().parse_args(["--test_last", share]).test_last == 0.2
