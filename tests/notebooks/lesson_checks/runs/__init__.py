"""What holds the sentences with a word of outcome, one file for each lesson.

`lesson_02.py` has the tables of lesson 02. The keys are words of one sentence, with its word of
outcome among them, as they stand in the lesson:

- `RUNS`: (cell, what has to hold of the numbers n that it printed). The numbers are in the order in
  which they are printed; digits in names, as in W1, are none. Of a tuple of cells they follow each other.
- `COMPUTED`: a function that computes anew what the sentence says, and returns whether it holds.
- `BY_EQUATION`: the number of a proven equation that says the same, as "(5.11)".
- `BY_TEST`: (a test, what it asserts), for what the sentence says of an explorer, an exercise or a
  function, as ("tests/classroom/explorers/test_lesson_10.py::test_answers", "seen[0.2] == 'good'").
- `NO_CLAIM`: one of the kinds of `KINDS`, for a sentence that says nothing of how something comes out.

`REST` counts the sentences that nothing holds.
"""

from importlib import import_module
from pkgutil import iter_modules

TABLES = "RUNS", "BY_EQUATION", "COMPUTED", "BY_TEST", "NO_CLAIM"
LESSONS = {
    each.name.removeprefix("lesson_"): import_module(f"{__name__}.{each.name}")
    for each in iter_modules(__path__)
    if each.name.startswith("lesson_")
}
TAKE = (
    "add answer begin change check choose compare compute count differentiate divide double draw "
    "follow give go imagine let look make mend move multiply note open predict press read replace "
    "return run start suppose take test train try type use write"
)
IMPERATIVE = rf"(?:then |now |next |first |and |do not )?(?:{'|'.join(TAKE.split())})\b"
# {kind: (what such a sentence does, a pattern that it has)}
KINDS = {
    "question": ("asks", r"\?[\s*_)]*$"),
    "instruction": ("tells the reader what to do", rf"^[\W\d]*{IMPERATIVE}"),
    "task": ("is part of what an exercise or a question at the end asks", ""),
    "definition": (
        "says what a name or a sign means",
        r"\*\w|\b(?:means?|calls?|called|names?|named|marks?|denotes?|stands? for|is short for)\b",
    ),
    "supposition": (
        "assumes a case, and says nothing of it",
        r"^\W*(?:if|suppose|let|imagine|say)\b[^,]*\W*$",
    ),
    "history": (
        "tells of the literature, and names it",
        r"\]\(http|\b(?:1[5-9]|20)\d\d\b",
    ),
    "contents": (
        "says what a lesson or a cell is about",
        r"\b[Ll]essons?\b|\b[Cc]ourse\b|\bnext cell\b",
    ),
    "other sense": (
        "has the word in a phrase of at most four words that means something else",
        "",
    ),
}
LONGEST_PHRASE = 4


def tables(lesson):
    """Return {name of a table: its lines} of a lesson, which may have one planted in it."""
    own = getattr(lesson, "declared", {})
    stored = LESSONS[lesson.number]
    return {name: own.get(name, getattr(stored, name)) for name in TABLES}
