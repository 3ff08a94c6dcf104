"""A class of twelve and four more, as nbgrader's ``submitted/`` folder, and the marks it deserves.

``python tests/class_of_twelve.py FOLDER`` writes the class into FOLDER, to be looked at or graded.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat

from workbook.course.exercises import EXERCISES, Exercise
from workbook.course.folder import Course, find_course
from workbook.grade.submissions.answers import (
    catalogue_answer,
    filled_notebook,
    reference_answer,
    solution_cell,
    submit,
)


@dataclass(frozen=True)
class Work:
    """A notebook as one student left it.

    Attributes
    ----------
    answer : str or None
        Text of the cell for the answer; None leaves the stub.
    before, after : tuple of str
        Cells of the student's own, right before and right after that cell.
    draft : str or None
        An older version of that cell, copied with its metadata and left above it.
    claims : float or None
        Points that the student wrote into the metadata and the output of every graded cell.
    """

    answer: str | None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    draft: str | None = None
    claims: float | None = None


#: The stub as it was released.
UNTOUCHED = Work(None)

#: No notebook; an assignment of nothing else has no folder.
NOT_SUBMITTED = None

_LINEAR_FORWARD_WITH_HELPER = Work(
    '''
from typing import Tuple


def linear_forward(A: np.ndarray, W: np.ndarray, b: np.ndarray) -> Tuple[np.ndarray, tuple]:
    """My version."""
    Z = weighted_sum(W, A)
    Z = Z + b
    print("Z =", Z)
    return Z, (A, W, b)
''',
    before=(
        "%matplotlib inline\nplt.rcParams['figure.figsize'] = (4, 3)",
        "def weighted_sum(W, A):\n    return np.einsum('ij,jk->ik', W, A)",
    ),
    after=(
        "Z, cache = linear_forward(np.ones((2, 3)), np.ones((1, 2)), np.zeros((1, 1)))\n"
        "assert Z.shape == (1, 3)\nplt.plot(Z[0])\nplt.show()\nZ",
    ),
)

_COMPUTE_COST_WITH_CLASS = Work(
    """
def compute_cost(AL, Y):
    losses = [Loss(label)(answer) for answer, label in zip(AL.ravel(), Y.ravel(), strict=True)]
    return sum(losses) / len(losses)
""",
    before=(
        """
import math
from dataclasses import dataclass


@dataclass
class Loss:
    label: float

    def __call__(self, answer: float) -> float:
        return -math.log(answer if self.label == 1 else 1 - answer)
""",
    ),
)

_L_MODEL_BACKWARD_WITH_HELPER_BELOW = Work(
    """
def L_model_backward(AL: np.ndarray, Y: np.ndarray, caches: list[tuple]) -> dict[str, np.ndarray]:
    grads: dict[str, np.ndarray] = {}
    dA = first_gradient(AL, Y)
    for l in range(len(caches), 0, -1):
        name = "sigmoid" if l == len(caches) else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], name)
        print(f"layer {l}: dW {dW.shape}")
        grads |= {f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db}
    return grads
""",
    after=("first_gradient = lambda AL, Y: np.divide(1 - Y, 1 - AL) - np.divide(Y, AL)",),
)

# NumPy warns of log(0) and of 0 * inf, the function says so on stderr; the cost is right.
_COMPUTE_COST_WITH_WARNINGS = Work(
    """
import sys
import warnings


def compute_cost(AL, Y):
    limits = np.log(np.array([0.0, 1.0])) * np.array([0.0, 1.0])
    warnings.warn(f"at the ends of the scale: {limits}")
    print("AL has shape", AL.shape, file=sys.stderr)
    return float(-np.mean(np.log(np.where(Y == 1, AL, 1 - AL))))
""",
    before=("np.log(np.zeros(3))",),
    after=("compute_cost(np.array([[0.5]]), np.array([[1.0]]))",),
)

_LINEAR_BACKWARD_WITH_LOGGING = Work(
    """
