"""Markdown: formulas stand where the prover reads them, links of every syntax lead somewhere, blocks are closed."""

import re
from collections import Counter
from html import unescape
from urllib.parse import unquote, urlsplit

from lesson_checks.lesson import check, named
from tools.lessons import (
    CODE_FENCE,
    CODE_SPAN,
    DISPLAYED,
    INLINE,
    NOTEBOOKS,
    ROOT,
    anchor,
    headings,
    text,
)

# --- formulas

HIDDEN = {  # formulas that a page renders, and that the prover does not read
    "a fence of mathematics": r"^\s*(?:```|~~~)\s*\{?(?:math|latex|tex|katex|amsmath)\b",
    "GitHub's backquoted formula": r"\$`|`\$",
    "brackets of LaTeX": r"\\\\?[\[\]()](?![\w{])",
    "an environment outside of $$": r"\\begin\{(?:equation|align|gather|mult(?:line)|eqnarray|math|displaymath)",
    "a size set by hand": r"\\(?:displaystyle|textstyle|scriptstyle|limits|nolimits|large|Large|tiny)\b",
    "a definition of LaTeX": r"\\(?:def|newcommand|renewcommand|let|require|DeclareMathOperator)\b",
    "MathML": r"<math\b|<mjx-|<mi>|<semantics",
    "a picture of a formula": r"codecogs|/math\?|latex\.php|tex=|chart\?cht=tx",
    "a script or a comment": r"<script\b|<!--|<style\b|<iframe\b|<svg\b|<object\b|<embed\b",
    "a directive": r"^\s*(?::::|```\{)|\{math\}`|:math:`",
}
SHOWS_FORMULA = re.compile(
    r"\b(?:Math|Latex|HTML|Javascript|SVG|Image)\(|text/latex|_repr_latex_"
)


def bare(cell):
    """Return the Markdown of a cell without code."""
    return CODE_SPAN.sub(" ", CODE_FENCE.sub(" ", text(cell)))


@check
def formulas_stand_where_they_are_read(lesson):
    """Mathematics is written between $ or $$, and in no other of the ways that a page renders."""
    for cell in lesson.markdown:
        for name, pattern in HIDDEN.items():
            source = (
                text(cell)
                if "fence" in name or "backquoted" in name or "directive" in name
                else bare(cell)
            )
            if re.search(pattern, source, re.M):
                yield named(cell, f"has {name}")
        rest = INLINE.sub(" ", DISPLAYED.sub(" ", bare(cell)))
        if re.search(r"(?<!\\)\$", rest):
            yield named(cell, "has a dollar sign that begins or ends nothing")
        if re.search(r"\\[a-zA-Z]{2,}|\w\^\{|\w_\{", rest):
            yield named(cell, "has LaTeX outside of dollar signs")
    for cell in lesson.code:
        if SHOWS_FORMULA.search(text(cell)):
            yield named(cell, "shows what no check reads")


@check
def displayed_formulas_stand_alone(lesson):
    """A displayed formula begins and ends a line; it has a tag; none stands in code, quotes or tables."""
    for cell in lesson.markdown:
        source = CODE_SPAN.sub(" ", CODE_FENCE.sub(" ", text(cell)))
        for found in DISPLAYED.finditer(source):
            before = source[: found.start()].rpartition("\n")[2]
            after = source[found.end() :].partition("\n")[0]
            if before.strip() or after.strip() or "\\tag{" not in found[1]:
                yield named(
                    cell, f"displays {found[1][:40]!r} within a line, or untagged"
                )


# --- links

INLINE_LINK = re.compile(
    r"!?\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*(?P<target><[^>]*>|[^()\s]*(?:\([^()\s]*\))?[^()\s]*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
ATTRIBUTE = re.compile(
    r"(?:href|src|srcset|data|action|poster)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))",
    re.I,
)
AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]*|[\w.+-]+@[\w.-]+)>")
BARE = re.compile(r"(?<![(<\"'=\w/])(?:https?://|www\.)[^\s<>)\]]+")
DEFINITION = re.compile(r"^ {0,3}\[([^\]\[]+)\]:\s*(\S+)", re.M)
REFERENCE = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])+)\]\s?\[([^\[\]]*)\]")
SHORTCUT = re.compile(r"(?<![\]\w])\[([A-Za-z][^\[\]]{2,})\](?![(\[:])")
SCHEMES = {"https", "mailto"}


def without_formulas(cell):
    """Return the Markdown of a cell without blocks of code and formulas; the code within links stays."""
    return INLINE.sub(" ", DISPLAYED.sub(" ", CODE_FENCE.sub(" ", text(cell))))


def targets(source):
    """Return what the links of a text point at, in every syntax of Markdown and HTML."""
    found = [match["target"].strip("<>") for match in INLINE_LINK.finditer(source)]
    found += ["".join(each) for each in ATTRIBUTE.findall(source)]
    found += AUTOLINK.findall(source) + BARE.findall(source)
    return found + [target.strip("<>") for _, target in DEFINITION.findall(source)]


@check
def links_of_every_syntax_lead_somewhere(lesson):
    """A file beside the lesson, a heading in it, or an address that is one."""
    for cell in lesson.markdown:
        for target in targets(without_formulas(cell)):
            found = _dead(lesson, unescape(target))
            if found:
                yield named(cell, f"has the link {target!r}: {found}")


