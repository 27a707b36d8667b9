"""Merging: calls of a step that need not wait for each other become one call.

The layers of a network make the same calls. One call for the rows of all layers takes less time,
and computes each number as before.
"""

from collections import defaultdict

import numpy as np

from dnn_lessons.engines.tape import Call, Traced

ROW_BY_ROW = {}, {"axis": 1, "keepdims": True}  # the settings of calls that can be merged


def merged(calls, wanted):
    """Return calls that make the wanted results, as few as possible, in an order for them.

    Parameters
    ----------
    calls : list of Call
        The calls of a step, in their order. Their arrays may be moved.
    wanted : list of Traced
        The results of the step.

    Returns
    -------
    list of Call
        The calls.
    """
    groups = side_by_side(calls, wanted)
    return [each for group in groups for each in (_one(group) if group[1:] else group)]


def side_by_side(calls, wanted):
    """Return the calls that make the wanted results, in groups of calls of one kind.

    Each call comes as late as its readers allow: so the sums of all layers are in one group.

    Parameters
    ----------
    calls : list of Call
        The calls of a step, in their order.
    wanted : list of Traced
        The results of the step.

    Returns
    -------
    list of list of Call
        No call reads what another one of its group, or of a later group, makes.
    """
    readers, groups = dict.fromkeys(map(id, wanted), 0), defaultdict(list)
    for call in reversed(calls):
        if id(call.result) in readers:  # else nobody reads it
            following = readers[id(call.result)]
            groups[-following, _kind(call)].append(call)
            for source in (id(x.base) for x in call.inputs if isinstance(x, Traced)):
                readers[source] = max(readers.get(source, 0), following + 1)
    return [groups[key] for key in sorted(groups, key=lambda key: key[0])]


def _kind(call):
    """Return what calls that can be merged have in common; something unique for any other."""
    function, inputs, settings, result = call
    arrays = [x for x in inputs if not np.isscalar(x)]
    by_rows = all(x is x.base and x.shape[:1] == result.shape[:1] for x in arrays)
    if function is np.dot or settings not in ROW_BY_ROW or not by_rows:
        return id(call)
    return function, *[x if np.isscalar(x) else (x.shape[1:], x.dtype) for x in inputs]


def _one(group):
    """Return a group as one call; the group itself, where its arrays cannot be neighbours in memory."""
    function, _, settings, _ = group[0]
    places = zip(*[(*call.inputs, call.result) for call in group], strict=True)
    *inputs, out = [x[0] if np.isscalar(x[0]) else _neighbours(x) for x in places]
    if any(A is None for A in (*inputs, out)):
        return group
    return [Call(function, inputs, settings, Traced(out, None))]


def _neighbours(parts):
    """Return an array whose rows are those of the traced arrays, which may be moved for it; or None."""
    if all(x.value.base is None and x.value.flags.c_contiguous for x in parts):
        ends = np.cumsum([len(x.value) for x in parts])
        views = np.split(np.concatenate([x.value for x in parts]), ends)
        for x, view in zip(parts, views, strict=False):  # the last one is empty
            x.value = view
    at = np.array([(x.value.ctypes.data, x.value.nbytes) for x in parts])
    if (at[:-1].sum(axis=1) != at[1:, 0]).any():
        return None
    shape = at[:, 1].sum() // parts[0].value[0].nbytes, *parts[0].shape[1:]
    return np.lib.stride_tricks.as_strided(parts[0].value, shape)
