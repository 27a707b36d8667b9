"""Prove every displayed equation of the lessons, as it is printed: `python -m proofs`.

An equation goes through these files:

- parser.py reads its LaTeX, strictly, into a tree (tree.py).
- claims/ says how it is to be proven, a file for each lesson, in the words of check.py.
- situations.py makes the cases, sizes and indices for which it is evaluated.
- meaning.py evaluates the tree, with the numbers of worlds.py: symbols, fifty digits, or the
  arrays of random_network.py.
- judge.py decides whether it holds everywhere.
- mutations.py plants faults in it, each of which has to be refused.
- ledger.py prints what was proven, and how.
"""
