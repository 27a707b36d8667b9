"""A traced array refuses what a list of calls cannot repeat."""

import numpy as np
import pytest
from dnn_lessons.engines.purity import Untraceable

from dnn_lessons.engines.tape import LINE, Tape, Traced, aligned


@pytest.mark.parametrize(
    "use",
    [
        bool,
        float,
        int,
        len,
        np.array,
        list,
        np.sort,
        lambda A: A[0],
        lambda A: A**-1,
        np.add.reduce,
        lambda A: np.divmod(A, 2),
        lambda A: np.add(A, 1, where=A),
    ],
)
def test_a_traced_array_refuses_what_a_list_of_calls_cannot_repeat(use):
    with pytest.raises((Untraceable, TypeError)):
        use(Traced(np.ones((2, 3)), Tape()))


@pytest.mark.parametrize("dtype", [np.float32, np.float64, bool])
@pytest.mark.parametrize("shape", [(), (1, 1), (3, 5), (64, 7)])
def test_the_homes_of_results_begin_on_a_line_of_the_cache(shape, dtype):
    """In the order of the original, which decides how a product reads them."""
    numbers = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(dtype)
    for A in (numbers, numbers.T, np.asfortranarray(numbers)):
        home = aligned(A)
        assert home.__array_interface__["data"][0] % LINE == 0
        assert (home.dtype, home.flags.c_contiguous, home.flags.f_contiguous) == (
            A.dtype,
            A.flags.c_contiguous,
            A.flags.f_contiguous,
        )
        assert np.array_equal(home, A)
        assert not np.shares_memory(home, A)
