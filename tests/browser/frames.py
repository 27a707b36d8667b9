"""What is seen of a training in a page, frame by frame, and whether it is what the words say."""

import re
from typing import NamedTuple

import numpy as np
from pages import SEE, numbers_of

from dnn_lessons.classroom.explorers.cost_panel import thinned
from dnn_lessons.classroom.figures.looks import look_of, on_dark

FEWEST = 10  # frames of a run that plays
PIXEL = 0.02  # pixels: the page rounds to a hundredth
EPOCH = re.compile(r"[Ee]poch ([\d,]+) of")
COST = re.compile(r"\bcost (?:is )?(\d[\d.]*(?:e[+-]?\d+)?)")
# From now on, each frame in which the words or the picture are others than in the frame before.
RECORD = f"""section => {{
  const see = {SEE};
  window.frames_seen = [];
  let last = '';
  const look = () => {{
    if (!window.frames_seen || !section.isConnected) return;
    const frame = see(section);
    const now = JSON.stringify(frame);
    if (now !== last) window.frames_seen.push(frame);
    last = now;
    requestAnimationFrame(look);
  }};
  look();
}}"""
TAKE = "() => { const frames = window.frames_seen; window.frames_seen = null; return frames; }"


class Told(NamedTuple):
    """What the words say of a run: the epoch, and the text of a cost for the label of each curve."""

    epoch: int
    costs: dict


def told(words, label="training"):
    """What words such as "Epoch 20 of 300: cost 0.0123." say; None where they name no epoch."""
    epoch, cost = EPOCH.search(words), COST.search(words)
    if not epoch or not cost:
        return None
    return Told(int(epoch.group(1).replace(",", "")), {label: cost.group(1).rstrip(".")})


def judge(frames, read=told, looks=None, dark=False):
    """Raise an AssertionError unless a run is truly seen to train: its curves grow, and are what the words say."""
    epochs = []
    for frame in frames:
        said = read(frame["words"])
        if said and said.epoch and frame["playing"]:
            judge_frame(frame, said, looks or {}, dark)
            epochs.append(said.epoch)
    seen = len(set(epochs))
    assert seen >= FEWEST, f"the words told of {seen} epochs only: {epochs}"
    assert epochs == sorted(epochs), f"the run goes backwards: {epochs}"


def judge_frame(frame, said, looks, dark=False):
    """Raise an AssertionError unless each curve of a frame is what the words say."""
    panel = cost_panel_of(frame)
    for label, cost in said.costs.items():
        where = f"{label}, {frame['words']!r}"
        curve = curve_of(panel, label)
        judge_look(curve, looks.get(label, label), dark, where)
        judge_line(panel, points_of(curve), said.epoch, cost, where)


def cost_panel_of(frame):
    """The panel of the costs."""
    panels = [each for each in frame["panels"] if "cost" in each["title"].lower()]
    assert panels, (
        f"no panel of costs among {[each['title'] for each in frame['panels']]}"
    )
    return panels[0]


def curve_of(panel, label):
    """The one line of a panel that has a label."""
    lines = [each for each in panel["marks"] if each["kind"] == "line"]
    found = [each for each in lines if each["label"] == label and not each["faint"]]
    assert len(found) == 1, f"{len(found)} lines {label!r}"
    return found[0]


def points_of(mark):
    """The points (n, 2) of a line, in pixels."""
    return np.array(numbers_of(mark["paths"][0]["d"])).reshape(-1, 2)


def judge_look(curve, look, dark, where):
    """The line is visible, in the colour of its look."""
    colour = look_of(look).colour
    colour = on_dark(colour) if dark else colour
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    assert curve["seen"], f"not visible: {where}"
    drawn = curve["paths"][0]["stroke"]
    assert drawn == f"rgb({parts[0]}, {parts[1]}, {parts[2]})", f"colour {drawn}: {where}"


def judge_line(panel, points, epoch, cost, where):
    """It has a point for each epoch, all of them in the panel, and ends at the cost that is told."""
    left, right, top, bottom = panel["box"]
    x, y = points.T if len(points) else np.empty((2, 0))
    expected = thinned(np.arange(epoch))[0]
    assert len(points) == len(expected), f"{len(points)} points: {where}"
    inside = (x >= left - PIXEL) & (x <= right + PIXEL)
    inside &= (y >= top - PIXEL) & (y <= bottom + PIXEL)
    assert inside.all(), f"{(~inside).sum()} points outside the panel: {where}"
    judge_clip(panel, where)
    epochs = number_at(x, panel["x"], left, right)
    assert (np.rint(epochs) == expected).all(), f"points at other epochs: {where}"
    last = [number_at(y[-1] + by, panel["y"], bottom, top) for by in (PIXEL, -PIXEL)]
    low, high = ends_of(cost)
    assert last[0] <= high and low <= last[1], f"the curve ends at {last}: {where}"


def judge_clip(panel, where):
    """What is cut off lies outside the box of the axes."""
    (x, y, width, height), (left, right, top, bottom) = panel["clip"], panel["box"]
    whole = x <= left and y <= top and x + width >= right and y + height >= bottom
    assert whole, f"the panel is cut to {panel['clip']}: {where}"


def number_at(place, axis, start, end):
    """The numbers of an axis [low, high, log] at places in pixels."""
    low, high, log = axis
    share = (np.asarray(place) - start) / (end - start)
    if log:
        return low * (high / low) ** share
    return low + share * (high - low)


def ends_of(text):
    """The numbers from which on, and up to which, a number is rounded to this text."""
    digits, _, power = text.partition("e")
    decimals = len(digits.partition(".")[2])
    half = 0.5 * 10.0 ** (int(power or 0) - decimals)
    if not decimals and not power:  # as 141 or 1200 with three digits
        half = 0.5 * 10.0 ** max(0, len(digits) - 3)
    return float(text) - half * (1 + 1e-9), float(text) + half * (1 + 1e-9)
