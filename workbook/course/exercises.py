"""The exercises, labs and pages: order, assignments, points and dependencies, stated once."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Function:
    """One function, or one class, that the learner writes.

    Attributes
    ----------
    name : str
        Its name.
    returns : tuple of str
        Names of the values that it returns, in order.
    uses : tuple of str
        Functions of the learner's own that it calls.
    is_class : bool
        Whether it is a class. It is tried out by scripts, see `workbook.course.scripted`.
    """

    name: str
    returns: tuple[str, ...]
    uses: tuple[str, ...] = ()
    is_class: bool = False


@dataclass(frozen=True)
class Exercise:
    """One notebook, and what the learner writes in it: a single function, or those of a lab.

    Attributes
    ----------
    number : int
        Position in the course, from 1.
    name : str
        Name of the exercise: that of its function, or of the lab.
    assignment : str
        nbgrader assignment, also the folder of its notebook.
    points : int
        Points that its hidden tests add up to.
    written : tuple of Function
        The functions, in the order of the notebook.
    """

    number: int
    name: str
    assignment: str
    points: int
    written: tuple[Function, ...]

    @property
    def functions(self) -> tuple[str, ...]:
        """Names of the functions that the learner writes in it."""
        return tuple(function.name for function in self.written)

    @property
    def uses(self) -> tuple[str, ...]:
        """Names of the functions of earlier notebooks that it needs."""
        used = dict.fromkeys(name for function in self.written for name in function.uses)
        return tuple(name for name in used if name not in self.functions)

    @property
    def is_lab(self) -> bool:
        """Whether it is a lab, whose points are a bonus."""
        return self.assignment == LAB_ASSIGNMENT

    @property
    def notebook(self) -> str:
        """Name of the notebook, without its suffix."""
        return f"{self.number:02d}_{self.name}"

    @property
    def notebook_path(self) -> str:
        """Path of the notebook inside a folder of the course, such as ``release/``."""
        return f"{self.assignment}/{self.notebook}.ipynb"


@dataclass(frozen=True)
class Page:
    """A notebook to read and to run: nothing is written in it, and nothing of it is graded.

    Attributes
    ----------
    name : str
        Name of the notebook, without its suffix.
    assignment : str
        nbgrader assignment that it is handed out with, also its folder.
    """

    name: str
    assignment: str

    @property
    def notebook(self) -> str:
        """Name of the notebook, without its suffix."""
        return self.name

    @property
    def notebook_path(self) -> str:
        """Path of the notebook inside a folder of the course, such as ``release/``."""
        return f"{self.assignment}/{self.notebook}.ipynb"


#: nbgrader assignment of the labs.
LAB_ASSIGNMENT = "5_labs"
_FORWARD = "2_forward_propagation"
_BACKWARD = "3_backward_propagation"


def _exercise(
    number: int,
    name: str,
    assignment: str,
    points: int,
    returns: tuple[str, ...],
    uses: tuple[str, ...] = (),
) -> Exercise:
    """Return an exercise of one function."""
    return Exercise(number, name, assignment, points, (Function(name, returns, uses),))


#: The ten functions of the network.
EXERCISES: tuple[Exercise, ...] = (
    _exercise(1, "initialize_parameters", "1_initialization", 8, ("parameters",)),
    _exercise(2, "initialize_parameters_deep", "1_initialization", 8, ("parameters",)),
    _exercise(3, "linear_forward", _FORWARD, 8, ("Z", "cache")),
    _exercise(4, "linear_activation_forward", _FORWARD, 10, ("A", "cache"), ("linear_forward",)),
    _exercise(5, "L_model_forward", _FORWARD, 12, ("AL", "caches"), ("linear_activation_forward",)),
    _exercise(6, "compute_cost", _FORWARD, 10, ("cost",)),
    _exercise(7, "linear_backward", _BACKWARD, 12, ("dA_prev", "dW", "db")),
    _exercise(
        8,
        "linear_activation_backward",
        _BACKWARD,
        10,
        ("dA_prev", "dW", "db"),
        ("linear_backward",),
    ),
    _exercise(9, "L_model_backward", _BACKWARD, 14, ("grads",), ("linear_activation_backward",)),
    _exercise(10, "update_parameters", "4_parameter_update", 8, ("parameters",)),
)

#: What one training iteration calls, and the initialiser before it.
_TRAINING = (
    "initialize_parameters_deep",
    "L_model_forward",
    "compute_cost",
    "L_model_backward",
    "update_parameters",
)

#: The labs, which put the ten functions to use.
LABS: tuple[Exercise, ...] = (
    Exercise(
        11,
        "train_it",
        LAB_ASSIGNMENT,
        20,
        (
            Function("normalize", ("X_train", "X_test")),
            Function("L_layer_model", ("parameters", "costs"), _TRAINING),
            Function("predict", ("predictions",), ("L_model_forward",)),
            Function("accuracy", ("share",)),
            Function("random_mini_batches", ("mini_batches",)),
        ),
    ),
    Exercise(
        12,
        "check_it",
        LAB_ASSIGNMENT,
        17,
        (
            Function("numerical_gradient", ("gradient",)),
            Function("gradient_difference", ("difference",)),
            Function(
                "gradient_check",
                ("differences",),
                ("L_model_forward", "compute_cost", "gradient_difference"),
            ),
        ),
    ),
    Exercise(
        13,
        "initialise_it",
        LAB_ASSIGNMENT,
        23,
        (
            Function("sigmoid_derivative", ("slope",)),
            Function("relu_derivative", ("slope",)),
            Function("tanh_derivative", ("slope",)),
            Function("initialize_xavier", ("parameters",)),
            Function("initialize_he", ("parameters",)),
            Function("clip_by_norm", ("clipped",)),
        ),
    ),
    Exercise(
        14,
        "descend_better",
        LAB_ASSIGNMENT,
        25,
        (
            Function("update_with_momentum", ("parameters", "v")),
            Function("update_with_rmsprop", ("parameters", "s")),
            Function("update_with_adam", ("parameters", "v", "s")),
            Function("decayed_learning_rate", ("learning_rate",)),
            Function("accumulate_gradients", ("grads",)),
        ),
    ),
    Exercise(
        15,
        "generalise",
        LAB_ASSIGNMENT,
        29,
        (
            Function("cost_with_l2", ("cost",), ("compute_cost",)),
            Function("l2_gradients", ("grads",)),
            Function("cost_with_l1", ("cost",), ("compute_cost",)),
            Function("l1_gradients", ("grads",)),
            Function("dropout_forward", ("A",)),
            Function("dropout_backward", ("dA",)),
            Function("early_stopping", ("best_epoch", "stop_epoch")),
        ),
    ),
    Exercise(
        16,
        "meet_the_frameworks",
        LAB_ASSIGNMENT,
        30,
        (
            Function("Value", ("values",), is_class=True),
            Function("NeuralNetwork", ("values",), _TRAINING, is_class=True),
        ),
    ),
)

#: Every notebook of the course that is graded, in order.
NOTEBOOKS: tuple[Exercise, ...] = EXERCISES + LABS

#: The notebooks in which there is nothing to write.
PAGES: tuple[Page, ...] = (Page("the_story_so_far", LAB_ASSIGNMENT),)

ASSIGNMENTS: tuple[str, ...] = tuple(dict.fromkeys(e.assignment for e in NOTEBOOKS))

#: Names of all functions that the learner writes, in order.
FUNCTIONS: tuple[str, ...] = tuple(name for e in NOTEBOOKS for name in e.functions)

_BY_NAME = {exercise.name: exercise for exercise in NOTEBOOKS}
_FUNCTIONS = {function.name: function for e in NOTEBOOKS for function in e.written}
_HOMES = {name: exercise for exercise in NOTEBOOKS for name in exercise.functions}


def find(name: str) -> Exercise | None:
    """Return the exercise or the lab of this name, or None."""
    return _BY_NAME.get(name)


def find_function(name: str) -> Function | None:
    """Return what is known of a function that the learner writes, or None."""
    return _FUNCTIONS.get(name)


def is_class(name: str) -> bool:
    """Return whether what the learner writes under this name is a class."""
    return name in _FUNCTIONS and _FUNCTIONS[name].is_class


def home_of(name: str) -> Exercise | None:
    """Return the exercise or the lab in which a function is written, or None."""
    return _HOMES.get(name)


def is_page(file_name: str) -> bool:
    """Return whether a file has the name of one of the course's pages."""
    return file_name in {f"{page.notebook}.ipynb" for page in PAGES}


def of_assignment(assignment: str) -> tuple[Exercise, ...]:
    """Return the exercises of one assignment, in order."""
    return tuple(exercise for exercise in NOTEBOOKS if exercise.assignment == assignment)
