"""`python -m proofs` prints the ledger of all equations; `--write` renews notebooks/equations.md."""

import sys

from proofs.ledger import main

main(sys.argv[1:])
