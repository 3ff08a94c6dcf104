"""Styles beside mistakes: each known mistake keeps its name in every style that it can have."""

import copy
import re

import numpy as np
import pytest

from grader_tests.catalogue import Misconception
from tests.reference import entries, reference, sample
from tests.test_diagnosis import named
from workbook.course.cases import check_data
from workbook.diagnosis.fingerprints import fingerprint
from workbook.diagnosis.known import known_mistakes
from workbook.diagnosis.observation import observe

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")

REFILLED = "refilled: afterwards other values stand under"
OLDER_KEYS = "The dA keys follow an older convention"
FLAT = "flat, with a single axis, where a column of shape (n, 1) belongs"
SQUEEZED = "squeezed: the shape is, for example, "
EXCHANGED = " have changed places, as their shapes tell."
FLAT_MATRIX = "flat, with a single axis, where a matrix belongs"
IN_AN_ARRAY = "in an array of shape (1, 1), where a number belongs"
OTHER_ORDER = "come as dW, db, dA_prev."
MISSPELT = ": did you mean `"


def refilled(answer):
    """Put what an answer returns into the dictionaries of its caller, and return these."""

    def changed(*args):
        found = answer(*copy.deepcopy(args))
        # Optimisers return the new ones of their dictionaries but for the gradients, in order.
        dicts = [one for one in args if isinstance(one, dict)]
        homes = [dicts[0], *dicts[2:]]
        if isinstance(found, dict):
            homes[0].update(found)
            return homes[0]
        if not isinstance(found, tuple):
            return found
        for part, home in zip(found, homes, strict=True):
            home.update(part)
        return tuple(homes)

    return changed


def older_keys(answer):
    def changed(AL, Y, caches):
        grads = answer(AL, Y, caches)
        moved = {f"dA{int(key[2:]) + 1}": grads[key] for key in grads if key.startswith("dA")}
        return {key: grads[key] for key in grads if not key.startswith("dA")} | moved

    return changed


def exchanged_layers(answer):
    """Exchange the arrays of the first two layers."""

    def changed(*args):
        found = answer(*args)
        keys = [(f"{letters}1", f"{letters}2") for letters in ("W", "b", "dW", "db")]
        keys = [pair for pair in keys if found.keys() >= set(pair)]
        return found | {key: found[other] for pair in keys for key, other in (pair, pair[::-1])}

    return changed


def flat_columns(answer, flat=np.ravel):
    """Take an axis from every bias, or gradient of one."""

    def squeezed(key, part):
        if isinstance(part, dict):
            return {key: squeezed(key, one) for key, one in part.items()}
        is_bias = re.fullmatch(r"d?b\d*", str(key)) and isinstance(part, np.ndarray)
        return flat(part) if is_bias and part.ndim == 2 and part.shape[1] == 1 else part

    def changed(*args):
        found = answer(*args)
        if isinstance(found, tuple):
            return tuple(map(squeezed, ("dA_prev", "dW", "db"), found))
        return squeezed("", found)

    return changed


def squeezed_columns(answer):
    """Take all axes of length 1 from every bias: of a single unit, none is left."""
    return flat_columns(answer, np.squeeze)


def flat_matrix(answer):
    return lambda *args: np.ravel(answer(*args))


def in_an_array(answer):
    return lambda *args: np.array([[answer(*args)]])


def lower_case(answer):
    def changed(*args):
        found = answer(*args)
        return {key.lower().replace("d", "d_"): value for key, value in found.items()}

    return changed


def gradients_first(answer):
    def changed(*args):
        dA_prev, dW, db = answer(*args)
        return dW, db, dA_prev

    return changed


