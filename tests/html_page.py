"""What a piece of HTML consists of, for the tests of cards, tables and pages."""

from html.parser import HTMLParser

VOID = {"meta", "wbr", "rect", "br", "img", "input"}
CELLS = ("th", "td", "caption")


class Page(HTMLParser):
    """A piece of HTML; raises AssertionError if a tag is not closed, or a header has no scope.

    Attributes
    ----------
    tags : list of tuple
        Each tag that is opened, with its attributes.
    cells : list of list
        The cells of all tables: a kind (the scope of a header, "td" or "caption"), and the text.
    """

    def __init__(self, html):
        super().__init__()
        self.tags, self.cells, self._open = [], [], []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        if tag == "th":
            assert attributes["scope"] in ("col", "row", "rowgroup")
        if tag in CELLS:
            self.cells.append([attributes.get("scope", tag), ""])
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data):
        if not {*CELLS}.isdisjoint(self._open):
            self.cells[-1][1] += data

    @property
    def names(self):
        """The names of its tags."""
        return [name for name, _ in self.tags]

    @property
    def links(self):
        """Where its links lead."""
        return [attributes["href"] for name, attributes in self.tags if name == "a"]

    def of(self, kind):
        """Return the texts of the cells of one kind."""
        return [text for one, text in self.cells if one == kind]


def contrast(one, other):
    """Return the contrast of two colours, as WCAG 2 computes it."""

    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(c * part for c, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)
