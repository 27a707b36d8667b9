"""Cells: their order, their assertions, the names that they set, their outputs, and one kernel for all of them."""

import ast
import re
from functools import cache
from pathlib import Path

import dnn_lessons
from lesson_checks.lesson import check, named, shown_text
from tools.lessons import NOTEBOOKS, load, text

CONTENTS = Path(__file__).parent / "contents.txt"
OPENING = 4  # words of a cell that the table of contents has
RENEW = "where that was meant: python tests/notebooks/lesson_checks/contents.py"


def syntax(cell):
    """Return the syntax tree of a cell, its lines for the shell left out."""
    return ast.parse(re.sub(r"^[%!].*$", "", text(cell), flags=re.M))


# --- order and assertions: the one thing that a lesson alone cannot say is what it had before


def assertions(cell):
    """Return the assertions of a cell."""
    return [node for node in ast.walk(syntax(cell)) if isinstance(node, ast.Assert)]


def entry(cell):
    """Return a cell's line in the table of contents: its name, its assertions, how it begins."""
    is_code = cell["cell_type"] == "code"
    kind = f"code {len(assertions(cell))}" if is_code else cell["cell_type"]
    opening = " ".join(text(cell).split()[:OPENING])
    return f"    {cell['id']:<20} {kind:<10} {opening}"


def contents():
    """Return the table of contents of all lessons, as it has to be stored."""
    parts = [
        "\n".join([path.name, *map(entry, load(path)["cells"])]) for path in NOTEBOOKS
    ]
    return "\n\n".join(parts) + "\n"


@cache
def _recorded():
    """Return {name of a lesson: its lines} of the stored table of contents."""
    parts = CONTENTS.read_text("utf-8").strip("\n").split("\n\n")
    return {part.splitlines()[0]: part.splitlines()[1:] for part in parts}


@check
def cells_are_those_of_the_contents(lesson):
    """No cell is lost, moved or exchanged, and none has another number of assertions than the table says."""
    lines, recorded = [*map(entry, lesson.cells)], _recorded().get(lesson.name, [])
    for gone in sorted(set(recorded) - set(lines)):
        yield f"{gone.strip()!r} is gone; {RENEW}"
    for new in sorted(set(lines) - set(recorded)):
        yield f"{new.strip()!r} is new; {RENEW}"
    if sorted(lines) == sorted(recorded) and lines != recorded:
        yield f"cells stand in another order; {RENEW}"


@check
def assertions_can_fail(lesson):
    """An assertion of a constant, of a tuple, or of a thing that equals itself says nothing."""
    for cell in lesson.code:
        for node in assertions(cell):
            if _always_holds(node.test):
                yield named(cell, f"asserts nothing: {ast.unparse(node.test)}")


def _always_holds(test):
    """Return whether an assertion holds whatever is computed."""
    if isinstance(test, ast.BoolOp):
        combine = all if isinstance(test.op, ast.And) else any
        return combine(map(_always_holds, test.values))
    same = isinstance(test, ast.Compare) and ast.dump(test.left) == ast.dump(
        test.comparators[0]
    )
    return isinstance(test, ast.Constant | ast.Tuple | ast.Lambda | ast.JoinedStr) or same


# --- names


def _imported(lesson):
    """Return the names that the cells of a lesson import."""
    kinds = ast.Import | ast.ImportFrom
    nodes = [node for cell in lesson.code for node in ast.walk(syntax(cell))]
    aliases = [each for node in nodes if isinstance(node, kinds) for each in node.names]
    return {(each.asname or each.name).partition(".")[0] for each in aliases}


def _assigned(cell):
    """Return the names that a cell sets, those within a comprehension left out."""
    nodes = [*ast.walk(syntax(cell))]
    inner = [each.target for each in nodes if isinstance(each, ast.comprehension)]
    own = {id(node) for target in inner for node in ast.walk(target)}
    names = [node for node in nodes if isinstance(node, ast.Name) and id(node) not in own]
    return {node.id for node in names if isinstance(node.ctx, ast.Store)}


BUILTINS = set(dir(__builtins__) if not isinstance(__builtins__, dict) else __builtins__)


@check
def no_result_takes_the_name_of_something_else(lesson):
    """A name that the package exports, that the lesson imports, or that Python has is not set to a result."""
    known = _imported(lesson) | set(dnn_lessons.__all__) | BUILTINS - {"_"}
    for cell in lesson.code:
        for name in sorted(_assigned(cell) & known):
            yield named(cell, f"sets {name}, the name of something else")


# --- outputs

