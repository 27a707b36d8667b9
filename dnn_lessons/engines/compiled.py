"""The compiled engine: the tape of a step as C, with a loop for each formula of the lessons.

Each array has the name that it has in the lessons. A result without a name there is written
into the formula that reads it.
"""

from pathlib import Path
from string import Template

import numpy as np

from dnn_lessons.engines.recorded import Epochs, passes, recorded, tell_once
from dnn_lessons.engines.tape import Tape, Traced, UnrecordableError
from dnn_lessons.parameters import update_parameters

SIGNS = {np.add: "+", np.subtract: "-", np.multiply: "*", np.divide: "/", np.greater: ">"}
FUNCTIONS = np.exp, np.tanh, np.absolute, np.square, np.sign, np.maximum, np.minimum
FORMULAS = {np.negative: "(-{})", np.where: "({} ? {} : {})"}
FORMULAS |= {function: f"({{}} {sign} {{}})" for function, sign in SIGNS.items()}
FORMULAS |= {f: f"{f.__name__}({', '.join(['{}'] * f.nin)})" for f in FUNCTIONS}
# What stands beside an array, or beside one that a certain function makes: its equation
EQUATIONS = {"WA": "(1.5)", "Z": "(1.5)", "A": "(1.7)", "A divide": "(2.16)"}
EQUATIONS |= {"A maximum": "(3.1)", "A where": "(4.1)", "A tanh": "(5.1)", "b": "(10.3)"}
EQUATIONS |= {"dZ subtract": "(9.19)", "dZ": "(9.17)", "dA": "(9.16)", "dW": "(9.14)"}
EQUATIONS |= {"mean_dZ": "1/m of (9.14) and (9.15)", "db": "(9.15)", "W": "(10.3)"}
REALS = {"float64": ("double", ""), "float32": ("float", "f")}
LARGE = 4000  # from so many multiplications on, NumPy's BLAS takes less time than loops
AT_ONCE = 2**24  # multiplications, about, until Python may hear a Ctrl-C
TEMPLATE = Path(__file__).with_name("template.c").read_text("utf-8")
PRELUDE, BLAS, STEP, LOOP, RUN = map(Template, TEMPLATE.split("---\n"))


def compiled(job, parameters):
    """Return the engine that compiles a step; `recorded`, where that cannot be done.

    Parameters
    ----------
    job : Job
        The data and the settings.
    parameters : dict
        The parameters that the training starts from.

    Returns
    -------
    callable
        parameters -> (cost, parameters), as `recorded` returns it.
    """
    try:
        return CompiledEpochs(job, parameters)
    except (UnrecordableError, OSError) as reason:
        run = recorded(job, parameters)
        if isinstance(run, Epochs):  # else `recorded` has said why not even that
            tell_once(f"Training is recorded and not compiled, because {reason}.")
        return run


