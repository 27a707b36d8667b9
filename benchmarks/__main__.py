"""Run the jobs that are named, or all, print their tables and, if asked, write RESULTS.md with its plot."""

import argparse
import sys
from pathlib import Path

from benchmarks import report
from benchmarks.measure import machine
from benchmarks.suite import SUITE


def main(arguments=None):
    """Run what the arguments ask for and return {job: Result}."""
    options = parser().parse_args(arguments)
    tell(machine(), "")
    results = {}
    for name in options.jobs or SUITE:
        results[name] = SUITE[name](rounds=options.rounds, quick=options.quick)
        tell(*results[name].lines)
    if options.write:
        report.write(Path(__file__).parent, results)
    return results


def tell(*lines):
    """Print the lines now, not when all jobs are done."""
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def parser():
    """The command line."""
    p = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    p.add_argument(
        "jobs", nargs="*", metavar="job", help=f"of {', '.join(SUITE)}", type=known
    )
    p.add_argument(
        "--quick", action="store_true", help="compare results, time little or nothing"
    )
    p.add_argument(
        "--rounds",
        type=int,
        default=15,
        help="rounds in which the contenders take turns (15)",
    )
    p.add_argument(
        "--write",
        action="store_true",
        help="write RESULTS.md and results.png beside this file",
    )
    return p


def known(name):
    """The name of a job; argparse tells the error."""
    if name not in SUITE:
        raise argparse.ArgumentTypeError(f"no job {name!r}; known: {', '.join(SUITE)}")
    return name


if __name__ == "__main__":
    main()
