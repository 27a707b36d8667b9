"""Headings, words and questions of the lessons."""

import re
from itertools import pairwise

from tools.lessons import headings, prose


def test_one_title_and_no_level_left_out(lesson):
    levels = [level for level, _ in headings(lesson)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_heading_names_are_unique(lesson):
    titles = [title for _, title in headings(lesson)]
    assert len(set(titles)) == len(titles)


FILLER = r"\b(simply|obviously|clearly|trivially|of course|it can be shown|needless to say|as you can see)\b|!(?!\[|=)"


def test_prose_has_no_filler(lesson):
    plain = re.sub(r"\$\$.*?\$\$|\$[^$]*\$", "", prose(lesson), flags=re.DOTALL)
    assert not re.findall(FILLER, plain, flags=re.I)


def test_ends_with_three_questions_and_folded_answers(full_lesson):
    tail = prose(full_lesson)[prose(full_lesson).rindex("On your own") :]
    assert tail.count("<details>") == tail.count("</details>") >= 3
