"""A Sphinx extension that writes formulas as MathML, which every browser shows without a script."""

import re
from html import escape
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.util import logging

_log = logging.getLogger(__name__)
#: The name by which Sphinx knows this way to show formulas.
RENDERER = "mathml"
# The converter passes on a command that it does not know, as if it were a name.
_UNKNOWN = re.compile(r"<mi>(\\[A-Za-z]+)</mi>")


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx of it, as Sphinx asks of an extension."""
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
        written: str = convert(formula, display=display)
    except Exception as error:
        # The converter raises many kinds of errors, all of them about the formula.
        said = f"{type(error).__name__}: {error}".rstrip(": ")
        _log.warning("a formula is shown as it is written: %s (%s)", formula, said, location=node)
        return f"<code>{escape(formula)}</code>"
    unknown = _UNKNOWN.search(written)
    if unknown:
        _log.warning("%s is not known in formulas: %s", unknown[1], formula, location=node)
    return written
