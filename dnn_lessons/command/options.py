"""The options of train.py: their names, types, defaults and help."""

import argparse
import textwrap
from pathlib import Path

from dnn_lessons._checks import positive_float, positive_int
from dnn_lessons.activations import ACTIVATIONS
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

Ctrl-C stops the training and keeps what was learnt until then.
exit codes: 0 done, 1 diverged or a file not written, 2 bad input, 130 stopped
"""


def in_words(value):
    """Return a setting as the reader writes it on the command line.

    Parameters
    ----------
    value : bool, int, float, str, tuple or list
        The value of one field of Settings.

    Returns
    -------
    str
        "yes" or "no" for a bool, the items of a tuple or list separated by spaces.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return " ".join(map(str, value)) or "none"
    return str(value)


def short_list(names, most=4):
    """Return names in one short text.

    Parameters
    ----------
    names : list of str
        Any number of names.
    most : int
        How many of them are shown.

    Returns
    -------
    str
        The first names, and the number of the others.
    """
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def wrapped(texts):
    """Return texts as indented lines.

    Parameters
    ----------
    texts : list of str
        Whole sentences, say.

    Returns
    -------
    list of str
        Lines of 79 letters at most.
    """
    wrap = {"initial_indent": "  ", "subsequent_indent": "    ", "width": 79}
    return [line for text in texts for line in textwrap.wrap(text, **wrap)]


SIZED, BY_SIZE = ("layers", "learning_rate", "num_epochs", "batch_size"), "by its size"


def _default(name, *exceptions):
    """Return the default of a setting in words, for the curve and for a table."""
    curve = in_words(getattr(CURVE_SETTINGS, name))
    table = BY_SIZE if name in SIZED else in_words(getattr(TABLE_SETTINGS, name))
    values = [curve] if table == curve else [curve, f"for a table: {table}"]
    return f"(default: {'; '.join([*values, *exceptions])})"


def _argument_type(check):
    """Turn a function that checks a text into a type whose error argparse prints."""

    def convert(text):
        try:
            return check(text)
        except (TypeError, ValueError) as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return convert


@_argument_type
def _positive_number(text):
    """Return the whole number of at least 1 that `text` holds."""
    return positive_int("the number", _integer(text))


@_argument_type
def _rate(text):
    """Return the finite number above 0 that `text` holds."""
    return positive_float("the rate", text)


@_argument_type
def _share(text):
    """Return the number between 0 and 1 that `text` holds."""
    share = positive_float("the share", text)
    if share >= 1:
        raise ValueError(f"the share is {text}; expected a number below 1")
    return share


@_argument_type
def _seed(text):
    """Return the whole number of at least 0 that `text` holds."""
    if _integer(text) < 0:
        raise ValueError(f"the seed is {text}; expected at least 0")
    return int(text)


def _integer(text):
    """Return the whole number that `text` holds."""
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a whole number") from None


