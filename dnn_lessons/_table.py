"""How the columns of a table become the inputs of a network: what its file says of them."""

import math

LATER = {"decimal", "signs"}  # which older files lack
KEYS = {"target", "kind", "classes", "columns", "features", "fill", *LATER}
MARKS = (None, ".", ",")  # between whole numbers and fractions; None: not known
KINDS = ("numbers", "dates", "words")


def inputs_of(column):
    """Return the names of the inputs that one column becomes.

    Parameters
    ----------
    column : dict
        Its "name", its "kind" in KINDS and, for words, all the "words".

    Returns
    -------
    list of str
        One for each word, or one for the second of two words; else one.
    """
    name, words = column["name"], column.get("words")
    if words is None:
        return [name]
    return [f"{name} = {word}" for word in (words[1:] if len(words) == 2 else words)]


def check_table(table, layer_dims):
    """Raise ValueError unless a table fits a network of these sizes.

    Parameters
    ----------
    table : dict
        "columns", as `inputs_of` takes them; "features", the names of all inputs; "fill",
        the number of each that stands for a gap; "target", its "kind" and its two "classes"
        or None; "decimal", one of MARKS, and "signs", {column: its sign of currency or
        per cent}, both of which older files lack.
    layer_dims : list of int
        The sizes n_0, ..., n_L of the network.

    Raises
    ------
    ValueError
        If it is no such table.
    """
    has_keys = isinstance(table, dict) and set(table) | LATER == KEYS
    is_whole = has_keys and _has_marks(table) and layer_dims[-1] == 1
    if not (is_whole and _is_target(table) and _fits(table, layer_dims[0])):
        raise ValueError("its table is not that of its inputs and its output")


def _has_marks(table):
    """Return whether the decimal mark is one and the signs are texts, where they are given."""
    signs = table.get("signs", {})
    are_texts = isinstance(signs, dict) and all(
        isinstance(sign, str) for sign in signs.values()
    )
    return are_texts and table.get("decimal") in MARKS


def _is_target(table):
    """Return whether the target has a name, a kind and two classes or none."""
    classes = table["classes"]
    kind = {"words": (str,)}.get(table["kind"], (int, float))
    has_classes = classes is None or (
        isinstance(classes, list) and [type(c) in kind for c in classes] == [True, True]
    )
    return has_classes and _is_named(table, "target")


def _is_named(described, key):
    """Return whether a name is a text and the kind beside it one of KINDS."""
    return isinstance(described[key], str) and described["kind"] in KINDS


def _fits(table, n_x):
    """Return whether the columns become n_x inputs, each with a number for its gaps."""
    columns, fill = table["columns"], table["fill"]
    is_whole = all(map(_is_column, columns)) and all(map(_is_number, fill))
    names = [name for column in columns for name in inputs_of(column)]
    return is_whole and names == table["features"] and len(names) == len(fill) == n_x


def _is_number(value):
    """Return whether a value is a float that is finite."""
    return isinstance(value, float) and math.isfinite(value)


def _is_column(column):
    """Return whether a column has a name, a kind and, for words, these words."""
    words = column.get("words")
    has_words = isinstance(words, list) and all(isinstance(word, str) for word in words)
    keys = {"name", "kind", "words"} if has_words else {"name", "kind"}
    right = set(column) == keys and _is_named(column, "name")
    return right and has_words == (column["kind"] == "words")
