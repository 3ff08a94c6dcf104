"""`show` and `show_product`: arrays as pictures."""

import matplotlib
import numpy as np
import pytest

from tests.pictured import assert_looks_like, axes_named, clipped, overlapping, said
from workbook import show, show_product
from workbook.figures.picture import COLORS, Picture
from workbook.figures.plots.arrays import draw_arrays
from workbook.figures.plots.heat_map import reduced
from workbook.figures.plots.named_arrays import named_arrays

W1 = np.array([[0.5, -1.25, 2.0], [0.0, 3.0, -0.125]])
b1 = np.zeros((2, 1))


def cells(axes):
    return [text.get_text() for text in axes.texts]


def test_a_matrix_has_its_name_shape_range_and_numbers(capsys):
    picture = show(W1)
    assert isinstance(picture, Picture)
    assert capsys.readouterr().out == "W1: shape (2, 3), from -1.25 to 3\n"
    assert picture.alt == "W1: shape (2, 3), from -1.25 to 3"
    for words in ("W1", "shape (2, 3)", "from -1.25 to 3", "row", "column"):
        assert words in said(picture)
    axes = axes_named(picture, "W1")
    assert cells(axes) == ["0.5", "-1.25", "2", "0", "3", "-0.125"]
    (image,) = axes.images
    np.testing.assert_array_equal(image.get_array(), W1)
    assert image.get_clim() == (-1.25, 3.0)
    assert axes.get_xlim() == (-0.5, 2.5)
    assert axes.get_ylim() == (1.5, -0.5)


def test_the_name_is_what_stands_in_the_call(capsys):
    parameters = {"W1": W1}
    show(parameters["W1"])
    show(W1 @ W1.T)
    show(W1, name="weights")
    show(*[W1])
    lines = capsys.readouterr().out.splitlines()
    names = ['parameters["W1"]', "W1 @ W1.T", "weights", "the array"]
    assert [line.split(":")[0] for line in lines] == names


def test_a_large_matrix_has_no_numbers_in_its_cells():
    values = np.arange(13.0 * 40).reshape(13, 40)
    axes = axes_named(draw_arrays(values, "X"), "X")
    assert cells(axes) == []
    assert axes.images[0].get_clim() == (0, 519)
    assert axes.get_xlim() == (-0.5, 39.5)


def test_a_huge_matrix_is_drawn_as_means_of_blocks():
    values = np.arange(800.0 * 3).reshape(800, 3)
    found = reduced(values)
    assert found.shape == (400, 3)
    np.testing.assert_allclose(found[7], values[14:16].mean(axis=0))
    assert "each point: the mean of 2 by 1 entries" in said(draw_arrays(values, "X"))


def test_nan_in_a_block_does_not_spread_and_a_lost_block_is_nan():
    values = np.ones((802, 1))
    values[0], values[3:6] = np.nan, np.inf
    assert reduced(values)[0, 0] == 1
    assert np.isnan(reduced(values)[1, 0])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (np.arange(3.0), "shape (3,): one axis, so neither a row nor a column"),
        (np.float64(2.5), "a single number, shape (), 2.5"),
        (7, "a single number, shape (), 7"),
        ([[1, 2]], "shape (1, 2), from 1 to 2"),
        (np.ones((3, 1)), "shape (3, 1), every number is 1"),
        (np.array([[True, False]]), "shape (1, 2), from 0 to 1"),
        (np.empty((0, 3)), "shape (0, 3), empty"),
        (np.ones((2, 2, 2)), "shape (2, 2, 2): 3 axes, the first slice is drawn"),
    ],
)
def test_other_arrays(values, words):
    picture = draw_arrays(values, "V")
    assert words in picture.alt
    picture.png()


@pytest.mark.parametrize("size", [3, 30])
def test_nan_and_infinities_are_marked_and_said(size):
    values = np.ones((size, size))
    values[0, 1] = values[2, 2] = np.nan
    values[1, 0], values[1, 1] = np.inf, -np.inf
    picture = draw_arrays(values, "dW")
    for words in ("nan: 2 entries, first at [0, 1]", "▲ inf: 1 entry, at [1, 0]", "▼ -inf"):
        assert words in picture.alt
        assert words in said(picture)
    axes = axes_named(picture, "dW")
    if size == 3:
        assert cells(axes).count("nan") == 2
    else:
        assert [len(marks.get_offsets()) for marks in axes.collections] == [2, 1, 1]


