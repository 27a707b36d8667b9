"""RESULTS.md, its plot and the table of README.md: a run, what was to be reached, and what is not beaten."""

import re
from typing import NamedTuple

from benchmarks import COMMAND
from benchmarks.jobs import JOBS
from benchmarks.measure import at_least, machine, ratios, table
from dnn_lessons.classroom.figures import LOOKS, new_figure, png

HEAD = """# Speed, side by side

Made by `{command}` on {machine}.

*Plain* is the loop that the lessons show; *recorded* and *compiled* are the engines of lesson 15, which replay the same
step as a list, or run it as a program in C. The short version of this page is [README.md](README.md).

Times are processor seconds of one thread: medians over rounds in which the contenders take turns, and ratios are taken
within each round. A step's time is that of the later epochs; what it costs to start a training is in J6 alone. Before
the clock starts, every contender trains the same network on the same batches and must arrive at the same parameters
and costs. All do the same work: the time of each includes the cost of each epoch. Ours alone also copy the parameters
after each epoch, and look whether they are finite.
"""
PLOT = """![Time of a training step of each contender, relative to the recorded one, job by job](results.png)

## What it does not beat

Their time relative to that of the compiled engine in brackets:

{unbeaten}
"""
AIMED = """## What was to be reached

{reached}
"""
BETWEEN = re.compile(r"(?<=<!-- measured -->\n).*(?=<!-- end -->)", re.DOTALL)
SHORT = {
    "compiled": "compiled",
    "JAX on the lessons' functions": "JAX",
    "numba, whole training compiled": "numba",
    "NumPy's floor": "NumPy's floor",
    "plain": "plain",
    "the document's algorithm": "the document",
    "scikit-learn MLP": "scikit-learn",
    "PyTorch, eager": "PyTorch",
}
OURS = ("compiled", "recorded", "plain")
SHOWN = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)  # ticks of the plot
TITLES = {
    "document": "The document's command",
    "J3-64": "J3, float64",
    "J3-32": "J3, float32",
}


class Aim(NamedTuple):
    """In `job`, the time of `other` is to be at least `factor` times the time of `who`."""

    job: str
    who: str
    factor: float
    other: str


AIMS = [
    Aim("J1", "compiled", 18, "the document's algorithm"),
    Aim("J1", "compiled", 70, "PyTorch, eager"),
    Aim("J1", "compiled", 1, "JAX on the lessons' functions"),
    Aim("J1", "compiled", 1, "numba, whole training compiled"),
    Aim("J1", "recorded", 1 / 1.3, "NumPy's floor"),
    Aim("J1", "recorded", 9, "scikit-learn MLP"),
    Aim("document", "compiled", 1, "JAX on the lessons' functions"),
    Aim("document", "compiled", 1, "numba, whole training compiled"),
    Aim("J2", "compiled", 1 / 0.75, "recorded"),
    Aim("J2", "recorded", 2.2, "the document's algorithm"),
    Aim("J3-64", "compiled", 0.95, "JAX on the lessons' functions"),
    Aim("J3-64", "compiled", 0.95, "numba, whole training compiled"),
    Aim("J3-64", "recorded", 0.93, "matrix products alone"),
    Aim("J3-64", "plain", 0.85, "matrix products alone"),
    Aim("J3-32", "compiled", 0.95, "JAX on the lessons' functions"),
    Aim("J3-32", "recorded", 0.93, "matrix products alone"),
    Aim("J3-32", "plain", 0.85, "matrix products alone"),
]


def reached(results):
    """A row for each aim that was measured: job, what, aim, measured, reached."""
    timed = [(aim, results[aim.job].seconds) for aim in AIMS if aim.job in results]
    rows = [
        (job, *at_least(f"time of {other} / {who}", factor, ratios(seconds, who)[other]))
        for (job, who, factor, other), seconds in timed
        if {who, other} <= set(seconds)
    ]
    rows += [(job, *aim) for job, result in results.items() for aim in result.aims]
    return [(*row[:-1], "yes" if row[-1] else "no") for row in rows]


def unbeaten(results):
    """A line for each job: who needs less time than our fastest engine."""
    lines = []
    for job, result in results.items():
        fastest = "compiled" if "compiled" in result.seconds else "recorded"
        relative = ratios(result.seconds, fastest) if result.seconds else {}
        ahead = [
            f"{who} ({value:.2f})"
            for who, value in sorted(relative.items(), key=lambda kv: kv[1])
            if value < 1 and who not in OURS
        ]
        lines += [f"- {job}: {', '.join(ahead) or 'nobody'}"] if relative else []
    return lines


def write(folder, results):
    """Write RESULTS.md into the folder, and results.png where something was timed."""
    timed = {name: result for name, result in results.items() if result.seconds}
    parts = [HEAD.format(command=COMMAND, machine=machine())]
    if timed:
        (folder / "results.png").write_bytes(png(drawn(timed)))
        parts.append(PLOT.format(unbeaten="\n".join(unbeaten(timed))))
    aims = table(("job", "what", "aim", "measured", "reached"), reached(results))
    parts.append(AIMED.format(reached="\n".join(aims)))
    for name, result in results.items():
        parts += result.lines
        if result.figure:
            (folder / f"{name}.png").write_bytes(png(result.figure))
            parts += [f"![{result.title}, drawn from the table above]({name}.png)", ""]
    (folder / "RESULTS.md").write_text("\n".join(parts).rstrip() + "\n", encoding="utf-8")
    if set(JOBS) <= set(timed):
        renew(folder / "README.md", results)


def renew(page, results):
    """Put the table of this run between the marks of README.md."""
    rows = [short(results[name]) for name in JOBS]
    lines = [*table(("job", *SHORT.values()), rows), "", f"Measured on {machine()}."]
    if "J10" in results:
        lines += ["", *results["J10"].table]
    text = BETWEEN.sub(lambda _: "\n".join(lines) + "\n", page.read_text("utf-8"))
    page.write_text(text, "utf-8")


def short(result):
    """A row: the job, and the times relative to the recorded one."""
    relative = ratios(result.seconds, "recorded")
    return result.title, *(
        f"{relative[who]:.2g}" if who in relative else "" for who in SHORT
    )


def drawn(results):
    """The relative times, a panel for each job, all on one logarithmic axis; what is beyond it stays in the table."""
    figure, axes = new_figure(
        len(results), 1, height=2.4 * len(results), squeeze=False, sharex=True
    )
    for ax, (name, result) in zip(axes[:, 0], results.items(), strict=True):
        relative = {
            who: r
            for who, r in ratios(result.seconds, "recorded").items()
            if r < SHOWN[-1]
        }
        who = sorted(relative, key=relative.get, reverse=True)
        for place, each in enumerate(who):
            colour, marker = (
                (LOOKS["model"].colour, "s")
                if each in OURS
                else (LOOKS["data"].colour, "o")
            )
            ax.plot(
                [1, relative[each]],
                [place, place],
                color=colour,
                linestyle="-",
                marker=marker,
                markevery=[1],
            )
            ax.annotate(
                f"{relative[each]:.2f}",
                (max(1, relative[each]), place),
                (9, -4),
                textcoords="offset points",
            )
        ax.set_yticks(
            range(len(who)), [f"{each} (ours)" if each in OURS else each for each in who]
        )
        title = f"{TITLES.get(name, name)}: time of a step / recorded"
        ax.set(xscale="log", xlim=(SHOWN[0], SHOWN[-1]), title=title)
        ax.set_xticks(SHOWN, [f"{tick:g}" for tick in SHOWN])
        ax.tick_params(labelbottom=True)
        ax.minorticks_off()
    return figure
