"""What a saved network predicts for a table of the reader's own, beside its columns."""

import math

import numpy as np

from dnn_lessons._files import followed, replacing
from dnn_lessons.command.read_file import read_file
from dnn_lessons.command.recipe import encode, proven_decimal
from dnn_lessons.command.text import short_list, wrapped
from dnn_lessons.network import DeepNeuralNetwork

FILE = "predictions.csv"
ONE_VALUE = "the same for every row, for the network that was saved is a constant"
NO_TABLE = "does not know the columns of a table; train it with --data and --save"
DIGITS, LEAST = 6, 1e-300  # digits of a probability; the least cost, for its logarithm


def write_predictions(options):
    """Write the table of --predict with the predictions of --model; return what was done.

    Parameters
    ----------
    options : argparse.Namespace
        What the parser made of the command line.

    Returns
    -------
    str
        A short report, with the name of the file.

    Raises
    ------
    OSError
        Where a file cannot be read or written.
    ValueError
        Where the file is no network for tables, or the table does not fit it.
    """
    network, path = _network(options.model), _path(options)
    sheet = read_file(options.predict, as_text=True)
    X, notes = encode(sheet, network.table, options.decimal)
    predictions = _columns(network, network.predict(X)[0])
    with replacing(path) as file:
        file.write(_as_csv(sheet, predictions, options.decimal))
    return _report(sheet, network.table, notes + _is_constant(network), path)


def _is_constant(network):
    """Return what to say of a network that gives one number for any input."""
    weights = network.parameters[f"W{len(network.parameters) // 2}"]
    return [] if weights.any() else [ONE_VALUE]


def _network(path):
    """Return a saved network; raise ValueError unless it knows the columns of a table."""
    network = DeepNeuralNetwork.load(path)
    if network.table is None:
        raise ValueError(f"{path} {NO_TABLE}")
    return network


def _path(options):
    """Return where to write; raise ValueError where the table itself is there."""
    path = options.out / FILE
    if followed(path) == followed(options.predict):
        raise ValueError(f"{path} would be replaced; choose another folder with --out")
    return path


def _columns(network, predictions):
    """Return {name: values} of the columns that hold predictions (m,)."""
    table, name = network.table, f"predicted {network.table['target']}"
    if table["classes"]:
        return _labels(name, table["classes"], predictions)
    if table["kind"] == "dates":
        return {name: predictions.round().astype("M8[D]")}
    return {name: _rounded(predictions, network)}


def _labels(name, classes, probabilities):
    """Return the columns of two classes, by the rule that the accuracy counts by."""
    labels = np.array(classes, object)[(probabilities >= 0.5).astype(int)]
    return {name: labels, f"probability of {classes[1]}": probabilities.round(DIGITS)}


def _rounded(predictions, network):
    """Return predictions to a hundredth or thousandth of the error in training."""
    power = 0.5 if network.loss_function.name == "mse" else 1
    error = max(min(network.costs, default=0), LEAST) ** power
    digits = 2 - math.floor(math.log10(error))
    return [round(float(f"{v:.10g}"), digits) for v in predictions]


def _as_csv(sheet, predictions, decimal):
    """Return the bytes of a Sheet and its predictions, in the layout of the Sheet."""
    frame, separator = sheet.frame, sheet.separator.strip(" ") or ","
    mark = "." if separator == "," else decimal or proven_decimal(frame) or "."
    new = {_free_name(name, frame): values for name, values in predictions.items()}
    return frame.assign(**new).to_csv(index=False, sep=separator, decimal=mark).encode()


def _free_name(name, frame):
    """Return a name that no column of a frame has."""
    return _free_name(f"{name} (new)", frame) if name in frame else name


def _report(sheet, table, notes, path):
    """Return what was predicted from what, the notes, and the name of the file."""
    columns = short_list([column["name"] for column in table["columns"]])
    what = f"{table['target']} from {columns}, for {len(sheet.frame):,} rows"
    lines = wrapped([what, *sheet.notes, *notes])
    return "\n".join(["\npredictions", *lines, "\nfiles", f"  {path}"])
