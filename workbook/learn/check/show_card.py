"""Show a card, with buttons for a hint and for a picture of the shapes where there can be some."""

from collections.abc import Callable, Iterator
from typing import Any

from workbook.course.formulas import HINTS
from workbook.figures.html import Html, bar, element
from workbook.figures.markup import html
from workbook.learn.check.buttons import buttons_box, has_buttons, show_buttons
from workbook.learn.check.card import Card
from workbook.learn.check.card_views import card_html, card_text, help_view
from workbook.learn.check.display import View, show_view
from workbook.learn.check.hints import hint_heading, load_hints, next_hint

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

    buttons, shown = [], []
    for text, tells, make in _offers(card):
        layout = ipywidgets.Layout(width="auto")
        button = ipywidgets.Button(description=text, tooltip=tells, layout=layout)
        below = ipywidgets.HTML()
        button.on_click(lambda _, below=below, make=make: setattr(below, "value", make()))
        buttons.append(button)
        shown.append(below)
    row = ipywidgets.HBox(buttons, layout=ipywidgets.Layout(flex_flow="row wrap"))
    return buttons_box([row, *shown])


def _offers(card: Card) -> Iterator[tuple[str, str, Callable[[], Html]]]:
    """Yield what stands on each button, what it does in a sentence, and what makes its answer."""
    name = card.function.name
    if card.hint:
        tells = f"Show hint {card.hint} of {HINTS}, which is for this mistake"
        yield "Hint for this mistake", tells, lambda: _hint(name, card.hint)
    tells = f"Show the next of {HINTS} hints for {name}"
    yield "Hint", tells, lambda: _hint(name, *next_hint(name))
    if card.picture:
        tells = "Show a picture of the shapes that do not fit"
        yield "Show me", tells, lambda: _picture(card.picture)


def _hint(name: str, number: int, over: bool = False) -> Html:
    """Return a hint, which a screen reader announces."""
    head = element("strong", f"{hint_heading(name, number, over)}:")
    parts = [head, " ", html(load_hints(name)[number - 1])]
    return element("div", *parts, role="status", aria_live="polite", style=bar(_LINE))


def _picture(call: str) -> Html:
    """Return the picture of the shapes, with its description."""
    from workbook.learn.check.shape_picture import drawn  # brings matplotlib

    return element("div", drawn(call).html(), role="status", aria_live="polite", style=bar(_LINE))