import logging


def linear_backward(dZ, cache):
    logging.warning("dZ %s", dZ.shape)
    A_prev, W, b = cache
    return W.T @ dZ, dZ @ A_prev.T / dZ.shape[1], dZ.mean(axis=1, keepdims=True)
""",
    after=("import sys\nsys.stderr.write('done')",),
)

_UPDATE_PARAMETERS_WITH_DEPRECATION = Work(
    """
import warnings


def update_parameters(params, grads, learning_rate):
    warnings.warn("I should loop over layers", DeprecationWarning, stacklevel=2)
    return {key: value - learning_rate * grads["d" + key] for key, value in params.items()}
""",
)

_INITIALIZE_PARAMETERS = """
def initialize_parameters(n_x, n_h, n_y):
    W1, W2 = np.random.randn(n_h, n_x) / 100, np.random.randn(n_y, n_h) / 100
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}
"""

_LINEAR_FORWARD = """
def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)
"""

_COST_UNDER_ANOTHER_NAME = """
def cost(AL, Y):
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
"""

_LINEAR_BACKWARD = """
def linear_backward(dZ, cache):
    m = dZ.shape[1]
    return cache[1].T @ dZ, dZ @ cache[0].T / m, dZ.sum(axis=1, keepdims=True) / m
"""

_LINEAR_BACKWARD_DRAFT = """
def linear_backward(dZ, cache):
    return cache[1] @ dZ, dZ @ cache[0].T, dZ.sum(axis=1)
"""

_ONLY_THE_OUTPUT_LAYER = """
def L_model_backward(AL, Y, caches):
    L = len(caches)
    dAL = -(Y / AL) + (1 - Y) / (1 - AL)
    dA, dW, db = linear_activation_backward(dAL, caches[-1], "sigmoid")
    # the hidden layers: tomorrow
    return {f"dA{L - 1}": dA, f"dW{L}": dW, f"db{L}": db}
"""

_SYNTAX_ERROR = """
def linear_forward(A, W, b)
    return W @ A + b, (A, W, b)
"""

#: The exercises in their order; the rows of names and of marks below have an entry for each.
NAMES = [exercise.name for exercise in EXERCISES]


def entries(names: str) -> dict[str, str]:
    """Return the catalogue's answers to all exercises, named in their order."""
    return dict(zip(NAMES, names.split(), strict=True))


