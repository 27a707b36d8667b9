"""Pictures of activations: a curve with its slope, comparisons, chords at a kink, units on their curve."""

import numpy as np

from dnn_lessons.classroom.figures.style import COLOURS, new_figure, styled

MARKERS = "osD^vP"


@styled
def activation_and_slope(Z, A, slope, name, saturated=(), kink=None, at=None):
    """The curve A over the rising numbers Z, labelled `name`, and its slope below.

    `saturated`: intervals (low, high) of z to shade; `kink`: the z where the slope jumps; `at`: a point
    (z, a, slope) where the tangent is drawn. A limit of the axes cuts the tangent off.
    """
    figure, axes = new_figure(2, 1, height=5.0, sharex=True)
    for axis, values, key, label in zip(axes, (A, slope), ("value", "slope"), (name, "slope"), strict=True):
        axis.plot(*broken(Z, values, kink), color=COLOURS[key], linestyle="-" if key == "value" else "--")
        axis.set(xlim=(Z[0], Z[-1]), ylabel=label)
        axis.margins(y=0.15)
        axis.set_ylim(axis.get_ylim())
        for low, high in saturated:
            shade(axis, max(low, Z[0]), min(high, Z[-1]))
    if kink is not None:
        mark_kink(axes, Z, A, slope, kink)
    if at is not None:
        mark_point(axes, np.asarray(Z), *at)
    axes[1].set_xlabel("z")
    return figure


def broken(Z, values, kink):
    """Z and values, with a gap at the kink, so that a jump is not drawn as a slope."""
    if kink is None:
        return Z, values
    start = np.searchsorted(Z, kink, side="right")
    return np.insert(Z, start, np.nan), np.insert(values, start, np.nan)


def shade(axis, low, high):
    """The interval of z from low to high in grey, with its name."""
    axis.axvspan(low, high, facecolor=COLOURS["paper"], edgecolor="#BBBBBB", hatch="//", linewidth=0, zorder=0)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 2.0}
    axis.text((low + high) / 2, 0.5, "saturated", transform=axis.get_xaxis_transform(), ha="center", va="center",
              bbox=box, color=COLOURS["ink"])


def mark_kink(axes, Z, A, slope, kink):
    """The kink on the curve; below, a filled dot on the value from its left and an open one on that from its right."""
    left = np.searchsorted(Z, kink, side="right") - 1
    axes[0].plot(kink, A[left], "s", color=COLOURS["ink"], label="kink")
    dots = {"value taken at the kink": (left, COLOURS["slope"]), "limit from the right": (left + 1, "white")}
    for label, (index, fill) in dots.items():
        axes[1].plot(kink, slope[index], "o", color=COLOURS["slope"], markerfacecolor=fill, label=label)
    for axis in axes:
        axis.legend(loc="upper left")


def mark_point(axes, Z, z, a, slope):
    """The tangent at z on the curve, and the same z on the slope."""
    axes[0].plot(Z, a + slope * (Z - z), color=COLOURS["good"], linestyle=":", label=f"tangent, slope {slope:.3g}")
    axes[0].plot(z, a, "D", color=COLOURS["good"])
    axes[1].plot(z, slope, "D", color=COLOURS["good"])
    axes[0].legend(loc="upper left")


@styled
def several(x, panels, xlabel="z", scale="linear", marker=None, kink=None):
    """Curves over one x, panel by panel: `panels` is {title: {label: values}}; a label keeps its line in all panels.

    Values may be fewer than x; at the `kink`, where they may jump, the lines have a gap.
    """
    figure, axes = new_figure(1, len(panels), squeeze=False)
    for axis, (title, curves) in zip(axes[0], panels.items(), strict=True):
        for label, values in curves.items():
            axis.plot(*broken(x[: len(values)], values, kink), marker=marker, label=label)
        axis.set(title=title, xlabel=xlabel, yscale=scale)
        axis.legend()
    return figure


@styled
def chords(Z, A, name, **ends):
    """A curve and chords of it, each given by its name and its two points (z, a); the legend holds their slopes."""
    figure, axis = new_figure(width=6.4)
    axis.plot(Z, A, color=COLOURS["light"], linewidth=7, label=name)
    lines = zip(("--", "-.", ":"), ("slope", "good", "other"), MARKERS, ends.items(), strict=False)
    for style, key, marker, (label, (start, end)) in lines:
        slope = (end[1] - start[1]) / (end[0] - start[0])
        axis.plot(*zip(start, end, strict=True), linestyle=style, marker=marker, markersize=8, color=COLOURS[key],
                  label=f"{label}: slope {slope:.3g}")
    axis.set(xlabel="z", ylabel=name)
    axis.legend(loc="upper left")
    return figure


@styled
def units_on_curve(Z, A, name, units):
    """One panel for each of `units`, {title: (z, a)}: where its examples, each a marker, lie on the curve."""
    figure, axes = new_figure(1, len(units), sharey=True, squeeze=False)
    for axis, marker, (title, (z, a)) in zip(axes[0], "oX^v", units.items(), strict=False):
        axis.plot(Z, A, color=COLOURS["value"], label=name)
        axis.plot(z, a, marker, color=COLOURS["slope"], markersize=7, alpha=0.7, label="one example")
        axis.set(title=title, xlabel="z")
        axis.legend(loc="upper left")
    axes[0, 0].set_ylabel(name)
    return figure


@styled
def spread(samples, low, high):
    """One histogram from low to high for each of `samples`, {title: array}, with the mean as a line."""
    figure, axes = new_figure(1, len(samples), sharey=True, squeeze=False)
    for axis, (title, values) in zip(axes[0], samples.items(), strict=True):
        mean = np.mean(values)
        axis.hist(np.ravel(values), bins=np.linspace(low, high, 41), color=COLOURS["light"])
        axis.set_axisbelow(True)
        axis.axvline(mean, color=COLOURS["ink"], linestyle="--", label=f"mean {mean:.2f}")
        axis.set(title=title, xlabel="activation")
        axis.legend(loc="upper left")
    axes[0, 0].set_ylabel("how many")
    return figure