# {group: {option: the keyword arguments of add_argument}}. An option that is a field of
# Settings has no default here, because the data choose what suits them.
OPTIONS = {
    "data": {
        "--data": {
            "metavar": "FILE",
            "default": None,
            "help": "a table of your own: a header line, then one example a line; CSV of "
            "any separator, or what pandas reads by its ending "
            "(default: the attenuated sine, 500 points)",
        },
        "--target": {
            "metavar": "NAME",
            "default": None,
            "help": "the column to predict; one of two classes, or a number "
            "(default: the last that is such a column)",
        },
        "--features": {
            "metavar": "NAME",
            "nargs": "+",
            "default": (),
            "help": "the columns to predict from (default: all that tell something)",
        },
        "--ignore": {
            "metavar": "NAME",
            "nargs": "+",
            "default": (),
            "help": "columns to leave out",
        },
        "--missing": {
            "choices": ("mean", "drop"),
            "default": "mean",
            "help": "fill a gap by the mean of its column, or leave its row out "
            "(default: mean)",
        },
        "--decimal": {
            "choices": (".", ","),
            "default": None,
            "help": "the decimal mark, where 1.234 may be thousands "
            "(default: what the cells tell)",
        },
        "--test_last": {
            "metavar": "SHARE",
            "type": _share,
            "default": None,
            "help": "hold out the last rows, such as 0.2 of all, where rows have an order "
            "in time (default: a fifth, drawn at random)",
        },
        "--test": {
            "metavar": "FILE",
            "default": None,
            "help": "hold out the rows of this other table",
        },
    },
    "prediction": {
        "--predict": {
            "metavar": "FILE",
            "default": None,
            "help": "train nothing: write this table, with what the network of --model "
            "predicts for each row, to predictions.csv in the folder of --out; the columns "
            "are found by their names, and a gap or an unknown word counts as the mean of "
            "the table that was trained on",
        },
        "--model": {
            "metavar": "MODEL.npz",
            "type": Path,
            "default": None,
            "help": "the network, as --save wrote it for a table",
        },
    },
    "network": {
        "--layers": {
            "metavar": "N",
            "nargs": "*",
            "type": _positive_number,
            "help": "units of each hidden layer; no number: no hidden layer "
            + _default("layers"),
        },
        "--hidden": {
            "choices": ACTIVATIONS,
            "help": "activation of the hidden layers " + _default("hidden"),
        },
        "--output": {
            "choices": ACTIVATIONS,
            "help": "activation of the output "
            + _default("output", "for cross_entropy: sigmoid"),
        },
        "--loss": {
            "choices": COSTS,
            "help": "what to minimise " + _default("loss"),
        },
        "--dtype": {
            "choices": ("float64", "float32"),
            "help": "numbers to compute with " + _default("dtype"),
        },
    },
    "training": {
        "--batch_size": {
            "metavar": "N",
            "type": _positive_number,
            "help": "examples in a batch " + _default("batch_size"),
        },
        "--learning_rate": {
            "metavar": "RATE",
            "type": _rate,
            "help": "step size " + _default("learning_rate"),
        },
        "--num_epochs": {
            "metavar": "N",
            "type": _positive_number,
            "help": "passes over the data " + _default("num_epochs"),
        },
        "--patience": {
            "metavar": "N",
            "type": _seed,
            "default": None,
            "help": "stop after N epochs without a lower cost on a fifth of the training "
            "examples, which is set aside, and keep the best epoch; 0: never "
            "(default: 0; for a table: 20)",
        },
        "--shuffle": {
            "action": argparse.BooleanOptionalAction,
            "help": "shuffle before each epoch " + _default("shuffle"),
        },
        "--seed": {
            "metavar": "N",
            "type": _seed,
            "help": "where the random numbers start; equal seeds repeat a run "
            + _default("seed"),
        },
        "--engine": {
            "choices": ENGINES,
            "help": "how an epoch is run: plain calls the functions of the lessons, "
            "recorded repeats their steps from a list, to the same numbers in less time, "
            "compiled translates the list to C, for trainings of many seconds "
            + _default("engine"),
        },
    },
    "files": {
        "--out": {
            "metavar": "FOLDER",
            "type": Path,
            "default": Path("output"),
            "help": "folder of the pictures, or of the predictions (default: output)",
        },
        "--save": {
            "metavar": "MODEL.npz",
            "type": Path,
            "default": None,
            "help": "write the network, for --model and DeepNeuralNetwork.load: it takes "
            "and gives the units of your data, and knows the columns of a table",
        },
    },
}


class _Parser(argparse.ArgumentParser):
    """A parser that reports an error in one line."""

    def error(self, message):
        """Print what is wrong and leave with exit code 2."""
        self.exit(2, f"{self.prog}: {' '.join(message.split())}\n")


def build_parser():
    """Return the parser of all `OPTIONS`.

    Returns
    -------
    argparse.ArgumentParser
        Its `error` prints one line and ends the program with exit code 2.
    """
    parser = _empty_parser()
    for title, options in OPTIONS.items():
        group = parser.add_argument_group(title)
        for name, keywords in options.items():
            group.add_argument(name, **keywords)
    return parser


def _empty_parser():
    """Return the parser before any option is added to it."""
    return _Parser(
        prog="train.py",
        usage="%(prog)s [options]",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        argument_default=argparse.SUPPRESS,
        allow_abbrev=False,
    )


def given_settings(options):
    """Return the settings that the reader gave, without those left to the data.

    Parameters
    ----------
    options : argparse.Namespace
        What the parser made of the command line.

    Returns
    -------
    dict
        {field of Settings: value}.
    """
    given = vars(options)
    return {name: given[name] for name in Settings._fields if name in given}
