"""`show_network`: a network's units and the shapes of its parameters, drawn and in words."""

import re

import pytest

from tests.reference import reference
from workbook import show_network
from workbook.figures.diagrams.render import overlaps
from workbook.figures.diagrams.show_network import MOST_LAYERS, MOST_UNITS
from workbook.figures.validation import PictureError


@pytest.mark.parametrize("sizes", [[4, 3, 2, 1], [2, 1], (5, 2, 6, 3, 1)], ids=str)
def test_the_words_name_what_the_solution_makes(sizes, capsys):
    picture = show_network(sizes)
    assert capsys.readouterr().out == f"{picture.alt}\n"
    named = dict(re.findall(r"([Wb]\d) (\(\d+, \d+\))", picture.alt))
    made = reference.initialize_parameters_deep(list(sizes))
    assert named == {key: str(value.shape) for key, value in made.items()}
    total = sum(value.size for value in made.values())
    assert picture.alt.endswith(f"\n{total} parameters in all.")


def test_the_largest_network_can_be_read(capsys):
    assert overlaps(show_network([MOST_UNITS] * (MOST_LAYERS + 1))) == []


@pytest.mark.parametrize(
    ("layer_dims", "sentence"),
    [
        (3, "layer_dims must be a list of whole numbers, such as [4, 3, 2, 1]; it is 3."),
        ([4, 2.5], "layer_dims must be a list of whole numbers"),
        ("42", "layer_dims must be a list of whole numbers"),
        ([4], "layer_dims is [4]: it needs the size of the input and that of at least one layer."),
        ([2] * 7, "layer_dims has 6 layers after the input; the picture has room for 5."),
        ([4, 0, 1], "layer_dims[1] is 0; the picture has room for 1 to 12 units in a layer."),
        ([64, 1], "layer_dims[0] is 64; the picture has room for 1 to 12 units in a layer."),
    ],
)
def test_what_is_no_small_network_is_told_in_a_sentence(layer_dims, sentence):
    with pytest.raises(PictureError, match=re.escape(sentence)):
        show_network(layer_dims)
