"""The command: load the data, train behind a progress bar, save, report."""

import os
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from typing import NamedTuple

from tqdm import tqdm

from dnn_lessons import _model_file
from dnn_lessons._extras import extra
from dnn_lessons._files import file_mode, followed, temporary_path
from dnn_lessons.command.judgement import judgement
from dnn_lessons.command.options import build_parser, given_settings
from dnn_lessons.command.patience import (
    PATIENCE,
    Watch,
    set_aside,
    settings_for,
    with_fast_engine,
)
from dnn_lessons.command.report import PICTURES, report_text, write_picture
from dnn_lessons.command.streams import LossyStream
from dnn_lessons.command.text import printable
from dnn_lessons.experiment import Experiment, curve_data
from dnn_lessons.training import TrainingDiverged

# Exit codes; the parser's own 2 stands for bad input.
DONE, FAILED, UNREPORTED, STOPPED = 0, 1, 3, 130
# More examples to draw, or bytes to read, than these take long, and are announced.
MANY_EXAMPLES, MANY_BYTES = 50_000, 5_000_000
FOR_TRAINING = "is for a training, and --predict trains nothing"
FOR_TABLES = "is for a table; give the table with --data"
LEFT = "train.py: {} was left as it was, since no epoch came to its end"
ASKED = "--target or --features"
FOR_PREDICT = "is for --predict; --save writes a network"
FOR_ONE_TABLE = "holds out rows of --data, and --test holds out another table"
OF_A_PREDICTION = {"predict", "model", "out", "decimal"}
OF_A_TABLE = {"target", "features", "ignore", "missing", "decimal", "test_last", "test"}


def main(argv=None):
    """Run the command and return its exit code.

    Parameters
    ----------
    argv : list of str, optional
        The arguments; those of the process by default.

    Returns
    -------
    int
        0 where all was done, 1 where the training diverged or a file was not written, 3 where
        only the report could not be written, 130 where Ctrl-C or SIGTERM stopped the run.

    Raises
    ------
    SystemExit
        With code 2 where the arguments or the data are wrong, after one line that says why.
    """
    with redirect_stdout(LossyStream(sys.stdout)) as out:
        with redirect_stderr(LossyStream(sys.stderr)):
            code = _run(argv)
        out.flush()
    return code or (UNREPORTED if out.lost else DONE)


def _run(argv):
    """Run the command; return its exit code, whether or not the report could be written."""
    parser = build_parser()
    options = parser.parse_args(argv)
    try:
        _check_together(options)
        _check_choices(options)
        start = _start_training if options.predict is None else _start_prediction
        go_on = start(options)
    except (OSError, ValueError, MemoryError, ImportError) as error:
        parser.exit(2, printable(f"{parser.prog}: {_message(error)}\n"))
    return go_on()


def _check_together(options):
    """Raise ValueError where an option has no use beside the others."""
    given = {name for name, value in vars(options).items() if value is not None}
    for why, names in _out_of_place(given).items():
        if names:
            raise ValueError(f"--{min(names)} {why}")


def _out_of_place(given):
    """Return {why: options} of those that have no use beside the others."""
    if "predict" in given:
        return {FOR_TRAINING: given - OF_A_PREDICTION}
    return {
        FOR_PREDICT: given & {"model"},
        FOR_TABLES: given & OF_A_TABLE if "data" not in given else (),
        FOR_ONE_TABLE: given & {"test_last"} if "test" in given else (),
    }


def _check_choices(options):
    """Raise ValueError where a column is both asked for and left out, or has no name."""
    wanted = {options.target, *(options.features or ())}
    for name in sorted(wanted.intersection(options.ignore or ())):
        raise ValueError(f"--ignore leaves out {name!r}, which {ASKED} names")
    if "" in wanted:
        raise ValueError("no column ''; give --target and --features names of columns")


def _start_training(options):
    """Return a function that trains and reports, once data, options and files are checked."""
    watch, table = _prepare(options)
    epochs = watch.experiment.epochs()
    _check_files(options.out, options.save)
    return lambda: _finish(watch.experiment, _train(epochs, watch), options, table)


def _start_prediction(options):
    """Write what a saved network predicts; return a function that prints what was done."""
    if not options.model:
        raise ValueError("--predict needs a network: give the file of --save as --model")
    _check_folder(options.out)
    with extra("command"):
        from dnn_lessons.command.predict import write_predictions  # noqa: PLC0415 - slow
    _announce(options.predict)
    return partial(_print, write_predictions(options))


def _prepare(options):
    """Return the Watch of a run that is about to start, and how its table became numbers."""
    has_table = options.data is not None
    data, table = _load_table(options) if has_table else (curve_data(), None)
    patience = PATIENCE * has_table if options.patience is None else options.patience
    data, validation = set_aside(data, 0) if patience else (data, None)
    experiment = Experiment(data, **_settings(options, data))
    return Watch(experiment, validation, patience), table


def _settings(options, data):
    """Return the settings of the reader, with the engine for this run if none was given."""
    given = given_settings(options)
    settings = with_fast_engine(data.settings._replace(**given), data.train[1].size)
    return {"engine": settings.engine, **given}


def trained(options):
    """Return the Experiment that the options ask for, after its training.

    Parameters
    ----------
    options : argparse.Namespace
        What the parser made of the command line.

    Returns
    -------
    Experiment
        Nothing was saved or drawn.
    """
    watch, _ = _prepare(options)
    _train(watch.experiment.epochs(), watch)
    return watch.experiment


