"""Text streams that a run can write to even where nobody reads them."""

import io
import os


class LossyStream:
    """A text stream that loses, without an error, what cannot be written.

    The reader of a pipe may end first, as `head` does, a disk may be full, and a stream may
    be closed from the start. A letter that the encoding lacks is escaped.

    Parameters
    ----------
    stream : text stream or None
        Where the text goes; None is what Python has for a closed stream.

    Attributes
    ----------
    lost : bool
        Whether some text could not be written.
    """

    def __init__(self, stream):
        self.stream, self.lost = stream or io.StringIO(), stream is None

    def __getattr__(self, name):
        """Return what the stream itself has under this name, such as `isatty`."""
        return getattr(self.stream, name)

    def write(self, text):
        """Write a text, or lose it.

        Parameters
        ----------
        text : str
            The text.
        """
        encoding = getattr(self.stream, "encoding", None) or "utf-8"
        escaped = text.encode(encoding, "backslashreplace").decode(encoding)
        self._attempt(self.stream.write, escaped)

    def flush(self):
        """Hand on all that was written, or lose it."""
        self._attempt(self.stream.flush)

    def _attempt(self, operation, *arguments):
        """Call an operation of the stream; once it fails, all that follows goes nowhere."""
        try:
            operation(*arguments)
        except OSError:
            self.lost = True
            with open(os.devnull, "w") as nowhere:  # also for what Python flushes last
                os.dup2(nowhere.fileno(), self.stream.fileno())
