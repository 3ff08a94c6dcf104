"""An answer that holds nan or inf anywhere passes no check and never earns full marks."""

import numpy as np
import pytest

from tests.reference import in_turn, reference, sample
from tests.seeds import gets_full_marks
from workbook.course.cases import check_data
from workbook.course.compare import NormalArray, differences
from workbook.course.exercises import FUNCTIONS, is_class
from workbook.learn.check.check import make_card
from workbook.learn.workspace.notebooks import load_function

BAD = (np.nan, -np.inf)


def places(value, place=()):
    """Yield the path to every number and array of an answer."""
    if isinstance(value, dict | list | tuple):
        keyed = value.items() if isinstance(value, dict) else enumerate(value)
        for key, entry in keyed:
            yield from places(entry, (*place, key))
    elif isinstance(value, NormalArray | np.ndarray | float | int) and not isinstance(value, bool):
        yield place


def spoilt(value, place, bad):
    """Return an answer with one entry at this path replaced; as it is if the path is not there."""
    if not place:
        array = np.array(value, float)
        array.flat[-1:] = bad
        return array if isinstance(value, np.ndarray) else float(array)
    key, *rest = place
    if isinstance(value, dict):
        return {k: spoilt(v, rest, bad) if k == key else v for k, v in value.items()}
    entries = [spoilt(v, rest, bad) if i == key else v for i, v in enumerate(value)]
    return tuple(entries) if isinstance(value, tuple) else entries


def parts(name):
    """Return the paths to the numbers of the answer to the first public case."""
    case = check_data(name).cases[0]
    return list(places(answer_to(name, case)))


def answer_to(name, case):
    return case.expected if is_class(name) else getattr(reference, name)(*case.args)


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(("name", "bad"), in_turn(FUNCTIONS, BAD))
def test_it_passes_no_check(name, bad):
    if not parts(name):
        pytest.skip("its answer holds no number")
    for place in parts(name):
        if is_class(name):
            expected = check_data(name).cases[0].expected
            assert list(differences("answer", spoilt(expected, place, bad), expected))
            continue

        def answer(*args, place=place):
            return spoilt(getattr(reference, name)(*args), place, bad)

        assert make_card(answer, name).failed, place


WITH_NUMBERS = [one for one in FUNCTIONS if not is_class(one) and parts(one)]


@pytest.mark.in_turns(4)
@pytest.mark.slow
@pytest.mark.parametrize(("name", "bad"), sample(in_turn(WITH_NUMBERS, BAD), 3))
def test_it_never_earns_full_marks(name, bad):
    for place in parts(name):

        def answer(*args, place=place, **kwargs):
            return spoilt(getattr(reference, name)(*args, **kwargs), place, bad)

        assert not gets_full_marks(name, answer, 1), place


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([1.0, np.nan], "W1 holds 1 entry that is not a number (nan)"),
        ([np.nan, np.nan], "W1 holds 2 entries that are not numbers (nan)"),
        ([np.inf, 2.0], "W1 holds 1 entry that is infinite (inf)"),
        (
            [-np.inf, np.nan],
            "W1 holds 1 entry that is not a number (nan) and 1 entry that is infinite (inf)",
        ),
    ],
)
@pytest.mark.parametrize("want", [np.zeros(2), NormalArray((2,), 0.01)])
def test_they_are_counted(entries, said, want):
    (found,) = differences("W1", np.array(entries), want)
    assert found.message == said


def test_weights_that_are_powers_of_negative_numbers_are_nan(tmp_path, write_notebook):
    name = "initialize_parameters"
    cell = (
        "import numpy as np\ndef initialize_parameters(n_x, n_h, n_y):\n"
        "    W1, W2 = np.random.randn(n_h, n_x) ** 0.001, np.random.randn(n_y, n_h) * 0.01\n"
        "    return {'W1': W1, 'b1': np.zeros((n_h, 1)), 'W2': W2, 'b2': np.zeros((n_y, 1))}"
    )
    path = write_notebook(tmp_path / "01_initialize_parameters.ipynb", cell)
    with np.errstate(all="ignore"):
        card = make_card(load_function(path, name), name)
    assert {entry.part for entry in card.failed} == {"W1"}
    assert all("that are not numbers (nan)" in one.verdict.message for one in card.failed)


def test_complex_numbers_are_no_nan_and_cause_no_warning():
    def linear_forward(A, W, b):
        return W @ A + b + 0j, (A, W, b)

    card = make_card(linear_forward)
    assert "Z is an array of complex128 entries; it should be" in card.failed[0].verdict.message
