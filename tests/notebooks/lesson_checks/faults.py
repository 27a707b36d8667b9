"""The planted faults: {check: {what is wrong: the change that makes it so}}. A new kind is one line.

Each change is made in a copy of lesson 02, or `in_lesson` of another; then the check has to complain.
"""

import test_form
import test_mathematics
import test_prose

from lesson_checks.changes import (
    CODE,
    DRAWN,
    blank,
    by_test,
    caption,
    cut,
    declare,
    drop,
    exchange,
    exchange_pictures,
    exchange_texts,
    in_lesson,
    mirrored,
    no_picture,
    other_colours,
    output,
    picture_of,
    picture_text,
    picture_twice,
    redraw,
    replace,
    say,
    set_at,
    set_in,
    shifted,
    tag,
    twice,
    with_another_digit,
    without_a_part,
    write,
)
from lesson_checks.lesson import CHECKS
from lesson_checks.runs.common import slope
from proofs import inline, numbers

NEVER = "A square is never negative"
TESTS_OF_PAGE = "tests/notebooks/test_page.py"
HEAD, FOOT = "02-01", "02-49"
R = "\\"
WINDOWS = f"C:{R}Users{R}reader{R}lessons{R}02.csv"


def numbers_are_not_stale(lesson):
    """Complain of each number in a sentence that nothing computes, beyond the declared rest."""
    loose = [each for each in numbers.judge_lesson(lesson) if each.kind == numbers.LOOSE]
    rest = numbers.declared(lesson.number, "LOOSE_NUMBERS") or 0
    return [each.words for each in loose] if len(loose) > rest else []


def formulas_in_sentences_are_proven(lesson):
    """Complain of each formula in a sentence that is neither proven nor declared."""
    judged = inline.judge_lesson(lesson)
    return [each.formula for each in judged if each.kind in (inline.LOOSE, inline.UNREAD)]


# Checks that stood before: tests that take a lesson, and the two above.
BEFORE = [numbers_are_not_stale, formulas_in_sentences_are_proven]
BEFORE += [
    getattr(module, name)
    for module in (test_form, test_mathematics, test_prose)
    for name in vars(module)
    if name.startswith("test_")
]
ALL_CHECKS = CHECKS | {each.__name__: each for each in BEFORE}

