"""Buttons in the output of a cell, and what is shown where there can be none."""

from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from workbook.figures.html import element
from workbook.figures.ipython import shell, shows_html
from workbook.learn.check.display import View

# A notebook that is opened again has lost its buttons, of which JupyterLab says only "model not
# found". While they are there, they hide this line.
_NOTE = element(
    "p", "If there are no buttons here, run this cell (Shift+Enter).", **{"class": "workbook-note"}
)
# Jupyter's buttons have one line, which is cut off, and its fields have a fixed width.
_STYLE = """<style>
.workbook-buttons .jupyter-button {
  height: auto; min-height: 2.2em; line-height: 1.4; padding: 0.35em 0.9em;
  white-space: normal; text-align: left; overflow-wrap: anywhere;
}
.workbook-buttons .widget-html-content { line-height: inherit; white-space: normal; }
.workbook-buttons .widget-textarea { align-items: stretch; }
.workbook-buttons .widget-textarea .widget-label { width: auto; text-align: left; }
.jp-OutputArea:has(.workbook-buttons) .jp-OutputArea-child:has(.workbook-note) { display: none; }
.workbook-buttons button:focus-visible { outline: 2px solid currentColor; outline-offset: 1px; }
@media (forced-colors: active) { .workbook-buttons .jupyter-button { border: 1px solid; } }
</style>"""


def has_buttons() -> bool:
    """Return whether buttons can be shown, and somebody can press them."""
    # A program that runs a notebook, such as nbconvert, says that nobody can type.
    has_somebody = getattr(getattr(shell(), "kernel", None), "_allow_stdin", True)
    return shows_html() and has_somebody and find_spec("ipywidgets") is not None


def buttons_box(parts: Iterable[Any]) -> Any:
    """Return a box of widgets, as wide as a text may be, with buttons that show all their words.

    Parameters
    ----------
    parts : iterable of ipywidgets.Widget
        What is in it, from top to bottom.

    Returns
    -------
    ipywidgets.VBox
    """
    # Slow to import, and nothing else of a lesson's start needs it.
    import ipywidgets

    style = ipywidgets.HTML(_STYLE, layout=ipywidgets.Layout(display="none"))
    wide = ipywidgets.Layout(width="100%", max_width="56em")
    box = ipywidgets.VBox([style, *parts], layout=wide)
    box.add_class("workbook-buttons")
    return box


def show_buttons(box: Any, instead: View) -> None:
    """Show a box of widgets; front ends that have none show a view instead.

    Parameters
    ----------
    box : ipywidgets.VBox
        As `buttons_box` makes it.
    instead : View
        The same with lines to run.
    """
    from IPython.display import display

    display(View("", _NOTE, "text/html"))
    display({**box._repr_mimebundle_(), **instead._repr_mimebundle_()}, raw=True)
