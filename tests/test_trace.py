"""A traced array refuses what a list of calls cannot repeat."""

import numpy as np
import pytest

from dnn_lessons.purity import Untraceable
from dnn_lessons.trace import Tape, Traced


@pytest.mark.parametrize("use", [bool, float, int, len, np.array, list, np.sort, lambda A: A[0], lambda A: A**-1,
                                 np.add.reduce, lambda A: np.divmod(A, 2), lambda A: np.add(A, 1, where=A)])
def test_a_traced_array_refuses_what_a_list_of_calls_cannot_repeat(use):
    with pytest.raises((Untraceable, TypeError)):
        use(Traced(np.ones((2, 3)), Tape()))
