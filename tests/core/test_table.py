"""The table of a network's file: each of its parts alone decides whether it fits."""

import json

import pytest

from dnn_lessons._table import check_table, inputs_of

X = {"name": "x", "kind": "numbers"}
TABLE = {
    "target": "y",
    "kind": "numbers",
    "classes": None,
    "columns": [X],
    "features": ["x"],
    "fill": [0.5],
}


def of(columns, features=None, **changes):
    """A table of these columns, with as many numbers for gaps as there are features."""
    features = features or [name for column in columns for name in inputs_of(column)]
    rest = {"features": features, "fill": [0.5] * len(features)} | changes
    return TABLE | {"columns": columns} | rest


def words(*words):
    """A column of these words."""
    return {"name": "x", "kind": "words", "words": list(words)}


# {what: (the table, the sizes of the layers)}
FITTING = {
    "one layer": (TABLE, [1, 1]),
    "two layers": (TABLE, [1, 5, 1]),
    "three layers": (TABLE, [1, 3, 2, 1]),
    "two columns": (of([X, X | {"name": "z", "kind": "dates"}]), [2, 3, 1]),
    "one word": (of([words("a")], ["x = a"]), [1, 1]),
    "two words": (of([words("a", "b")], ["x = b"]), [1, 1]),
    "three words": (of([words("a", "b", "c")], ["x = a", "x = b", "x = c"]), [3, 1]),
    "300 columns": (of([X | {"name": f"x{k}"} for k in range(300)]), [300, 1]),
    "days": (TABLE | {"kind": "dates"}, [1, 1]),
    "numbers as classes": (TABLE | {"classes": [0, 1.5]}, [1, 1]),
    "words as classes": (TABLE | {"kind": "words", "classes": ["b", "a"]}, [1, 1]),
    "a decimal mark alone": (TABLE | {"decimal": ","}, [1, 1]),
    "signs alone": (TABLE | {"signs": {"x": "%"}}, [1, 1]),
    "no mark and no sign": (TABLE | {"decimal": None, "signs": {}}, [1, 1]),
}
FAULTY = {
    "two outputs": (TABLE, [1, 2]),
    "no output": (TABLE, [1, 0]),
    "two outputs after a layer of one": (TABLE, [1, 1, 2]),
    "an input too many": (TABLE, [2, 1]),
    "an input too few": (of([X, X | {"name": "z"}]), [1, 1]),
    "a name too many for the inputs": (
        of([X, X | {"name": "z"}], fill=[0.5]),
        [1, 1],
    ),
    "a column without a kind": (of([{"name": "x"}]), [1, 1]),
    "a pair list": (list(TABLE.items()), [1, 1]),
    "a key too many": (TABLE | {"code": "x"}, [1, 1]),
    **{
        f"no {key}": ({name: TABLE[name] for name in TABLE if name != key}, [1, 1])
        for key in TABLE
    },
    "earlier features": (TABLE | {"features": ["a"]}, [1, 1]),
    "later features": (TABLE | {"features": ["z"]}, [1, 1]),
    "a number for gaps too few": (TABLE | {"fill": []}, [1, 1]),
    "a number for gaps too many": (TABLE | {"fill": [0.5, 0.5]}, [1, 1]),
    "numbers for gaps as many as inputs": (TABLE | {"fill": [0.5, 0.5]}, [2, 1]),
    "a whole number for gaps": (TABLE | {"fill": [1]}, [1, 1]),
    "a text for gaps": (TABLE | {"fill": ["0.5"]}, [1, 1]),
    "NaN for gaps": (TABLE | {"fill": [float("nan")]}, [1, 1]),
    "infinity for gaps": (TABLE | {"fill": [-float("inf")]}, [1, 1]),
    "words of numbers": (of([words("a", "b") | {"kind": "numbers"}]), [1, 1]),
    "words of days": (of([words("a", "b") | {"kind": "dates"}]), [1, 1]),
    "no words": (of([X | {"kind": "words"}]), [1, 1]),
    "a word that is a number": (of([words("a", 1, "c")]), [3, 1]),
    "words in one text": (of([words() | {"words": "ab"}], ["x = b"]), [1, 1]),
    "a column with a key too many": (of([X | {"run": "x"}]), [1, 1]),
    "a column of words with a key too many": (of([words("a") | {"run": "x"}]), [1, 1]),
    "a column whose name is a number": (of([X | {"name": 3}]), [1, 1]),
    "a column of an unknown kind": (of([X | {"kind": "code"}]), [1, 1]),
    "a right column and a faulty one": (of([X, X | {"kind": "code"}]), [2, 1]),
    "a target whose name is a number": (TABLE | {"target": 3}, [1, 1]),
    "a target of an unknown kind": (TABLE | {"kind": "code"}, [1, 1]),
    "one class": (TABLE | {"classes": [0]}, [1, 1]),
    "three classes": (TABLE | {"classes": [0, 1, 2]}, [1, 1]),
    "classes of two kinds": (TABLE | {"kind": "words", "classes": ["a", 1]}, [1, 1]),
    "truths as classes": (TABLE | {"classes": [False, True]}, [1, 1]),
    "classes in one text": (TABLE | {"kind": "words", "classes": "ab"}, [1, 1]),
    "numbers as classes of words": (TABLE | {"kind": "words", "classes": [0, 1]}, [1, 1]),
    "words as classes of days": (
        TABLE | {"kind": "dates", "classes": ["a", "b"]},
        [1, 1],
    ),
    "classes of nothing": (TABLE | {"classes": []}, [1, 1]),
    "an unknown decimal mark": (TABLE | {"decimal": "'", "signs": {}}, [1, 1]),
    "a sign that is a number": (TABLE | {"decimal": ".", "signs": {"x": 3}}, [1, 1]),
    "a sign without its column": (TABLE | {"signs": ["%"]}, [1, 1]),
}


@pytest.mark.parametrize("what", FITTING)
def test_a_table_that_fits_passes(what):
    table, layer_dims = FITTING[what]
    check_table(json.loads(json.dumps(table)), layer_dims)


@pytest.mark.parametrize("what", FAULTY)
def test_a_table_with_one_fault_is_refused(what):
    with pytest.raises(ValueError, match="its table is not that of its inputs"):
        check_table(*FAULTY[what])
