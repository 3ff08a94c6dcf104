"""Show a card, with buttons for a hint and for a picture of the shapes where there can be some."""

from collections.abc import Callable
from typing import Any

from workbook.course.formulas import HINTS
from workbook.figures.html import Html, bar, element
from workbook.figures.markup import html
from workbook.learn.check.buttons import buttons_box, has_buttons, show_buttons
from workbook.learn.check.card import Card
from workbook.learn.check.card_views import card_html, card_text, help_view
from workbook.learn.check.display import View, show_view
from workbook.learn.check.hints import heading, load, next_step

_LINE = "#3b5ba5"


def show_card(card: Card) -> None:
    """Show the card: in IPython as a display, elsewhere as printed text.

    Parameters
    ----------
    card : Card
        Every visible check of one function.
    """
    with_buttons = bool(card.failed) and has_buttons()
    rich = card_html(card, with_lines=not with_buttons)
    show_view(View(card_text(card), rich, "text/html"))
    if with_buttons:
        show_buttons(help_box(card), help_view(card))


def help_box(card: Card) -> Any:
    """Return the buttons of a card, with what they show below them.

    Parameters
    ----------
    card : Card
        Every visible check of one function; some fail.

    Returns
    -------
    ipywidgets.VBox
    """
    import ipywidgets

    name = card.function.name
    shown: list[Any] = []

    def button(text: str, tells: str, make: Callable[[], Html]) -> Any:
        made = ipywidgets.Button(
            description=text, tooltip=tells, layout=ipywidgets.Layout(width="auto")
        )
        below = ipywidgets.HTML()
        made.on_click(lambda _: setattr(below, "value", make()))
        shown.append(below)
        return made

    buttons = [button("Hint", f"Show the next of {HINTS} hints for {name}", lambda: _hint(name))]
    if card.picture:
        tells = "Show a picture of the shapes that do not fit"
        buttons.append(button("Show me", tells, lambda: _picture(card.picture)))
    row = ipywidgets.HBox(buttons, layout=ipywidgets.Layout(flex_flow="row wrap"))
    return buttons_box([row, *shown])


def _hint(name: str) -> Html:
    """Return the next hint, which a screen reader announces."""
    number, over = next_step(name)
    head = element("strong", f"{heading(name, number, over)}:")
    parts = [head, " ", html(load(name)[number - 1])]
    return element("div", *parts, role="status", aria_live="polite", style=bar(_LINE))


def _picture(call: str) -> Html:
    """Return the picture of the shapes, with its description."""
    from workbook.learn.check.shape_picture import drawn  # brings matplotlib

    return element("div", drawn(call).html(), role="status", aria_live="polite", style=bar(_LINE))
