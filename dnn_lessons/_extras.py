"""Name the extra to install where a package is missing that only a part of the module needs."""

from contextlib import contextmanager

MISSING = (
    "{} is not installed; pip install 'dnn-lessons[{}]' installs what this part needs"
)


@contextmanager
def extra(name):
    """Turn the error of a missing package, imported in the block, into advice.

    Parameters
    ----------
    name : str
        The extra in pyproject.toml that installs the package.

    Yields
    ------
    None
        The block runs as it is.

    Raises
    ------
    ImportError
        Where a package that is not ours is missing.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name.startswith("dnn_lessons"):
            raise
        package = error.name.partition(".")[0]
        raise ImportError(MISSING.format(package, name), name=package) from error