def _load_table(options):
    """Return the Data of a table, with settings for its size, and how it became numbers."""
    with extra("command"):
        from dnn_lessons.command import read_table  # noqa: PLC0415 - slow to load
    _announce(options.data, options.test)
    data, table = read_table.load(options)
    settings = settings_for(data.settings, *data.train[0].shape)
    return data._replace(settings=settings), table


def _announce(*paths):
    """Print which files are read, where that takes long."""
    for path in filter(os.path.isfile, filter(None, paths)):
        size = os.path.getsize(path)
        if size > MANY_BYTES:
            _print(f"reading {path}, {size / 1e6:,.0f} MB", sys.stderr)


def _check_files(out, save):
    """Raise OSError unless all files can be written and none of another kind is lost."""
    _check_folder(out)
    for name in PICTURES:
        file_mode(out / name)
    if save is not None:
        _check_folder(save.parent)
        _check_save(save, {followed(out / name) for name in PICTURES})


def _check_folder(folder):
    """Make a folder; raise OSError unless a file can be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        message = f"cannot write into the folder {folder}: {error.strerror}"
        raise OSError(message) from None


def _check_save(save, pictures):
    """Raise OSError unless the network can be written to `save` and replaces nothing else."""
    fault = _fault(save, pictures)
    if fault:
        raise OSError(f"--save names {fault}")
    file_mode(save)
    file_mode(temporary_path(followed(save)))  # whose name is longer


def _fault(save, pictures):
    """Return in words why `save` is no place for the network; None where it is one."""
    if save.is_dir():
        return f"the folder {save}; expected a file such as {save / 'model.npz'}"
    if followed(save) in pictures:
        return f"{save}, where a picture will be written; choose another name"
    if save.exists() and not _model_file.is_network_file(save):
        return f"{save}, which holds something else than a network; choose another name"
    return None


def _message(error):
    """Return an error in words, without its number."""
    path = getattr(error, "filename", None)
    return f"{path}: {error.strerror}" if path else str(error) or "the memory is full"


class Outcome(NamedTuple):
    """How a training ended.

    Parameters
    ----------
    code : int
        The exit code.
    interruption : str
        "stopped" or "diverged", empty where all epochs came to their end.
    message : str
        For a training that diverged, what happened and what to try.
    seconds : float
        How long the training took.
    set_aside : int
        How many examples chose the epoch that was kept.
    """

    code: int
    interruption: str
    message: str
    seconds: float
    set_aside: int = 0


def _train(epochs, watch):
    """Train to the end, or until it is stopped or diverges, and return the Outcome."""
    start = time.perf_counter()
    ended = DONE, "", ""
    try:
        _show_progress(epochs, watch)
    except KeyboardInterrupt:
        ended = STOPPED, "stopped", ""
    except TrainingDiverged as error:
        ended = FAILED, "diverged", f"train.py: {error}"
    watch.keep_best()
    return Outcome(*ended, time.perf_counter() - start, watch.set_aside)


def _show_progress(epochs, watch):
    """Train all epochs behind a progress bar that shows the cost."""
    num_epochs = watch.experiment.settings.num_epochs
    with tqdm(total=num_epochs, unit="epoch", dynamic_ncols=True) as bar:
        for cost in epochs:
            bar.set_postfix_str(f"cost {cost:.3g}", refresh=False)
            bar.update()
            if not watch.goes_on():
                break


def _finish(experiment, outcome, options, table):
    """Save the network, print the report, draw the pictures; return the exit code."""
    try:
        files = _save(experiment, options.save, table)
        title = _report(experiment, outcome, options.data, table)
        files |= _draw_all(experiment, options.out, title)
    except KeyboardInterrupt:
        _print("train.py: stopped before all files were written", sys.stderr)
        return STOPPED
    _print_names([path for path in files if files[path]])
    return outcome.code or (DONE if all(files.values()) else FAILED)


def _print_names(paths):
    """Print the names of all files that were written."""
    _print("\n".join(["", "files", *(f"  {path}" for path in paths)]))


def _report(experiment, outcome, path, table):
    """Print the report of a run, after what to try where it diverged; return the judgement."""
    if outcome.message:
        _print(outcome.message, sys.stderr)
    judged = judgement(experiment, outcome.set_aside)
    _print(report_text(experiment, outcome, path, table, judged))
    return judged[0]


def _save(experiment, path, table):
    """Write the network with the recipe of its table; return {path: whether it was written}.

    A network that learnt nothing does not replace an earlier one.
    """
    if path is None:
        return {}
    if path.exists() and not experiment.costs:
        _print(LEFT.format(path), sys.stderr)
        return {}
    network = experiment.network_in_data_units()
    network.table = table and table.recipe
    return {path: _is_written(path, network.save, path)}


def _draw_all(experiment, out, title):
    """Draw the pictures, of one epoch at least; return {path: whether it was written}."""
    files = {}
    for path in [out / name for name in PICTURES if experiment.costs]:
        if experiment.data.train[1].size > MANY_EXAMPLES:
            _print(f"drawing {path}", sys.stderr)
        files[path] = _is_written(path, write_picture, path, experiment, title)
    return files


def _is_written(path, write, *arguments):
    """Return whether a file could be written; print the reason where it could not."""
    try:
        write(*arguments)
    except (OSError, ImportError) as error:
        reason = getattr(error, "strerror", None) or error
        _print(f"train.py: {path} was not written: {reason}", sys.stderr)
        return False
    return True


def _print(text, stream=None):
    """Print a text to the standard output or another stream, at once."""
    print(printable(text), file=stream, flush=True)
