"""The explorer of an outlier."""

from dnn_lessons.classroom.explorers import outlier_explorer


def test_the_outlier_moves_the_mean_and_not_the_median():
    words = outlier_explorer(at=30).words
    assert "mean (MSE) 8" in words
    assert "median (MAE) 3" in words
