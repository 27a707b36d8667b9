"""The options of train.py: their names, types, defaults and help."""

import argparse
import math
from contextlib import suppress
from difflib import get_close_matches
from itertools import chain
from pathlib import Path

from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.command.text import in_words, printable
from dnn_lessons.costs import COSTS
from dnn_lessons.engines import ENGINES
from dnn_lessons.experiment import CURVE_SETTINGS, TABLE_SETTINGS, Settings

DESCRIPTION = """\
Train a network of fully connected layers by mini-batch gradient descent, on the
attenuated sine of the lessons or on a table of your own, and report how well it
predicts the examples that it never saw.
"""
EXAMPLES = """\
examples:
  python train.py --batch_size 8 --learning_rate 0.1 --num_epochs 3000
  python train.py --layers 50 50 --hidden tanh --seed 1
  python train.py --data houses.csv --target price --save houses.npz
  python train.py --data exams.csv --target passed --ignore name
  python train.py --predict new.csv --model houses.npz

Ctrl-C (or SIGTERM) stops the training and keeps what was learnt until then.
exit codes: 0 done, 1 diverged or a file not written, 2 bad input, 3 the report
not written, 130 stopped
"""
PARSER = {"prog": "train.py", "usage": "%(prog)s [options]", "allow_abbrev": False}
PARSER |= {"description": DESCRIPTION, "epilog": EXAMPLES}
PARSER["formatter_class"] = argparse.RawDescriptionHelpFormatter


# What a setting is by default for a table, where TABLE_SETTINGS does not say all of it.
FOR_A_TABLE = {"output": f"{TABLE_SETTINGS.output}; for cross_entropy: sigmoid"}
SIZED = ("layers", "learning_rate", "num_epochs", "batch_size")
FOR_A_TABLE |= dict.fromkeys(SIZED, "by its size")


def _default(name):
    """Return the default of a setting in words; nothing for an option that is none."""
    if name not in Settings._fields:
        return ""
    curve = in_words(getattr(CURVE_SETTINGS, name))
    table = FOR_A_TABLE.get(name, in_words(getattr(TABLE_SETTINGS, name)))
    return f" (default: {curve}" + (f"; for a table: {table})" if table != curve else ")")


def _number(metavar, kind, expected, fits):
    """Return the keywords of an option that is a number."""

    def convert(text):
        with suppress(ValueError):
            number = kind(text)
            if fits(number):
                return number
        raise argparse.ArgumentTypeError(f"{text!r} is not {expected}")

    return {"metavar": metavar, "type": convert}


def _file(text):
    """Return the name of a file; raise an error for an empty one."""
    if text:
        return text
    raise argparse.ArgumentTypeError("the name of a file is empty")


def _share(text):
    """Return a share such as 0.2 or 20%."""
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