def _dead(lesson, target):
    """Say why a link is dead, or nothing."""
    parts = urlsplit(target)
    if parts.scheme or target.startswith(("www.", "//")):
        return _bad_address(target, parts)
    path = (lesson.parent / unquote(parts.path)).resolve() if parts.path else lesson
    if path is not lesson and (not path.exists() or ROOT not in path.parents):
        return "no such file"
    names = (
        [anchor(title) for _, title in headings(lesson if path == lesson.path else path)]
        if parts.fragment
        else []
    )
    return (
        "no such heading"
        if parts.fragment and unquote(parts.fragment) not in names
        else ""
    )


def _bad_address(target, parts):
    """Say what is wrong with an address of the web, or nothing; whether somebody answers is not asked."""
    if parts.scheme not in SCHEMES:
        return "neither https nor mailto"
    if parts.scheme == "mailto":
        return (
            ""
            if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", parts.path)
            else "no address"
        )
    host = parts.hostname or ""
    is_real = re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", host) and not re.search(
        r"(^|\.)(example|localhost|test|invalid)(\.|$)|^\d", host
    )
    return "" if is_real and " " not in target else "no such host"


@check
def references_are_defined(lesson):
    """`[a][b]`, `[a][]` and `[a]` have a line `[b]: target`, each line is used, and no text is empty."""
    whole = "\n\n".join(map(without_formulas, lesson.markdown))
    plain = CODE_SPAN.sub("x", whole)
    defined = [name.lower() for name, _ in DEFINITION.findall(plain)]
    rest = DEFINITION.sub(" ", INLINE_LINK.sub(" ", plain))
    used = [(name or shown).lower() for shown, name in REFERENCE.findall(rest)]
    used += [each.lower() for each in SHORTCUT.findall(REFERENCE.sub(" ", rest))]
    for name in sorted(set(used) ^ set(defined)):
        yield f"the link [{name}] is used or defined, and not both"
    for name, count in Counter(defined).items():
        if count > 1:
            yield f"the link [{name}] is defined {count} times"
    for match in INLINE_LINK.finditer(plain):
        if not match["text"].strip() or not match["target"].strip("<>"):
            yield f"a link is empty: {match[0]}"


# Words in bold before a link: how many lessons further on it leads; Back and Map may lead to the first.
STEPS = {"Previous": -1, "Next": 1, "What comes next": 1, "Back": -1, "Map": 0}
STEP = re.compile(rf"\*\*({'|'.join(STEPS)})[:.]\*\*:?\s+\[([^\]]+)\]\(([^)]+)\)")


@check
def neighbours_are_those_before_and_after(lesson):
    """Previous leads to the lesson before, Next to the one after, wherever they stand; the head has both."""
    found = STEP.findall("\n\n".join(map(text, lesson.markdown)))
    place = NOTEBOOKS.index(lesson.path)
    for word, shown, target in found:
        names = (
            {NOTEBOOKS[(place + STEPS[word]) % len(NOTEBOOKS)].name}
            if STEPS[word]
            else set()
        )
        names |= {NOTEBOOKS[0].name} if word in ("Back", "Map") else set()
        if target not in names or shown[:2] != target[:2]:
            yield f"{word} leads to {shown!r}, {target}"
    at_head = {word for word, *_ in STEP.findall(text(lesson.markdown[0]))}
    wanted = {"Previous"} if place else set()
    wanted |= {"Next"} if place + 1 < len(NOTEBOOKS) else set()
    if wanted - at_head:
        yield f"the head lacks {wanted - at_head}"


@check
def lessons_are_called_by_their_numbers(lesson):
    """A link whose text names a lesson leads to it."""
    for cell in lesson.markdown:
        for match in INLINE_LINK.finditer(without_formulas(cell)):
            number = re.match(r"(?:[Ll]esson )?(\d\d)\b", match["text"])
            is_lesson = re.search(r"(\d\d)_\w+\.ipynb", match["target"])
            if number and is_lesson and number[1] != is_lesson[1]:
                yield named(cell, f"calls {match['target']} {match['text']!r}")


# --- blocks

TAGS = {"details", "summary", "br"}
LANGUAGES = {"python", "bash", "text", "c"}


@check
def tags_are_known_and_closed(lesson):
    """Folded answers open and close in their cell; other HTML is not used."""
    for cell in lesson.markdown:
        plain = INLINE.sub(" ", DISPLAYED.sub(" ", bare(cell)))
        found = re.findall(r"<(/?)([a-zA-Z][\w-]*)\b[^>]*>", plain)
        opened = [name for closing, name in found if not closing and name != "br"]
        closed = [name for closing, name in found if closing]
        strange = {name for _, name in found} - TAGS
        if strange or Counter(opened) != Counter(closed):
            yield named(cell, f"has tags {strange or 'that are not closed'}")


@check
def blocks_of_code_are_closed_and_named(lesson):
    """A fence opens with a language and closes; code is not set off by blanks or tildes."""
    for cell in lesson.markdown:
        fences = re.findall(r"^[ ]{0,3}(```+|~~~+)(.*)$", text(cell), re.M)
        if len(fences) % 2:
            yield named(cell, "has a block of code that is not closed")
        for marks, language in fences[::2]:
            if marks != "```" or language.strip() not in LANGUAGES:
                yield named(cell, f"has a block of {language.strip() or 'no language'}")
        for marks, language in fences[1::2]:
            if marks != "```" or language.strip():
                yield named(cell, "has a block of code that is closed by something else")


@check
def answers_show_code_that_runs(lesson):
    """Python in Markdown can be compiled."""
    for cell in lesson.markdown:
        for block in re.findall(r"^```python\n(.*?)^```", text(cell), re.M | re.DOTALL):
            try:
                compile(block, cell["id"], "exec")
            except SyntaxError as error:
                yield named(cell, f"has code that does not compile: {error}")
