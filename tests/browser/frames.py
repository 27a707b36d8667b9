"""What is seen of a training in a page, frame by frame, and whether it is what the words say."""

import re
from typing import NamedTuple

import numpy as np
from pages import SEE, numbers_of

from dnn_lessons.classroom.explorers.cost_panel import thinned
from dnn_lessons.classroom.figures.looks import look_of, on_dark, slug

LEVEL = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
FEWEST = 10  # frames of a run that plays
PIXEL = 0.02  # pixels: the page rounds to a hundredth
NUMBER = r"(\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]?\d+|·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)"
EPOCH = re.compile(rf"Epoch ([\d,]+) of [\d,]+, cost {NUMBER}(?:, held out {NUMBER})?")
STEP = re.compile(r"Step ([\d,]+) of [\d,]+: cost (.*)\.$")
AT_RATE = re.compile(rf"{NUMBER} at η")
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
    """What words say of a run: where its curves end, the text of the cost by look, and where they begin."""

    last: int
    costs: dict
    first: int = 1


def told(words):
    """What words such as "Epoch 20 of 300, cost 0.0123" or "Step 2 of 40: cost 3 at η = 0.1" say, or None."""
    if found := EPOCH.search(words):
        costs = {"training": found.group(2), "held out": found.group(3)}
        costs = {look: plain(cost) for look, cost in costs.items() if cost}
        return Told(int(found.group(1).replace(",", "")), costs)
    if found := STEP.search(words):
        costs = map(plain, AT_RATE.findall(found.group(2)))
        looks = {f"compared {i}": cost for i, cost in enumerate(costs)}
        return Told(int(found.group(1).replace(",", "")), looks, 0)
    return None


def plain(number):
    """The text of a number as Python writes it, "2.8e-07" for "2.8·10⁻⁷"."""
    digits, _, power = number.replace(",", "").partition("·10")
    return f"{digits}e{power.translate(LEVEL)}" if power else digits


def judge(frames, dark=False):
    """Raise an AssertionError unless a run is truly seen to train: its curves grow, and are what the words say."""
    ends = []
    for frame in frames:
        said = told(frame["words"])
        if said and said.last and frame["playing"]:
            judge_frame(frame, said, dark)
            ends.append(said.last)
    assert len(set(ends)) >= FEWEST, (
        f"the words told of {len(set(ends))} epochs only: {ends}"
    )
    assert ends == sorted(ends), f"the run goes backwards: {ends}"


def judge_frame(frame, said, dark=False):
    """Raise an AssertionError unless each curve of a frame is what the words say."""
    panel, judged = cost_panel_of(frame), 0
    for look, cost in said.costs.items():
        if not said.first and float(cost) > panel["y"][1]:
            continue  # a descent has left its axis, which stays
        where = f"{look}, {frame['words']!r}"
        curve = curve_of(panel, look)
        judge_colour(curve, look, dark, where)
        judge_line(panel, points_of(curve), said, cost, where)
        judged += 1
    assert judged, f"no curve is on the axis: {frame['words']!r}"


def cost_panel_of(frame):
    """The panel of the costs."""
    panels = [each for each in frame["panels"] if "cost" in each["title"].lower()]
    assert panels, (
        f"no panel of costs among {[each['title'] for each in frame['panels']]}"
    )
    return panels[0]


def curve_of(panel, look):
    """The one line of a panel that has a look and does not stand behind the others."""
    lines = [each for each in panel["marks"] if each["kind"] == "line"]
    found = [each for each in lines if each["look"] == slug(look) and not each["faint"]]
    assert len(found) == 1, f"{len(found)} lines {look!r}"
    return found[0]


def points_of(mark):
    """The points (n, 2) of a line, in pixels."""
    return np.array(numbers_of(mark["paths"][0]["d"])).reshape(-1, 2)


def judge_colour(curve, look, dark, where):
    """The line is visible, in the colour of its look."""
    colour = look_of(look).colour
    colour = on_dark(colour) if dark else colour
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    assert curve["seen"], f"not visible: {where}"
    drawn = curve["paths"][0]["stroke"]
    assert drawn == f"rgb({parts[0]}, {parts[1]}, {parts[2]})", f"colour {drawn}: {where}"


def judge_line(panel, points, said, cost, where):
    """It has a point for each epoch, all of them in the panel, and ends at the cost that is told."""
    left, right, top, bottom = panel["box"]
    x, y = points.T if len(points) else np.empty((2, 0))
    expected = thinned(np.arange(said.first, said.last + 1))[0] - 1 + said.first
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