class CompiledEpochs(Epochs):
    """Epochs by a compiled step for each width of a batch.

    Parameters
    ----------
    job : Job
        The data and the settings.
    parameters : dict
        The parameters that the training starts from.
    """

    tolerance = 1e-4

    def prepare(self):
        """Compile the steps."""
        from dnn_lessons import _compiler  # noqa: PLC0415 - slow to load

        self.data = [A.ctypes.data for A in (self.theta, self.job.X, self.job.Y)]
        self.outputs = np.empty_like(self.job.Y.T)
        size = self.job.batching[0]
        self.at_once = size * (1 + AT_ONCE // (size * self.theta.size))
        self.steps = _compiler.load(c_source(self.job, self.parameters, self.widths))

    def run(self, order):
        """Run a step for each batch, and return the outputs side by side.

        Parameters
        ----------
        order : ndarray
            The numbers of the examples, batch after batch.

        Returns
        -------
        ndarray, shape (n_L, m)
            What the cost is computed from: Z of layer L where the cost reads it, else AL.
        """
        for start in range(0, len(order), self.at_once):
            part, outputs = np.int64(order[start:][: self.at_once]), self.outputs[start:]
            self.steps(*self.data, part.ctypes.data, len(part), outputs.ctypes.data)
        return self.outputs[: len(order)].T


def c_source(job, parameters, widths):
    """Return a program in C of a step for each number of examples in `widths`.

    Parameters
    ----------
    job : Job
        The data and the settings.
    parameters : dict
        Parameters of the shapes that are trained.
    widths : iterable of int
        Numbers of examples, the largest first.

    Returns
    -------
    str
        The program.

    Raises
    ------
    UnrecordableError
        If something has no translation.
    """
    words, steps = _words(job, parameters), [CStep(job, parameters, m) for m in widths]
    functions = "".join(STEP.substitute(words, **step.words()) for step in steps)
    run = RUN.substitute(words, loops="".join(LOOP.substitute(m=m) for m in widths))
    blas = BLAS.substitute() if "PRODUCT(" in functions else ""
    return PRELUDE.substitute(words) + blas + functions + run


def _words(job, parameters):
    """Return the words of the template that are the same for all steps."""
    shapes = ["DO({}, {}, {})".format(name, *P.shape) for name, P in parameters.items()]
    words = {"parameters": " ".join(shapes), "real": REALS[job.X.dtype.name][0]}
    return {**words, "n_x": len(job.X), "n_y": len(job.Y)}


class CStep:
    """A step on m examples, traced, which can be written in C.

    Parameters
    ----------
    job : Job
        The data and the settings.
    parameters : dict
        Parameters of the shapes that are trained.
    m : int
        The number of examples.
    """

    def __init__(self, job, parameters, m):
        self.m, self.parameters, self.dtype, tape = m, parameters, job.X.dtype, Tape()
        given = {"X": job.X[:, :m], "Y": job.Y[:, :m], **parameters}
        given = {name: Traced(A.copy(), tape) for name, A in given.items()}
        named = [*_results(job, **given), *given.items()]
        self.output = named[0][1]
        self.calls = {id(call.result): call for call in tape.calls}
        self.names = {id(A): name for name, A in named}

    def words(self):
        """Return the words of the template that differ from step to step.

        Returns
        -------
        dict
            "m", "body": the lines for each result that has a name, and "output": its name.
        """
        named = [call for key, call in self.calls.items() if key in self.names]
        body, output = "\n".join(map(self._line, named)), self.names[id(self.output)]
        return {"m": self.m, "body": body, "output": output}

    def _line(self, call):
        """Return the lines that compute a result, with its equation."""
        name = self.names[id(call.result)]
        kind = name.rstrip("0123456789")
        equation = EQUATIONS.get(f"{kind} {call.function.__name__}", EQUATIONS[kind])
        write = self._product if _is_large(call) else self._loops
        return "    {}  // {}{}".format(*write(name, call, equation))

    def _loops(self, name, call, equation):
        """Return the loops over the entries of a result, and the formula of an entry."""
        n, m = call.result.shape
        is_new = name not in self.parameters
        loops = f"NEW({name}, {n}, {m})" if is_new else f"EACH(i, {n}) EACH(j, {m})"
        formula = _bare(self.formula(call))
        return loops, equation, f"\n        {self.entry(call.result)} = {formula};"

    def _product(self, name, call, equation):
        """Return the call of BLAS for a product of matrices, and nothing after it."""
        sizes = *call.result.shape, call.inputs[0].shape[1]
        factors = ((x, "AS_IS" if x is x.base else "T") for x in call.inputs)
        texts = [f"{self.names[id(x.base)]}, {form}" for x, form in factors]
        return f"PRODUCT({name}, {', '.join([*map(str, sizes), *texts])});", equation, ""

    def formula(self, call):
        """Return the formula of an entry of what a call makes.

        Parameters
        ----------
        call : Call
            A call of the tape.

        Returns
        -------
        str
            The formula, within brackets unless it is a function.
        """
        if call.function in (np.dot, np.add.reduce):
            factors = " * ".join(map(self.entry, call.inputs, "ik", "kj"))
            return f"SUM(k, {call.inputs[0].shape[1]}, {factors})"
        if call.function not in FORMULAS:
            raise UnrecordableError(f"{call.function.__name__} is not translated to C")
        template = FORMULAS[call.function]
        bare = str if template.startswith("(") else _bare
        return template.format(*[bare(self._operand(x)) for x in call.inputs])

    def _operand(self, x):
        """Return an operand of a formula: an entry of x, its own formula, or a number."""
        if not isinstance(x, Traced):
            return f"{self.dtype.type(x)}{REALS[self.dtype.name][1]}"
        named = id(x.base) in self.names
        return self.entry(x) if named else self.formula(self.calls[id(x.base)])

    def entry(self, A, row="i", column="j"):
        """Return an entry of a named array, such as "W1[i][k]".

        Parameters
        ----------
        A : Traced
            The array, or its transpose.
        row, column : str
            The subscripts; in the place of one that has a single value stands 0.

        Returns
        -------
        str
            The entry.
        """
        letters = zip((row, column), A.shape, strict=True)
        subscripts = [letter if n > 1 else 0 for letter, n in letters]
        name, in_order = self.names[id(A.base)], 1 if A is A.base else -1
        return "{}[{}][{}]".format(name, *subscripts[::in_order])


def _results(job, X, Y, **weights):
    """Trace a step; yield its results, each with its name in the lessons."""
    output, AL, caches, grads = passes(X, Y, weights, job.model)
    yield from [("output", output), (f"A{len(caches)}", AL), *grads.items()]
    yield from update_parameters(weights, grads, job.learning_rate).items()
    calls = {id(call.result): call for call in X.tape.calls}
    for l, ((A_prev, _, _), Z) in enumerate(caches, 1):
        yield from [(f"A{l - 1}", A_prev), (f"Z{l}", Z)]
        yield from _inner(l, calls[id(Z)], calls[id(grads[f"dW{l}"])], calls)


def _inner(l, Z, dW, calls):
    """Yield the results that the calls for Z and dW of layer l read, each with a name."""
    (WA, _), (mean_dZ, _) = Z.inputs, dW.inputs
    if _is_large(calls[id(WA)]):
        yield f"WA{l}", WA
    yield from [(f"mean_dZ{l}", mean_dZ), (f"dZ{l}", calls[id(mean_dZ)].inputs[1])]


def _is_large(call):
    """Return whether a call is a product with so many multiplications that BLAS is faster."""
    is_product = call.function is np.dot
    return is_product and call.result.value.size * call.inputs[0].shape[1] >= LARGE


def _bare(formula):
    """Return a formula without the brackets around it."""
    return formula[1:-1] if formula.startswith("(") else formula
