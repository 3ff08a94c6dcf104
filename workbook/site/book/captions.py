"""A Sphinx extension that gives the captions of the contents a heading level.

Sphinx marks them as headings and leaves this out, so that a screen reader cannot place them.
"""

from typing import Any

from sphinx.application import Sphinx

_HEADING = 'role="heading"'
# Where a page has captions: in its text, and in the contents beside it.
_PARTS = ("body", "furo_navigation_tree")
#: Later than the theme, which makes the contents.
_LAST = 900


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.connect("html-page-context", _with_levels, priority=_LAST)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _with_levels(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any
) -> None:
    for part in _PARTS:
        if isinstance(context.get(part), str):
            context[part] = context[part].replace(_HEADING, f'{_HEADING} aria-level="2"')