FILE, NAME = {"metavar": "FILE", "type": _file}, {"metavar": "NAME"}
PATH, FOLDER = {"metavar": "MODEL.npz", "type": Path}, {"metavar": "FOLDER", "type": Path}
COUNT = _number("N", int, "a whole number of at least 1", lambda n: n >= 1)
SEED = _number("N", int, "a whole number of at least 0", lambda n: n >= 0)
RATE = _number("RATE", float, "a finite number above 0", lambda x: 0 < x < math.inf)
SHARE = _number("SHARE", _share, "a number between 0 and 1", lambda x: 0 < x < 1)
# {group: {option: the keyword arguments of add_argument}}. An option that was not given is
# None, because the data choose what suits them.
OPTIONS = {
    "data": {
        "data": FILE,
        "target": NAME,
        "features": NAME | {"nargs": "+"},
        "ignore": NAME | {"nargs": "+"},
        "missing": {"choices": ("mean", "drop")},
        "decimal": {"choices": (".", ",")},
        "test_last": SHARE,
        "test": FILE,
    },
    "prediction": {"predict": FILE, "model": PATH},
    "network": {
        "layers": COUNT | {"nargs": "*"},
        "hidden": {"choices": ACTIVATIONS},
        "output": {"choices": ACTIVATIONS},
        "loss": {"choices": COSTS},
        "dtype": {"choices": ("float64", "float32")},
    },
    "training": {
        "batch_size": COUNT,
        "learning_rate": RATE,
        "num_epochs": COUNT,
        "patience": SEED,
        "shuffle": {"action": argparse.BooleanOptionalAction},
        "seed": SEED,
        "engine": {"choices": ENGINES},
    },
    "files": {"out": FOLDER | {"default": Path("output")}, "save": PATH},
}
HELP = {
    "data": "a table of your own: a header line, then one example a line; CSV of any separator, or what "
    "pandas reads by its ending (default: the attenuated sine, 500 points)",
    "target": "the column to predict; one of two classes, or a number (default: the last that is such a column)",
    "features": "the columns to predict from (default: all that tell something)",
    "ignore": "columns to leave out",
    "missing": "fill a gap by the mean of its column, or leave its row out (default: mean)",
    "decimal": "the decimal mark, where 1.234 may be thousands (default: what the cells tell)",
    "test_last": "hold out the last rows, such as 0.2 of all, where rows have an order in time "
    "(default: a fifth, drawn at random)",
    "test": "hold out the rows of this other table",
    "predict": "train nothing: write this table, with what the network of --model predicts for each row, to "
    "predictions.csv in the folder of --out; the columns are found by their names, and a gap or "
    "an unknown word counts as the mean of the table that was trained on",
    "model": "the network, as --save wrote it for a table",
    "layers": "units of each hidden layer; no number: no hidden layer",
    "hidden": "activation of the hidden layers",
    "output": "activation of the output",
    "loss": "what to minimise",
    "dtype": "numbers to compute with",
    "batch_size": "examples in a batch",
    "learning_rate": "step size",
    "num_epochs": "passes over the data",
    "patience": "stop after N epochs without a lower cost on a fifth of the training examples, which is set "
    "aside, and keep the best epoch; 0: never (default: 0; for a table: 20)",
    "shuffle": "shuffle before each epoch",
    "seed": "where the random numbers start; equal seeds repeat a run",
    "engine": "how an epoch is run: plain calls the functions of the lessons, recorded repeats their steps from "
    "a list, to the same numbers in less time, compiled translates the list to C, as "
    "trainings of 33,000 steps and more do by themselves where a C compiler is found",
    "out": "folder of the pictures, or of the predictions (default: output)",
    "save": "write the network, for --model and DeepNeuralNetwork.load: it takes and gives the units of "
    "your data, and knows the columns of a table",
}


class _Parser(argparse.ArgumentParser):
    """A parser that reports an error in one line."""

    def error(self, message):
        """Print what is wrong and leave with exit code 2."""
        text = " ".join([*message.split(), *_meant(message)])
        self.exit(2, printable(f"{self.prog}: {text}\n"))


def _meant(message):
    """Return words that name the options that an unknown one is close to."""
    if not message.startswith("unrecognized"):
        return []
    known = [f"--{name}" for name in chain(*OPTIONS.values())]
    close = chain(*(get_close_matches(word, known, 1) for word in message.split()))
    return [f"- did you mean {name}?" for name in close]


def build_parser():
    """Return the parser of all `OPTIONS`.

    Returns
    -------
    argparse.ArgumentParser
        Its `error` prints one line and ends the program with exit code 2.
    """
    parser = _Parser(**PARSER)
    for title, options in OPTIONS.items():
        group = parser.add_argument_group(title)
        for name, keywords in options.items():
            group.add_argument(f"--{name}", help=HELP[name] + _default(name), **keywords)
    return parser


def given_settings(options, kind=Settings):
    """Return the settings that the reader gave, without those left to the data.

    Parameters
    ----------
    options : argparse.Namespace
        What the parser made of the command line.
    kind : type, optional
        A NamedTuple, the fields of which are names of options.

    Returns
    -------
    dict
        {field of `kind`: value}.
    """
    given = {name: getattr(options, name) for name in kind._fields}
    return {name: value for name, value in given.items() if value is not None}
