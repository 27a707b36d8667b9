"""Run the command on each file of a folder, each in a process with little memory: print what came as JSON."""

import json
import os
import resource
import sys
import tempfile
from pathlib import Path

# Where pandas has Arrow: its other pools reserve far more than they use.
os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"

import sklearn.linear_model  # noqa: F401 - loaded once, before the processes divide

from dnn_lessons.command import main, read_table, run  # noqa: F401

MEMORY, SECONDS = 2 << 30, 30  # of a process: bytes of address space, and of computing


def ended(path):
    """The exit code of the command for one file, what it printed, and the megabytes it took."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            train(path, out.fileno(), err.fileno())
        _, status, usage = os.wait4(child, 0)
        texts = [os.pread(file.fileno(), 10**6, 0).decode() for file in (out, err)]
    return os.waitstatus_to_exitcode(status), *texts, usage.ru_maxrss // 1024


def train(path, out, err):
    """End this process as the command ends, whatever it does."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.dup2(out, 1)
    os.dup2(err, 2)
    code = 99
    try:
        code = main(["--data", str(path), "--num_epochs", "1", "--out", sys.argv[2]])
    except SystemExit as stop:
        code = stop.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


run.PICTURES = {}
paths = sorted(Path(sys.argv[1]).iterdir())
print(json.dumps({path.name: ended(path) for path in paths}))  # noqa: T201
