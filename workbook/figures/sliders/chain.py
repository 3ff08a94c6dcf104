"""`chain_slider()`: a push that runs along a chain of numbers, multiplied at each link."""

from matplotlib.artist import Artist

from workbook.course.words import listed
from workbook.figures.picture import BLUE, INK, VERMILLION, Picture, style
from workbook.figures.redrawn import Redrawn
from workbook.figures.sliders.box import SliderBox, number_in, with_sliders

_NO_WIDGETS = (
    "Without widgets there are no sliders here. chain_slider(2, -1, 0.5) in a cell draws the chain "
    "with these three rates."
)
_NUMBERS = ("x", "u", "v", "w")
_RATES = ("du/dx", "dv/du", "dw/dv")
_MOST = 2.0
_PUSH = 0.1
# The largest push that arrives, and a little more.
_HIGHEST = 0.95


def chain_slider(
    first: float = 2.0, second: float = -1.0, third: float = 1.5
) -> SliderBox | Picture:
    """Show a chain x → u → v → w with a push of 0.1 at x, and sliders for its three rates.

    Parameters
    ----------
    first, second, third : float
        How far u moves for each step of x, v for each of u, and w for each of v; from -2 to 2.

    Returns
    -------
    SliderBox or Picture
        The sliders, or a picture if there are no widgets.

    Raises
    ------
    PictureError
        If a rate is not a number from -2 to 2.
    """
    given = zip(_RATES, (first, second, third), strict=True)
    numbers = [
        (name, number_in(name, value, -_MOST, _MOST), -_MOST, _MOST, 0.5) for name, value in given
    ]
    return with_sliders(ChainPicture, numbers, _NO_WIDGETS)


def moves_of_chain(*rates: float) -> list[float]:
    """Return how far each number of the chain moves when the first is pushed."""
    found = [_PUSH]
    for rate in rates:
        found.append(rate * found[-1] + 0.0)
    return found


class ChainPicture(Redrawn):
    """Four numbers in a row, how far each moves, and by how much it is multiplied between them."""

    def __init__(self) -> None:
        super().__init__((8.6, 3.2))
        with style():
            axes = self.picture.place_axes(0.75, 0.2, 7.75, 2.8)
            axes.set(xlim=(-0.4, 3.5), ylim=(-_HIGHEST, _HIGHEST))
            axes.set_xticks([])
            axes.set_ylabel("how far it moves")
            axes.spines["bottom"].set_visible(False)
            axes.axhline(0, color=INK, linewidth=0.8)
            self._bars = []
            self._said = []
            self._rates = []
            for place, name in enumerate(_NUMBERS):
                axes.text(place - 0.2, 0.03, name, ha="right", weight="bold", fontsize=13)
                self._bars.append(axes.bar([place], [0], width=0.26, zorder=3)[0])
                self._said.append(axes.text(place, 0, "", ha="center", fontsize=10.5))
            for place, name in enumerate(_RATES):
                axes.annotate("", (place + 0.72, -0.78), (place + 0.28, -0.78),
                              arrowprops={"arrowstyle": "->", "color": INK})  # fmt: skip
                self._rates.append(axes.text(place + 0.5, -0.7, "", ha="center", fontsize=10.5))
                axes.text(place + 0.5, -0.93, name, ha="center", fontsize=10)
            self.keep_background(self._moving())

    def draw(self, *rates: float) -> str:
        """Draw the chain with three rates, and return a sentence on what arrives."""
        found = moves_of_chain(*rates)
        for bar, said, move in zip(self._bars, self._said, found, strict=True):
            bar.set_height(move)
            bar.set_color(BLUE if move >= 0 else VERMILLION)
            said.set_text(_signed(move))
            said.set_y(move + 0.04 if move >= 0 else move - 0.04)
            said.set_va("bottom" if move >= 0 else "top")
        for text, rate in zip(self._rates, rates, strict=True):
            text.set_text(f"times {rate:g}")
        self.redraw(self._moving())
        self.picture.alt = (
            f"Four numbers in a row, each with a bar for how far it moves: "
            f"{', '.join(f'{n} {_signed(m)}' for n, m in zip(_NUMBERS, found, strict=True))}. "
            f"Between them the rates {', '.join(f'{rate:g}' for rate in rates)}."
        )
        return _sentence(rates, found)

    def _moving(self) -> list[Artist]:
        return [*self._bars, *self._said, *self._rates]


def _sentence(rates: tuple[float, ...], found: list[float]) -> str:
    """Say how far each number moves, and what the whole chain multiplies by."""
    moved = [
        f"{name} by {rate:g} * {_factor(before)} = {after:.4g}"
        for name, rate, before, after in zip(_NUMBERS[1:], rates, found, found[1:], strict=False)
    ]
    product = " * ".join([f"{rates[0]:g}", *map(_factor, rates[1:])])
    whole = found[-1] / _PUSH + 0.0
    return (
        f"x moves by {_PUSH:g}. Then {listed(['u moves' + moved[0][1:], *moved[1:]])}. "
        f"In all dw/dx = {product} = {whole:g}."
    )


def _factor(number: float) -> str:
    return f"({number:.4g})" if number < 0 else f"{number:.4g}"


def _signed(move: float) -> str:
    return f"{move:+.4g}" if move else "0"
