"""What a lesson's table says about an equation: how it is to be proven."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Check:
    """What stands around an equation. All text is LaTeX of the lessons, or an equation's number.

    Parameters
    ----------
    given : tuple of str
        Definitions and domains that the equation rests on.
    cases : tuple
        The cases in which to prove it, each a condition or a tuple of conditions.
    sizes : dict or tuple of dict
        {name: numbers} of m, L and so on, where not the usual ones, of which every
        combination is tried; or the combinations themselves, {name: number} each.
    code : dict
        {name: function} of dnn_lessons that a name stands for.
    families : dict
        {base: function of (scope, layer, example, subs)} for names with indices.
    ranges : dict
        {index: LaTeX of its last value} of free indices, where not the usual ones.
    small : str
        The quantity whose power bounds the error of an approximation.
    order : int
        That power.
    tight : tuple of str
        Conditions under which a bound is attained, or nearly where it is strict.
    tied : str
        What a side is besides, in LaTeX with names of `code` or `families`: so an identity
        is about what it is meant to be about, and not true of something else.
    side : int
        Which side that is, of the first relation of an equivalence; the last one if left out.
    solve : str
        The unknown of an equivalence of two equations, which have to have equal solutions.
    network : dict, optional
        Settings of the random network whose arrays the equation is about.
    module : bool
        True where the families take their values from dnn_lessons, and so from floats.
    """

    given: tuple = ()
    cases: tuple = ((),)
    sizes: tuple | dict = ()
    code: dict = field(default_factory=dict)
    families: dict = field(default_factory=dict)
    ranges: dict = field(default_factory=dict)
    small: str = ""
    order: int = 1
    tight: tuple = ()
    tied: str = ""
    side: int = -1
    solve: str = ""
    network: dict | None = None
    module: bool = False


@dataclass(frozen=True)
class Named:
    """An equation that claims nothing, as it gives a name to a thing.

    Parameters
    ----------
    thing : str
        What it names.
    """

    thing: str


def given(*statements, **rest):
    """Return a Check that rests on definitions and domains.

    Parameters
    ----------
    *statements : str
        Numbers of equations, or LaTeX.
    **rest
        The other words of a Check.

    Returns
    -------
    Check
        The check.
    """
    return Check(given=statements, **rest)


def tied(latex, *statements, **rest):
    """Return a Check that ties a side of an identity to what dnn_lessons computes.

    Parameters
    ----------
    latex : str
        What the side is besides; the last side, if `side` is left out.
    *statements : str
        What `given` takes.
    **rest
        The other words of a Check.

    Returns
    -------
    Check
        The check.
    """
    return Check(given=statements, tied=latex, **rest)


def arrays(activation="tanh", cost="mse", shapes=None, **rest):
    """Return a Check with the arrays of random networks.

    Parameters
    ----------
    activation, cost : str, optional
        Their names.
    shapes : tuple, optional
        (sizes of the layers, number of examples) of each network, where not the usual ones.
    **rest
        The other words of a Check.

    Returns
    -------
    Check
        The check.
    """
    network = {"activation": activation, "cost": cost}
    return Check(network=network | ({"shapes": shapes} if shapes else {}), **rest)


def one_example(**rest):
    """Return a Check with the arrays of random networks that have a single example.

    Parameters
    ----------
    **rest
        What `arrays` takes besides the shapes.

    Returns
    -------
    Check
        The check.
    """
    return arrays(shapes=(((3, 4, 2, 5), 1), ((2, 5, 3), 1)), **rest)