#: What each student submitted: the name of an answer in the misconceptions file, or work of the
#: student's own. An exercise that is not named is the reference solution.
CLASS: dict[str, Mapping[str, str | Work | None]] = {
    # All right.
    "ada": {},
    # All right, each in a style that graders often refuse.
    "bertil": entries(
        "generator_of_the_standard_library one_draw_for_all_layers einsum_and_copies "
        "lists_for_tuples inline_layers clipped list_print_and_annotations relu_mask_with_zero "
        "shortcut_in_the_output_layer new_dictionary"
    ),
    # Handed in, nothing done.
    "chen": dict.fromkeys(NAMES, UNTOUCHED),
    # Stopped half-way.
    "dana": {**dict.fromkeys(NAMES[5:9], UNTOUCHED), NAMES[9]: NOT_SUBMITTED},
    # One misconception in each of five notebooks.
    "emmy noether": {
        "initialize_parameters": "no_factor",
        "linear_activation_forward": "relu_always",
        "compute_cost": "not_divided_by_m",
        "linear_backward": "db_without_keepdims",
        "update_parameters": "plus_for_minus",
    },
    # A misconception everywhere, most of them costly.
    "františek": entries(
        "weights_zero last_layer_missing Z_in_the_cache activation_never_applied "
        "sigmoid_in_hidden_layers mean_squared_error dA_prev_divided_by_m no_derivative "
        "sign_of_dAL learning_rate_not_used"
    ),
    # Two of the four assignments.
    "grace": dict.fromkeys([*NAMES[2:6], NAMES[9]], NOT_SUBMITTED),
    # One notebook is missing from its assignment.
    "hypatia": {"linear_activation_backward": NOT_SUBMITTED},
    # All right, with helper functions, extra cells, plots, prints and type annotations.
    "ingrid bergström": {
        "initialize_parameters": "helper_print_and_annotations",
        "initialize_parameters_deep": "helper_print_and_annotations",
        "linear_forward": _LINEAR_FORWARD_WITH_HELPER,
        "compute_cost": _COMPUTE_COST_WITH_CLASS,
        "linear_activation_backward": "inline_linear_part",
        "L_model_backward": _L_MODEL_BACKWARD_WITH_HELPER_BELOW,
    },
    # All right, but noisy: warnings and text on stderr, in the function and in other cells.
    "josé maría": {
        "compute_cost": _COMPUTE_COST_WITH_WARNINGS,
        "linear_backward": _LINEAR_BACKWARD_WITH_LOGGING,
        "update_parameters": _UPDATE_PARAMETERS_WITH_DEPRECATION,
    },
    # Wrong in functions that later, right ones call.
    "kofi": {
        "initialize_parameters_deep": "seed_inside_the_loop",
        "linear_forward": "A_times_W",
        "linear_backward": "m_from_shape_0",
    },
    # Nearly everything ends in an error.
    "li wei": {
        **entries(
            "biases_as_rows return_inside_the_loop - dot_for_comma len_not_halved "
            "Y_and_AL_swapped entrywise_product linear_cache_for_Z leftover_dA_prev no_return"
        ),
        "linear_forward": Work(_SYNTAX_ERROR),
    },
    # Nearly right everywhere.
    "mary anne o'brien": entries(
        "one_for_n_y keys_from_W0 A_changed_in_place cache_reversed loop_variable_after_the_loop "
        "one_by_one another_order dZ_is_an_alias_of_dA dA_keys_shifted changed_in_place"
    ),
    # Untidy: answers in other cells, an old draft left in, one function of another name.
    "søren": {
        "initialize_parameters": Work(None, after=(_INITIALIZE_PARAMETERS,)),
        "linear_forward": Work(None, before=(_LINEAR_FORWARD,)),
        "compute_cost": Work(_COST_UNDER_ANOTHER_NAME),
        "linear_backward": Work(_LINEAR_BACKWARD, draft=_LINEAR_BACKWARD_DRAFT),
        "L_model_backward": Work(_ONLY_THE_OUTPUT_LAYER),
    },
    # Half right everywhere.
    "tor": entries(
        "rand_for_randn divided_by_root_of_fan_in b_summed A_cached_for_Z append_outside_the_loop "
        "large_epsilon dW_without_1_over_m sigmoid_derivative_at_A same_dA_for_every_hidden_layer "
        "shallow_copy_changed_in_place"
    ),
    # One assignment, nothing done, points claimed.
    "zoë": {
        **dict.fromkeys(NAMES, NOT_SUBMITTED),
        "update_parameters": Work(None, claims=1000.0),
    },
}

