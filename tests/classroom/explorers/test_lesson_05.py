"""The explorer of tanh."""

import numpy as np
import pytest
from test_lesson_02 import every_format, first_one, told, value_in

from dnn_lessons import tanh
from dnn_lessons.classroom.explorers import tanh_explorer


@pytest.mark.long
@every_format
def test_the_words_say_1_only_where_it_is_1(dtype):
    for z, (words, _) in told(tanh_explorer, dtype).items():
        (a,), _ = tanh(np.array([z], dtype))
        assert (value_in(words) in ("1", "-1")) == (abs(a) == 1)
        assert (abs(a) == 1) == ("tanh is exactly" in words)


def test_the_answer_to_move_it():
    points = told(tanh_explorer, "float64")
    slopes = {z: slope for z, (_, (_, _, slope)) in points.items() if z >= 0}
    assert next(z for z, slope in slopes.items() if slope < 0.1) == 1.9
    assert slopes[1.8] == pytest.approx(0.104, abs=5e-4)
    assert slopes[1.9] == pytest.approx(0.0856, abs=5e-5)
    assert value_in(points[18][0]) == "0.9999999999999996"
    assert first_one(tanh_explorer, "float64") == 19
    assert first_one(tanh_explorer, "float32") == 10
