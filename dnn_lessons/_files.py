"""Files that are replaced whole or not at all."""

import errno
import os
import stat
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path):
    """Open a new file that replaces `path` once the block ends without an error.

    The new file lies in the same folder until then, and has the mode of the old one. If
    `path` is a link, the link is replaced and what it points to stays; to follow a link,
    pass `followed(path)`.

    Parameters
    ----------
    path : pathlib.Path
        The file to write.

    Yields
    ------
    binary file
        Where to write.

    Raises
    ------
    OSError
        If `path` is a folder, a device or a pipe, or the file cannot be written.
    """
    mode, part = file_mode(path), temporary_path(path)
    try:
        with open(part, "xb") as file:
            if mode is not None:
                os.chmod(part, mode)
            yield file
            _wait_for_disk(file)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _wait_for_disk(file):
    """Return once all that was written to a file is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def followed(path):
    """Return the path that a path leads to when all links are followed.

    Parameters
    ----------
    path : path_like
        Any path, whether or not it exists.

    Returns
    -------
    pathlib.Path
        An absolute path; still a link only where links point to each other in a circle.
    """
    return Path(os.path.realpath(path))


def file_mode(path):
    """Return who may read and write a file, as a number; None where there is no file yet.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    int or None
        The permission bits.

    Raises
    ------
    OSError
        If `path` leads to a folder, a device or a pipe, or in a circle of links.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise OSError(
            errno.EINVAL, "Not a regular file, so it is not replaced", str(path)
        )
    return stat.S_IMODE(mode)


def temporary_path(path):
    """Return a new path, in the same folder, for what becomes `path` once it is complete.

    Parameters
    ----------
    path : pathlib.Path
        The file to write.

    Returns
    -------
    pathlib.Path
        The name of the file with random digits behind it, which no other call returns.
    """
    return path.with_name(f"{path.name}.{os.urandom(8).hex()}.part")
