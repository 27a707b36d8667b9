"""The file of a trained network: a .npz file of arrays, with its settings as JSON text.

A second text says, where it is known, which columns of a table are its inputs.

Loading a file never runs code from it: the settings are names of rows in ACTIVATIONS and
COSTS, and pickled objects are refused.
"""

import io
import json
import zipfile
from itertools import pairwise
from pathlib import Path

import numpy as np

from dnn_lessons._files import followed, replacing
from dnn_lessons._table import check_table
from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.costs import COSTS

FORMAT = "dnn_lessons network 1"
TABLES = {
    "hidden_layer_activation": ACTIVATIONS,
    "output_layer_activation": ACTIVATIONS,
    "loss_function": COSTS,
}


def write(path, settings, arrays, table=None):
    """Write a network to a file; if that fails, leave an earlier file as it was.

    Parameters
    ----------
    path : path_like
        The file to write. If it is a link, the file that it points to is replaced.
    settings : dict of str to Activation or Cost
        The rows for the names in TABLES.
    arrays : dict of str to ndarray
        The parameters W1, b1, ..., WL, bL, and `costs` (epochs,).
    table : dict, optional
        How the columns of a table become the inputs, as `check_table` takes it.

    Raises
    ------
    ValueError
        If an activation or a cost is not registered in ACTIVATIONS or COSTS, or the table
        does not fit the network.
    OSError
        If `path` leads to a folder or a device, or the file cannot be written.
    """
    names = {name: _registered_name(name, row) for name, row in settings.items()}
    texts = {"settings": json.dumps({"format": FORMAT, **names})}
    if table is not None:
        check_table(table, _layer_dims(arrays))
        texts["table"] = json.dumps(table)
    with replacing(followed(path)) as file:
        np.savez(file, **texts, **arrays)


def _registered_name(name, row):
    """Return the name of a row that TABLES[name] holds; raise ValueError for any other."""
    if TABLES[name].get(row.name) is not row:
        raise ValueError(
            f"{name} is an object of your own, named {row.name!r}; a file holds names, so "
            "register it in ACTIVATIONS or COSTS, under a name that no other has"
        )
    return row.name


def is_network_file(path):
    """Return whether `path` is a file that `write` made, even if it is damaged.

    Parameters
    ----------
    path : pathlib.Path
        A path, whether or not it exists.

    Returns
    -------
    bool
        True if the file is a zip archive with the settings of a network.
    """
    if not (path.is_file() and zipfile.is_zipfile(path)):
        return False
    with zipfile.ZipFile(path) as archive:
        return "settings.npy" in archive.namelist()


def read(path):
    """Read settings, layer sizes, parameters, costs and table from a file that `write` made.

    Parameters
    ----------
    path : path_like
        The file.

    Returns
    -------
    settings : dict of str to Activation or Cost
        The rows for the names in TABLES.
    layer_dims : list of int
        The sizes n_0, ..., n_L.
    parameters : dict of str to ndarray
        W1, b1, ..., WL, bL.
    costs : list of float
        The cost of each epoch.
    table : dict or None
        How the columns of a table become the inputs, where the file says so.

    Raises
    ------
    OSError
        If the file cannot be opened.
    ValueError
        If it is no complete file of this kind, or names an activation or a cost that is
        not registered.
    """
    data = Path(path).read_bytes()
    try:
        names, *rest = _parse(data)
    except Exception as error:
        raise ValueError(
            f"{path} is not a saved network, or is damaged: {error}"
        ) from error
    return {name: _registered_row(path, name, names[name]) for name in TABLES}, *rest


def _registered_row(path, name, row_name):
    """Return the row that the file `path` names; raise ValueError if there is none."""
    if row_name not in TABLES[name]:
        raise ValueError(
            f"{path} needs the {name} {row_name!r}, which is not registered here; "
            "register it in ACTIVATIONS or COSTS before loading"
        )
    return TABLES[name][row_name]


def _parse(data):
    """Return names, layer_dims, parameters, costs, table; any fault in the bytes raises."""
    arrays = _load_arrays(data)
    table = json.loads(str(arrays.pop("table", "null")))
    names = _parse_names(arrays.pop("settings"))
    costs = _parse_costs(arrays.pop("costs"))
    layer_dims = _layer_dims(arrays)
    _check_shapes(arrays, layer_dims)
    _check_entries(arrays)
    if table is not None:
        check_table(table, layer_dims)
    return names, layer_dims, arrays, costs, table


def _load_arrays(data):
    """Return the arrays by name; refuse what would take more memory than the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > len(data):
            raise ValueError("its parts are larger than the file")
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def _parse_names(settings):
    """Return {setting: name of its row} from the JSON text in an array."""
    names = json.loads(str(settings))
    is_known = names.pop("format") == FORMAT and set(names) == set(TABLES)
    if not (is_known and all(isinstance(name, str) for name in names.values())):
        raise ValueError(f"its settings are not those of {FORMAT!r}")
    return names


def _parse_costs(costs):
    """Return the costs of the epochs as a list of floats."""
    if costs.ndim != 1 or costs.dtype != np.float64 or not np.isfinite(costs).all():
        raise ValueError("its costs are not a list of numbers")
    return costs.tolist()


def _layer_dims(parameters):
    """Return [n_0, ..., n_L] as W1 and the biases give them."""
    L = len(parameters) // 2
    biases = [parameters[f"b{l}"] for l in range(1, L + 1)]
    return [parameters["W1"].shape[1], *map(len, biases)]


def _check_shapes(parameters, layer_dims):
    """Raise ValueError unless the parameters are those of a network of these sizes."""
    shapes = {name: P.shape for name, P in parameters.items()}
    if 0 in layer_dims or shapes != _expected_shapes(layer_dims):
        raise ValueError("the shapes of its parameters do not fit each other")


def _expected_shapes(layer_dims):
    """Return {name: shape} of the parameters: W[l] is (n_l, n_{l-1}), b[l] is (n_l, 1)."""
    shapes = {}
    for l, (n_prev, n) in enumerate(pairwise(layer_dims), start=1):
        shapes |= {f"W{l}": (n, n_prev), f"b{l}": (n, 1)}
    return shapes


def _check_entries(parameters):
    """Raise ValueError unless all are finite, and all float32 or all float64."""
    dtypes = {P.dtype for P in parameters.values()}
    if len(dtypes) != 1 or not dtypes <= {np.dtype(np.float32), np.dtype(np.float64)}:
        raise ValueError("its parameters are not all float32 or all float64")
    if not all(np.isfinite(P).all() for P in parameters.values()):
        raise ValueError("a parameter is NaN or infinite")
