"""A Sphinx extension that writes formulas as MathML, which every browser shows without a script."""

from html import escape, unescape
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from docutils import nodes
from latex2mathml.converter import convert_to_element
from sphinx.application import Sphinx
from sphinx.util import logging

_log = logging.getLogger(__name__)
#: The name by which Sphinx knows this way to show formulas.
RENDERER = "mathml"
# What holds any number of parts, one after the other.
_ROWS = ("math", "mrow", "mtd")
_SCRIPTS = ("msub", "msup", "msubsup")
# As the converter writes them: \u2032, \u2033 and \u2034.
_PRIMES = ("&#x02032;", "&#x02033;", "&#x02034;")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.add_html_math_renderer(
        RENDERER, inline_renderers=(_inline, None), block_renderers=(_block, None)
    )
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _inline(translator: Any, node: nodes.math) -> None:
    translator.body.append(_mathml(node, "inline"))
    raise nodes.SkipNode


def _block(translator: Any, node: nodes.math_block) -> None:
    translator.body.append(f'<div class="wb-formula">{_mathml(node, "block")}</div>\n')
    raise nodes.SkipNode


def _mathml(node: nodes.Element, display: str) -> str:
    formula = node.astext()
    try:
        tree: Element = convert_to_element(formula, display=display)
    except Exception as error:
        # The converter raises many kinds of errors, all of them about the formula.
        said = f"{type(error).__name__}: {error}".rstrip(": ")
        _log.warning("a formula is shown as it is written: %s (%s)", formula, said, location=node)
        return f"<code>{escape(formula)}</code>"
    for part in tree.iter():
        # It holds characters as HTML writes them.
        if part.text:
            part.text = unescape(part.text)
        if part.tag == "mi" and (part.text or "").startswith("\\"):
            # A command that the converter does not know, it passes on as if it were a name.
            _log.warning("%s is not known in formulas: %s", part.text, formula, location=node)
        if part.tag == "msup" and part[-1].text in _PRIMES:
            _set_prime(part)
        if part.tag in _ROWS:
            _space(part)
    return tostring(tree, encoding="unicode")


def _set_prime(power: Element) -> None:
    """Set a prime as large as it is drawn: it is small and raised by itself."""
    power.tag, prime = "mrow", power[-1]
    prime.tag = "mo"
    prime.attrib.update(lspace="0", rspace="0")


def _space(row: Element) -> None:
    """Put a thin space between a function's name and its neighbours: y log a."""
    parts = list(row)
    row[:] = parts[:1]
    for before, part in pairwise(parts):
        if "mo" not in (before.tag, part.tag) and (_is_function(before) or _is_function(part)):
            SubElement(row, "mspace", width="0.17em")
        row.append(part)


def _is_function(part: Element) -> bool:
    name = part[0] if part.tag in _SCRIPTS else part
    return name.tag == "mi" and (name.text or "").isalpha() and len(name.text or "") > 1
