"""HTML for notebooks, built from elements that escape the text in them.

Jinja2, which the class report is written with, is not there in a browser's Python.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

TOP_LEFT = "text-align:left;vertical-align:top"
# Themes wrap a preformatted line, or give it letters of different widths.
CODE = "font-family:monospace;white-space:pre;overflow-x:auto;margin:0.3em 0"
#: A paragraph that stands out.
BAR = "border-left:4px solid currentColor;padding:0.4em 0.8em;margin:0.8em 0"
#: Colours of what is right and wrong: readable behind white letters, and as a line beside the page
#: of a light and of a dark theme.
GOOD, BAD = "#1a7f37", "#c62828"

_CAPTION = f"{TOP_LEFT};color:inherit;caption-side:top;white-space:nowrap"
_WITHOUT_END = ("br", "img")

# Pictures are drawn dark on white. Where a page says that it is dark, as JupyterLab, VS Code and
# Colab do, lightness is turned round and hues stay: white becomes the page's own #121212.
_PICTURE = "workbook-picture"
_DARK_PAGES = ("[data-jp-theme-light=false]", ".vscode-dark", "html[theme=dark]")
_DARK = "".join(f"{page} .{_PICTURE}," for page in _DARK_PAGES).rstrip(",")
_DARK += "{filter:invert(0.93) hue-rotate(180deg)}"


class Html(str):
    """Text that is HTML already."""


def element(tag: str, *children: str, **attributes: str | int | None) -> Html:
    """Return an element.

    Parameters
    ----------
    tag : str
        Its name, such as ``"p"``.
    *children : str
        What it contains: other elements, and text, which is escaped.
    **attributes : str, int, bool or None
        Its attributes, with ``_`` for ``-``. True gives an attribute without a value; None and
        False leave it out.
    """
    start = tag
    for name, value in attributes.items():
        if value is not None and value is not False:
            start += f" {name.replace('_', '-')}"
            start += "" if value is True else f'="{escape(str(value))}"'
    if tag in _WITHOUT_END:
        return Html(f"<{start}>")
    return Html(f"<{start}>{joined(children)}</{tag}>")


def joined(children: Iterable[str]) -> Html:
    """Return elements and text, which is escaped, one after the other."""
    return Html("".join(one if isinstance(one, Html) else escape(one) for one in children))


def with_code(text: str) -> Html:
    """Return a text with the words between backticks as code."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return joined([text])
    return joined(element("code", one) if i % 2 else one for i, one in enumerate(pieces))


def badge(text: str, colour: str) -> Html:
    """Return a word or two in white on a ground of their own, which no theme changes."""
    style = f"background:{colour};color:#fff;padding:0.15em 0.6em;border-radius:0.3em"
    return element("strong", text, style=f"{style};white-space:nowrap")


def bar(colour: str) -> str:
    """Return the style of a paragraph that stands out by a line beside it."""
    return f"border-left:4px solid {colour};padding:0.4em 0.8em;margin:0.4em 0;line-height:1.5"


def scrolled(label: str, *children: str) -> Html:
    """Return a part that is scrolled sideways, also by the keyboard, where it is too wide."""
    style = "overflow-x:auto"
    return element("div", *children, role="region", aria_label=label, tabindex=0, style=style)


def image(alt: str, png: bytes, **attributes: str | int) -> Html:
    """Return a picture that embeds its PNG file, is never wider than the page, and dark on dark."""
    source = f"data:image/png;base64,{b64encode(png).decode('ascii')}"
    style = "max-width:100%;height:auto"
    picture = {"class": _PICTURE, "style": style, "src": source}
    return joined([element("style", _DARK), element("img", alt=alt, **attributes, **picture)])


def group(label: str, parts: Iterable[str]) -> Html:
    """Return parts that belong together, with a label for screen readers."""
    return element("div", *parts, role="group", aria_label=label)


def table(
    caption: str,
    headers: Sequence[str],
    groups: Iterable[tuple[str, Iterable[Sequence[str]]]],
    *,
    style: str = "margin:0.5em 0",
    cell_style: str | None = TOP_LEFT,
    key: int = 0,
) -> Html:
    """Return a table with real headers, by which a screen reader can name each cell.

    Parameters
    ----------
    caption : str
        What the table shows.
    headers : sequence of str
        Headers of the columns; "" for none.
    groups : iterable of (str, iterable of sequence of str)
        The rows in groups, each under its title; "" for none.
    style, cell_style : str
        Styles of the table and of each cell; None leaves the style of cells to the table.
    key : int
        The column that names a row.
    """
    head = (element("th", one, scope="col", style=cell_style) if one else element("td")
            for one in headers)  # fmt: skip
    bodies = []
    for title, rows in groups:
        lines = [_row(row, cell_style, key) for row in rows]
        if title:
            columns = len(headers)
            cell = element("th", title, scope="rowgroup", colspan=columns, style=cell_style)
            lines.insert(0, element("tr", cell))
        bodies.append(element("tbody", *lines))
    named = element("caption", caption, style=_CAPTION)
    return element("table", named, element("thead", element("tr", *head)), *bodies, style=style)


def _row(row: Sequence[str], style: str | None, key: int) -> Html:
    wide = style and f"{style};white-space:nowrap"
    cells = (
        element("th", one, scope="row", style=wide) if i == key else element("td", one, style=style)
        for i, one in enumerate(row)
    )
    return element("tr", *cells)
