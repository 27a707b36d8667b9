"""Fetch the files of a package that are needed, by its name, from the registry that npm is set up for."""

import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import NamedTuple

MISSING = (
    "{name} cannot be fetched, so {without}: install npm (it comes with Node.js) and give this command once with "
    "a network, or unpack that package elsewhere and copy {files} into {kept}."
)


class Package(NamedTuple):
    """Some files of a package of JavaScript.

    Parameters
    ----------
    name : str
        Its name and version, as npm takes them.
    kept : Path
        Where its files are kept, so that a second build fetches nothing.
    files : tuple of str
        The files, and the folders with "/" at their ends. The first is a file.
    without : str
        What would be so without them.
    """

    name: str
    kept: Path
    files: tuple
    without: str


def require(package):
    """Fetch a package where it has not been fetched yet.

    Parameters
    ----------
    package : Package
        What is needed.

    Raises
    ------
    SystemExit
        Where it is not there and cannot be fetched. It says what to do.
    """
    if not (package.kept / package.files[0]).exists():
        _fetch(package)


def _fetch(package):
    """Fetch a package and unpack the files that are needed."""
    package.kept.mkdir(parents=True, exist_ok=True)
    try:
        _npm(package.kept, "pack", "--silent", package.name)
    except (OSError, subprocess.SubprocessError):
        raise SystemExit(_missing(package)) from None
    (archive,) = package.kept.glob("*.tgz")
    _unpack(archive, package)
    archive.unlink()


def _missing(package):
    """Return what is to be done where a package cannot be fetched."""
    fields = package._asdict() | {"files": ", ".join(package.files)}
    return MISSING.format(**fields)


def _npm(folder, *arguments):
    """Run npm in a folder."""
    command = [shutil.which("npm") or "npm", *arguments]
    subprocess.run(command, cwd=folder, check=True, timeout=300, capture_output=True)


def _unpack(archive, package):
    """Write the files that are needed, without the folder that holds them all in the archive."""
    with tarfile.open(archive) as packed:
        for member in packed.getmembers():
            member.name = str(Path(*Path(member.name).parts[1:]))
            if member.isfile() and member.name.startswith(package.files):
                packed.extract(member, package.kept, filter="data")
