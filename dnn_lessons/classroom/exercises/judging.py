"""Judge answers. Nothing in here runs what a reader wrote."""

import copy
import warnings

import numpy as np

from dnn_lessons.classroom.exercises.question import SEED
from dnn_lessons.classroom.exercises.values import (
    agrees,
    different_forms,
    entries,
    is_blank,
    is_narrow,
    parts,
    plain,
    shown,
    widened,
)
from dnn_lessons.classroom.exercises.verdict import (
    BROKE,
    LATE,
    NOT_ATTEMPTED,
    RIGHT,
    WRONG,
    Verdict,
    block,
    table,
)

MOST_FORM = 300  # characters on the type of an answer
SMALLEST = "This is the smallest case that shows it."
STUB = (
    "**Not attempted yet.** Put your answer in place of `...` in the cell above, run that "
    "cell, and then this one."
)
CHANGES = (
    "**It changes its argument.** After the call, what was passed in is different, and "
    "whoever passed it has lost the old numbers. Compute a new array instead."
)
ONE_TRUTH = (
    "An `if`, `and`, `or`, `not` or a chain of comparisons asks one question about a whole "
    "array, but its entries may answer differently. Ask each entry: `(Z > a) * (Z < b)` is "
    "True where both conditions hold, and `np.where` chooses between two values."
)
EXPLAINED = {"The truth value of an array": ONE_TRUTH}  # part of an error: its meaning
DRAWS = (
    "Your function used the random numbers that the whole program shares. Their state was "
    "restored. Take a generator as an argument instead."
)


def judge(question, answers, seed=SEED):
    """Compare answers with the truth.

    Parameters
    ----------
    question : Question
        The exercise.
    answers : list of Answer
        What `ask` returned for the cases of this seed.
    seed : int, optional
        The seed that the cases were drawn with.

    Returns
    -------
    Verdict
        The verdict. It shows the first case with a fault, and so the smallest.
    """
    if not answers or is_blank(answers[0].value):
        return Verdict(STUB, question.name, NOT_ATTEMPTED)
    cases = question.drawn_cases(seed)
    outcome, text = _first_fault(question, cases, answers) or _right(
        question, cases, seed
    )
    name = named(question, cases, answers) if outcome == WRONG else ""
    text += _cleared_up(question, name) + _remarks(answers)
    return Verdict(text, question.name, outcome, name)


def _first_fault(question, cases, answers):
    """Return the outcome, and the words for the first case that is not right, if there is one."""
    for case, answer in zip(cases, answers, strict=False):
        for look in (_late, _broke, _changed, _compared, _warned):
            text = look(question, case, answer)
            if text:
                return OUTCOMES.get(look, WRONG), text
    return None if len(answers) == len(cases) else (BROKE, "**Answers are missing.**")


def named(question, cases, answers):
    """Name the misunderstanding that gives the same answers in all cases.

    Parameters
    ----------
    question : Question
        The exercise.
    cases : list of tuple
        Its cases.
    answers : list of Answer
        The reader's answers.

    Returns
    -------
    str
        The name, empty where no misunderstanding of the exercise agrees.
    """
    for name, row in question.misunderstandings.items():
        if _all_agree(question, cases, answers, row.wrong):
            return name
    return ""


def _all_agree(question, cases, answers, wrong):
    """Return whether the reader's answers are those of a wrong function in every case."""
    if len(answers) < len(cases):
        return False
    pairs = zip(cases, answers, strict=True)
    return all(
        _near(question, case, answer.value, computed(wrong, copy.deepcopy(case)))
        for case, answer in pairs
    )


def _near(question, case, yours, right):
    """Return whether an answer agrees with another one, by the tolerances of the question."""
    if is_narrow(case):
        return agrees(yours, right, question.rtol32, question.atol32)
    return agrees(yours, right, question.rtol, question.atol)


def truth(question, case):
    """Return what is right in one case.

    Parameters
    ----------
    question : Question
        The exercise.
    case : tuple
        The arguments.

    Returns
    -------
    numpy.ndarray, str, tuple or dict
        The right answer, as plain data.
    """
    return computed(question.truth, widened(case))


def computed(answer, case):
    """Return what a function of ours gives in one case, or a value as it is.

    Parameters
    ----------
    answer : function or value
        The truth of a question, or a misunderstanding.
    case : tuple
        The arguments.

    Returns
    -------
    numpy.ndarray, str, tuple, dict or Odd
        The answer, as plain data.
    """
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return plain(answer(*case) if callable(answer) else answer)


def _late(question, case, answer):
    """Return the words for a function that was stopped."""
    if answer.trouble != LATE:
        return ""
    lead = f"**No answer in time.** After {question.seconds:g} seconds it was stopped."
    return f"{lead} Is there a loop that never ends?\n\n{_input_table(question, case)}"


