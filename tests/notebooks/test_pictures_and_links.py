"""Each picture has a text, and each link leads somewhere."""

import re

from tools.lessons import NOTEBOOKS, ROOT, anchor, cells, headings, outputs, prose, text


def test_every_picture_has_a_text(lesson):
    pictures = [
        output for output in outputs(lesson) if "image/png" in output.get("data", {})
    ]
    texts = [
        output["metadata"].get("image/png", {}).get("alt", "") for output in pictures
    ]
    texts += re.findall(r"!\[([^\]]*)\]\(", prose(lesson))
    texts += re.findall(r'<img[^>]*alt="([^"]*)"', prose(lesson))
    assert not re.findall(r"<img(?![^>]*alt=)", prose(lesson))
    assert all(len(each.split()) >= 5 for each in texts), texts


def test_every_link_resolves(lesson):
    targets = re.findall(
        r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"", prose(lesson, spans=True)
    )
    broken = [
        target
        for pair in targets
        for target in pair
        if target and not resolves(lesson, target)
    ]
    assert not broken


def resolves(path, target):
    """True for a file beside the lesson, and a heading in it where one is named."""
    if target.startswith(("https://", "mailto:")):
        return True
    file, _, fragment = target.partition("#")
    other = (path.parent / file).resolve() if file else path
    return other.exists() and (
        not fragment or fragment in [anchor(title) for _, title in headings(other)]
    )


def test_the_symbols_and_words_are_one_step_away(lesson):
    top = text(cells(lesson, "markdown")[0])
    assert "**Look up:** [symbols and words](notation.md)" in top


def test_a_lesson_in_another_kernel_says_where_to_look(full_lesson):
    """Its first cell fails there, and names only the module that was not found."""
    top = text(cells(full_lesson, "markdown")[0])
    assert "[Choose the kernel](00_start_here.ipynb#Check-the-installation)" in top
    assert "Kernel, Change Kernel" in prose(NOTEBOOKS[0])


def test_links_to_its_neighbours(full_lesson):
    index = NOTEBOOKS.index(full_lesson)
    neighbours = NOTEBOOKS[index - 1 : index] + NOTEBOOKS[index + 1 : index + 2]
    assert all(f"({neighbour.name})" in prose(full_lesson) for neighbour in neighbours)


def test_stands_in_the_map_and_in_the_readme(full_lesson):
    assert f"]({full_lesson.name}) | " in prose(NOTEBOOKS[0])
    assert f"](notebooks/{full_lesson.name})" in (ROOT / "README.md").read_text(
        encoding="utf-8"
    )
