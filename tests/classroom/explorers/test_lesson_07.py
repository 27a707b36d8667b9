"""The explorer of the squared error."""

import numpy as np

from dnn_lessons.classroom.explorers import squared_error_explorer


def test_the_losses_of_the_explorer_and_their_slopes():
    state = squared_error_explorer(a=3, y=1).state
    np.testing.assert_allclose(state.losses, (state.grid - 1) ** 2)
    np.testing.assert_allclose(state.slopes, 2 * (state.grid - 1))
    assert tuple(state.at) == (3, 4, 4)