def _broke(question, case, answer):
    """Return the words for an error of the reader's function."""
    if answer.trouble != BROKE:
        return ""
    where = "This line of yours" if "\n" in answer.note else "The call"
    lead = f"**It broke.** {where} raised an error:\n\n{block(answer.note)}"
    words = [lead, *_explained(answer.note), _input_table(question, case)]
    return "\n\n".join(words)


def _explained(note):
    """Return what an error means, where its own message misleads or says too little."""
    return [meaning for part, meaning in EXPLAINED.items() if part in note]


OUTCOMES = {_late: LATE, _broke: BROKE}  # what else is found is a wrong answer


def _changed(question, case, answer):
    """Return the words for a function that changes its arguments."""
    return f"{CHANGES}\n\n{_input_table(question, case)}" if answer.changed else ""


def _compared(question, case, answer):
    """Return the words for an answer that is not the right one."""
    yours, right = answer.value, truth(question, case)
    if _near(question, case, yours, right):
        return ""
    lead = f"**Not right yet.**{_asked_for(yours, right)}"
    if question.wants_function:
        return f"{lead} {SMALLEST}\n\n{_compared_table(question, case, yours, right)}"
    return f"{lead} Your answer is {shown(yours)}."


def _compared_table(question, case, yours, right):
    """Return the arguments of a case and both answers as a table."""
    return table([*_inputs(question, case), *_both(yours, right)])


def _warned(question, case, answer):
    """Return the words for a right value at which NumPy warns, where that is a fault."""
    if not (question.quiet and answer.warned):
        return ""
    lead = f"**Right values, but NumPy warns.** {SMALLEST}"
    return f"{lead}\n\n{_input_table(question, case)}\n\n{block(answer.warned)}"


def _asked_for(yours, right):
    """Return a sentence on a wrong type or shape, empty where both are right."""
    forms = [form[:MOST_FORM] for form in different_forms(yours, right)]
    if not forms:
        return ""
    hint = " Is a `return` missing?" if "NoneType" in forms[0] else ""
    return f" You gave {forms[0]}, and {forms[1]} was asked for.{hint}"


def _both(yours, right):
    """Return the rows for both answers, with as many digits as tell them apart."""
    for digits in (5, 10, 17):
        rows = [("yours", shown(yours, digits)), ("right", shown(right, digits))]
        if rows[0][1] != rows[1][1]:
            break
    return rows


def _inputs(question, case):
    """Return a row for each argument of a case."""
    given = zip(question.arguments(), map(plain, case), strict=False)
    return [(f"input `{name}`{_bits(each)}", shown(each)) for name, each in given]


def _input_table(question, case):
    """Return the arguments of a case as a table, which is empty for a value."""
    return table(_inputs(question, case)) if case else ""


def _bits(value):
    """Return a remark for an array of 32 bits."""
    return " (float32)" if is_narrow((value,)) else ""


def _cleared_up(question, name):
    """Return the words for a misunderstanding, with a link to the paragraph that helps."""
    if not name:
        return ""
    row = question.misunderstandings[name]
    link = f"[{row.heading.rpartition('#')[2]}]({question.target(row.heading)})"
    title = name[0].upper() + name[1:]
    return f"\n\n**{title}.** {row.sentence} Read again: {link}."


def _right(question, cases, seed):
    """Return the outcome, and the words for a right answer: what was tried."""
    if not question.wants_function:
        return RIGHT, "**Right.**"
    arrays = [part for part in parts(list(cases)) if isinstance(part, np.ndarray)]
    extent = f": {_sizes(arrays)}, {_values(arrays)}" if arrays else ""
    return RIGHT, f"**Right.** Tried in {len(cases)} cases with the seed {seed}{extent}."


def _sizes(arrays):
    """Return how large arrays are, and of which types."""
    sizes = [entries(each) for each in arrays]
    types = " and ".join(sorted({each.dtype.name for each in arrays}))
    return f"arrays of {min(sizes)} to {max(sizes)} entries, {types}"


def _values(arrays):
    """Return the range of the numbers in arrays."""
    numbers = np.concatenate([each.ravel().astype(float) for each in arrays])
    return f"numbers from {numbers.min():g} to {numbers.max():g}"


def _remarks(answers):
    """Return what else there is to say: what was printed, and whether numbers were drawn."""
    printed = next((each.printed for each in answers if each.printed.strip()), "")
    text = f"\n\nYour function printed:\n\n{block(printed)}" if printed else ""
    return text + (f"\n\n{DRAWS}" if any(each.drew for each in answers) else "")
