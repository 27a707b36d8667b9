"""The command that runs a program in bubblewrap, word by word."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl

import dnn_lessons

MEGABYTE = 2**20
ROOM = "/room"  # what a notebook is graded with, inside
ANSWERS = "/answers.jsonl"
SYSTEM = "/usr /bin /sbin /lib /lib32 /lib64 /etc/ld.so.cache /etc/fonts /etc/localtime".split()
ALONE = "--unshare-all --die-with-parent --new-session --clearenv".split()
NOBODY = "--unshare-user --uid 65534 --gid 65534 --cap-drop ALL".split()
# A folder in memory; its size stands before it.
MEMORY = f"--size {64 * MEGABYTE} --tmpfs".split()
DEVICES = ["--proc", "/proc", "--dev", "/dev", *MEMORY, "/dev/shm", *MEMORY, "/tmp"]
SEALED = "--chdir /tmp --remount-ro /dev --remount-ro /".split()
FILE = 16 * MEGABYTE  # the largest file that may be written
PROCESS = [  # what limits each process
    f"--as={3 * 1024 * MEGABYTE}",
    f"--fsize={FILE}",
    "--nproc=256",
    "--core=0",
]
ENVIRONMENT = {
    "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
    "PYTHONPATH": ROOM,
    "HOME": "/tmp",
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


class Limits(NamedTuple):
    """How long a notebook may take.

    Parameters
    ----------
    cell : float
        Seconds, after which a cell is interrupted.
    whole : float
        Seconds, after which everything is stopped.
    """

    cell: float = 20.0
    whole: float = 180.0


def contained(limits, program, binds=()):
    """Return the command that runs a program in a sandbox.

    It has no network, sees no process but its own, and the system read-only. The folders `/tmp` and
    `/dev/shm` are in memory, small, and gone afterwards.

    Parameters
    ----------
    limits : Limits
        The time.
    program : list of str
        The program and its arguments, as they are called inside.
    binds : sequence of str, optional
        The words that show more folders and files inside.

    Returns
    -------
    list of str
        The words of the command.
    """
    shown = [*DEVICES, *_system(), *_hidden(), *_fonts(), *binds]
    words = ["bwrap", *ALONE, *NOBODY, *shown, *_variables(), *SEALED]
    return [*_stopped(limits), *words, "--", *_limited(limits), *program]


def _stopped(limits):
    """Return the words that stop a program when its time is over."""
    return ["timeout", "--kill-after=5", str(limits.whole)]


def _limited(limits):
    """Return the words that limit each process; a limit on processes set inside counts those inside."""
    return ["prlimit", *PROCESS, f"--cpu={int(limits.whole)}", "--"]


def _system():
    """Return the words that show the system and Python, read-only."""
    paths = dict.fromkeys([*SYSTEM, sys.base_prefix, sys.prefix])
    return [word for path in paths for word in _shown(path)]


def _shown(path):
    """Return the words that show a path of the system, or where a link like /bin leads."""
    if path in SYSTEM and os.path.islink(path):
        return ["--symlink", os.readlink(path), path]
    return ["--ro-bind-try", path, path]


def _hidden():
    """Return the words that hide an installed package, which knows answers."""
    package = Path(dnn_lessons.__file__).parent
    prefixes = (sys.prefix, sys.base_prefix)
    inside = any(package.is_relative_to(prefix) for prefix in prefixes)
    return ["--tmpfs", str(package)] if inside else []


def _fonts():
    """Return the words that show Matplotlib's list of fonts, which takes seconds to make."""
    lists = Path(mpl.get_cachedir()).glob("fontlist*.json")
    pairs = [(str(path), f"/tmp/matplotlib/{path.name}") for path in lists]
    return [word for pair in pairs for word in ("--ro-bind", *pair)]


def _variables():
    """Return the words that set the environment."""
    return [word for pair in ENVIRONMENT.items() for word in ("--setenv", *pair)]
