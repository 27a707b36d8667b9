"""How runs play: in short slices of the kernel's spare time, one run at a time."""

import asyncio
import contextlib
import gc
import threading
import time

# Seconds that a whole run takes, by the speed that the reader chooses; at the last, as few as the machine can.
PACES = {"10 s a run": 10.0, "2 s a run": 2.0, "at once": 0.0}
# Seconds before a run begins: a next move may come, and is answered at once.
PAUSE_BEFORE = 0.08
# Seconds from one picture to the next, and the shortest time in which the kernel sees messages of the page.
FRAME, PAUSE_BETWEEN = 0.05, 0.002
# One explorer of a kernel works at a time: JupyterLab may hand each message to a thread of its own.
LOCK = threading.RLock()


class Player:
    """Lets the run of one explorer go on in the event loop of the kernel.

    Attributes
    ----------
    explorer : Explorer or None
        The explorer whose run plays.
    """

    def __init__(self):
        self.explorer = None
        self._task = None

    def play(self, explorer):
        """Let the run of an explorer play; another one that plays stops.

        Parameters
        ----------
        explorer : Explorer
            The explorer; its `advance` is called until it sets its `playing` to False. Without an
            event loop, as in a script, nothing moves by itself.
        """
        self.stop()
        self.explorer, explorer.playing = explorer, True
        with contextlib.suppress(RuntimeError):
            self._task = asyncio.get_running_loop().create_task(self._slices())

    def stop(self):
        """Stop the run that plays, if there is one."""
        if self.explorer is not None:
            self.explorer.playing = False
        self.explorer = self._task = None

    async def _slices(self):
        """Call `advance` for as long as this is the newest task."""
        task, share = asyncio.current_task(), 0.0
        await asyncio.sleep(PAUSE_BEFORE)
        before = time.perf_counter() - FRAME
        while task is self._task:
            now = time.perf_counter()
            with contextlib.suppress(KeyboardInterrupt):  # the explorer says so
                share = self._advance(task, share, now - before)
            before = now
            spent = time.perf_counter() - now
            await asyncio.sleep(max(PAUSE_BETWEEN, self._rest(spent)))

    def _advance(self, task, share, seconds):
        """Let the run go on for one slice if the task is the newest one; return the share that is due."""
        with LOCK:
            if task is not self._task:
                return share
            whole = self._pace()
            due = max(share, self.explorer.done) + seconds / whole if whole else 1.0
            # The player does not run ahead of a network that is slower than the pace.
            behind = self.explorer.advance(FRAME, due)
            return min(due, behind)

    def _pace(self):
        """Return the seconds that a whole run takes."""
        return list(PACES.values())[self.explorer.pace]

    def _rest(self, spent):
        """Return the seconds until the next picture is due."""
        return FRAME - spent if self.explorer and self._pace() else 0.0


PLAYER = Player()


@contextlib.contextmanager
def garbage_later():
    """Let Python collect garbage only after the block, so that a picture does not wait for it.

    Yields
    ------
    None
        Nothing.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
