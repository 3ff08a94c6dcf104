"""Histograms of activations and gradients in each layer, which show if they vanish or explode."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from workbook.course.words import counted
from workbook.figures import validation
from workbook.figures.picture import BLUE, GREY, VERMILLION, Picture, style
from workbook.figures.plots.learner_calls import forward_outputs
from workbook.figures.validation import Array, PictureError, finite_array

# Of more layers than this, only some are drawn, evenly spaced from the first to the last.
_MOST_LAYERS = 12
_BINS, _COLUMNS = 30, 3
# If first and last layer differ by this factor, the values vanish or explode.
_VANISHING_FACTOR = 100.0


@dataclass(frozen=True)
class LayerValues:
    """The activations or gradients of one layer.

    Attributes
    ----------
    number : int
        Number of the layer, from 1.
    name : str
        Name of the array, such as ``A1``.
    values : ndarray
        The array.
    note : str
        A remark for the reader; may be empty.
    """

    number: int
    name: str
    values: Array
    note: str = ""

    @property
    def spread(self) -> float:
        """Root mean square of the values: how far from 0 they lie."""
        largest = float(np.abs(self.values).max())
        # Scaled first: the square of a very large or very small float is not representable.
        return largest * float(np.sqrt(np.mean((self.values / largest) ** 2))) if largest else 0.0


def activation_histograms(parameters: Any, X: Any, forward: Callable[..., Any]) -> Picture:
    """Draw a histogram of each layer's activations, over all units and examples.

    Parameters
    ----------
    parameters : dict
        The parameters of the network.
    X : ndarray, shape (n_x, m)
        The input, with examples as columns.
    forward : callable
        Your ``L_model_forward``: ``forward(X, parameters)`` returns AL and the caches.

    Returns
    -------
    Picture
        A matplotlib figure.

    Raises
    ------
    PictureError
        If something cannot be drawn; the message says what and where.
    """
    parameters = validation.checked_parameters(parameters)
    X = validation.checked_inputs(X, parameters)
    AL, caches = forward_outputs(forward, X, parameters)
    depth = validation.layer_count(parameters)
    if len(caches) != depth:
        raise PictureError(
            f"the forward function must return AL and the caches, one per layer: the network "
            f"has {counted(depth, 'layer')}, and there {'is' if len(caches) == 1 else 'are'} "
            f"{counted(len(caches), 'cache')}."
        )
    # The input of a layer is the output of the layer before.
    activations = [*(_input_of(cache, l) for l, cache in enumerate(caches[1:], 1)), AL]
    layers = [
        LayerValues(l, f"A{l}", A, _zeros_note(A) + _dead_note(A))
        for l, A in enumerate(activations, 1)
    ]
    return _draw(layers, "Activations", "activation")


def gradient_histograms(grads: Any, kind: str = "dW") -> Picture:
    """Draw a histogram of each layer's gradients.

    Parameters
    ----------
    grads : dict
        The gradients that your ``L_model_backward`` returns: "dW1", "db1", "dA0", ...
    kind : {"dW", "db", "dA"}
        Which gradients to draw.

    Returns
    -------
    Picture
        A matplotlib figure.

    Raises
    ------
    PictureError
        If something cannot be drawn; the message says what and where.
    """
    if not isinstance(grads, Mapping) or not grads:
        raise PictureError(
            'grads must be a dictionary with the keys "dW1", "db1", ..., as your backward pass '
            "returns it."
        )
    if kind not in ("dW", "db", "dA"):
        raise PictureError(f'kind must be "dW", "db" or "dA"; it is {kind!r}.')
    numbers = sorted(
        int(key[2:])
        for key in grads
        if isinstance(key, str) and key.startswith(kind) and key[2:].isascii() and key[2:].isdigit()
    )
    if not numbers:
        keys = ", ".join(map(str, list(grads)[:8]))
        raise PictureError(f'grads has no key such as "{kind}1"; its keys are {keys}.')
    layers = []
    for l in numbers:
        name = f"{kind}{l}"
        values = finite_array(grads[name], name)
        layers.append(LayerValues(l, name, values, _zeros_note(values)))
    return _draw(layers, f"Gradients {kind}", "gradient")


def _input_of(cache: Any, l: int) -> Array:
    """Return A_prev from the cache of a layer, ((A_prev, W, b), Z)."""
    try:
        A_prev = cache[0][0]
    except (TypeError, LookupError):
        raise PictureError(
            f"caches[{l}] must be ((A_prev, W, b), Z), as your forward pass returns it; "
            f"it is a {type(cache).__name__}."
        ) from None
    return finite_array(A_prev, f"A{l}")


def _zeros_note(values: Array) -> str:
    """Return the share of the values that are exactly 0, in words; empty if there are none."""
    share = float(np.mean(values == 0))
    percent = f"{100 * share:.0f}%" if share >= 0.005 else "under 1%"
    return f"{percent} are 0" if share else ""


def _dead_note(A: Array) -> str:
    """Return a remark on the units that are 0 for every example; may be empty."""
    dead = int((A == 0).all(axis=1).sum()) if A.ndim == 2 and A.shape[1] > 1 else 0
    return f"; {dead} of {counted(len(A), 'unit')} always 0" if dead else ""


def _draw(layers: Sequence[LayerValues], title: str, noun: str) -> Picture:
    shown = [layers[i] for i in validation.evenly_spaced(len(layers), _MOST_LAYERS)]
    columns = min(len(shown), _COLUMNS)
    rows = -(-len(shown) // columns)
    side, high, gap = min((8.0 - 0.35 * (columns - 1)) / columns, 3.2), 1.25, 0.95
    width = max(0.75 + columns * (side + 0.35), 5.6)
    summary = 2.3 if len(layers) > 1 else 0.0
    height = 0.55 + rows * (high + gap) + summary
    with style():
        picture = Picture(figsize=(width, height))
        picture.alt = _description(layers, len(shown), title, noun)
        head = title if len(shown) == len(layers) else f"{title}: {len(shown)} of {len(layers)}"
        picture.place_heading(f"{head}, layer by layer")
        for number, layer in enumerate(shown):
            row, column = divmod(number, columns)
            left, top = 0.65 + column * (side + 0.35), height - 0.95 - row * (high + gap)
            axes = picture.place_axes(left, top - high, side, high, label=layer.name)
            _histogram(axes, layer)
            if column == 0:
                axes.set_ylabel("share, %")
        if summary:
            axes = picture.place_axes(0.85, 0.55, width - 1.3, 1.25, label="spread")
            _spreads(axes, layers, noun)
    return picture


def _histogram(axes: Axes, layer: LayerValues) -> None:
    values = layer.values.ravel()
    low, high = float(values.min()), float(values.max())
    # Values that are almost equal get one wide bar: thirty would be too thin to see beside 0.
    if high - low <= 1e-3 * max(abs(low), abs(high)) or high - low < 1e-300:
        half = abs(low) / 2 or 0.5
        edges = np.linspace(low - half, low + half, _BINS + 2)
    else:
        edges = np.linspace(low, high, _BINS + 1)
    counts, _ = np.histogram(values, edges)
    axes.stairs(100 * counts / values.size, edges, fill=True, color=BLUE)
    axes.axvline(0, color=VERMILLION, linewidth=1.2, linestyle="--")
    axes.margins(x=0.03)
    axes.set_ylim(0, 108 * counts.max() / values.size)
    note = layer.note or f"mean {values.mean():.2g}"
    axes.set_title(f"{layer.name}  {layer.values.shape}\n{note}", loc="left", fontsize=9.5)
    axes.locator_params(nbins=3)
    axes.ticklabel_format(axis="x", scilimits=(-2, 3))
    axes.tick_params(labelsize=8.5, length=2)
    axes.xaxis.get_offset_text().set_fontsize(8.5)


def _spreads(axes: Axes, layers: Sequence[LayerValues], noun: str) -> None:
    """Draw how far from 0 the values of each layer lie, on a logarithmic axis."""
    # A logarithmic axis overflows beyond these limits.
    spreads = np.clip([layer.spread for layer in layers], 0.0, 1e100)
    numbers = np.array([layer.number for layer in layers])
    there = spreads > 1e-100
    few = len(layers) <= _MOST_LAYERS
    # A logarithmic axis cannot show 0, so the line has a gap there.
    line, marker = np.where(there, spreads, np.nan), "o" if few else "."
    axes.plot(numbers, line, color=BLUE, linewidth=1.6, marker=marker)
    if there.any():
        axes.set_yscale("log")
        if spreads[there].max() < 10 * spreads[there].min():
            middle = float(np.sqrt(spreads[there].max()) * np.sqrt(spreads[there].min()))
            axes.set_ylim(middle / 10, middle * 10)
    if few:
        axes.set_xticks(numbers)
        for number in numbers[~there]:
            axes.text(number, 0.03, "0", ha="center", transform=axes.get_xaxis_transform())
    axes.set_xlim(numbers[0] - 0.4, numbers[-1] + 0.4)
    title = f"How far from 0 a layer's {noun}s lie: {_trend(layers, noun)}"
    axes.set_title(title, loc="left", fontsize=9.5)
    axes.set(xlabel="layer", ylabel="root mean\nsquare")
    axes.grid(axis="y", color="0.88")
    axes.tick_params(labelsize=8.5)
    axes.xaxis.label.set_color(GREY)


def _trend(layers: Sequence[LayerValues], noun: str) -> str:
    """Return whether the values vanish or explode on their way through the layers."""
    # The sigmoid's answers lie near 0.5 for small and for large inputs, so they are left out.
    compared = layers[:-1] if noun == "activation" and len(layers) > 2 else layers
    first, last = compared[0], compared[-1]
    text = f"{first.spread:.2g} in layer {first.number}, {last.spread:.2g} in layer {last.number}"
    if all(layer.spread == 0 for layer in compared):
        return f"{text}; all are 0"
    begin, end, way = first, last, "on the way to the output"
    if noun == "gradient":
        begin, end, way = last, first, "on the way back to the input"
    if begin.spread > _VANISHING_FACTOR * end.spread:
        return f"{text}; they vanish {way}"
    return f"{text}; they explode {way}" if end.spread > _VANISHING_FACTOR * begin.spread else text


def _description(layers: Sequence[LayerValues], shown: int, title: str, noun: str) -> str:
    lines = [f"{title} of {counted(len(layers), 'layer')}."]
    if shown < len(layers):
        lines.append(f"{shown} of them are drawn.")
    if len(layers) > 1:
        lines.append(f"How far from 0 they lie (root mean square): {_trend(layers, noun)}.")
    for layer in layers if shown == len(layers) else (layers[0], layers[-1]):
        low, high = float(layer.values.min()), float(layer.values.max())
        note = f"; {layer.note}" if layer.note else ""
        lines.append(f"{layer.name}: shape {layer.values.shape}, {low:.3g} to {high:.3g}{note}.")
    return "\n".join(lines)
