"""Run a returned notebook where it can read no file of others, write one, and reach nothing."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import dnn_lessons
import grading
from dnn_lessons.classroom.exercises.asking import Answer
from dnn_lessons.classroom.exercises.question import SEED
from dnn_lessons.classroom.exercises.values import is_blank
from dnn_lessons.classroom.exercises.verdict import BROKE
from grading.bubblewrap import ANSWERS, FILE, ROOM, Limits, contained
from grading.transport import packed, unpacked_answer

PROGRAMS = ("bwrap", "prlimit", "timeout")
SIGNS_OF_A_CONTAINER = ("/.dockerenv", "/run/.containerenv")
NO_ROOT = (
    "Grade as an ordinary user: for root, no limit on the number of processes holds."
)
ADVICE = """Returned notebooks are programs of others: they run in a sandbox or not at all, and nothing was graded.
- Debian, Ubuntu: sudo apt install bubblewrap util-linux coreutils
- Ubuntu 23.10 and later forbid user namespaces ("setting up uid map: Permission denied").
  Write these lines into /etc/apparmor.d/bwrap,
    abi <abi/4.0>,
    include <tunables/global>
    profile bwrap /usr/bin/bwrap flags=(unconfined) { userns, }
  and load them: sudo apparmor_parser -r /etc/apparmor.d/bwrap
- Docker forbids namespaces too: start the container with --privileged.
- macOS, Windows: grade in the dev container.
- Would you run each notebook on your machine without looking? Then say --trust-students."""
ENDED = Answer(
    trouble=BROKE, note="The program ended, or did not go on, before it answered."
)
SILENT = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)


class SandboxError(RuntimeError):
    """Raised where returned notebooks cannot be contained."""


def check_sandbox():
    """Make sure that a notebook would be contained.

    Raises
    ------
    SandboxError
        If a program is missing, the system forbids namespaces, or root grades outside of a
        container, where no limit on processes holds for root.
    """
    if hasattr(os, "geteuid") and os.geteuid() == 0 and not is_container():
        raise SandboxError(NO_ROOT)
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    fault = f"{', '.join(missing)} missing" if missing else _failure()
    if fault:
        raise SandboxError(f"There is no sandbox: {fault}.\n\n{ADVICE}")


def is_container():
    """Return whether this machine says that it is a container.

    Returns
    -------
    bool
        True where Docker, Podman or systemd left their sign.
    """
    return "container" in os.environ or any(map(os.path.exists, SIGNS_OF_A_CONTAINER))


def asked(notebook, questions, seed=SEED, limits=None, trusted=False):
    """Execute a notebook, and return the answers that it gave.

    Parameters
    ----------
    notebook : Path
        A returned notebook.
    questions : list of Question
        The exercises that are asked for.
    seed : int, optional
        The seed of their cases.
    limits : Limits, optional
        The time that it has.
    trusted : bool, optional
        True runs it without a sandbox.

    Returns
    -------
    dict
        {name of the exercise: list of Answer}, the last ones given, of those that were attempted.
    """
    with tempfile.TemporaryDirectory() as folder:
        room, answers = Path(folder, "room"), Path(folder, "answers.jsonl")
        _furnish(room, notebook)
        _write_cases(room, questions, seed)
        answers.touch()
        run = _run_trusted if trusted else _run
        run(room, answers, limits or Limits())
        return _read(answers, questions)


def _failure():
    """Return what bubblewrap says when it cannot make a sandbox, empty where it can."""
    command = contained(Limits(whole=30), ["true"])
    settings = {"capture_output": True, "text": True, "env": _path_alone()}
    run = subprocess.run(command, **settings, check=False)
    return (
        run.stderr.strip() or f"bwrap ended with {run.returncode}"
        if run.returncode
        else ""
    )


def _furnish(room, notebook):
    """Put the notebook into a folder, and code that knows no answers."""
    for module in (dnn_lessons, grading):
        source = Path(module.__file__).parent
        shutil.copytree(source, room / source.name, ignore=_kept_out)
    shutil.copyfile(notebook, room / "notebook.ipynb")


def _kept_out(folder, names):
    """Return the files of a folder that know answers, and what was compiled from them."""
    answers = "lesson_" if Path(folder).name == "exercises" else "__pycache__"
    return [name for name in names if name.startswith((answers, "__pycache__"))]


def _write_cases(room, questions, seed):
    """Put the cases of all exercises into the folder."""
    cases = {
        each.name: (packed(each.drawn_cases(seed)), each.seconds) for each in questions
    }
    (room / "questions.json").write_text(json.dumps(cases), encoding="utf-8")


def _program(room, answers, limits):
    """Return the command that executes the notebook of a room."""
    files = [f"{room}/notebook.ipynb", f"{room}/questions.json", str(answers)]
    return [sys.executable, "-m", "grading.inside", *files, str(limits.cell)]


def _run(room, answers, limits):
    """Execute a notebook in the sandbox."""
    binds = ["--ro-bind", str(room), ROOM, "--bind", str(answers), ANSWERS]
    command = contained(limits, _program(ROOM, ANSWERS, limits), binds)
    subprocess.run(command, **SILENT, env=_path_alone(), check=False)


def _path_alone():
    """Return the only variable bubblewrap gets: its own remain readable inside, in /proc/1/environ."""
    return {"PATH": os.environ.get("PATH", os.defpath)}


def _run_trusted(room, answers, limits):
    """Execute a notebook as a program like any other."""
    settings = {"cwd": room, "env": os.environ | {"PYTHONPATH": str(room)}}
    command = _program(room, answers, limits)
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(command, **SILENT, **settings, timeout=limits.whole, check=False)


def _read(path, questions):
    """Read the answers that were written; what is not one of ours is left out."""
    names, found, waiting = {each.name for each in questions}, {}, set()
    for name, answers in filter(lambda line: line[0] in names, _lines(path)):
        (waiting.add if answers is None else waiting.discard)(name)
        if answers and not is_blank(answers[0].value):
            found[name] = answers
    return found | {name: [ENDED] for name in waiting}


def _lines(path):
    """Yield the name of an exercise and its answers, or None, from each line that can be read."""
    if path.stat().st_size > FILE:
        return
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        with suppress(ValueError, TypeError, RecursionError):
            name, answers = json.loads(line)
            yield str(name), answers and [unpacked_answer(each) for each in answers]
