"""Every displayed equation of the lessons, proven by machine as it is printed.

parser.py reads the LaTeX into a tree (tree.py), strictly. meaning.py evaluates a tree in a scope; worlds.py has the
three kinds of numbers that it is evaluated with, network.py the arrays, scopes.py the situations. check.py decides
whether an equation holds. claims.py is the table of all equations; mutations.py plants faults in them; ledger.py
prints what was proven and how.
"""
