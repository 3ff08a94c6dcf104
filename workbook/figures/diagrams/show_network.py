"""`show_network([4, 3, 2, 1])`: a network's units and weights, and the shapes of its parameters."""

from collections.abc import Sequence
from operator import index

from workbook.course.words import counted
from workbook.figures.diagrams.layer_graph import layer_graph
from workbook.figures.diagrams.network import Layer, layers_of
from workbook.figures.diagrams.render import render
from workbook.figures.picture import Picture
from workbook.figures.validation import PictureError

#: More layers would have no room for their texts, more units would fill more than a screen.
MOST_LAYERS, MOST_UNITS = 5, 12


def show_network(layer_dims: Sequence[int]) -> Picture:
    """Draw a network: its layers, their units and weights, and the shapes of their parameters.

    A notebook shows the picture, a terminal its description.

    Parameters
    ----------
    layer_dims : sequence of int
        Number of units of every layer, the input first: [n_0, n_1, ..., n_L].

    Returns
    -------
    Picture
        A matplotlib figure.

    Raises
    ------
    PictureError
        If it is not such a list, or the network is too large for a picture.
    """
    sizes = _checked(layer_dims)
    layers = layers_of(sizes)
    picture = render(layer_graph(sizes))
    picture.alt = "\n".join(
        [
            f"A network with {counted(len(layers), 'layer')} and its input.",
            f"Layer 0, the input: {counted(sizes[0], 'number')}, no parameters.",
            *map(_words, layers),
            f"{counted(sum(layer.parameters for layer in layers), 'parameter')} in all.",
        ]
    )
    picture.show_now()
    return picture


def _words(layer: Layer) -> str:
    kind = "the output" if layer.last else "hidden"
    return (
        f"Layer {layer.number}, {kind}: {counted(layer.units, 'unit')}, {layer.activation}, "
        f"{layer.value('W')}, {layer.value('b')}, {counted(layer.parameters, 'parameter')}."
    )


def _checked(layer_dims: Sequence[int]) -> list[int]:
    """Return the sizes as whole numbers; raise PictureError if they are none of a network."""
    try:
        sizes = [index(size) for size in layer_dims]
    except TypeError:
        raise PictureError(
            f"layer_dims must be a list of whole numbers, such as [4, 3, 2, 1]; it is "
            f"{layer_dims!r}."
        ) from None
    if len(sizes) < 2:
        raise PictureError(
            f"layer_dims is {sizes}: it needs the size of the input and that of at least one layer."
        )
    if len(sizes) > MOST_LAYERS + 1:
        raise PictureError(
            f"layer_dims has {len(sizes) - 1} layers after the input; the picture has room for "
            f"{MOST_LAYERS}."
        )
    for place, size in enumerate(sizes):
        if not 1 <= size <= MOST_UNITS:
            raise PictureError(
                f"layer_dims[{place}] is {size}; the picture has room for 1 to {MOST_UNITS} units "
                "in a layer."
            )
    return sizes
