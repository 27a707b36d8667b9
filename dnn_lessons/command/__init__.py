"""The command line `train.py`, in reading order.

options     what can be given, and its help
run         the command from the options to the files
read_table  a table as arrays, with what is done with each column (`recipe`), what the cells
            of a column mean (`cells`), and how a file is read (`read_file`, `layout`)
patience    settings by the size of a table, and when a training stops
judgement   whether the network is better than a constant and a straight line
report      the text and the pictures at the end
predict     what a saved network predicts for a table
streams     outputs that may be closed while they are written
text        settings, names and counts in words, for all of these
"""

from dnn_lessons._extras import extra

with extra("command"):
    from dnn_lessons.command.run import main

__all__ = ["main"]
