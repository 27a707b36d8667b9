"""`python -m tests.equations` prints the ledger of all equations; `--write` renews notebooks/equations.md."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from equations.ledger import main

main(sys.argv[1:])