#: Each style: what it does to an answer, what is said of it, and the functions that can have it.
STYLES = {
    "refilled": (refilled, REFILLED, (
        "update_parameters", "update_with_momentum", "update_with_rmsprop", "update_with_adam",
        "l1_gradients", "l2_gradients", "clip_by_norm",
    )),
    "older keys": (older_keys, OLDER_KEYS, ("L_model_backward",)),
    "flat": (flat_columns, FLAT, (
        "linear_backward", "linear_activation_backward", "L_model_backward",
        "initialize_parameters", "initialize_parameters_deep", "initialize_he", "initialize_xavier",
    )),
    "squeezed": (squeezed_columns, SQUEEZED, (
        "linear_backward", "L_model_backward", "initialize_parameters", "update_parameters",
    )),
    "exchanged layers": (exchanged_layers, EXCHANGED, (
        "L_model_backward", "initialize_parameters", "initialize_parameters_deep",
        "update_parameters",
    )),
    "flat matrix": (flat_matrix, FLAT_MATRIX, (
        "dropout_backward", "numerical_gradient", "relu_derivative", "sigmoid_derivative",
        "tanh_derivative",
    )),
    "in an array": (in_an_array, IN_AN_ARRAY, ("compute_cost", "cost_with_l1", "cost_with_l2")),
    "gradients first": (
        gradients_first, OTHER_ORDER, ("linear_backward", "linear_activation_backward"),
    ),
    "misspelt": (lower_case, MISSPELT, (
        "L_model_backward", "initialize_parameters", "update_parameters",
    )),
}  # fmt: skip


def shapes_of(right):
    items = right.items() if isinstance(right, dict) else enumerate(right)
    return {(key,): fingerprint(one).structure for key, one in items}


def can_have(style, name, entry):
    """Tell whether what an entry returns has the parts that the style changes."""
    known = next(
        one for one in known_mistakes(check_data(name)) if one.sentences == (entry.sentence,)
    )
    done = [case for case in known.does.cases if case.raised is None]
    marks = {place: mark.structure for case in done for place, mark in case.wrong.items()}
    if style == "flat matrix":
        right = fingerprint(check_data(name).cases[0].expected).structure
        return len(done) == len(known.does.cases) and {*marks.values()} == {right}
    if style == "in an array":
        return set(marks.values()) == {"number"}
    if not done or () in marks or "missing" in marks.values() or any(c.extra for c in done):
        return False
    if style == "refilled":
        if any(case.changed for case in done):
            return False
        seen = observe(refilled(entry.function), check_data(name).cases)
        return any(outcome.changed for outcome in seen.outcomes)
    if style in ("older keys", "exchanged layers", "gradients first"):
        # Arrays of other shapes are not recognised by where they fit; and where all numbers are
        # right, another sentence tells of the order.
        shapes = [shapes_of(case.expected) for case in check_data(name).cases]
        alike = all(
            mark.structure == right[place]
            for case, right in zip(known.does.cases, shapes, strict=True)
            for place, mark in case.wrong.items()
        )
        all_done = len(done) == len(known.does.cases) and bool(marks)
        return alike and (style == "older keys" or all_done)
    if style == "squeezed" and len(done) < len(known.does.cases):
        return False
    return style not in ("flat", "squeezed") or not any(
        re.fullmatch("d?b[0-9]*|[12]", str(place[-1])) for place in marks
    )


CANDIDATES = sample(
    [
        (style, name, entry)
        for style, (_, _, names) in STYLES.items()
        for name in names
        for entry in entries(name, Misconception)
    ],
    4,
)


@pytest.mark.parametrize("style", STYLES)
def test_a_style_alone_is_named_and_nothing_else(style):
    wrap, said, names = STYLES[style]
    for name in names:
        found = named(name, wrap(getattr(reference, name)))
        assert said in found or found in [one.sentence for one in entries(name, Misconception)]


@pytest.mark.parametrize("style", STYLES)
def test_a_style_hides_no_mistake(style):
    wrap, said, _ = STYLES[style]
    # Which of them can have it takes long: only who runs this test asks.
    mistakes = [(name, entry) for which, name, entry in CANDIDATES if which == style]
    mistakes = [(name, entry) for name, entry in mistakes if can_have(style, name, entry)]
    assert mistakes
    for name, entry in mistakes:
        found = named(name, wrap(entry.function))
        assert entry.sentence in found, (name, entry.name)
        # The catalogue may have a sentence for the style.
        itself = said in found or named(name, wrap(getattr(reference, name))) in found
        assert itself, (name, entry.name)
