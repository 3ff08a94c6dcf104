"""The Markdown of questions as plain text, and as HTML for widgets, which show no Markdown."""

import re

from workbook.course.formulas import plain_formulas
from workbook.figures.html import Html, element, joined

_PIECE = re.compile(
    r"`(?P<code>[^`]+)`|(?P<formula>\$[^$]+\$)|\*\*(?P<strong>\S(?:.*?\S)?)\*\*"
    r"|\*(?P<em>[^\s*](?:[^*]*[^\s*])?)\*",
    re.DOTALL,
)
# An index or a power, as TeX writes it, right before a letter that does not belong to it.
_TIGHT = re.compile(r"([_^](?:\{[^{}]+\}|\w))(?=\w)")
# The same in plain text: W_1, A^T, dA_(l-1).
_SCRIPT = re.compile(r"([_^])(?:\(([^()]*)\)|(\w+))")


def plain_text(markdown: str) -> str:
    """Return a text of a question as plain text.

    Parameters
    ----------
    markdown : str
        The text, with code between backticks, emphasis and formulas between dollar signs.
    """
    return _PIECE.sub(
        lambda piece: (
            piece["code"] or _formula(piece) or plain_text(piece["strong"] or piece["em"] or "")
        ),
        markdown,
    )


def html(markdown: str) -> Html:
    """Return a text of a question as HTML, its formulas with indices and powers.

    Parameters
    ----------
    markdown : str
        The text, as for `plain_text`.
    """
    parts: list[str] = []
    at = 0
    for piece in _PIECE.finditer(markdown):
        parts += [markdown[at : piece.start()], _piece(piece)]
        at = piece.end()
    return joined([*parts, markdown[at:]])


def paragraphs(markdown: str) -> list[str]:
    """Return the paragraphs of a text, each as Markdown in one line."""
    return [" ".join(one.split()) for one in re.split(r"\n\s*\n", markdown.strip())]


def _piece(piece: re.Match[str]) -> Html:
    if piece["code"]:
        return element("code", piece["code"])
    if piece["formula"]:
        return _with_scripts(_formula(piece))
    tag = "strong" if piece["strong"] else "em"
    return element(tag, html(piece["strong"] or piece["em"]))


def _formula(piece: re.Match[str]) -> str:
    return plain_formulas(_TIGHT.sub(r"\1 ", piece["formula"] or ""))


def _with_scripts(formula: str) -> Html:
    parts: list[str] = []
    at = 0
    for script in _SCRIPT.finditer(formula):
        tag = "sub" if script[1] == "_" else "sup"
        parts += [formula[at : script.start()], element(tag, script[2] or script[3])]
        at = script.end()
    return joined([*parts, formula[at:]])
