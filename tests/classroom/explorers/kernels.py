"""A real kernel, and a page without a browser: it keeps one message under way, and of those that wait the newest."""

import queue
import time
from contextlib import contextmanager

import psutil
from jupyter_client import KernelManager

SETUP = "from dnn_lessons.classroom.explorers import *"


@contextmanager
def kernel():
    """A kernel with the explorers, and a client of it."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=180)
        run(client, SETUP)
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def run(client, code):
    """Run a cell; the messages that came with it."""
    asked, messages = client.execute(code), []
    while True:
        message = client.get_iopub_msg(timeout=60)
        messages.append(message)
        if message["msg_type"] == "error":
            raise AssertionError(message["content"]["evalue"])
        if is_idle(message, asked):
            return messages


def is_idle(message, asked):
    """Whether a message says that the kernel has done with what was asked."""
    return (
        message["msg_type"] == "status"
        and message["content"]["execution_state"] == "idle"
        and message["parent_header"].get("msg_id") == asked
    )


def process(manager):
    """The process of a kernel."""
    return psutil.Process(manager.provisioner.process.pid)


class StandIn:
    """A page of one explorer.

    `state` is what the kernel has sent last, `sent` and `answers` are numbers of messages.
    """

    def __init__(self, client, call, name="shown"):
        messages = run(client, f"{name} = {call}\ndisplay({name})")
        opened = next(
            each["content"]
            for each in messages
            if each["msg_type"] == "comm_open"
            and "request" in each["content"]["data"]["state"]
        )
        self._client, self.comm = client, opened["comm_id"]
        self.state = dict(opened["data"]["state"])
        self._wanted = self._under_way = None
        self.number = self.sent = self.answers = 0
        for message in messages:
            self._hear(message)

    def joined(self, client):
        """Another page of the same explorer, whose client has its own messages."""
        other = object.__new__(StandIn)
        other.__dict__ = {**self.__dict__, "_client": client, "state": dict(self.state)}
        other.number, other.sent, other.answers = self.number + 10**6, 0, 0
        return other

    def ask(self, command, **values):
        """Ask for something; what waited already is forgotten for it."""
        self.number += 1
        self.state.update(values)
        self._wanted = {
            **(self._wanted or {}),
            **values,
            "request": [command, self.number],
        }
        self._send()

    def _send(self):
        if self._under_way or not self._wanted:
            return
        data = {"method": "update", "state": self._wanted, "buffer_paths": []}
        message = self._client.session.msg(
            "comm_msg", {"comm_id": self.comm, "data": data}
        )
        self._client.shell_channel.send(message)
        self._under_way, self._wanted = message["header"]["msg_id"], None
        self.sent += 1

    def listen(self, seconds):
        """Take in what the kernel sends for some time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                self._hear(self._client.get_iopub_msg(timeout=left))
            except queue.Empty:
                return

    def settle(self, seconds=120):
        """Wait until nothing is under way and the last number is answered."""
        end = time.monotonic() + seconds
        while self._under_way or self._wanted:
            assert time.monotonic() < end, "the kernel does not answer"
            self.listen(0.02)

    def _hear(self, message):
        content = message["content"]
        if message["msg_type"] == "comm_msg" and content["comm_id"] == self.comm:
            data = content["data"]
            # An echo is what some page has sent.
            if data["method"] in ("update", "echo_update"):
                self.state.update(data["state"])
                self.answers += "answered" in data["state"]
        elif self._under_way and is_idle(message, self._under_way):
            self._under_way = None
            self._send()
