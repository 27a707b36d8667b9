"""The command line: choose data and settings, watch the cost fall, read a table, find the pictures in a folder."""

import argparse
import math
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tqdm import tqdm

from dnn_lessons._checks import positive_float, positive_int
from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.command.tables import read_table
from dnn_lessons.costs import COSTS
from dnn_lessons.experiment import (
    CURVE_SETTINGS,
    TABLE_SETTINGS,
    Experiment,
    Settings,
    curve_data,
    table_data,
)
from dnn_lessons.training import TrainingDiverged

DONE, FAILED, STOPPED = 0, 1, 130  # exit codes; argparse's own 2 stands for bad input
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
  python train.py --data exams.csv --target passed --loss cross_entropy

Ctrl-C stops the training and keeps what was learnt until then.
exit codes: 0 done, 1 diverged or a file not written, 2 bad input, 130 stopped
"""


class Parser(argparse.ArgumentParser):
    """A parser that reports an error in one line."""

    def error(self, message):
        """Say what is wrong and leave with exit code 2."""
        self.exit(2, f"{self.prog}: {' '.join(message.split())}\n")


def build_parser():
    """All options; what is not given is absent from the result, so that the data can choose what suits them."""
    parser = Parser(
        prog="train.py",
        usage="%(prog)s [options]",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        argument_default=argparse.SUPPRESS,
        allow_abbrev=False,
    )
    for add_group in (add_data, add_network, add_training, add_files):
        add_group(parser)
    return parser


def add_data(parser):
    """The options that name the data."""
    add = parser.add_argument_group("data").add_argument
    add(
        "--data",
        metavar="FILE.csv",
        help="a table of numbers: a header line, then one example a line, separated by "
        "comma, semicolon or tab; a fifth of the examples is held out (default: the attenuated sine, 500 points)",
    )
    add("--target", metavar="NAME", help="the column to predict (default: the last)")


def add_network(parser):
    """The options that make the network."""
    add = parser.add_argument_group("network").add_argument
    add(
        "--layers",
        metavar="N",
        nargs="*",
        type=whole,
        help="units of each hidden layer; no number: no hidden layer "
        + default("layers"),
    )
    add(
        "--hidden",
        choices=ACTIVATIONS,
        help="activation of the hidden layers " + default("hidden"),
    )
    add(
        "--output",
        choices=ACTIVATIONS,
        help="activation of the output "
        + default("output", "for cross_entropy: sigmoid"),
    )
    add("--loss", choices=COSTS, help="what to minimise " + default("loss"))
    add(
        "--dtype",
        choices=("float64", "float32"),
        help="numbers to compute with " + default("dtype"),
    )


def add_training(parser):
    """The options that say how to train."""
    add = parser.add_argument_group("training").add_argument
    add(
        "--batch_size",
        metavar="N",
        type=whole,
        help="examples in a batch " + default("batch_size"),
    )
    add(
        "--learning_rate",
        metavar="RATE",
        type=rate,
        help="step size " + default("learning_rate"),
    )
    add(
        "--num_epochs",
        metavar="N",
        type=whole,
        help="passes over the data " + default("num_epochs"),
    )
    add(
        "--shuffle",
        action=argparse.BooleanOptionalAction,
        help="shuffle before each epoch " + default("shuffle"),
    )
    add(
        "--seed",
        metavar="N",
        type=seed,
        help="where the random numbers start; equal seeds repeat a run "
        + default("seed"),
    )


def add_files(parser):
    """The options that name what is written."""
    add = parser.add_argument_group("files").add_argument
    add(
        "--out",
        metavar="FOLDER",
        type=Path,
        default=Path("output"),
        help="folder of result.png and cost.png (default: output)",
    )
    add(
        "--save",
        metavar="MODEL.npz",
        type=Path,
        default=None,
        help="write the network, for "
        "DeepNeuralNetwork.load: it takes and gives the units of your data",
    )


def default(name, *cases):
    """The defaults of a setting, in words."""
    curve, table = (
        words(getattr(CURVE_SETTINGS, name)),
        words(getattr(TABLE_SETTINGS, name)),
    )
    return f"(default: {'; '.join([curve, *[f'for a table: {table}'] * (table != curve), *cases])})"


def words(value):
    """A setting as it is written on the command line."""
    names = {True: "yes", False: "no"} if isinstance(value, bool) else {}
    return (
        " ".join(map(str, value)) or "none"
        if isinstance(value, tuple | list)
        else names.get(value, str(value))
    )


def option(check):
    """`check` as a type of argparse, its message kept."""

    def convert(text):
        try:
            return check(text)
        except (TypeError, ValueError) as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return convert


@option
def whole(text):
    """A whole number of at least 1."""
    return positive_int("the number", integer(text))


@option
def rate(text):
    """A finite number above 0."""
    return positive_float("the rate", text)


@option
def seed(text):
    """A whole number of at least 0."""
    if integer(text) < 0:
        raise ValueError(f"the seed is {text}; expected at least 0")
    return int(text)


def integer(text):
    """A whole number."""
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a whole number") from None


def main(argv=None):
    """Run the command with the arguments `argv`, those of the process by default; returns the exit code."""
    parser = build_parser()
    options = vars(parser.parse_args(argv))
    out, save, path, target = (
        options.pop(name, None) for name in ("out", "save", "data", "target")
    )
    try:
        experiment = Experiment(load_data(path, target, options), **options)
        run = experiment.epochs()
        check_writable(out, save)
    except (OSError, ValueError, MemoryError) as error:
        parser.error(reason(error))
    return finish(experiment, train(experiment, run), path, out, save)


def load_data(path, target, options):
    """The Data to train on."""
    if path is not None:
        return table_data(
            read_table(path, target), options.get("seed", TABLE_SETTINGS.seed)
        )
    if target is not None:
        raise ValueError("--target names a column of a table; give the table with --data")
    return curve_data()


def check_writable(out, save):
    """Make the folders that will be written to; OSError where that cannot be done, or a file would be lost."""
    for folder in (out, *([save.parent] if save else [])):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            raise OSError(
                f"cannot write into the folder {folder}: {error.strerror}"
            ) from None
    if save is not None:
        check_replaceable(out, save)


def check_replaceable(out, save):
    """Raise OSError unless the network can be written to `save` and nothing but a network is lost by it."""
    from dnn_lessons import _model_file  # noqa: PLC0415 - slow to load, and seldom needed

    if save.is_dir():
        raise IsADirectoryError(
            f"--save names the folder {save}; expected a file such as {save / 'model.npz'}"
        )
    if save.resolve() in {(out / name).resolve() for name in PICTURES}:
        raise FileExistsError(
            f"--save names {save}, where a picture will be written; choose another name"
        )
    if save.exists() and not _model_file.is_network_file(save):
        raise FileExistsError(
            f"--save names {save}, which holds something else than a network; choose another name"
        )
    part = _model_file.temporary_path(save.resolve())
    part.touch()
    part.unlink()


def reason(error):
    """An error in words, without its number."""
    return (
        f"{error.filename}: {error.strerror}"
        if getattr(error, "filename", None)
        else str(error)
    )


class Outcome(NamedTuple):
    """How a training ended."""

    code: int
    words: str
    seconds: float


def train(experiment, run):
    """Pull all epochs behind a progress bar that shows the cost; the Outcome."""
    start = time.perf_counter()
    code, words = pull(run, experiment.settings.num_epochs)
    return Outcome(code, words, time.perf_counter() - start)


def pull(run, num_epochs):
    """Pull all epochs; the exit code and, where they did not come to their end, why."""
    try:
        with tqdm(total=num_epochs, unit="epoch", dynamic_ncols=True) as bar:
            for cost in run:
                bar.set_postfix_str(f"cost {cost:.3g}", refresh=False)
                bar.update()
    except KeyboardInterrupt:
        return STOPPED, "stopped"
    except TrainingDiverged as error:
        say(f"train.py: {error}", sys.stderr)
        return FAILED, "diverged"
    return DONE, ""


def finish(experiment, outcome, path, out, save):
    """Save the network, print the report, write the pictures; the exit code."""
    try:
        files = [write(*model) for model in models(experiment, save).items()]
        say(report(experiment, outcome, path))
        files += [write(*picture) for picture in pictures(experiment, out).items()]
    except KeyboardInterrupt:
        say("train.py: stopped before all files were written", sys.stderr)
        return STOPPED
    say("\n".join(["", "files", *(f"  {file}" for file in files if file)]))
    return outcome.code or (DONE if all(files) else FAILED)


def write(path, job):
    """Do `job`, which writes the file `path`; the path, or None where that failed, said in words."""
    try:
        job()
    except OSError as error:
        say(f"train.py: {path} was not written: {error.strerror}", sys.stderr)
        return None
    return path


def models(experiment, save):
    """{path: what writes the network}; one that learnt nothing does not replace another."""
    if save is not None and save.exists() and not experiment.costs:
        say(
            f"train.py: {save} was left as it was, since no epoch came to its end",
            sys.stderr,
        )
        return {}
    return {save: lambda: experiment.network_in_data_units().save(save)} if save else {}


def pictures(experiment, out):
    """{path: what draws and writes it}; none before the first epoch."""
    names = PICTURES if experiment.costs else {}
    return {
        out / name: lambda name=name: write_picture(
            PICTURES[name](experiment), out / name
        )
        for name in names
    }


def write_picture(figure, path):
    """Write the figure as a PNG; Matplotlib is loaded when a picture is due."""
    from dnn_lessons.classroom.figures.style import png  # noqa: PLC0415

    path.write_bytes(png(figure))


def draw_costs(experiment):
    """The cost of each epoch."""
    from dnn_lessons.classroom.figures import fits  # noqa: PLC0415

    return fits.plot_epoch(experiment.costs, f"cost ({experiment.settings.loss})")


def draw_result(experiment):
    """What the network gives: its curve where there is one feature, else its answers against the actual ones."""
    from dnn_lessons.classroom.figures import fits  # noqa: PLC0415

    data, parts = (
        experiment.data,
        {"training": experiment.data.train, "held out": experiment.data.held_out},
    )
    answers = {name: (Y, experiment.predict(X)) for name, (X, Y) in parts.items()}
    if len(data.features) == 1:
        X, Y = data.train
        predictions = {
            epoch: experiment.predict(X, epoch) for epoch in experiment.snapshots
        }
        return fits.fit_through_epochs(
            X, Y, predictions, plain(data.features[0]), plain(data.target)
        )
    if experiment.settings.loss == "cross_entropy":
        return fits.probabilities_by_label(answers)
    return fits.predicted_against_actual(answers, plain(data.target))


PICTURES = {"result.png": draw_result, "cost.png": draw_costs}


def plain(name):
    """A column's name, its dollar signs kept from being read as mathematics."""
    return name.replace("$", r"\$")