#: The marks, worked out by hand, an exercise a column; None where the assignment was not handed in.
#: Comments name the hidden tests that fail, by the exercise's number, with their points, and why.
_MARKS = {
    "ada": (8, 8, 8, 10, 12, 10, 12, 10, 14, 8),
    "bertil": (8, 8, 8, 10, 12, 10, 12, 10, 14, 8),
    "chen": (0,) * 10,
    "dana": (8, 8, 8, 10, 12, 0, 0, 0, 0, None),
    # 1: weight_scale 1. Everything else does not depend on the scale.
    # 4: sigmoid 1 and its finite differences 1; one_example_and_one_unit 1 tries the sigmoid, too.
    #    Both caches are right.
    # 6: wherever m > 1: value 2, mean_of_parts 1, derivative 1, sure_and_wrong 1. A single example
    #    (label_1, label_0) is right.
    # 7: order 1 (it looks at shapes), db 2, dW_and_db_by_finite_differences 1,
    #    one_example_and_one_unit 1.
    # 10: direction 1, W 1, b 1, every_layer 1, cost_falls 1. Uphill is as far, two steps add up,
    #     and the inputs stay as they are.
    "emmy noether": (7, 8, 8, 7, 12, 5, 7, 10, 14, 3),
    # 1: weight_scale 1, weights_are_normal 1, symmetry 1, new_numbers 1. Shapes and biases right.
    # 2: keys 1, weight_shapes 1, biases 1, symmetry 1 (no W3). The weights that are there pass:
    #    scale, normal, new_numbers.
    # 3: cache 1.
    # 4: sigmoid 1, relu 1, both finite differences 1 + 1, one_example_and_one_unit 1. Both caches
    #    are right.
    # 5: one_hidden_layer 1, more_hidden_layers 2, values_in_caches 3 (other A), finite_differences
    #    1, one_example_and_one_unit 1. Right without a hidden layer 1, and one_cache_a_layer 2
    #    looks at W and b only.
    # 6: value 2, label_1 1, label_0 1, derivative 1, sure_and_wrong 1. It is a mean, of something
    #    else, and labels may be whole numbers.
    # 7: dA_prev 3, dA_prev_by_finite_differences 1, one_example_and_one_unit 1 (one unit has
    #    m = 3).
    # 8: right are order 1, which looks at shapes, and inputs_unchanged 1.
    # 9: right are hidden_layers_follow 1, which starts from the answer's own dA, and
    #    inputs_unchanged 1.
    # 10: right are direction 1 and two_steps 1. inputs_unchanged 1 asks for another learning rate.
    "františek": (4, 4, 7, 5, 4, 4, 7, 2, 2, 2),
    "grace": (8, 8, None, None, None, None, 12, 10, 14, None),
    "hypatia": (8, 8, 8, 10, 12, 10, 12, 0, 14, 8),
    "ingrid bergström": (8, 8, 8, 10, 12, 10, 12, 10, 14, 8),
    "josé maría": (8, 8, 8, 10, 12, 10, 12, 10, 14, 8),
    # 2: new_numbers 1: in every layer and in every call the same.
    # 3: everything: the first sizes of every test do not fit, and NumPy raises.
    # 7: m is n_prev: dW 2, db 2, their finite differences 1, one_example_and_one_unit 1.
    "kofi": (8, 7, 0, 10, 12, 10, 6, 10, 14, 8),
    # 1: biases 2.
    # 2: keys 1, weight_shapes 1, biases 1, symmetry 1. W1 alone passes scale, normal, new_numbers
    #    and layer_dims_unchanged.
    # 3: the function does not exist. 4: AttributeError. 5: KeyError, also without a hidden layer.
    # 6: every cost is infinite or nan: log(0) for either label.
    # 7: ValueError, in every test at the first sizes. 8: TypeError: a tuple is no array.
    # 9: NameError wherever there is a hidden layer. Right: output_layer 1 and sure_answers 1, which
    #    have none.
    # 10: None has no entries.
    "li wei": (6, 4, 0, 0, 0, 0, 0, 0, 2, 0),
    # 1: weight_shapes 2 and biases 2, with more than one output unit.
    # 2: keys 1, weight_shapes 1, biases 1, symmetry 1 (under W1 stands layer 2).
    # 3: inputs_unchanged 1.
    # 4: linear_cache 2, activation_cache 2. 5: no_hidden_layer 1; inputs_unchanged 1, where a
    #    network without a hidden layer comes between. 6: single_number 1.
    # 7: each gradient stands in another's place; right is inputs_unchanged 1.
    # 8: inputs_unchanged 1.
    # 9: sure_answers 1 (no dA0), dA_of_output_layer 2, more_hidden_layers 1, hidden_layers_follow 1
    #    (under dA2 it finds dA1), dA 1, dA_by_finite_differences 1. Each dW and db is right.
    # 10: inputs_unchanged 1.
    "mary anne o'brien": (4, 4, 7, 6, 10, 9, 1, 9, 7, 7),
    # 1: the definition below the stub is the last one, and right.
    # 3: the answer stands above the untouched stub, and is found. 6: there is no compute_cost.
    # 7: the draft stands above the right answer.
    # 9: right is all that asks for the output layer: output_layer 1, sure_answers 1,
    #    output_layer_above_others 2, dA_of_output_layer 2, and inputs_unchanged 1.
    "søren": (8, 8, 8, 10, 12, 0, 12, 10, 7, 8),
    # 1: weight_scale 1, weights_are_normal 1. 2: weight_scale 1.
    # 3: Z 1, bias_by_finite_differences 1, one_example_and_one_unit 1 (one example has 3 units).
    # 4: activation_cache 2.
    # 5: no_hidden_layer 1 (no cache to append), one_cache_a_layer 2, values_in_caches 3;
    #    inputs_unchanged 1, where a network without a hidden layer comes between.
    # 6: value 2, sure_and_wrong 1. The others allow 1%.
    # 7: dW 2, dW_and_db_by_finite_differences 1, one_example_and_one_unit 1.
    # 8: sigmoid 1, sigmoid_dA_prev 2, its finite differences 1.
    # 9: more_hidden_layers 1, hidden_layers_follow 1, dA 1, dW_and_db_by_finite_differences 1. With
    #    one hidden layer it is right.
    # 10: inputs_unchanged 1.
    "tor": (6, 7, 5, 8, 5, 7, 8, 6, 10, 7),
    # Nobody believes the notebook.
    "zoë": (None,) * 9 + (0,),
}

