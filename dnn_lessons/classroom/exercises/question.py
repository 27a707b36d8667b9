"""What an exercise asks, and all that is needed to judge an answer."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.exercises.values import entries

SEED = 2026
STEP = 1e-30  # along the imaginary axis, where no difference loses digits
# The tolerances of an answer that needs no rounding: Question(..., **EXACT)
EXACT = dict.fromkeys(("rtol", "atol", "rtol32", "atol32"), 0)
KINDS = ("write", "mend", "predict", "choose")


class Misunderstanding(NamedTuple):
    """A wrong answer that many give, and what helps against it.

    Parameters
    ----------
    wrong : function or value
        The wrong answer itself: a function for *write* and *mend*, else a value.
    sentence : str
        What the reader is told, in whole sentences.
    heading : str
        The heading under which the lesson clears it up. For another lesson, the name of the
        file stands before it: "01_forward_pass.ipynb#One unit".
    """

    wrong: object
    sentence: str
    heading: str


def _no_arguments(rng):
    """Return the one case of a question for a value."""
    return [()]


@dataclass(frozen=True, eq=False)
class Question:
    """One exercise. Its name is the name that the reader binds: a function or a variable.

    Parameters
    ----------
    name : str
        The name of the reader's function or variable.
    kind : {"write", "mend", "predict", "choose"}
        A function to write or to mend, a value to predict, or a letter to choose.
    truth : function or value
        What is right. A function takes the arguments of a case, in double precision, and
        finds the answer in another way than the solution in the lesson does.
    cases : function, optional
        Takes a random generator and returns the cases: a list of tuples of arguments. The
        arguments are arrays, numbers, texts, and lists, tuples and dicts of these.
    misunderstandings : dict, optional
        {name: Misunderstanding}. An answer shows one if it agrees with it in all cases.
    points : int, optional
        What a right answer counts.
    difficulty : {1, 2, 3}, optional
        1 needs one step, 2 the idea of the lesson, and 3 is a stretch.
    rtol, atol : float, optional
        An entry may differ from the truth t by `atol + rtol * abs(t)`.
    rtol32, atol32 : float, optional
        They replace the two in a case that holds an array of 32 bits.
    why : str, optional
        The reason of the tolerances, for whoever reads the file.
    quiet : bool, optional
        True refuses an answer for which NumPy warns, of an overflow for example.
    seconds : float, optional
        How long all cases together may take.
    lesson : str, optional
        The file of the lesson; the registry fills it in.
    """

    name: str
    kind: str
    truth: object
    cases: Callable = _no_arguments
    misunderstandings: dict = field(default_factory=dict)
    points: int = 1
    difficulty: int = 1
    rtol: float = 1e-9
    atol: float = 1e-12
    rtol32: float = 1e-4
    atol32: float = 1e-6
    why: str = ""
    quiet: bool = False
    seconds: float = 2.0
    lesson: str = ""

    @property
    def wants_function(self):
        """True where the reader writes a function, and False for a value."""
        return self.kind in {"write", "mend"}

    def drawn_cases(self, seed=SEED):
        """Draw the cases, the smallest first.

        Parameters
        ----------
        seed : int, optional
            The seed of the random generator.

        Returns
        -------
        list of tuple
            The arguments of each call.
        """
        return sorted(self.cases(np.random.default_rng(seed)), key=entries)

    def arguments(self):
        """Name the arguments of the function that the reader writes.

        Returns
        -------
        list of str
            The names, in order; none for a value.
        """
        return (
            list(inspect.signature(self.truth).parameters) if callable(self.truth) else []
        )

    def target(self, heading):
        """Return the link to a paragraph.

        Parameters
        ----------
        heading : str
            Its heading, after the file of its lesson and # where that is another lesson.

        Returns
        -------
        str
            The file, #, and the fragment that JupyterLab gives to the heading.
        """
        lesson, _, title = heading.rpartition("#")
        return f"{lesson or self.lesson}#{title.replace(' ', '-')}"


def complex_step(function):
    r"""Return the derivative of a function by its first argument, found without its formula.

    Parameters
    ----------
    function : function
        Takes an array, and perhaps more, and returns an array of the same shape, entry by
        entry. It has to take complex numbers, and to be smooth where it is asked.

    Returns
    -------
    function
        Takes what `function` takes.

    Notes
    -----
    f'(z) = Im f(z + ih) / h, with an error of order h² and no difference that loses digits:
    W. Squire and G. Trapp, Using complex variables to estimate derivatives of real
    functions, SIAM Review 40, 1998.
    """

    @functools.wraps(function)
    def derivative(first, *others):
        return np.imag(function(first + 1j * STEP, *others)) / STEP

    return derivative


def number_cases(rng, extremes=(), scales=(1, 5, 30)):
    """Return cases of one array: a few shapes, narrow and wide, of 32 and of 64 bits.

    Parameters
    ----------
    rng : numpy.random.Generator
        What the numbers are drawn with.
    extremes : sequence of float, optional
        Numbers that make one more case, in both precisions.
    scales : sequence of float, optional
        The standard deviations. The numbers are rounded to one decimal, to be read easily.

    Returns
    -------
    list of tuple
        The cases.
    """
    shapes = ((1, 1), (1, 3), (3, 4))
    arrays = [scale * rng.normal(size=shape) for shape in shapes for scale in scales]
    if extremes:
        arrays.append(np.array([extremes]))
    return [(each.round(1).astype(bits),) for each in arrays for bits in "df"]


def backward_cases(rng, extremes=(), scales=(1, 5, 30)):
    """Return cases of two arrays of one shape, the arriving dA and the Z of `number_cases`.

    Parameters
    ----------
    rng : numpy.random.Generator
        What the numbers are drawn with.
    extremes : sequence of float, optional
        Numbers of Z that make one more case, in both precisions.
    scales : sequence of float, optional
        The standard deviations of Z.

    Returns
    -------
    list of tuple
        The cases.
    """
    return [
        ((5 * rng.normal(size=Z.shape)).round(1).astype(Z.dtype), Z)
        for (Z,) in number_cases(rng, extremes, scales)
    ]
