"""The command of the lessons: python train.py --batch_size 8 --learning_rate 0.1 --num_epochs 3000."""

import sys

from dnn_lessons.cli import main

if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # a column's name may not exist in the terminal's alphabet
    sys.exit(main())
