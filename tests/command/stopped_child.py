"""Start the command again and again, each time in its own folder, and stop it by a signal: print the endings as JSON.

The arguments: how often, a folder, and those of the command. What the command imports is loaded once.
"""

import io
import json
import os
import random
import runpy
import shutil
import signal
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from dnn_lessons.command import main

TRAIN = Path(__file__).parents[2] / "train.py"
MEASURED = 2  # runs to the end, from whose time the moments are drawn


def started(folder, old, arguments):
    """Start the command in a new folder with an earlier network; return its process."""
    folder.mkdir()
    shutil.copy(old, folder / "model.npz")
    child = os.fork()
    if not child:
        end_as_the_command(folder, arguments)
    return child


def end_as_the_command(folder, arguments):
    """Run train.py in this process, which ends as Python would end."""
    code = 99
    try:
        os.chdir(folder)
        for number, name in enumerate(("out", "err"), start=1):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT), number)
        sys.argv = ["train.py", *arguments]
        signal.signal(signal.SIGINT, signal.default_int_handler)
        runpy.run_path(str(TRAIN), run_name="__main__")
    except SystemExit as stop:
        code = stop.code
    finally:
        for kind in (signal.SIGINT, signal.SIGTERM):
            signal.signal(kind, signal.SIG_IGN)
        os._exit(code)


def ended(child):
    """Return the exit code of a process that was started, minus the signal if that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def measured(folder, *job):
    """Return the seconds that an undisturbed run takes, and check that it works."""
    start = time.perf_counter()
    if ended(started(folder, *job)):
        sys.exit((folder / "err").read_text())
    return time.perf_counter() - start


def stopped(folder, kind, seconds, *job):
    """Return how a run ends that gets a signal some seconds after its start."""
    child = started(folder, *job)
    time.sleep(seconds)
    os.kill(child, kind)
    return {"folder": str(folder), "signal": kind, "code": ended(child)}


signal.signal(signal.SIGINT, signal.SIG_IGN)  # until the command hears it
times, out, old, *arguments = sys.argv[1:]
with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
    main(["--num_epochs", "1", "--out", str(Path(out, "first"))])  # loads all libraries
job = old, arguments
longest = max(measured(Path(out, f"whole {k}"), *job) for k in range(MEASURED))
rng = random.Random(27)
kinds = [signal.SIGINT, signal.SIGTERM] * (int(times) // 2)
endings = [
    stopped(Path(out, str(k)), kind, rng.uniform(0, 1.02 * longest), *job)
    for k, kind in enumerate(kinds)
]
print(json.dumps(endings))  # noqa: T201
