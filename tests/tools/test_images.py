"""images/ is what tools/images.py draws, picture by picture."""

import io
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageFilter

from dnn_lessons.classroom.figures.activations import activation_and_slope
from dnn_lessons.classroom.figures.display import png
from tools.images import FOLDER, IMAGES, activation

# Each Matplotlib sets type and margins a little differently, so the pictures are compared blurred. Measured between the
# oldest and the newest that we allow: at most 0.019. Measured for other numbers in the same picture: 0.068 and more.
BLUR, TOLERANCE = 16, 0.03
RECORDED = "explorer.gif"  # by tools/explorer_gif.py


def frames(data):
    """The blurred ink of each frame, black being 255."""
    picture = Image.open(io.BytesIO(data))
    for number in range(getattr(picture, "n_frames", 1)):
        picture.seek(number)
        yield 255 - np.asarray(
            picture.convert("L").filter(ImageFilter.GaussianBlur(BLUR)), float
        )


def difference(one, other):
    """The share of the ink that differs, in the frame that differs most; 1 where size or number of frames differ."""
    one, other = list(frames(one)), list(frames(other))
    if [frame.shape for frame in one] != [frame.shape for frame in other]:
        return 1.0
    return max(
        np.abs(a - b).sum() / (a + b).sum() for a, b in zip(one, other, strict=True)
    )


@cache
def figure(name):
    """The figure of a picture; the one of 3,000 epochs takes seconds."""
    return IMAGES[name]()


@pytest.mark.long
@pytest.mark.parametrize("name", IMAGES)
def test_picture_is_what_the_table_draws(name):
    assert difference((FOLDER / name).read_bytes(), png(figure(name))) < TOLERANCE


@pytest.mark.long
def test_the_fit_through_the_epochs_is_as_lesson_14_says():
    """Off at the right end alone after 1,000 epochs, as far as after 100; after 3,000 it rises there."""
    panels = {axes.get_title(): axes for axes in figure("result.png").axes}
    fits = {
        n: panels[f"after {n:,} epochs"].lines[-1].get_ydata() for n in (100, 1000, 3000)
    }
    x, y = panels["after 1,000 epochs"].lines[0].get_data()
    end, off = x > 5, np.abs(fits[1000] - y)
    assert off[~end].max() < 0.05
    assert off[end].max() > 0.12
    assert fits[100][-1] == pytest.approx(fits[1000][-1], abs=0.005)
    assert fits[1000][-1] < fits[1000][end][0] / 2
    assert fits[3000][-1] > 1.5 * fits[3000][end][0]


def test_every_picture_has_its_row():
    assert {file.name for file in FOLDER.iterdir()} == {*IMAGES, RECORDED}


@pytest.mark.long
def test_other_numbers_in_the_same_picture_are_told_apart():
    marks = {"saturated": [(-8, -5), (5, 8)]}
    assert (
        difference(
            (FOLDER / "sigmoid.png").read_bytes(),
            png(activation("tanh", 8, "sigmoid", **marks)),
        )
        > 0.06
    )


@pytest.mark.long
def test_a_missing_curve_is_told_apart():
    z = np.linspace(-4, 4, 401)
    flat = activation_and_slope(z, 0 * z, 0 * z + 1, "relu", kink=0.0)
    assert difference((FOLDER / "relu.png").read_bytes(), png(flat)) > 0.06


def test_the_recording_moves_and_is_small():
    with Image.open(FOLDER / RECORDED) as recording:
        assert recording.n_frames > 30
    assert (FOLDER / RECORDED).stat().st_size < 600_000
