"""What is unusual about the inputs of a call is told in words, without their numbers."""

import pytest

from workbook.course.unusual_inputs import unusual


def weights(*layers, letters="W"):
    return {f"{letters}{layer}": layer for layer in layers}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((1.5, [3, 2, 1], "relu"), ""),
        ((weights(1, 2, 3), weights(3, 2, 1, letters="dW")), ""),
        ((weights(*range(1, 13)),), "this was a network of 12 layers"),
        (([["let", "start", weights(*range(1, 13), letters="dW")]],),
         "this was a network of 12 layers"),
        ((weights(2, 3, 1),),
         "this was a network whose dictionary has its keys in another order"),
        ((weights(11, *range(1, 11)), 0.1),
         "this was a network of 11 layers, whose dictionary has its keys in another order"),
    ],
)  # fmt: skip
def test_layers_and_order_are_told(args, said):
    assert unusual(args) == said
