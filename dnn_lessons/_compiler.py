"""A program in C for numbers: compiled once, kept in a folder of the user, loaded."""

import ctypes
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import numpy.linalg.lapack_lite

from dnn_lessons._files import temporary_path

# None of these changes the process that loads the library, as -ffast-math does, which makes
# all numbers below 1e-308 zero. The word __FAST_MATH__ alone lets the header of glibc offer
# functions that compute the exponentials of several numbers at once.
FLAGS = (
    "-O2 -ftree-vectorize -march=native -fno-math-errno -fno-trapping-math "
    "-fno-signed-zeros -fassociative-math -D__FAST_MATH__ -shared -fPIC -x c -"
).split()
GEMMS = ("scipy_cblas_{}64_", "cblas_{}64_", "cblas_{}$NEWLAPACK$ILP64", "cblas_{}")


def load(source):
    """Return the function `run` of a program in C.

    Parameters
    ----------
    source : str
        A program that defines run(theta, X, Y, order, m, output), all addresses but the whole
        number m. A variable `gemm *blas` is set to NumPy's product of matrices.

    Returns
    -------
    callable
        The function.

    Raises
    ------
    OSError
        If there is no compiler, or it fails, or the product is not found; it says which.
    """
    library = ctypes.CDLL(str(_compiled(source)))
    if "gemm *blas;" in source:
        product = _numpy_product("sgemm" if "typedef float real;" in source else "dgemm")
        ctypes.c_void_p.in_dll(library, "blas").value = product
    library.run.argtypes = [ctypes.c_void_p] * 4 + [ctypes.c_longlong, ctypes.c_void_p]
    library.run.restype = None
    return library.run


def _compiled(source):
    """Return the file of the library; it is compiled unless it is there."""
    compiler = find()
    if compiler is None:
        raise OSError("no C compiler is found")
    command = [compiler, *FLAGS, "-lm", "-o"]
    path = cache_folder() / _key(command, source)
    if not path.exists():
        part = temporary_path(path)
        _said([*command, part], source)
        os.replace(part, path)  # whole or not at all, for others who compile the same
    return path


def find():
    """Return the path of the C compiler, of the command in the variable CC or of cc.

    Returns
    -------
    str or None
        None where there is none.
    """
    return shutil.which(os.environ.get("CC") or "cc")


def _key(command, source):
    """Return a name made from all that the machine code depends on.

    It is the program, and what the compiler says of its version and its options, where -march
    names the processor.
    """
    about = _said([*command, "step.s", "-S", "-###"], "")
    return hashlib.sha256((about + source).encode()).hexdigest()


def _said(command, text):
    """Run a compiler on a text; return what it says."""
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise OSError(f"the C compiler fails with {done.stderr.strip() or 'no word'!r}")
    return done.stderr


def cache_folder():
    """Return the folder that libraries are kept in; it is made where it is missing.

    Returns
    -------
    Path
        "dnn-lessons" in the folder that XDG_CACHE_HOME names, or in ~/.cache.
    """
    home = os.path.expanduser("~")  # which stays "~" for a user without a home
    if not os.path.isabs(home):
        raise OSError("there is no folder to keep a compiled step in")
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    folder = Path(caches) / "dnn-lessons"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _numpy_product(name):
    """Return the address of a product of matrices in the BLAS that NumPy is linked with."""
    library = ctypes.CDLL(numpy.linalg.lapack_lite.__file__)
    for form in GEMMS:
        if hasattr(library, form.format(name)):
            function = getattr(library, form.format(name))
            return ctypes.cast(function, ctypes.c_void_p).value
    raise OSError("the product of matrices that NumPy calls is not found")
