"""A table of the reader's own as arrays to train on and to test on."""

from contextlib import suppress

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split as stratified

from dnn_lessons.command.options import given_settings
from dnn_lessons.command.read_file import read_file
from dnn_lessons.command.recipe import Choices, encode, filled, prepare, target_of
from dnn_lessons.datasets import train_test_split
from dnn_lessons.experiment import Data

TEST_SIZE = 0.2
ONE_CLASS = "{!r} holds {!r} in all rows to train on; hold out others"
UNKNOWN = (
    "{:,} of {:,} rows left out: their target is a gap or no class of the first table"
)
CLASSES = {"loss": "cross_entropy", "output": "sigmoid"}  # settings for two classes


def load(options):
    """Return the Data of the table that the options name, and how it became numbers.

    Parameters
    ----------
    options : argparse.Namespace
        What the parser made of the command line.

    Returns
    -------
    data : Data
        The examples; two classes have cross-entropy as their cost.
    made : Prepared
        What was done with the columns.

    Raises
    ------
    OSError
        Where a file cannot be read.
    ValueError
        Where it is no table.
    """
    made = prepare(read_file(options.data), Choices(**given_settings(options, Choices)))
    if options.test:
        data = split_by_file(made, read_file(options.test), options.decimal)
    else:
        data = split(made, options.seed or 0, options.test_last)
    changes = CLASSES if made.recipe["classes"] else {}
    return data._replace(settings=data.settings._replace(**changes)), made


@np.errstate(over="ignore")
def _means(X):
    """Return the mean of the known numbers of each row (n_x, 1); 0 where none is known."""
    return pd.DataFrame(X.T).mean().fillna(0).to_numpy()[:, None]


def split(made, seed=0, test_last=None):
    """Return the Data of a table; a fifth of it, drawn at random, is held out.

    Where the target is one of two classes, both parts have the same share of each.

    Parameters
    ----------
    made : Prepared
        The table. The means that fill its gaps, those of the part to train on, are put
        into its recipe.
    seed : int
        Where the random split comes from.
    test_last : float, optional
        The share of the last rows to hold out instead.

    Returns
    -------
    Data
        The examples.

    Raises
    ------
    ValueError
        If there are too few examples for two parts.
    """
    parts = _indices(made.Y, made.recipe["classes"], seed, test_last)
    return _data(made, *((made.X.take(part, 1), made.Y[:, part]) for part in parts))


def _indices(Y, classes, seed, test_last):
    """Return the indices of the examples to train on, and of those to hold out."""
    share, everyone = test_last or TEST_SIZE, np.arange(Y.size)[None]
    (train, _), (held_out, _) = train_test_split(everyone, everyone, share, rng=seed)
    if test_last:
        return np.split(everyone[0], [train.size])
    shares = classes and _with_equal_shares(Y[0], held_out.size, seed)
    return shares or (train[0], held_out[0])


def _with_equal_shares(y, size, seed):
    """Return the indices of two parts with the same share of each class, if there are any."""
    with suppress(ValueError):  # a class with one example cannot be in both parts
        return stratified(
            np.arange(y.size), test_size=size, stratify=y, random_state=seed
        )


def split_by_file(made, sheet, decimal=None):
    """Return the Data of a table, all of it to train on, and of another one to test on.

    Parameters
    ----------
    made : Prepared
        The table to train on.
    sheet : Sheet
        The table to test on.
    decimal : str, optional
        The decimal mark where the cells do not tell.

    Returns
    -------
    Data
        The examples.

    Raises
    ------
    ValueError
        Where the second table lacks a column, or holds other things in it.
    """
    made.recipe["fill"] = _means(made.X)[:, 0].tolist()
    held_out = _held_out(sheet, made.recipe, decimal, made.notes)
    if not held_out[1].size:
        raise ValueError(f"{sheet.path} has no row whose target is known")
    return _data(made, (made.X, made.Y), held_out)


def _held_out(sheet, recipe, decimal, all_notes):
    """Return features and target of another table, and add to the notes of the first."""
    X, notes = encode(sheet, recipe, decimal)
    Y = target_of(sheet, recipe, decimal)
    lost = np.isnan(Y[0])
    if lost.any():
        notes.append(UNKNOWN.format(lost.sum(), lost.size))
    all_notes.extend(f"{sheet.path}: {note}" for note in sheet.notes + notes)
    return X[:, ~lost], Y[:, ~lost]


def _check_classes(recipe, Y):
    """Raise ValueError where the labels to train on are of one class only."""
    if recipe["classes"] and (Y[0, 0] == Y).all():
        only = recipe["classes"][int(Y[0, 0])]
        raise ValueError(ONE_CLASS.format(recipe["target"], only))


def _data(made, train, held_out):
    """Return the Data of two parts, with their gaps filled by the means of the first."""
    _check_classes(made.recipe, train[1])
    means = _means(train[0])
    made.recipe["fill"] = means[:, 0].tolist()
    parts = [(filled(X, means), Y) for X, Y in (train, held_out)]
    return Data(*parts, made.recipe["features"], made.recipe["target"])