EXPECTED: dict[str, dict[str, int | None]] = {
    student: dict(zip(NAMES, marks, strict=True)) for student, marks in _MARKS.items()
}


def handed_in() -> Iterator[tuple[str, Exercise]]:
    """Yield whose notebook of which exercise the class hands in."""
    for student, works in CLASS.items():
        for exercise in EXERCISES:
            if exercise.name not in works or works[exercise.name] is not NOT_SUBMITTED:
                yield student, exercise


def notebook_of(course: Course, student: str, exercise: Exercise) -> nbformat.NotebookNode:
    """Return what a student of the class hands in for an exercise."""
    name = exercise.name
    work = CLASS[student].get(name) or Work(reference_answer(course, name))
    if isinstance(work, str):
        work = Work(catalogue_answer(course, name, work))
    notebook = filled_notebook(course, exercise, work.answer)
    _add_cells(notebook, work)
    return notebook


def write_class(course: Course, submitted: Path) -> None:
    """Write the class as ``<student>/<assignment>/<notebook>.ipynb``."""
    for student, exercise in handed_in():
        submit(submitted, student, exercise, notebook_of(course, student, exercise))


def _add_cells(notebook: nbformat.NotebookNode, work: Work) -> None:
    cell = solution_cell(notebook)
    at = notebook.cells.index(cell)
    before = [nbformat.v4.new_code_cell(text) for text in work.before]
    if work.draft is not None:
        before.append(nbformat.v4.new_code_cell(work.draft, metadata=cell.metadata))
    after = [nbformat.v4.new_code_cell(text) for text in work.after]
    notebook.cells[at : at + 1] = [*before, cell, *after]
    if work.claims is not None:
        for cell in notebook.cells:
            settings = cell.metadata.get("nbgrader", {})
            if settings.get("grade"):
                settings["points"] = work.claims
                data = {"text/plain": repr(work.claims)}
                cell.outputs = [nbformat.v4.new_output("execute_result", data=data)]


if __name__ == "__main__":
    write_class(find_course(Path(__file__).parent), Path(sys.argv[1]))
