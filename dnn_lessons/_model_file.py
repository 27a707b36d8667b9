"""Files of a trained network: .npz with arrays and one line of JSON; no code is ever loaded from one."""

import io
import json
import os
import zipfile
from pathlib import Path

import numpy as np

from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.costs import COSTS

FORMAT = "dnn_lessons network 1"
TABLES = {
    "hidden_layer_activation": ACTIVATIONS,
    "output_layer_activation": ACTIVATIONS,
    "loss_function": COSTS,
}


def write(path, settings, arrays):
    """Write settings {name: Activation or Cost} and arrays to `path`, whole or not at all."""
    names = {name: _registered_name(name, row) for name, row in settings.items()}
    path = Path(path).resolve()
    part = temporary_path(path)
    try:
        with open(part, "xb") as file:
            np.savez(file, settings=json.dumps({"format": FORMAT, **names}), **arrays)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def temporary_path(path):
    """The file that becomes `path` once it is whole."""
    return path.with_name(f"{path.name}.{os.getpid()}.part")


def is_network_file(path):
    """Whether `path` is a file that `write` made, be it damaged."""
    if not (path.is_file() and zipfile.is_zipfile(path)):
        return False
    with zipfile.ZipFile(path) as archive:
        return "settings.npy" in archive.namelist()


def _registered_name(name, row):
    """The name under which `row` can be found again; ValueError where it cannot."""
    if TABLES[name].get(row.name) is not row:
        raise ValueError(
            f"{name} is an object of your own, named {row.name!r}; a file holds names, so register it in "
            "ACTIVATIONS or COSTS, under a name that no other has"
        )
    return row.name


def read(path):
    """(settings, layer_dims, parameters, costs) of the file that `write` made.

    Raises OSError where it cannot be opened, ValueError for anything but a whole file of that kind.
    """
    data = Path(path).read_bytes()
    try:
        names, *rest = _parse(data)
    except Exception as error:
        raise ValueError(
            f"{path} is not a saved network, or is damaged: {error}"
        ) from error
    return {name: _registered_row(path, name, names[name]) for name in TABLES}, *rest


def _registered_row(path, name, registered_as):
    """The row of that name; ValueError where none is registered."""
    if registered_as not in TABLES[name]:
        raise ValueError(
            f"{path} needs the {name} {registered_as!r}, which is not registered here; register it in "
            "ACTIVATIONS or COSTS before loading"
        )
    return TABLES[name][registered_as]


def _parse(data):
    """The content of a file; any fault in it is an exception."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > len(data):
            raise ValueError("its parts are larger than the file")
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    names = json.loads(str(arrays.pop("settings")))
    if (
        names.pop("format") != FORMAT
        or set(names) != set(TABLES)
        or {*map(type, names.values())} != {str}
    ):
        raise ValueError(f"its settings are not those of {FORMAT!r}")
    costs = arrays.pop("costs")
    if costs.ndim != 1 or costs.dtype != np.float64 or not np.isfinite(costs).all():
        raise ValueError("its costs are not a list of numbers")
    return names, _layer_dims(arrays), arrays, costs.tolist()


def _layer_dims(parameters):
    """The layer_dims of `parameters`; ValueError unless they are W1, b1, ..., WL, bL that fit each other."""
    L = len(parameters) // 2
    dims = [
        parameters["W1"].shape[1],
        *(len(parameters[f"b{l}"]) for l in range(1, L + 1)),
    ]
    shapes = {
        f"{P}{l}": (dims[l], dims[l - 1] if P == "W" else 1)
        for l in range(1, L + 1)
        for P in "Wb"
    }
    if 0 in dims or {name: P.shape for name, P in parameters.items()} != shapes:
        raise ValueError("the shapes of its parameters do not fit each other")
    if {P.dtype for P in parameters.values()} not in (
        {np.dtype(np.float32)},
        {np.dtype(np.float64)},
    ):
        raise ValueError("its parameters are not all float32 or all float64")
    if not all(np.isfinite(P).all() for P in parameters.values()):
        raise ValueError("a parameter is NaN or infinite")
    return dims
