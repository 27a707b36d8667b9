"""The report that ends a run: a table as text, and the pictures result.png and cost.png."""

import math
import textwrap
import warnings

from dnn_lessons._files import replacing
from dnn_lessons.command.text import in_words, printable, short_list, wrapped


def report_text(experiment, outcome, path=None, table=None, judgement=()):
    """Return the table of settings, speed and scores that ends a run.

    Parameters
    ----------
    experiment : Experiment
        The network, its data and settings, after the training.
    outcome : Outcome
        How the training ended.
    path : str, optional
        The file of the data; None for the attenuated sine.
    table : Prepared, optional
        What was done with the columns of the file.
    judgement : sequence of str
        Sentences about the predictions.

    Returns
    -------
    str
        Sections of aligned lines; scores are in the units of the data.
    """
    sections = _sections(experiment, outcome, path, table)
    sections["judgement"] = wrapped([" ".join(judgement)])
    texts = ["\n".join(["", name, *lines]) for name, lines in sections.items() if lines]
    return "\n".join(texts)


def _sections(experiment, outcome, path, table):
    """Return {name: lines} of the sections of the report; a list may be empty."""
    settings = _settings_rows(experiment, outcome, path)
    run = _run_rows(experiment, outcome)
    return {
        "columns": wrapped(table.notes if table else ()),
        "settings": _aligned_lines(settings.items(), "<<"),
        "run": _aligned_lines(run.items(), "<<"),
        "result": _aligned_lines(_result_rows(experiment), "<<>>"),
    }


def _settings_rows(experiment, outcome, path):
    """Return {name: value} of the data and of every setting, named as its option."""
    constant = short_list(experiment.constant_features)
    unused = constant and f"{constant}, one value in all examples to train on"
    settings = experiment.settings._asdict().items()
    data = _data_rows(experiment.data, outcome.set_aside, path) | {"unused": unused}
    return data | {name: in_words(value) for name, value in settings}


def _data_rows(data, set_aside, path):
    """Return {name: value} of what describes the data."""
    return {
        "data": path or "the attenuated sine, held out halfway between its points",
        "examples": _parts(data.train[1].size, set_aside, data.held_out[1].size),
        "target": f"{data.target}, from {_list_features(data)}",
    }


def _parts(train, set_aside, held_out):
    """Return in words how many examples each part of the data has."""
    chosen = f", {set_aside:,} set aside to choose the epoch" if set_aside else ""
    return f"{train:,} to train on{chosen}, {held_out:,} held out"


def _list_features(data):
    """Return the names of up to three features, or the number of more."""
    names = data.features
    return ", ".join(names) if len(names) < 4 else f"{len(names)} columns"


def _run_rows(experiment, outcome):
    """Return {name: value} of what was trained, how long and how fast."""
    steps = _count_steps(experiment)
    return {
        "network": _describe_network(experiment.network),
        "epochs": _describe_epochs(experiment, outcome.interruption),
        "kept": _describe_kept(experiment),
        "steps": f"{steps:,}",
        "seconds": f"{outcome.seconds:.1f}",
        "steps per second": f"{steps / outcome.seconds:,.0f}",
    }


def _count_steps(experiment):
    """Return how many updates were made in all epochs that came to their end."""
    m, batch_size = experiment.data.train[1].size, experiment.settings.batch_size
    return len(experiment.costs) * math.ceil(m / batch_size)


def _kept_epoch(experiment):
    """Return the epoch that was kept, 0 for the constant; None where it is the last."""
    kept = max(experiment.snapshots)
    return None if kept == len(experiment.costs) else kept


def _describe_kept(experiment):
    """Return in words which epoch was kept; nothing where it is the last."""
    kept = _kept_epoch(experiment)
    if kept == 0:
        return "the constant: no epoch was clearly better"
    return f"epoch {kept:,}, the best for the examples set aside" if kept else ""


def _describe_network(network):
    """Return the units of all layers and the number of parameters in words."""
    size = sum(P.size for P in network.parameters.values())
    return f"{'-'.join(map(str, network.layer_dims))}, {size:,} parameters"


def _describe_epochs(experiment, interruption):
    """Return the number of epochs, and why there are no more of them."""
    epochs, planned = len(experiment.costs), experiment.settings.num_epochs
    if not interruption:
        return f"{epochs:,}"
    return f"{interruption} after epoch {epochs:,} of {planned:,}"


def _result_rows(experiment):
    """Return a header and a row of numbers for each score, to four digits."""
    rows = [("", "", "training", "held out")]
    for score in experiment.scores():
        numbers = map(_four_digits, (score.train, score.held_out))
        rows.append((score.metric, score.predictor, *numbers))
    return rows


