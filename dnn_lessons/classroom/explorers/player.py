"""How runs play: in short slices of the kernel's spare time, one run at a time."""

import asyncio
import contextlib
import gc
import threading

# Seconds before a run begins: a next move may come, and is answered at once.
PAUSE_BEFORE = 0.08
# Seconds after each slice, in which the kernel sees messages of the page.
PAUSE_BETWEEN = 0.002
# Seconds of work between two pictures; the first pictures after a move come sooner.
FIRST_SLICE, LONGEST_SLICE = 0.02, 0.06
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
        seconds = FIRST_SLICE
        await asyncio.sleep(PAUSE_BEFORE)
        while self._advance(asyncio.current_task(), seconds):
            seconds = min(1.5 * seconds, LONGEST_SLICE)
            await asyncio.sleep(PAUSE_BETWEEN)

    def _advance(self, task, seconds):
        """Let the run go on for one slice if the task is the newest one; return whether it was."""
        with LOCK:
            newest = task is self._task
            if newest:
                self.explorer.advance(seconds)
            return newest


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
