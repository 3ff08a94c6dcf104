"""Two small real data sets of two classes, as plain numbers; README.md has source and licence."""

from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

__all__ = ["BREAST_CANCER_FEATURES", "load_breast_cancer", "load_digits_3_8"]

Array = NDArray[np.float64]

#: What the rows of X are in the breast cancer data, each the mean over the nuclei of one mass.
BREAST_CANCER_FEATURES = (
    "radius",
    "texture",
    "perimeter",
    "area",
    "smoothness",
    "compactness",
    "concavity",
    "concave points",
    "symmetry",
    "fractal dimension",
)

_EIGHT = 8


def load_digits_3_8() -> tuple[Array, Array]:
    """Return 357 handwritten digits, each a 3 or an 8.

    Returns
    -------
    X : ndarray, shape (64, 357)
        A column for each digit: 8 rows of 8 pixels, one row after the other, from 0 (white) to 16
        (black). ``X[:, 0].reshape(8, 8)`` is the first picture.
    Y : ndarray, shape (1, 357)
        1 for an eight, 0 for a three.
    """
    X, digits = _read("digits_3_8.txt")
    return X, (digits == _EIGHT).astype(float)


def load_breast_cancer() -> tuple[Array, Array]:
    """Return ten measurements of the cell nuclei of 569 breast masses.

    Returns
    -------
    X : ndarray, shape (10, 569)
        A column for each mass; `BREAST_CANCER_FEATURES` names the rows.
    Y : ndarray, shape (1, 569)
        1 for a malignant mass, 0 for a benign one.
    """
    return _read("breast_cancer.txt")


def _read(name: str) -> tuple[Array, Array]:
    """Return the features and the labels of a file: a line an example, the label first."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    table = np.loadtxt(text.splitlines(), comments="#")
    return table[:, 1:].T.copy(), table[:, :1].T.copy()
