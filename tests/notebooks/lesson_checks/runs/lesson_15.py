"""What holds the words of outcome of lesson 15, how frameworks get fast."""

import re
from time import process_time

import numpy as np

from dnn_lessons import ACTIVATIONS, COSTS, datasets, training
from dnn_lessons.engines import compiled
from dnn_lessons.engines.replay import bind
from dnn_lessons.engines.tape import Tape, Traced


def _a_result_stays_in_its_array():
    """Whether a replayed call writes 3, and then 5, to the array in which the tape found 3."""
    tape, A = Tape(), np.array([[1.0, 2.0]])
    result = np.add(Traced(A, tape), 2 * np.ones((1, 2)))
    array, (run,) = result.value, bind(*tape.calls[0])
    seen = [array.tolist()]
    A *= 3
    run()
    return [*seen, array.tolist(), array is result.value] == [[[3, 4]], [[5, 8]], True]


def _the_program_only_reads_the_inputs():
    """Whether the program takes them as `const`, and reads them at least once without a line that sets them."""
    X, Y, parameters = datasets.tiny_network()
    model = ACTIVATIONS["relu"], ACTIVATIONS["sigmoid"], COSTS["cross_entropy"]
    job = training.Job(X, Y, model, 0.1, (2, False, None))
    program = compiled.c_source(job, parameters, widths=[2])
    read, written = (
        re.findall(rf"all_X\S* *{sign}", program) for sign in ("", "[-+*/]?=[^=]")
    )
    return "const real all_X[][2]" in program and len(read) > 1 and len(written) == 0


RUNS = {
    "118,000 times the multiplications": (
        "15-c6",
        lambda n: round(n[2] / n[1], -3) == n[3] == 118000,
    ),
    "More functions than multiplications": ("15-06", lambda n: n[1] > n[0]),
    "A better formula saves whole calls": ("d2b50b7d", lambda n: n[0] > n[1] > 0),
    "The last batch of an epoch may be shorter": ("15-36", lambda n: n == [7 % 3, 3]),
}


def _more_than_a_billion_in_a_second():
    """Whether one processor multiplies so often, in a product of matrices, the best of ten."""
    n, spent = 500, []
    A = np.ones((n, n))
    for _ in range(10):
        start = process_time()
        np.dot(A, A)
        spent.append(process_time() - start)
    return n**3 > 1e9 * min(spent)


COMPUTED = {
    "So every result gets an array that stays": _a_result_stays_in_its_array,
    "it is read and never changed": _the_program_only_reads_the_inputs,
    "A processor does more than a billion of those in a second": _more_than_a_billion_in_a_second,
}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 0
