"""What sentences say of runs: {lesson: {words: (cell, what has to hold of the numbers n that it printed)}}.

The numbers are in the order in which they are printed; digits in names, as in W1, are none.
"""

from itertools import pairwise


def falls(numbers):
    """Whether each number is below the one before."""
    return len(numbers) > 1 and all(after < before for before, after in pairwise(numbers))


def rises(numbers):
    """Whether each number is above the one before."""
    return len(numbers) > 1 and all(after > before for before, after in pairwise(numbers))


def like_a_mean(n):
    """Whether the variance of a batch, the last of four numbers in a row, falls as 1 / B."""
    return all(
        abs(B * share - 1) < 1e-3 for B, share in zip(n[::4], n[3::4], strict=True)
    )


RUNS = {
    "02": {
        "a little less than half of the bound": (
            "02-22",
            lambda n: 0.4 < n[1] / n[2] < 0.5,
        ),
    },
    "03": {
        "raises its parameter, and the output bias rises": ("03-32", lambda n: n[-1] < 0),
        "they stay there": ("03-37", lambda n: n[14] == n[15] == n[16] == max(n)),
    },
    "04": {
        "although the cost goes on falling": ("04-39a", lambda n: n[5] < n[1]),
        "In the long run it grows, as the output bias does": (
            "04-39a",
            lambda n: n[6] > n[2] and n[7] > n[3],
        ),
    },
    "05": {
        "four times that of the sigmoid": ("05-13", lambda n: max(n[4:]) == 4 * 0.25),
        "roughly half of the mean": ("05-40", lambda n: n[2] == 0.5),
    },
    "07": {
        "of a batch of 16 was 16 times too small": (
            "07-25",
            lambda n: n[::4] == n[3::4] and rises(n[::4]),
        ),
    },
    "08": {
        "The median stays at 3": ("08-28", lambda n: n[2] == n[3] == 3),
        "it falls as $c$ grows": (
            "08-24",
            lambda n: all(
                (v < 0) == (s < 0) for v, s in zip(n[1::4], n[3::4], strict=True)
            ),
        ),
        "Once more lie below than above, it rises": (
            "08-24",
            lambda n: all(
                (v > 0) == (s > 0) for v, s in zip(n[1::4], n[3::4], strict=True)
            ),
        ),
        "stays below the label within these steps": (
            "08-34",
            lambda n: rises(n[-3:]) and n[-1] < 1 and n[-1] - n[-2] < n[-2] - n[-3],
        ),
    },
    "09": {
        "cost at most twice those of the forward pass": ("09-26", lambda n: n[0] <= 2),
        "nearly half would be for": (
            "09-26",
            lambda n: 0.4 < (n[0] - n[1]) / n[0] < 0.5,
        ),
    },
    "10": {
        "Ten times as many steps": (
            "10-20",
            lambda n: round(n[7] / n[4]) == round(n[10] / n[7]) == 10,
        ),
        r"the cost even stays at $\log 2$": ("10-34", lambda n: n[2] == 0.69),
        "take equal steps, and stay equal": ("10-34", lambda n: n[1] == n[4] == 1),
        "The size neither grows nor fades from layer to layer": (
            "10-38",
            lambda n: abs(n[-1] / n[-3] - 1) < 0.1,
        ),
    },
    "11": {
        "So the error $s_B$ falls like": ("11-23a", like_a_mean),
        "four times the examples halve it": ("11-23a", like_a_mean),
        "the smaller the batch the faster the cost falls": (
            "11-35",
            lambda n: all(rises(n[column::7]) for column in (4, 5, 6)),
        ),
        "looks at 32 times as many": (
            "11-35",
            lambda n: n[21] / n[7] == 32 and abs(n[22] / n[8] - 1) < 0.05,
        ),
        "32.5 times too large": ("11-39", lambda n: round(n[0] / n[1], 1) == 32.5),
    },
    "12": {
        "And will the cost rise or fall?": ("12-08", lambda n: n[-1] < 0.1961),
        "What becomes of a run whose cost rises without end?": (
            "12-35",
            lambda n: rises(n[-4:]),
        ),
        "The training cost goes on falling": ("12-37", lambda n: falls(n[1::3])),
        "almost twice as many answers are wrong": (
            "12-40",
            lambda n: 1.8 < n[5] / n[0] < 2 and n[7] == 15,
        ),
    },
    "13": {
        "The training cost falls almost everywhere as the layers grow": (
            "13-30",
            lambda n: sum(after < before for before, after in pairwise(n[:8])) >= 6,
        ),
        "lowest at a middle width and rises again": (
            "13-30",
            lambda n: min(n[8:16]) == min(n[10:14]) and rises(n[12:16]),
        ),
        "the held-out cost rose by almost half": (
            "13-30",
            lambda n: 1.4 < n[15] / n[12] < 1.5,
        ),
    },
    "14": {
        "The line nearly halves the cost": ("14-08", lambda n: 0.5 < n[1] / n[0] < 0.56),
        "will the cost fall smoothly from epoch to epoch?": (
            "14-20",
            lambda n: n[-1] > 25,
        ),
        "The training curve falls far below both levels": (
            "14-43",
            lambda n: n[-2] < 2840 / 4,
        ),
    },
    "15": {
        "118,000 times the multiplications": (
            "15-c6",
            lambda n: round(n[2] / n[1], -3) == n[3] == 118000,
        ),
    },
}
# How many sentences with a word of outcome stand beside a run and are held by nothing but their author.
COUNTS = 6, 4, 18, 17, 11, 12, 17, 25, 30, 10, 36, 18, 28, 19, 26, 2
REST = {f"{number:02}": count for number, count in enumerate(COUNTS)}