def test_no_finite_number_and_no_warning():
    for values in (np.full((2, 2), np.nan), np.full((500, 500), np.inf), [np.nan]):
        picture = draw_arrays(values, "V")
        assert "no finite number in it" in picture.alt
        picture.png()


def test_numbers_near_the_ends_of_what_a_float_holds():
    for largest in (1e200, 1e-200, 5e-324):
        draw_arrays(np.array([[largest, -largest], [0, largest]]), "V").png()


def test_a_cache_is_drawn_array_by_array():
    cache = ((np.ones((3, 4)), W1, b1), np.ones((2, 4)))
    picture = draw_arrays(cache, "cache")
    names = [axes.get_label() for axes in picture.axes if axes.get_label() != "<colorbar>"]
    assert names == ["cache[0][0]", "cache[0][1]", "cache[0][2]", "cache[1]"]
    assert clipped(picture) == overlapping(picture) == []


def test_a_dictionary_gives_its_own_names_and_what_is_no_array_is_said():
    picture = draw_arrays({"W1": W1, "b1": b1, "activation": "relu"}, "parameters")
    assert "activation: no array of numbers: the text 'relu'" in picture.alt
    assert "b1: shape (2, 1), every number is 0" in picture.alt


def test_of_many_arrays_some_are_drawn_and_the_rest_counted():
    picture = draw_arrays([b1] * 30, "history")
    assert "and 6 more arrays, which are not drawn" in picture.alt
    assert sum(axes.get_label().startswith("history") for axes in picture.axes) == 24


def test_a_list_that_holds_itself_ends():
    endless = [b1]
    endless.append(endless)
    assert len(named_arrays(endless, "endless")) < 20


def test_the_colours_get_lighter_all_the_way():
    red, green, blue, _ = matplotlib.colormaps[COLORS](np.linspace(0, 1, 64)).T
    assert (np.diff(0.299 * red + 0.587 * green + 0.114 * blue) > 0).all()


def test_numbers_are_readable_on_their_cells():
    axes = axes_named(draw_arrays(np.arange(12.0).reshape(3, 4), "V"), "V")
    image = axes.images[0]
    for value, text in zip(image.get_array().ravel(), axes.texts, strict=True):
        cell, letters = (
            np.dot(matplotlib.colors.to_rgb(color), (0.2126, 0.7152, 0.0722))
            for color in (image.cmap(image.norm(value)), text.get_color())
        )
        assert abs(cell - letters) > 0.3


def blocks(picture):
    """Return width and height of each block, by name."""
    return {
        patch.get_label(): (patch.get_width(), patch.get_height())
        for patch in picture.axes[0].patches
        if not patch.get_label().startswith("_")
    }


def links(picture):
    lines = [line for line in picture.axes[0].lines if not line.get_label().startswith("_")]
    return {line.get_label(): line.get_linestyle() for line in lines}


def test_a_product_that_fits():
    W, A_prev, b = np.ones((4, 3)), np.ones((3, 6)), np.ones((4, 1))
    picture = show_product(W, A_prev, b)
    assert picture.alt.splitlines() == [
        "W @ A_prev + b: the shapes fit, and give (4, 6)",
        "columns of W = rows of A_prev: 3 = 3.",
        "W @ A_prev has shape (4, 6): the rows of W, the columns of A_prev.",
        "rows of W = rows of b: 4 = 4. Its one column is added to each of the 6 columns.",
    ]
    assert links(picture) == {"3 = 3": "-", "4 = 4": "-"}
    sizes = blocks(picture)
    cell = sizes["b"][0]
    for name, (rows, columns) in {"W": (4, 3), "A_prev": (3, 6), "result": (4, 6)}.items():
        np.testing.assert_allclose(sizes[name], (columns * cell, rows * cell))
    assert clipped(picture) == overlapping(picture) == []


