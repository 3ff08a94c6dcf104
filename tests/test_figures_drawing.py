"""The drawing layer: shapes as data, their figure, and the check of labels that overlap."""

import io
from dataclasses import replace

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.text import Text
from PIL import Image

from workbook.figures.diagrams.drawing import (
    Arrow,
    Box,
    Circle,
    Drawing,
    Label,
    Line,
    Look,
    lines_of,
)
from workbook.figures.diagrams.parts import arrow, shifted
from workbook.figures.diagrams.render import overlaps, render
from workbook.figures.diagrams.write import png

BOX = Box(100.0, 40.0, 160.0, 60.0, (Line("linear_forward", code=True), Line("Z = W A + b")))
CIRCLE = Circle(400.0, 70.0, 20.0, Line("a1"))
GOOD = Drawing(140.0, (BOX, CIRCLE, *arrow([BOX.right, (380.0, 70.0)], Look(), Line("Z (3, 6)"))))


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (Label(Line("over it"), 180.0, 62.0), "'linear_forward' and 'over it' overlap"),
        (Label(Line("at the edge"), 880.0, 20.0), "'at the edge' is cut off at the edge"),
        (Label(Line("below"), 300.0, 137.0), "'below' is cut off at the edge of the figure"),
        (Label(Line("on the edge of the box"), 100.0, 102.0), "across the edge"),
        (Arrow(((20.0, 20.0), (300.0, 90.0))), "'linear_forward' is crossed by a line"),
        (Box(600.0, 40.0, 50.0, 30.0, (Line("far too long"),)), "does not fit into its box"),
        (Box(600.0, 40.0, 90.0, 12.0, (Line("two"), Line("rows"))), "does not fit into its box"),
        (Circle(600.0, 70.0, 9.0, Line("a100")), "'a100' does not fit into its box"),
        (Box(90.0, 30.0, 300.0, 90.0), "'Z = W A + b' lies in a shape that it does not belong to"),
    ],
)
def test_a_planted_fault_is_found(shape, said):
    found = overlaps(render(replace(GOOD, shapes=(*GOOD.shapes, shape))))
    assert any(said in one for one in found), found


def test_a_line_that_ends_beside_a_label_does_not_cross_it():
    label = Label(Line("beside"), 300.0, 120.0)
    under = Arrow(((200.0, 132.0), (700.0, 132.0)))
    assert overlaps(render(replace(GOOD, shapes=(*GOOD.shapes, label, under)))) == []


def test_every_text_is_an_artist_of_the_figure():
    figure = render(GOOD)
    written = [text.get_text() for text in figure.findobj(Text) if text.get_text()]
    assert sorted(written) == sorted(GOOD.texts())
    assert "Z (3, 6)" in written


def test_the_figure_is_as_large_as_the_drawing_and_nobody_elses():
    before = plt.get_fignums()
    figure = render(GOOD)
    assert tuple(figure.get_size_inches() * figure.dpi) == (GOOD.width, GOOD.height)
    assert plt.get_fignums() == before


def test_two_calls_give_the_same_bytes_whatever_the_learner_has_set():
    before = png(GOOD)
    settings = {"font.size": 30, "axes.facecolor": "red", "lines.linewidth": 9, "savefig.dpi": 10}
    with matplotlib.rc_context(settings):
        assert png(GOOD) == before
        assert plt.rcParams["font.size"] == 30


def test_the_file_holds_no_time_and_no_version():
    with Image.open(io.BytesIO(png(GOOD))) as image:
        assert image.info.keys() <= {"Drawing", "transparency"}
        assert image.info["Drawing"] == GOOD.digest()
        assert image.size == (2 * GOOD.width, 2 * GOOD.height)


def test_the_colours_of_a_drawing_are_those_of_its_file():
    look = Look(face="#56b4e9", edge="#b34700", width=3.0)
    drawing = Drawing(100.0, (Box(100.0, 20.0, 400.0, 60.0, (Line("W1"),), look),), 600.0)
    with Image.open(io.BytesIO(png(drawing))) as image:
        found = {colour for _, colour in image.convert("RGBA").getcolors(10_000)}
    assert {(0x56, 0xB4, 0xE9, 255), (0xB3, 0x47, 0x00, 255), (0, 0, 0, 0)} <= found


@pytest.mark.parametrize(
    "other",
    [
        shifted(BOX, 1.0),
        replace(BOX, lines=(Line("linear_backward", code=True), BOX.lines[1])),
        replace(BOX, look=Look(line="--")),
        replace(BOX, lines=(replace(BOX.lines[0], bold=True), BOX.lines[1])),
    ],
    ids=["place", "word", "line", "letters"],
)
def test_the_digest_tells_what_is_drawn_apart(other):
    shapes = (other, *GOOD.shapes[1:])
    assert replace(GOOD, shapes=shapes).digest() != GOOD.digest()


def test_the_digest_does_not_see_the_last_digit_of_a_sum():
    nearly = replace(BOX, x=BOX.x + 1e-9)
    assert replace(GOOD, shapes=(nearly, *GOOD.shapes[1:])).digest() == GOOD.digest()


def test_moving_moves_every_kind_of_shape():
    for shape in GOOD.shapes:
        there = shifted(shape, 10.0)
        assert type(there) is type(shape)
        assert lines_of(there) == lines_of(shape)
        assert shifted(there, -10.0) == shape
        assert there != shape


def test_the_labels_of_an_arrow_stand_on_the_side_that_was_asked_for():
    def place(side, points):
        label = arrow(points, Look(), Line("A1"), side=side)[1]
        return label.x, label.y

    level, upright = [(0.0, 50.0), (100.0, 50.0)], [(50.0, 0.0), (50.0, 100.0)]
    assert place("above", level)[1] < 50 < place("below", level)[1]
    assert place("right", upright)[0] > 50
    assert np.isclose(place("above", level)[0], 50)
