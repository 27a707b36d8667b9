"""What a student costs on a hub: memory and processor time of each lesson, in a real kernel of a real server.

`python -m benchmarks.hub` prints a table, and `--write` puts it into docs/hubs.md. One JupyterLab server is
started, as a hub starts one for each student. It opens each lesson, starts a kernel for it and runs its cells
from top to bottom over the same connection that a page uses. Linux only: the peak is the one that the kernel of
Linux notes (VmHWM).
"""

import argparse
import asyncio
import json
import os
import platform
import re
import socket
import subprocess
import sys
import tempfile
import urllib.request
import uuid
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

import psutil
from tornado.websocket import websocket_connect

from benchmarks.measure import table
from tools.lessons import NOTEBOOKS, ROOT, code

PAGE = ROOT / "docs" / "hubs.md"
BETWEEN = re.compile(r"(?<=<!-- measured -->\n).*(?=<!-- end -->)", re.DOTALL)
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
TOKEN, MB, EVERY = "lessons", 1e6, 0.05
NOTE = """Measured on {date} by `uv run python -m benchmarks.hub --write` ({machine}, Python {python}), one run of
each lesson, one thread for NumPy, while the machine was busy with other work. *Peak* is the largest resident
memory of the kernel, with the compiler that lesson 15 may start; *processor time* is what all cells of the lesson
take from top to bottom, imports included. The server, one for each student, had a peak of {server:.0f} MB.
"""


class Cost(NamedTuple):
    """What a lesson cost: its name, MB at most, seconds of a processor, and cells that failed."""

    lesson: str
    peak: float
    seconds: float
    failed: int


class Server:
    """A JupyterLab server of its own, as a hub starts it for one student."""

    def __init__(self, home):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.place = f"127.0.0.1:{probe.getsockname()[1]}"
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
        port = self.place.rpartition(":")[2]
        command += [f"--port={port}", f"--IdentityProvider.token={TOKEN}"]
        folders = {f"JUPYTER_{name}_DIR": home for name in ("CONFIG", "RUNTIME", "DATA")}
        env = {**os.environ, **ONE_THREAD, **folders}
        self.process = psutil.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, address, method="GET", **body):
        """What the server answers."""
        data = json.dumps(body).encode() if body else None
        headers = {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"}
        request = urllib.request.Request(
            f"http://{self.place}/{address}", data, headers, method=method
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

    async def wait(self):
        """Wait until it answers."""
        for _ in range(240):
            try:
                return self.ask("api/status")
            except OSError:
                await asyncio.sleep(0.5)
        raise TimeoutError("JupyterLab did not start")

    async def connect(self, kernel):
        """The connection of a page with a kernel."""
        channels = f"ws://{self.place}/api/kernels/{kernel}/channels?token={TOKEN}"
        return await websocket_connect(channels, max_message_size=2**28)

    def process_of(self, kernel):
        """The process of a kernel."""
        children = self.process.children(recursive=True)
        return next(each for each in children if kernel in " ".join(each.cmdline()))


def peak(process):
    """The largest resident memory that a process had, in bytes."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return 1024 * int(re.search(r"VmHWM:\s+(\d+)", status)[1])


async def watch(process, seen):
    """Note the memory of a process and its children again and again."""
    while True:
        memory = 0
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                memory += each.memory_info().rss
        seen.append(memory)
        await asyncio.sleep(EVERY)


async def run(connection, cell):
    """Run a cell; return whether it failed."""
    header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request"}
    header |= {"username": "", "session": "hub", "version": "5.3"}
    content = {"code": cell, "silent": False, "store_history": True}
    content |= {"user_expressions": {}, "allow_stdin": False, "stop_on_error": False}
    message = {"channel": "shell", "header": header, "parent_header": {}}
    message |= {"metadata": {}, "content": content, "buffers": []}
    await connection.write_message(json.dumps(message))
    failed = idle = replied = False
    while not (idle and replied):
        answer = await connection.read_message()
        if isinstance(answer, bytes):  # with arrays of a widget
            continue
        answer = json.loads(answer)
        if answer["parent_header"].get("msg_id") == header["msg_id"]:
            replied |= answer["msg_type"] == "execute_reply"
            failed |= answer["msg_type"] == "error"
            idle |= answer["content"].get("execution_state") == "idle"
    return failed


async def measured(server, path):
    """The Cost of one lesson in a fresh kernel."""
    name = f"notebooks/{path.name}"
    server.ask(f"api/contents/{name}")  # as the page that opens it
    kernel = json.loads(
        server.ask(
            "api/sessions",
            "POST",
            **{"path": name, "name": path.name, "type": "notebook"},
            kernel={"name": "python3"},
        )
    )["kernel"]["id"]
    connection, process, seen = (
        await server.connect(kernel),
        server.process_of(kernel),
        [],
    )
    watching = asyncio.create_task(watch(process, seen))
    failed = sum([await run(connection, cell) for cell in code(path)])
    watching.cancel()
    cost = Cost(
        path.stem, max(peak(process), *seen) / MB, sum(process.cpu_times()[:4]), failed
    )
    connection.close()
    server.ask(f"api/kernels/{kernel}", "DELETE")
    return cost


async def measure(paths):
    """The costs of lessons, each printed when it is known, and the server's peak in MB."""
    with tempfile.TemporaryDirectory() as home:
        server, costs = Server(home), []
        try:
            await server.wait()
            server.ask("lab")
            for path in paths:
                costs.append(await measured(server, path))
                sys.stdout.write(f"{costs[-1]}\n")
                sys.stdout.flush()
            return costs, peak(server.process) / MB
        finally:
            server.process.terminate()
            server.process.wait(30)


def shown(costs, server):
    """The table and its note, as Markdown."""
    rows = [(each.lesson, f"{each.peak:.0f}", f"{each.seconds:.1f}") for each in costs]
    heads = "lesson", "peak of the kernel, MB", "processor time, s"
    note = NOTE.format(
        date=date.today(),
        machine=machine(),
        python=platform.python_version(),
        server=server,
    )
    return "\n".join([*table(heads, rows), "", note])


def machine():
    """The class of this machine, without its name."""
    return f"{platform.system()}, {platform.machine()}, {os.cpu_count()} cores"


def main(arguments=None):
    """Measure the lessons that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hub", description=__doc__)
    parser.add_argument("lessons", nargs="*", help="numbers of lessons, such as 00 14")
    parser.add_argument(
        "--write", action="store_true", help="put the table into docs/hubs.md"
    )
    asked = parser.parse_args(arguments)
    wanted = tuple(asked.lessons) or ("",)
    paths = [path for path in NOTEBOOKS if path.name.startswith(wanted)]
    costs, server = asyncio.run(measure(paths))
    text = shown(costs, server)
    sys.stdout.write(text)
    if asked.write:
        PAGE.write_text(BETWEEN.sub(lambda _: text, PAGE.read_text("utf-8")), "utf-8")
    return costs


if __name__ == "__main__":
    main()