@pytest.mark.parametrize(
    ("named", "result", "words"),
    [
        ({"W": (4, 3), "A": (6, 3)}, None, "What would fit: W @ A.T of shape (4, 6)."),
        ({"dZ": (2, 5), "A_prev": (3, 5)}, None, "dZ @ A_prev.T of shape (2, 3)"),
        ({"W": (2, 3), "dZ": (2, 5)}, None, "W.T @ dZ of shape (3, 5)"),
        ({"A": (3, 6), "W": (4, 3)}, None, "A.T @ W.T of shape (6, 4)"),
        ({"W": (4, 3), "A": (5, 6)}, None, "No transpose makes them fit"),
        ({"W": (4, 3), "A": ()}, None, "A is a single number, of shape ()"),
        ({"W": (4, 3), "A": (3,)}, (4,), "A.reshape(-1, 1) makes it a column"),
        ({"W": (4, 3), "A": (3, 6), "b": (4,)}, None, "keepdims=True in the sum"),
        ({"W": (4, 3), "A": (3, 4), "b": (4,)}, (4, 4), "without an error, shape (4, 4)"),
        ({"W": (4, 3), "A": (3, 6), "b": (1, 4)}, None, "b is a row; b.T has shape (4, 1)."),
        ({"W": (4, 3), "A": (3, 6), "b": (3, 1)}, None, "rows of W ≠ rows of b: 4 ≠ 3."),
        ({"W": (4, 3), "A": (4, 6), "b": (3, 1)}, None, "4 ≠ 3. W.T has as many rows as b."),
        ({"W": (4, 3), "A": (3, 6), "b": (1, 1)}, (4, 6), "NumPy adds it anyway"),
        ({"W": (4, 3), "A": (3, 6), "b": ()}, (4, 6), "a bias has shape (4, 1)"),
        ({"W": (4, 3), "A": (3, 6), "b": (4, 6)}, (4, 6), "axis=1 and keepdims=True"),
        ({"W": (4, 3), "A": (3, 6), "b": (4, 5)}, None, "b has 5 columns, and the product 6"),
        ({"W": (4, 3), "A": (3,), "b": (4, 1)}, (4, 4), "a table of all pairs"),
        ({"W": (3,), "A": (3,), "b": (2, 1)}, (2, 1), "Careful: W has one axis"),
        ({"W": (0, 3), "A": (3, 2), "b": (0, 1)}, (0, 2), "rows of W = rows of b: 0 = 0."),
    ],
)
def test_what_clashes_and_what_would_fit(named, result, words):
    picture = show_product(**named)
    assert words in picture.alt
    try:
        made = np.zeros(named["W"]) @ np.zeros(named["A"]) if "W" in named and "A" in named else 0
        numpy_says = np.shape(made + np.zeros(named.get("b", ())))
    except ValueError:
        numpy_says = None
    if list(named)[:2] == ["W", "A"]:
        assert numpy_says == result
    head = picture.alt.splitlines()[0]
    assert ("do not fit" in head) == (result is None)
    assert result is None or str(result) in head
    assert clipped(picture) == overlapping(picture) == []


def test_what_does_not_fit_is_not_told_by_colour_alone():
    picture = show_product(W=(4, 3), A=(5, 2), b=(4, 1))
    assert links(picture) == {"3 ≠ 5": "--", "4 = 4": "-"}
    assert "✗ 3 ≠ 5" in said(picture)


def test_sizes_that_differ_much_are_not_to_scale_and_that_is_said():
    picture = show_product(W1=(20, 12288), X=(12288, 209), b1=(20, 1))
    assert "The sides are not to scale" in said(picture)
    widths = [width for width, _ in blocks(picture).values()]
    assert max(widths) / min(widths) < 15


def test_names_come_from_the_call(capsys):
    W, cache = W1, (np.ones((3, 5)),)
    show_product(W, cache[0])
    show_product((2, 3), (3, 4))
    lines = [line for line in capsys.readouterr().out.splitlines() if "the shapes fit" in line]
    assert [line.split(":")[0] for line in lines] == ["W @ cache[0]", "W @ A"]


def test_a_transpose_is_taken_back():
    A = np.ones((3, 6))
    # Not within the assert: in what pytest makes of it, older versions of executing find no name.
    picture = show_product(W1, A.T)
    assert "What would fit: W1 @ A of shape (2, 6)." in picture.alt


def test_show_looks_as_before(tmp_path):
    values = np.linspace(-1, 1, 12).reshape(3, 4)
    values[1, 2] = np.nan
    assert_looks_like(draw_arrays((values, b1), "cache"), "show", tmp_path)


def test_show_product_looks_as_before(tmp_path):
    picture = show_product(W=(4, 3), A_prev=(5, 6), b=(4, 1))
    assert_looks_like(picture, "show_product", tmp_path)
