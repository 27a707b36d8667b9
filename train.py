"""The command of the lessons: python train.py --batch_size 8 --learning_rate 0.1 --num_epochs 3000."""

import sys

if __name__ == "__main__":
    try:  # loading NumPy takes long enough to be interrupted
        from dnn_lessons.command import main

        if (
            sys.stdout
        ):  # it may be closed, and its alphabet may lack a letter of a column's name
            sys.stdout.reconfigure(errors="backslashreplace")
        sys.exit(main())
    except KeyboardInterrupt:
        sys.stderr.write("train.py: stopped before the training began\n")
        sys.exit(130)
