"""Train a network from the command line: python train.py --help lists the options."""

import signal
import sys
from importlib.util import find_spec

PACKAGES = {"numpy": "numpy", "tqdm": "tqdm", "matplotlib": "matplotlib", "PIL": "pillow"}
MISSING = "train.py: this Python lacks {}; run instead: uv run python train.py ...\n"

if __name__ == "__main__":
    missing = [PACKAGES[name] for name in PACKAGES if find_spec(name) is None]
    if missing:
        sys.stderr.write(MISSING.format(", ".join(missing)))
        sys.exit(2)
    try:  # loading NumPy takes long enough to be interrupted
        # What a batch system or a container sends before it kills: as after Ctrl-C.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        from dnn_lessons.command import main

        sys.exit(main())
    except KeyboardInterrupt:
        sys.stderr.write("train.py: stopped before all files were written\n")
        sys.exit(130)