def report(experiment, outcome, path):
    """The table that ends a run."""
    return "\n".join(
        [
            "",
            "settings",
            *aligned(settings_rows(experiment, path)),
            "",
            "run",
            *aligned(run_rows(experiment, outcome)),
            "",
            "result",
            *aligned(result_rows(experiment), numbers=2),
        ]
    )


def aligned(rows, numbers=0):
    """Rows of text as indented lines, the last `numbers` columns to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    left = len(widths) - numbers
    return [
        "  "
        + "  ".join(
            cell.ljust(width) if k < left else cell.rjust(width)
            for k, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def settings_rows(experiment, path):
    """Every setting that was used, by the name of its option."""
    data, settings = experiment.data, experiment.settings
    (X, _), (X_held_out, _) = data.train, data.held_out
    features = (
        ", ".join(data.features)
        if len(data.features) < 4
        else f"{len(data.features)} columns"
    )
    return [
        ("data", path or "the attenuated sine, held out halfway between its points"),
        ("examples", f"{X.shape[1]:,} to train on, {X_held_out.shape[1]:,} held out"),
        ("target", f"{data.target}, from {features}"),
        *(
            ("unused", f"{name}, one value in all examples to train on")
            for name in experiment.constant_features
        ),
        *((name, words(getattr(settings, name))) for name in Settings._fields),
    ]


def run_rows(experiment, outcome):
    """What was run, and how fast."""
    s, epochs, m = (
        experiment.settings,
        len(experiment.costs),
        experiment.data.train[0].shape[1],
    )
    steps = epochs * math.ceil(m / s.batch_size)
    parameters = experiment.network.parameters
    stopped = (
        f"{outcome.words} after epoch {epochs:,} of {s.num_epochs:,}"
        if outcome.words
        else f"{epochs:,}"
    )
    return [
        (
            "network",
            f"{'-'.join(map(str, experiment.network.layer_dims))}, "
            f"{sum(P.size for P in parameters.values()):,} parameters",
        ),
        ("epochs", stopped),
        ("steps", f"{steps:,}"),
        ("seconds", f"{outcome.seconds:.1f}"),
        ("steps per second", f"{steps / outcome.seconds:,.0f}"),
    ]


def result_rows(experiment):
    """The scores, numbers to four digits."""
    scores = [
        (s.metric, s.predictor, digits(s.train), digits(s.held_out))
        for s in experiment.scores()
    ]
    return [("", "", "training", "held out"), *scores]


def digits(number):
    """Four digits of a number, zeros kept, so that columns align."""
    return f"{number:#.4g}".rstrip(".")


def say(text, stream=None):
    """Print a line to the standard output, or another stream; nothing more where that was closed, as by `head`."""
    stream = stream or sys.stdout
    try:
        print(text, file=stream, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