def _four_digits(number):
    """Return a number to four digits, but 89930 in place of 8.993e+04."""
    text = f"{number:#.4g}".rstrip(".")
    return f"{float(text):.0f}" if 1e4 <= number < 1e10 else text


def _aligned_lines(rows, sides):
    """Return rows that end in a text as indented lines, with each column on its side."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    columns = [f"{{:{side}{w}}}" for side, w in zip(sides, widths, strict=True)]
    template = "  ".join(columns)
    return [f"  {template.format(*row)}".rstrip() for row in rows if row[-1]]


def draw_result(experiment):
    """Return the figure of what the network predicts.

    For one feature it is the network's curve after several epochs, for labels 0 and 1 the
    predicted probabilities, and otherwise each prediction against the actual value.

    Parameters
    ----------
    experiment : Experiment
        The network and its data, after the training.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, in the units of the data.
    """
    from dnn_lessons.classroom.figures import fits  # noqa: PLC0415 - slow to load

    if len(experiment.data.features) == 1:
        return fits.fit_through_epochs(*_curves(experiment))
    if experiment.settings.loss == "cross_entropy":
        return fits.probabilities_by_label(_predictions(experiment))
    target = _label(experiment.data.target)
    return fits.predicted_against_actual(_predictions(experiment), target)


def _curves(experiment):
    """Return the only feature, the target, {epoch: predictions}, and both names."""
    (X, Y), predict = experiment.data.train, experiment.predict
    predictions = {epoch: predict(X, epoch) for epoch in experiment.snapshots}
    names = experiment.data.features[0], experiment.data.target
    return X, Y, predictions, *map(_label, names)


def _predictions(experiment):
    """Return {part of the data: (actual values, predictions)}."""
    data = experiment.data
    parts = {"training": data.train, "held out": data.held_out}
    return {name: (Y, experiment.predict(X)) for name, (X, Y) in parts.items()}


def _label(name):
    """Return a column's name, cut where it is long, as Matplotlib is to print it."""
    short = name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 3]}..."
    return printable(short).replace("$", r"\$")


def draw_costs(experiment):
    """Return the figure of the cost of each epoch, in training and for what is held out.

    Parameters
    ----------
    experiment : Experiment
        The network, after at least one epoch.

    Returns
    -------
    matplotlib.figure.Figure
        The figure; the cost is in the units of the data.
    """
    from dnn_lessons.classroom.figures import fits  # noqa: PLC0415 - slow to load

    costs, held_out = experiment.costs, experiment.held_out_costs
    label = f"cost ({experiment.settings.loss})"
    if len(costs) == len(held_out) and min(costs + held_out) > 0:  # for their logarithms
        parts = {"training": costs, "held out": held_out}
        return fits.scores_through_epochs(parts, *_marks(experiment, label))
    return fits.plot_epoch(costs, label)


def _marks(experiment, label):
    """Return the level of a constant that was kept, the label, and the epoch that was kept."""
    kept = _kept_epoch(experiment)
    return {} if kept != 0 else _level_of_constant(experiment), label, kept


def _level_of_constant(experiment):
    """Return {its name: the cost of the constant that was kept, for what is held out}."""
    X, Y = experiment.data.held_out
    AL = experiment.predict(X)
    return {"the constant, kept": experiment.network.loss_function.forward(AL, Y)}


TITLE_WIDTH, LONGEST_LABEL = 75, 60  # letters in a line of the title, and in a name
PICTURES = {"result.png": draw_result, "cost.png": draw_costs}


def write_picture(path, experiment, title=""):
    """Draw the picture of `PICTURES` that has the name of a file, and write the file.

    If `path` is a link, the picture replaces the link, and what it points to stays.

    Parameters
    ----------
    path : pathlib.Path
        The file; its name is one of `PICTURES`.
    experiment : Experiment
        The network and its data, after at least one epoch.
    title : str
        A sentence above the picture.

    Raises
    ------
    OSError
        Where the file cannot be written.
    ImportError
        Where Matplotlib or Pillow is not installed.
    """
    from dnn_lessons.classroom.figures.display import png  # noqa: PLC0415 - slow to load

    figure = PICTURES[path.name](experiment)
    if len(figure.axes) == 1:  # several panels have titles of their own
        figure.axes[0].set_title(textwrap.fill(title, TITLE_WIDTH), fontsize="small")
    with replacing(path) as file, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # what the font lacks is a box
        file.write(png(figure))
