"""The ledger: every displayed equation and how it was proven, as text and as a page."""

import re
from collections import Counter

from proofs import inline, numbers
from proofs.check import Named
from proofs.claims import CLAIMS
from proofs.judge import Obligation, Verdict
from proofs.mutations import FATES, audit
from proofs.parser import parse
from proofs.situations import TAG, equations
from tools.lessons import NOTEBOOKS, ROOT, headings

PAGE = ROOT / "notebooks" / "equations.md"
TABLE = "| no. | equation | how | rests on |\n|---|---|---|---|"
HEAD = """# Every equation, and how it was proven

Each numbered formula of the lessons is read by a program, as it is printed, and then proven. This page is the list.
It is written by `uv run python -m proofs --write`, and a test compares it with the lessons.

- **symbolically**: both sides were turned into SymPy expressions, derivatives and limits were taken, cases were treated
  one by one, kinks included, and the difference is 0. Sums run over 1, 2 and 3 examples with a symbol for each entry.
- **by fifty digits**: both sides agree to fifty digits at random points of the domains in the
  [notation table](notation.md), usual, tiny and large ones, for up to 7 examples and 6 layers. A bound
  must also be reached, and the error of an approximation must vanish as fast as is said.
- **against dnn_lessons**: the formula and the function of the module gave the same numbers, so page and code cannot
  drift apart. An identity of algebra is tied to the module too, lest it be true of something else.
- **by shape and value in random networks**: the formula was evaluated with the arrays of random networks whose layers
  have different sizes. Every matrix product, transpose and shape had to fit, and every gradient was measured by
  differences of the cost.

*Rests on* names what a proof takes as given: earlier equations, or what the text says beside the formula. Then the
check itself is checked: each formula gets faults planted, one at a time, and every fault that changes its meaning has
to be refused.
"""


def checks_of(tag):
    """Return how an equation is checked.

    Parameters
    ----------
    tag : str
        Its number.

    Returns
    -------
    tuple of Check or Named
        One or more.
    """
    found = CLAIMS[tag]
    return found if isinstance(found, tuple) else (found,)


def verdict(tag):
    """Prove an equation in every way that its table declares.

    Parameters
    ----------
    tag : str
        Its number.

    Returns
    -------
    Verdict
        How it was proven.

    Raises
    ------
    FormulaError
        Unless it holds.
    """
    checks = checks_of(tag)
    if isinstance(checks[0], Named):
        parse(equations()[tag])
        return Verdict("claims nothing: names " + checks[0].thing, 0, 0.0)
    return _together([Obligation(tag, check).verdict() for check in checks])


def _together(verdicts):
    """Return one Verdict for several on the same equation."""
    how = [part for each in verdicts for part in each.how.split(" + ")]
    links = max(each.links for each in verdicts)
    milliseconds = sum(each.milliseconds for each in verdicts)
    return Verdict(" + ".join(dict.fromkeys(how)), links, milliseconds)


def audited(tag):
    """Judge an equation with every fault that can be planted in it.

    Parameters
    ----------
    tag : str
        Its number.

    Returns
    -------
    list of tuple
        (fate, what was done, tree) of each fault; none for an equation that claims nothing.
    """
    checks = checks_of(tag)
    return [] if isinstance(checks[0], Named) else audit(tag, checks)


def faults(fates):
    """Count planted faults.

    Parameters
    ----------
    fates : iterable of str
        What became of each, as `audited` says.

    Returns
    -------
    str
        The count, in one sentence.
    """
    found = Counter(fates)
    refused, shown, by_value, missed = (found[fate] for fate in FATES)
    return (
        f"{found.total():,} faults planted: {refused:,} refused, {shown + by_value:,} left "
        f"every value as it was ({shown:,} of them shown by SymPy), {missed:,} missed."
    )


def lines():
    """Prove all equations, and write the ledger.

    Yields
    ------
    str
        The lines of the ledger.

    Raises
    ------
    FormulaError
        At the first equation that does not hold.
    """
    total = 0
    for tag in equations():
        found = verdict(tag)
        total += found.links
        yield _line(tag, *found)
    named = sum(isinstance(checks_of(tag)[0], Named) for tag in equations())
    yield f"{len(equations())} equations, {total} links proven, {named} claim nothing"


def _line(tag, how, links, milliseconds):
    """Return the line of the ledger about one equation."""
    plural = "s" if links != 1 else ""
    return f"{tag:>6}  {milliseconds:6.0f} ms  {links} link{plural}  {how}"


def in_sentences():
    """Count what confirms the formulas and the numbers in sentences.

    Yields
    ------
    str
        Two lines for each lesson.
    """
    for path in NOTEBOOKS:
        formulas, found = inline.judge_lesson(path), numbers.judge_lesson(path)
        yield f"{path.name[:2]} formulas in sentences: {inline.summary(formulas)}"
        yield f"{path.name[:2]} numbers in sentences: {numbers.summary(found)}"


def page(count):
    """Write the ledger as a page, without times.

    Parameters
    ----------
    count : str
        The sentence of `faults`.

    Returns
    -------
    str
        The page, in Markdown.
    """
    parts = [HEAD, f"**{len(equations())} equations. {count}**\n"]
    return "\n".join(parts + [_section(path) for path in NOTEBOOKS if _tags(path)])


def _tags(path):
    """Return the numbers of the equations of a lesson."""
    return [tag for tag in equations() if int(tag.split(".")[0]) == int(path.name[:2])]


def _section(path):
    """Return the part of the page about one lesson."""
    title = f"## [{headings(path)[0][1]}]({path.name})"
    return "\n".join([title, "", TABLE, *map(_row, _tags(path)), ""])


def _row(tag):
    """Return the line of the page about one equation."""
    return f"| ({tag}) | ${_shown(tag)}$ | {verdict(tag).how} | {_rests_on(tag)} |"


def _shown(tag):
    """Return an equation as printed, without its number and box."""
    text = " ".join(TAG.sub("", equations()[tag]).split())
    unboxed = re.sub(r"^\\boxed\{(.*)\}$", r"\1", text)
    return unboxed.replace("|", r"\vert ")  # a bar would end the cell of a table


def _rests_on(tag):
    """Return what the checks of an equation take as given: numbers, or formulas."""
    found = [given for check in checks_of(tag) for given in getattr(check, "given", ())]
    return ", ".join(
        f"({given})" if given in equations() else f"${given}$"
        for given in dict.fromkeys(found)
    )


def main(arguments):
    """Print the ledger, the count of planted faults, and what confirms the sentences.

    Parameters
    ----------
    arguments : list of str
        What stands on the command line: --write also renews notebooks/equations.md.
    """
    for line in lines():
        print(line)  # noqa: T201
    count = faults(fate for tag in equations() for fate, _, _ in audited(tag))
    print(count)  # noqa: T201
    for line in in_sentences():
        print(line)  # noqa: T201
    if "--write" in arguments:
        PAGE.write_text(page(count), encoding="utf-8")