FOLDERS = (
    "work|root|home|tmp|Users|mnt|opt|usr|var|private|etc|content|Applications|Library|"
    "Volumes|media|srv|kaggle"
)
PATHS = {
    "a path of Windows": r"(?<![A-Za-z])[A-Za-z]:\\+\w|\\\\[\w.]+\\\w|AppData|%USERPROFILE%",
    "a path of an environment": r"conda|(?:site|dist)-packages|\.venv|virtualenv|pyenv|lib/python3",
    "a path of a machine": rf"(?<![\w.:/])~?/(?:{FOLDERS})\b",
    "an address in memory": r"\b0x[0-9a-fA-F]{6,}",
    "a name of a temporary file": r"ipykernel_\d+|ipython-input-\d+|tmp\w{8}\b",
    "a time of the run": r"\bCPU times\b|\bWall time\b|\d (?:ms|µs|us|ns) ±",
    "a warning": r"\b\w*Warning: ",
    "a traceback": r"Traceback \(most recent call last\)",
}
KINDS = {  # of outputs, by type
    "stream": {()},
    "execute_result": {
        ("text/markdown", "text/plain"),
        ("text/html", "text/plain"),
        ("text/plain",),
    },
    "display_data": {
        ("image/png", "text/plain"),
        ("text/markdown", "text/plain"),
        ("text/html", "text/plain"),
    },
}


@check
def outputs_hold_nothing_of_a_machine(lesson):
    """Neither paths, addresses and times, nor what Python warned of."""
    for cell in lesson.code:
        shown = "\n".join(map(shown_text, cell["outputs"]))
        for name, pattern in PATHS.items():
            for found in re.findall(pattern, shown):
                yield named(cell, f"shows {name}: {found!r}")


@check
def outputs_are_of_known_kinds(lesson):
    """Text and pictures; no error, nothing on stderr, nothing that only some front ends show."""
    for cell in lesson.code:
        for output in cell["outputs"]:
            kinds = tuple(sorted(output.get("data", {})))
            if kinds not in KINDS.get(output["output_type"], ()):
                yield named(cell, f"has an output {output['output_type']} of {kinds}")
            if output.get("name", "stdout") != "stdout":
                yield named(cell, "writes to stderr")
            if (
                output.get("execution_count", cell["execution_count"])
                != cell["execution_count"]
            ):
                yield named(cell, "has the output of another run")


@check
def cells_are_filled_and_run_in_order(lesson):
    """Code cells are counted from 1 on; none of any kind is empty."""
    counts = [cell["execution_count"] for cell in lesson.code]
    if counts != list(range(1, len(counts) + 1)):
        yield f"cells were run in the order {counts}"
    for cell in lesson.cells:
        if not text(cell).strip():
            yield named(cell, "is empty")


# --- what stands around the cells

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
SLIDES = {"slide", "subslide", "fragment", "skip", "notes", "-"}
TAGS = {"explorer"}


@check
def metadata_are_of_one_kernel(lesson):
    """All lessons name the kernel that every installation has, one language, and nothing beside them."""
    language = dict(lesson.notebook["metadata"].get("language_info", {}))
    version = language.pop("version", "")
    if lesson.notebook["metadata"].get("kernelspec") != KERNEL or language != LANGUAGE:
        yield "names another kernel or language than Python 3"
    if not re.fullmatch(r"3\.1[1-9]\.\d+", version):
        yield f"was stored by Python {version!r}"
    if version != load(NOTEBOOKS[0])["metadata"]["language_info"]["version"]:
        yield "was stored by another Python than the first lesson"
    others = set(lesson.notebook["metadata"]) - {"kernelspec", "language_info"}
    if others:
        yield f"has metadata {others}"
    if (lesson.notebook["nbformat"], lesson.notebook["nbformat_minor"]) != (4, 5):
        yield "is of another format than 4.5"


@check
def cells_have_known_kinds_and_metadata(lesson):
    """A cell is code or Markdown; beside its place in the slides, nothing is said of it that hides or skips it."""
    for cell in lesson.cells:
        if cell["cell_type"] not in ("code", "markdown") or "attachments" in cell:
            yield named(cell, f"is {cell['cell_type']}, or has attachments")
        data = cell["metadata"]
        if set(data) - {"slideshow", "tags"} or set(data.get("tags", [])) - TAGS:
            yield named(cell, f"has metadata {data}")
        slide = data.get("slideshow", {"slide_type": "-"})
        if set(slide) != {"slide_type"} or slide["slide_type"] not in SLIDES:
            yield named(cell, f"has an unknown place in the slides: {slide}")
        if not re.fullmatch(r"[\w-]{1,64}", cell.get("id", "")):
            yield named(cell, "has no id")
