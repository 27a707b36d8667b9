"""Hand lessons out without solutions, and grade what comes back: `python -m grading --help`.

Read in this order:

- hand_out.py writes lessons without the solutions of their exercises.
- returned.py finds out who returned which lesson.
- sandbox.py runs a returned notebook where it can read, write and reach nothing.
- inside.py is what runs in there: it executes the notebook and asks, and knows no answers.
- transport.py turns questions and answers into text and back, with nothing that can run.
- grade.py judges the answers, outside.
- report.py writes the table, the feedback and the picture.
"""
