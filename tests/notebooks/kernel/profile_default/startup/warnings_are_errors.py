"""Run by IPython when a kernel starts under pytest: a warning that a cell of a lesson raises is an error there.

Between the cells Python's own filters hold: what the kernel's libraries warn of while no lesson runs is not its fault.
"""

import warnings
from contextlib import ExitStack

from IPython import get_ipython

filters = ExitStack()


def make_errors(*_):
    """Turn every warning into an error while a cell runs."""
    filters.enter_context(warnings.catch_warnings())
    warnings.simplefilter("error")


def restore(*_):
    """Give back the filters from before the cell."""
    filters.close()


get_ipython().events.register("pre_run_cell", make_errors)
get_ipython().events.register("post_run_cell", restore)
