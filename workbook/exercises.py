"""The exercises: their order, assignments, points and dependencies, stated once."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Exercise:
    """One function that the learner writes.

    Attributes
    ----------
    number : int
        Position in the course, from 1.
    name : str
        Name of the function.
    assignment : str
        nbgrader assignment, also the folder of its notebook.
    points : int
        Points that its hidden tests add up to.
    returns : tuple of str
        Names of the values that the function returns, in order.
    uses : tuple of str
        Earlier exercises that the function calls.
    """

    number: int
    name: str
    assignment: str
    points: int
    returns: tuple[str, ...]
    uses: tuple[str, ...] = ()

    @property
    def notebook(self) -> str:
        """Name of the notebook, without its suffix."""
        return f"{self.number:02d}_{self.name}"

    @property
    def notebook_path(self) -> str:
        """Path of the notebook inside a folder of the course, such as ``release/``."""
        return f"{self.assignment}/{self.notebook}.ipynb"


_FORWARD = "2_forward_propagation"
_BACKWARD = "3_backward_propagation"

EXERCISES: tuple[Exercise, ...] = (
    Exercise(1, "initialize_parameters", "1_initialization", 8, ("parameters",)),
    Exercise(2, "initialize_parameters_deep", "1_initialization", 8, ("parameters",)),
    Exercise(3, "linear_forward", _FORWARD, 8, ("Z", "cache")),
    Exercise(4, "linear_activation_forward", _FORWARD, 10, ("A", "cache"), ("linear_forward",)),
    Exercise(5, "L_model_forward", _FORWARD, 12, ("AL", "caches"), ("linear_activation_forward",)),
    Exercise(6, "compute_cost", _FORWARD, 10, ("cost",)),
    Exercise(7, "linear_backward", _BACKWARD, 12, ("dA_prev", "dW", "db")),
    Exercise(
        8,
        "linear_activation_backward",
        _BACKWARD,
        10,
        ("dA_prev", "dW", "db"),
        ("linear_backward",),
    ),
    Exercise(9, "L_model_backward", _BACKWARD, 14, ("grads",), ("linear_activation_backward",)),
    Exercise(10, "update_parameters", "4_parameter_update", 8, ("parameters",)),
)

ASSIGNMENTS: tuple[str, ...] = tuple(dict.fromkeys(e.assignment for e in EXERCISES))

_BY_NAME = {exercise.name: exercise for exercise in EXERCISES}


def find(name: str) -> Exercise | None:
    """Return the exercise with this function name, or None."""
    return _BY_NAME.get(name)


def of_assignment(assignment: str) -> tuple[Exercise, ...]:
    """Return the exercises of one assignment, in order."""
    return tuple(exercise for exercise in EXERCISES if exercise.assignment == assignment)
