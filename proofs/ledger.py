"""The ledger: every displayed equation, how it was proven, and how long that took; as text, and as a page."""

import re
from collections import Counter

from proofs.check import Named, Obligation, Verdict
from proofs.claims import CLAIMS
from proofs.mutations import audit
from proofs.parser import parse
from proofs.scopes import TAG, equations
from tools.lessons import NOTEBOOKS, ROOT, headings

PAGE = ROOT / "notebooks" / "equations.md"
HEAD = """# Every equation, and how it was proven

Each numbered formula of the lessons is read by a program, as it is printed, and then proven. This page is the list.
It is written by `uv run python -m proofs --write`, and a test holds it against the lessons.

- **symbolically**: both sides were turned into SymPy expressions, derivatives and limits were taken, cases were treated
  one by one, kinks included, and the difference is 0. Sums run over 1, 2 and 3 examples with a symbol for each entry.
- **by fifty digits**: both sides agree to fifty digits at random points of the domains in the
  [notation table](00_start_here.ipynb#Notation). A bound must also be reached, and the error of an approximation must
  vanish as fast as is said.
- **against dnn_lessons**: the formula and the function of the module gave the same numbers, so page and code cannot
  drift apart.
- **by shape and value in random networks**: the formula was evaluated with the arrays of random networks whose layers
  have different sizes. Every matrix product, transpose and shape had to fit, and every gradient was measured by
  differences of the cost.

*Rests on* names what a proof takes as given: earlier equations, or what the text says beside the formula. Then the
check itself is checked: each formula gets faults planted, one at a time, and every fault that changes its meaning has
to be refused.
"""


def checks_of(tag):
    """The Checks of an equation, as a tuple."""
    found = CLAIMS[tag]
    return found if isinstance(found, tuple) else (found,)


def verdict(tag):
    """The Verdict on an equation; Refused if it does not hold."""
    checks = checks_of(tag)
    if isinstance(checks[0], Named):
        parse(equations()[tag])
        return Verdict("claims nothing: names " + checks[0].thing, 0, 0.0)
    verdicts = [Obligation(tag, check).verdict() for check in checks]
    how = dict.fromkeys(part for each in verdicts for part in each.how.split(" + "))
    return Verdict(
        " + ".join(how),
        max(each.links for each in verdicts),
        sum(each.milliseconds for each in verdicts),
    )


def rests_on(tag):
    """The givens of all checks: numbers in brackets, the rest as formulas."""
    found = dict.fromkeys(
        given for check in checks_of(tag) for given in getattr(check, "given", ())
    )
    return ", ".join(
        f"({given})" if given in equations() else f"${given}$" for given in found
    )


def shown(tag):
    """The equation as printed, without its number and box; a bar would end the cell of a table."""
    text = " ".join(TAG.sub("", equations()[tag]).split())
    return re.sub(r"^\\boxed\{(.*)\}$", r"\1", text).replace("|", r"\vert ")


def lines():
    """The ledger as text; Refused at the first equation that does not hold."""
    total = 0
    for tag in equations():
        found = verdict(tag)
        total += found.links
        yield f"{tag:>6}  {found.milliseconds:6.0f} ms  {found.links} link{'s' * (found.links != 1)}  {found.how}"
    named = sum(isinstance(checks_of(tag)[0], Named) for tag in equations())
    yield f"{len(equations())} equations, {total} links proven, {named} claim nothing"


def audited(tag):
    """[(fate, what, tree)] of the faults planted in one equation; one that claims nothing has none."""
    checks = checks_of(tag)
    return [] if isinstance(checks[0], Named) else audit(tag, checks)


def faults(fates):
    """The count of the planted faults, in one sentence."""
    found = Counter(fates)
    equal = sum(number for fate, number in found.items() if fate.startswith("equal"))
    return (
        f"{found.total():,} faults planted: {found['refused']:,} refused, {equal:,} left every value as it was "
        f"({found['equal, symbolically']:,} of them shown by SymPy), {found['MISSED']:,} missed."
    )


def all_faults():
    return faults(fate for tag in equations() for fate, _, _ in audited(tag))


def page(count):
    """The ledger as Markdown, without times; `count` is the sentence of `faults`."""
    parts = [HEAD, f"**{len(equations())} equations. {count}**\n"]
    for path in NOTEBOOKS:
        tags = [
            tag for tag in equations() if int(tag.split(".")[0]) == int(path.name[:2])
        ]
        if tags:
            parts.append(section(path, tags))
    return "\n".join(parts)


def section(path, tags):
    rows = [
        f"| ({tag}) | ${shown(tag)}$ | {verdict(tag).how} | {rests_on(tag)} |"
        for tag in tags
    ]
    title = f"## [{headings(path)[0][1]}]({path.name})"
    return "\n".join(
        [title, "", "| no. | equation | how | rests on |", "|---|---|---|---|", *rows, ""]
    )


def main(arguments):
    """Print the ledger and the count of planted faults; with --write also renew the page."""
    for line in lines():
        print(line)  # noqa: T201
    count = all_faults()
    print(count)  # noqa: T201
    if "--write" in arguments:
        PAGE.write_text(page(count), encoding="utf-8")
