"""The moments of a training step with a slider and a button that plays them."""

from typing import Any

from workbook.figures.html import Html, element, joined
from workbook.figures.sliders.box import SliderBox, play_button, slider
from workbook.learn.flow.moments.moment import Walkthrough
from workbook.learn.flow.moments.page import facts_html, moment_html, stills

#: What is said where there is no slider.
WITHOUT = (
    "Without widgets there is no slider here. Write moment=5 between the brackets, as in "
    "flow(moment=5), to draw moment 5 alone; change the number for the others."
)
# Milliseconds from moment to moment: enough to read a formula.
_INTERVAL = 2500
# As wide as its place, even if a part of it is wider, which is scrolled then.
_AS_WIDE = "width:0;min-width:100%"


class Stills:
    """Some moments one below the other, for a front end without widgets.

    Parameters
    ----------
    walk : Walkthrough
        All moments.

    Attributes
    ----------
    alt : str
        The moments in words.
    """

    def __init__(self, walk: Walkthrough) -> None:
        self._walk, self._chosen = walk, stills(walk)
        self.alt = "\n".join(map(walk.status, self._chosen))

    def html(self) -> Html:
        """Return the moments as HTML."""
        return joined(
            [facts_html(self._walk), *(moment_html(self._walk, at) for at in self._chosen)]
        )

    def page(self) -> Html:
        """Return the moments as HTML, below the sentence on why there is no slider."""
        return joined([element("p", WITHOUT), self.html()])


class _Moment:
    """The moment at which the slider stands."""

    def __init__(self, walk: Walkthrough) -> None:
        self._walk, self.at, self.column = walk, walk.first, 0

    def html(self) -> Html:
        shown = moment_html(self._walk, self.at, self.column)
        return joined([shown, facts_html(self._walk)])


def moments_box(walk: Walkthrough) -> SliderBox:
    """Return the moments with a slider, a button to play, and a field for the example.

    Parameters
    ----------
    walk : Walkthrough
        The moments.
    """
    field, at = slider("moment", walk.first + 1, 1, len(walk.moments), 1)
    button, play = play_button(at, 1, _INTERVAL)
    row: list[Any] = [button, play, field, at]
    followed = [at]
    if walk.points > 1:
        typed, column = slider("column", 0, 0, walk.points - 1, 1)
        row += [typed, column]
        followed.append(column)
    canvas = _Moment(walk)

    def draw() -> str:
        canvas.at = at.value - 1
        canvas.column = followed[-1].value if walk.points > 1 else 0
        return walk.status(canvas.at)

    return SliderBox([row], followed, canvas, draw, lambda: Stills(walk), WITHOUT,
                     lambda: play.playing, style=_AS_WIDE, is_heard_only=True)  # fmt: skip
