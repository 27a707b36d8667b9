"""Another processor, another compiler or more threads round otherwise: what a lesson prints stays the same.

What a processor adds to the oldest of its kind is switched off where it is used: in OpenBLAS, in NumPy, in the C
library, and in the code that a compiler makes for the engine of lesson 15.
"""

import os

import nbformat
import numpy as np
import pytest
from amounts import FULL, report
from lesson_checks.lesson import alt_of
from nbclient import NotebookClient

from tools.lessons import NOTEBOOKS

WIDGET = "application/vnd.jupyter.widget-view+json"  # its text holds an address
FOUND = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
BASELINE = {"NPY_DISABLE_CPU_FEATURES": " ".join(FOUND)} if FOUND else {}
NO_AVX = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX,-AVX2,-AVX512F,-FMA,-FMA4"}
ANY_PROCESSOR = {"CC": "any_processor"}  # a compiler that is written below
# What each needs of the processor that runs it, under NumPy's newer or older name.
CORES = {
    "Prescott": set(),
    "Nehalem": set(),
    "Sandybridge": {"X86_V3", "AVX2"},
    "Haswell": {"X86_V3", "AVX2"},
    "SkylakeX": {"X86_V4", "AVX512_SKX"},
}
SETTINGS = {
    "old": {"OPENBLAS_CORETYPE": "Nehalem", **BASELINE, **NO_AVX, **ANY_PROCESSOR},
    "four threads": {"OPENBLAS_NUM_THREADS": "4", "OMP_NUM_THREADS": "4"},
    "two threads": {"OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"},
    "NumPy's baseline": BASELINE,
    "C library without AVX": NO_AVX,
    "C for any processor": ANY_PROCESSOR,
    "no C compiler": {"CC": "absent"},
}
SETTINGS |= {
    core: {"OPENBLAS_CORETYPE": core}
    for core, needed in CORES.items()
    if not needed or needed & set(FOUND)
}
SAMPLE = {("09", "old")}  # all lessons and settings with FULL=1
PAIRS = [
    pytest.param(path, name, id=f"{path.stem}-{name}")
    for path in NOTEBOOKS
    for name in SETTINGS
    if FULL or (path.stem[:2], name) in SAMPLE
]


@pytest.fixture
def variables(tmp_path):
    """Return a function: the variables of a kernel in a setting."""
    compiler = tmp_path / ANY_PROCESSOR["CC"]
    compiler.write_text('#!/bin/sh\nexec cc "$@" -march=x86-64\n')
    compiler.chmod(0o755)
    own = {"CC": str(compiler)}

    def of(name):
        changed = SETTINGS[name]
        return os.environ | changed | (own if changed.get("CC") == compiler.name else {})

    return of


@pytest.mark.slow
@pytest.mark.parametrize(("path", "name"), PAIRS)
def test_a_lesson_prints_the_same(path, name, variables):
    lesson = nbformat.read(path, 4)
    assert changed_cells(lesson, path.parent, variables(name)) == {}
    report(f"{path.stem}: {len(lesson.cells)} cells, {name}")


def test_a_number_that_differs_is_noticed(tmp_path, variables):
    """The planted fault: a cell that prints its setting."""
    lesson = nbformat.v4.new_notebook()
    code = "import os\nprint(os.environ['OPENBLAS_NUM_THREADS'])"
    output = nbformat.v4.new_output("stream", text="1\n")
    lesson.cells = [nbformat.v4.new_code_cell(code, id="own", outputs=[output])]
    [[stored, seen]] = changed_cells(lesson, tmp_path, variables("four threads")).values()
    assert [stored[0]["stream"], seen[0]["stream"]] == ["1\n", "4\n"]


def changed_cells(lesson, folder, environment):
    """Run a lesson in a kernel with these variables: {cell: what is stored, what it shows}, where that differs."""
    code = [cell for cell in lesson.cells if cell.cell_type == "code"]
    stored = {cell.id: shown(cell) for cell in code}
    client = NotebookClient(
        lesson, resources={"metadata": {"path": folder}}, coalesce_streams=True
    )
    client.execute(env=environment)
    pairs = {cell.id: (stored[cell.id], shown(cell)) for cell in code}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def shown(cell):
    """Return the texts of the outputs of a cell by kind, but for a widget's; of a picture the alternative text."""
    outputs = [(each, each.get("data", {})) for each in cell.outputs]
    return [
        {kind: text for kind, text in data.items() if kind.startswith("text/")}
        | {"stream": output.get("text", ""), "picture": alt_of(output)}
        for output, data in outputs
        if WIDGET not in data
    ]
