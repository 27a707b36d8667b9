"""Run by IPython when a kernel starts under pytest: a warning that a lesson raises is an error there."""

import warnings

warnings.simplefilter("error")
for plumbing in ("ipykernel", "IPython", "jupyter_client", "traitlets", "zmq", "asyncio"):
    warnings.filterwarnings("default", module=rf"{plumbing}(\..*)?")
