"""Functions that learners apply to an array, entry by entry, each with its words."""

from collections.abc import Callable, Sequence

import numpy as np

from workbook.diagnosis.where.leaves import Array

#: The text of an array as it is; {0} stands for its name.
PLAIN = "{0}"

#: Functions with their texts.
Functions = Sequence[tuple[str, Callable[[Array], Array]]]


def is_smooth(text: str) -> bool:
    """Return whether a function, by its text, is not made of signs: they agree by chance."""
    return "elsewhere" not in text and "the sign of" not in text


def _sigmoid(array: Array) -> Array:
    return 1 / (1 + np.exp(-array))


#: Functions that learners apply, entry by entry; {0} stands for the name of an array.
FUNCTIONS: Functions = (
    (PLAIN, lambda x: x),
    ("1 - {0}", lambda x: 1 - x),
    ("1 + {0}", lambda x: 1 + x),
    ("ReLU of {0}", lambda x: np.maximum(x, 0)),
    ("the sigmoid of {0}", _sigmoid),
    ("the sigmoid of -{0}", lambda x: _sigmoid(-x)),
    ("tanh of {0}", np.tanh),
    ("the sigmoid's slope at {0}", lambda x: _sigmoid(x) * (1 - _sigmoid(x))),
    ("tanh's slope at {0}", lambda x: 1 - np.tanh(x) ** 2),
    ("1 where {0} is positive and 0 elsewhere", lambda x: (x > 0).astype(float)),
    ("1 where {0} is negative and 0 elsewhere", lambda x: (x < 0).astype(float)),
    ("the sign of {0}", np.sign),
    ("exp of {0}", np.exp),
    ("exp of -{0}", lambda x: np.exp(-x)),
    ("log of {0}", np.log),
    ("the square of {0}", np.square),
    ("the cube of {0}", lambda x: x**3),
    ("the square root of {0}", np.sqrt),
    ("the absolute value of {0}", np.abs),
    ("1 / {0}", lambda x: 1 / x),
    ("{0} (1 - {0})", lambda x: x * (1 - x)),
    ("log(1 + exp({0}))", lambda x: np.logaddexp(0, x)),
)
#: The same by their texts.
BY_TEXT = dict(FUNCTIONS)