FAULTS = {
    "pictures_are_drawn_now": {
        "the picture of another lesson": picture_of("05-19"),
        "the picture of another cell": picture_of("02-45"),
        "pictures of two cells exchanged": exchange_pictures("02-23", "02-45"),
        "a blank picture": redraw(blank),
        "a picture of before the data changed a little": redraw(shifted),
        "a picture without a part of it": redraw(without_a_part),
        "a picture with other colours": redraw(other_colours),
        "a picture with another label": redraw(with_another_digit),
        "a picture of another size": redraw(cut),
        "a missing picture": no_picture(),
        "a picture twice": picture_twice(),
        "another alternative text": picture_text(
            "The slopes of five functions, drawn side by side."
        ),
        "an explorer's stale text": picture_text(
            "sigmoid: value and slope. z = 2.", "02-explorer"
        ),
        "the still picture of another explorer": picture_of("05-explorer", "02-explorer"),
    },
    "pictures_are_alike": {
        "the picture of another lesson, other versions": picture_of("05-19"),
        "the picture of another cell, other versions": picture_of("02-45"),
        "a blank picture, other versions": redraw(blank),
        "a mirrored picture, other versions": redraw(mirrored),
        "a picture without a part, other versions": redraw(without_a_part),
        "a picture of another size, other versions": redraw(cut),
        "another explorer's picture, other versions": picture_of(
            "05-explorer", "02-explorer"
        ),
    },
    "every_cell_that_draws_stores_a_picture": {
        "no picture where show is called": no_picture(),
        "no still picture of an explorer": no_picture("02-explorer"),
        "two pictures of one call": picture_twice(),
        "a picture whose code is gone": replace("show(", "print(", DRAWN),
    },
    "every_picture_shows_something": {
        "a picture of nothing": redraw(blank),
        "a picture that is no file": set_in(
            DRAWN,
            outputs=[
                {
                    "output_type": "display_data",
                    "metadata": {"image/png": {"alt": "x"}},
                    "data": {"image/png": "aGVsbG8="},
                }
            ],
        ),
        "a picture shown larger than drawn": lambda lesson: lesson.cell(DRAWN)["outputs"][
            0
        ]["metadata"]["image/png"].update(width=1400),
    },
    "pictures_belong_to_one_cell": {
        "one picture in two lessons": picture_of("05-19"),
        "one picture in two cells": picture_of("02-45"),
        "one text of two pictures": picture_text(
            "Relative error of the naive slope and of ours, on a logarithmic axis."
        ),
    },
    "alternative_texts_say_something": {
        "no alternative text": picture_text(""),
        "five empty words": picture_text("Here is a picture for you."),
        "empty words of a plot": picture_text(
            "This plot shows the figure of this lesson."
        ),
        "an empty text in Markdown": write(
            "![the picture shown in the lesson](../images/tanh.png)"
        ),
        "a picture in HTML without a text": write('<img src="../images/tanh.png">'),
    },
    "alternative_texts_are_those_of_their_cells": {
        "the text of another picture": picture_text(
            "Left, four leaky ReLUs; right, their slopes."
        ),
        "two texts of one picture": picture_text(
            "The slopes fall with each layer.", plain=False
        ),
        "a caption below that says something else": lambda lesson: lesson.cell(DRAWN)[
            "outputs"
        ][1]["data"].update({"text/markdown": ["*Nine curves.*"]}),
    },
    "numbers_of_alternative_texts_are_computed": {
        "a number that the picture lacks": caption(
            "The product of 37 slopes, and its bound 0.61."
        ),
        "a number in words that it lacks": caption(
            "Seventy curves of the product of the slopes."
        ),
    },
    "cells_are_those_of_the_contents": {
        "two cells of prose exchanged": exchange("02-03", "02-05"),
        "two cells of code exchanged": exchange("02-04", "02-06"),
        "code and prose exchanged": exchange("02-03", "02-04"),
        "the texts of two cells exchanged": exchange_texts("02-03", "02-05"),
        "a cell lost": drop("02-05"),
        "a cell twice": twice("02-05"),
        "an assertion dropped": replace(
            "assert np.allclose(A,", "np.allclose(A,", "02-04"
        ),
        "an assertion made a comment": replace(
            "assert np.allclose(A,", "# assert (A,", "02-04"
        ),
        "a cell made raw": set_in("02-05", cell_type="raw"),
    },
    "assertions_can_fail": {
        "an assertion of a constant": write(
            "assert True, 'the slope should be right'", CODE
        ),
        "an assertion of a pair": write("assert (slope.max() == 0.3, 'should be')", CODE),
        "an assertion that a thing equals itself": write(
            "assert slope.max() == slope.max()", CODE
        ),
        "an assertion with a way out": write("assert slope.max() == 0.3 or True", CODE),
    },
    "no_result_takes_the_name_of_something_else": {
        "a result under the name of a function": write("sigmoid = A.max()", CODE),
        "a loop over a name of the module": write(
            "for relu in (1, 2):\n    print(relu)", CODE
        ),
        "a name that the lesson imports": write("gradient_check = 3", CODE),
        "an import that is overwritten": write("np = 3", CODE),
        "a builtin overwritten": write("max = slope.max()", CODE),
        "a pair that takes a name": write("tanh, rest = 1, 2", CODE),
        "a walrus that takes a name": write("print((train := 3))", CODE),
        "a with that takes a name": write(
            "with np.errstate() as source:\n    pass", CODE
        ),
    },
    "outputs_hold_nothing_of_a_machine": {
        "a path of Windows": say(WINDOWS),
        "a path of a share": say(f"{R}{R}server{R}lessons"),
        "a path of conda": say("/opt/miniconda3/envs/dnn/python"),
        "a conda environment": say("using conda env dnn"),
        "a path of site-packages": say("numpy from /usr/lib/site-packages/numpy"),
        "a path of a Mac": say("/Users/reader/lessons"),
        "a path of Colab": say("/content/drive/lessons"),
        "an address in memory": say("<function sigmoid at 0x7f3a5c0d1e50>"),
        "the time of a run": say("CPU times: user 3 s"),
        "a temporary file": say("/tmp/ipykernel_4711/1.py"),
        "a printed warning": say("RuntimeWarning: overflow encountered in exp"),
    },
    "outputs_are_of_known_kinds": {
        "an output on stderr": output(output_type="stream", name="stderr", text=["x"]),
        "an error that was stored": output(
            output_type="error", ename="ValueError", evalue="x", traceback=[]
        ),
        "the state of a widget": output(
            output_type="display_data",
            data={"application/vnd.jupyter.widget-view+json": {}, "text/plain": ["x"]},
        ),
        "a formula as output": output(
            output_type="display_data", data={"text/latex": ["$x$"], "text/plain": ["x"]}
        ),
        "an output of another run": output(
            output_type="execute_result", execution_count=99, data={"text/plain": ["1"]}
        ),
    },
    "cells_are_filled_and_run_in_order": {
        "a cell that was run twice": set_in(CODE, execution_count=41),
        "a cell that was not run": set_in(CODE, execution_count=None),
        "an empty cell": set_in("02-05", source=[" "]),
    },
    "metadata_are_of_one_kernel": {
        "another kernel's name": set_at(
            "metadata", "kernelspec", "name", value="dnn-env"
        ),
        "another kernel's title": set_at(
            "metadata", "kernelspec", "display_name", value="Python (dnn)"
        ),
        "no kernel": set_at("metadata", "kernelspec", value={}),
        "another language": set_at("metadata", "language_info", "name", value="julia"),
        "another Python": set_at("metadata", "language_info", "version", value="3.12.1"),
        "metadata of Colab": set_at("metadata", "colab", value={"provenance": []}),
        "an older format": set_at("nbformat_minor", value=2),
    },
    "cells_have_known_kinds_and_metadata": {
        "a formula in a raw cell": set_in("02-05", cell_type="raw", source=["$$x = 1$$"]),
        "a tag that skips a cell": tag("nbval-skip"),
        "a tag that allows an error": tag("raises-exception"),
        "a tag that compares nothing": tag("nbval-ignore-output"),
        "a tag that hides a cell": tag("explorer", "remove-cell"),
        "an unknown place in the slides": set_in(
            CODE, metadata={"slideshow": {"slide_type": "hidden"}}
        ),
        "a hidden source": set_in(CODE, metadata={"jupyter": {"source_hidden": True}}),
        "an attachment": set_in("02-05", attachments={"a.png": {}}),
        "times of execution": set_in(CODE, metadata={"execution": {"start": "2026"}}),
    },
    "formulas_stand_where_they_are_read": {
        "a formula in a fence of mathematics": write("```math\na = 3\n```"),
        "a formula in a fence of LaTeX": write("~~~latex\na = 3\n~~~"),
        "GitHub's backquoted formula": write("It is $`a = 3`$ here."),
        "brackets of LaTeX": write(r"\[ a = 3 \]"),
        "round brackets of LaTeX": write(r"It is \\( a = 3 \\) here."),
        "an equation environment": write(r"\begin{equation} a = 3 \end{equation}"),
        "an inline formula of full size": write(r"It is $\displaystyle a = 3$ here."),
        "a macro defined": write(r"Here $\newcommand{\half}{0.5} \half = a$."),
        "MathML": write("<math><mi>a</mi></math>"),
        "a picture of a formula": write(
            "![the power of e](https://latex.codecogs.com/e.png)"
        ),
        "a formula without dollars": write(r"The slope \frac{1}{2} is small."),
        "half a formula": write("The slope is $a here."),
        "a directive of the book": write(":::{math}\na = 3\n:::"),
        "a formula shown by code": write("display(Math('a = 3'))", CODE),
    },
    "displayed_formulas_stand_alone": {
        "a displayed formula within a line": write(r"It is $$a = 3 \tag{2.99}$$ here."),
        "a displayed formula without a number": write("$$\na = 3\n$$"),
    },
    "links_of_every_syntax_lead_somewhere": {
        "a dead link": write("See [the tanh](05_tanhh.ipynb)."),
        "a dead link with a title": write("See [the tanh](05_tanhh.ipynb 'here')."),
        "a dead link in angles": write("See [the tanh](<05 tanh.ipynb>)."),
        "a dead reference": write("See [the tanh][tanh].\n\n[tanh]: 05_tanhh.ipynb"),
        "a dead address in HTML": write("See <a href='05_tanhh.ipynb'>the tanh</a>."),
        "a dead address without quotes": write(
            "See <a href=05_tanhh.ipynb>the tanh</a>."
        ),
        "a dead picture": write(
            "![The tanh and its slope, side by side](../images/tanhh.png)"
        ),
        "a dead picture in HTML": write("<img alt='tanh' src='../images/tanhh.png'>"),
        "a dead heading": write("See [the map](00_start_here.ipynb#The-mapp)."),
        "a dead heading here": write("See [above](#From-no-number)."),
        "a link out of the project": write("See [the file](../../../../etc/hostname)."),
        "an autolink to nowhere": write("See <https://numpy>."),
        "a bare address to nowhere": write("See https://localhost/numpy for more."),
        "an address that is not encrypted": write("See [NumPy](http://numpy.org)."),
        "an autolink of a file": write("See <file:///home/reader/notes.html>."),
        "a mail to nobody": write("Ask <mailto:reader@nowhere>."),
    },
    "references_are_defined": {
        "a reference without a target": write("See [the tanh][tanh]."),
        "a reference by its text": write("See [the tanh][]."),
        "a reference in brackets": write("See [the tanh]."),
        "a target without a reference": write("[tanh]: 05_tanh.ipynb"),
        "a target twice": write("[A b][c]\n\n[c]: 05_tanh.ipynb\n[c]: 03_relu.ipynb"),
        "a link without a text": write("See [](05_tanh.ipynb)."),
        "a link without a target": write("See [the tanh]()."),
    },
    "neighbours_are_those_before_and_after": {
        "previous and next exchanged": lambda lesson: [
            replace("**Previous:**", "**Later:**", HEAD)(lesson),
            replace("**Next:**", "**Previous:**", HEAD)(lesson),
            replace("**Later:**", "**Next:**", HEAD)(lesson),
        ],
        "next skips a lesson": replace(
            "[03 Pass or block: the ReLU](03_relu", "[04 L](04_leaky_relu", HEAD
        ),
        "next at the foot is wrong": replace(
            "(03_relu.ipynb)", "(01_forward_pass.ipynb)", FOOT
        ),
        "no previous": replace("**Previous:**", "**Before:**", HEAD),
        "a neighbour with another number": replace("[03 Pass", "[04 Pass", HEAD),
    },
    "lessons_are_called_by_their_numbers": {
        "a lesson by another number": write("See [lesson 06](05_tanh.ipynb)."),
    },
    "tags_are_known_and_closed": {
        "an answer that does not close": write(
            "<details><summary>Answer</summary>\n\nYes."
        ),
        "another tag": write("<font color='red'>Look</font>"),
    },
    "blocks_of_code_are_closed_and_named": {
        "a block that does not close": write("```python\nx = 1"),
        "a block of no language": write("```\nx = 1\n```"),
        "a block of tildes": write("~~~python\nx = 1\n~~~"),
    },
    "answers_show_code_that_runs": {
        "code that does not compile": write("```python\nx = = 1\n```"),
    },
    "words_are_spelt": {
        "a misspelt word": write("The slope multiplys with each layer."),
        "letters exchanged": write("The slpoe is small."),
        "a letter missing": write("Every layer has a difrentiable slope."),
        "a misspelt word in a comment": write("# the gradiennt", CODE),
        "a misspelt word of an assertion": write(
            "assert A.any(), 'it shhould be the same value'", CODE
        ),
        "a misspelt caption": caption(
            "The product of the slopes over the number of layeers."
        ),
        "a misspelt name": write("Hinton and Rummelhart wrote it."),
        "a misspelt link text": write("See [the hyperbolik tangent](05_tanh.ipynb)."),
    },
    "words_follow_each_other": {
        "a doubled word": write("It is the the slope."),
        "a doubled word over a line's end": write("It is the slope of\nof the layer."),
        "a doubled word with a capital": write("The the slope is small."),
        "a for an": write("It is a activation."),
        "an for a": write("It is an layer."),
        "a blank before a comma": write("The slope , which is small."),
        "two full stops": write("The slope is small.. It is."),
        "no blank after a comma": write("The slope,which is small."),
    },
    "code_switches_no_check_off": {
        "a cell that nbval skips": write("# NBVAL_SKIP", CODE),
        "an output that nbval ignores": write("# NBVAL_IGNORE_OUTPUT", CODE),
        "an exception that nbval allows": write("# NBVAL_RAISES_EXCEPTION", CODE),
        "an output of the old name": write("# PYTEST_VALIDATE_IGNORE_OUTPUT", CODE),
        "a linter told to overlook": write("slope = slope  # noqa: PLW0127", CODE),
        "a whole cell that ruff overlooks": write("# ruff: noqa", CODE),
        "a type checker told to overlook": write("slope = 3  # type: ignore", CODE),
        "a magic that captures": write("%%capture", CODE),
        "a line for the shell": write("!pip install numpy", CODE),
        "warnings filtered": write("import warnings", CODE),
        "NumPy told not to warn": write("np.seterr(all='ignore')", CODE),
        "an assertion that is caught": write(
            "try:\n    assert slope.max() == 1\nexcept AssertionError:\n    pass", CODE
        ),
        "everything caught": write("try:\n    assert A\nexcept:\n    pass", CODE),
        "one of several caught": write(
            "try:\n    A\nexcept (ValueError, Exception):\n    pass", CODE
        ),
        "an output that is cleared": write("clear_output()", CODE),
        "an assertion under a switch": write("if __debug__:\n    print(3)", CODE),
        "a log that is switched off": write("logging.disable(50)", CODE),
    },
    "prose_switches_no_check_off": {
        "a comment of HTML": write("<!-- wrong: the slope is 3 -->"),
        "a word to codespell": write("teh  (codespell:ignore teh)"),
        "a hidden comment of Markdown": write("[//]: # (hidden)"),
    },
    "outcomes_are_those_of_their_runs": {
        "a run that went the other way": in_lesson(
            12,
            say(
                "epoch   1: training 0.3   held out 0.2\nepoch   2: training 0.4   held out 0.1",
                "12-37",
            ),
        ),
        "a run that prints less": say("after 10 layers", "02-22"),
        "a prediction that is farther away and wins": in_lesson(
            7, say("a = 0.5: density 0.31 at the label\na = 1.8: density 0.05", "07-08")
        ),
        "a network that is better on what it has not seen": in_lesson(
            13, say("right: 87% of the training examples, 93% of the held-out", "13-26")
        ),
        "a polynomial that lost": in_lesson(
            14, say("network, 481 parameters: held-out MSE 6e-08", "14-30")
        ),
        "a share that is no half": say(
            "after 10 layers 9e-07, the bound is 9.5e-07", "02-22"
        ),
        "a median that moved": in_lesson(
            8, say("mean 4.0 -> 22.0 median 3.0 -> 3.5", "08-28")
        ),
    },
    "declared_words_stand_in_one_sentence": {
        "a sentence that says the other word": in_lesson(
            12, replace("goes on falling", "goes on rising", "12-39")
        ),
        "words that no sentence says": declare(
            "BY_EQUATION", "the slope explodes", "(2.7)"
        ),
        "words of several sentences": declare("BY_EQUATION", "half", "(2.7)"),
        "words without an outcome": declare("NO_CLAIM", "the sigmoid", "other sense"),
        "a sentence beside that says the same": write(NEVER, "02-21"),
        "a sentence in other words": replace("never negative", "not negative", "02-15"),
    },
    "outcomes_that_are_computed_hold": {
        "a computation that does not hold": declare(
            "COMPUTED", NEVER, lambda: slope("sigmoid", 0.0) > 1 / 4
        ),
        "a limit that is passed": declare(
            "COMPUTED", NEVER, lambda: slope("sigmoid", 0.1) < 0.24
        ),
    },
    "outcomes_of_equations_are_proven": {
        "an equation that does not exist": declare("BY_EQUATION", NEVER, "(2.97)"),
        "an equation of another lesson": declare("BY_EQUATION", NEVER, "(13.2)"),
        "no number of an equation": declare("BY_EQUATION", NEVER, "the square"),
    },
    "outcomes_that_tests_assert_have_their_tests": {
        "a file that does not exist": by_test(NEVER, "tests/none.py::test_it", "x == 1"),
        "a test that does not exist": by_test(
            NEVER, f"{TESTS_OF_PAGE}::test_gone", "x == 1"
        ),
        "no test": by_test(NEVER, f"{TESTS_OF_PAGE}::complaints", "x == 1"),
        "no assertion": by_test(
            NEVER, f"{TESTS_OF_PAGE}::test_lesson_passes", "lesson == 1"
        ),
        "an assertion of another test": by_test(
            NEVER, f"{TESTS_OF_PAGE}::test_lesson_passes", "len(PLANTED) >= 80"
        ),
        "a part of an assertion": by_test(
            NEVER,
            f"{TESTS_OF_PAGE}::test_every_check_has_a_planted_fault",
            "len(PLANTED)",
        ),
    },
    "sentences_without_a_claim_are_of_their_kind": {
        "a kind that nobody knows": declare("NO_CLAIM", NEVER, "poetry"),
        "a question that asks nothing": declare("NO_CLAIM", NEVER, "question"),
        "an instruction to nobody": declare("NO_CLAIM", NEVER, "instruction"),
        "a task outside of the exercises": declare("NO_CLAIM", NEVER, "task"),
        "a definition of nothing": declare("NO_CLAIM", NEVER, "definition"),
        "a supposition that supposes nothing": declare("NO_CLAIM", NEVER, "supposition"),
        "history without a source": declare("NO_CLAIM", NEVER, "history"),
        "contents of no lesson": declare("NO_CLAIM", NEVER, "contents"),
        "a whole claim as a phrase": declare("NO_CLAIM", NEVER, "other sense"),
    },
    "moves_are_those_of_their_numbers": {
        "a rise that falls": in_lesson(
            8, replace("rises from 2.6 to 8", "rises from 8 to 2.6", "08-move-answer")
        ),
        "a fall that rises": write("The cost falls from 0.2 to 0.3."),
        "a fall by powers": write("The size falls from $10^{-9}$ to $10^{-3}$."),
        "nothing moved": write("The slope grows from 1 to 1."),
    },
    "outcomes_that_nothing_holds_are_no_more": {
        "a word of outcome that nobody computes": write("The cost diverges.", "02-21"),
        "one more that says never": write("It never comes back.", "02-21"),
        "a comparison that nobody computes": write("Tanh learns faster.", "02-21"),
        "one with more and than": write("It costs more steps than before.", "02-21"),
        "a comparison the other way round": replace(
            "whichever is smaller", "whichever is larger", "02-27"
        ),
        "flatter for steeper": in_lesson(
            5, replace("a sigmoid, steeper", "a sigmoid, flatter", "05-16")
        ),
        "a loser that has won": in_lesson(
            14, replace("beat the network by", "are worse than the network by", "14-31")
        ),
    },
    "numbers_are_not_stale": {
        "prose stale against its output": replace("about 0.135", "about 0.138"),
        "an output that changed": in_lesson(10, say("leaves after 9 steps", "10-22")),
    },
    "formulas_in_sentences_are_proven": {
        "a claim in a sentence that nobody proves": write("Then $a = 2 z + 7$ holds."),
    },
    "test_every_displayed_equation_is_numbered_in_order": {
        "an equation out of order": replace(r"\tag{2.1}", r"\tag{2.2}"),
    },
    "test_every_reference_to_an_equation_resolves": {
        "a reference to no equation": write("This follows from (2.97)."),
    },
    "test_every_symbol_stands_in_the_notation_table": {
        "a symbol that no table explains": write(r"Then $\xi = 3$."),
    },
    "test_one_title_and_no_level_left_out": {
        "a level left out": write("#### Too deep"),
        "a second title": write("# Again"),
    },
    "test_heading_names_are_unique": {"a heading twice": write("## Recap")},
    "test_prose_has_no_filler": {"a filler": write("This is obviously small.")},
    "test_ends_with_three_questions_and_folded_answers": {
        "an answer that does not unfold": replace("</details>", "", "02-48"),
    },
    "test_cells_have_ids_of_their_own": {"a name twice": set_in("02-05", id="02-03")},
    "test_cells_are_short": {"a long cell": write("\n".join(["print(1)"] * 20), CODE)},
    "test_no_printed_line_is_broken_on_a_laptop": {"a long line": say("x" * 120)},
    "test_what_a_cell_returns_is_shown": {
        "a result that nobody sees": write("source(sigmoid)\nA = 3", CODE)
    },
    "test_a_lesson_defines_nothing_that_the_module_has": {
        "a function of the module anew": write("def sigmoid(Z):\n    return Z", CODE)
    },
}
