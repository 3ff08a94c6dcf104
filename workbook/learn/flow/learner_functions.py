"""The learner's own functions of the network as one object, from their notebooks."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import Any

from workbook.course.exercises import EXERCISES, FUNCTIONS, Exercise, find, find_function
from workbook.figures.ipython import shell
from workbook.learn.check.display import AskedWronglyError
from workbook.learn.finding import find_notebook
from workbook.learn.quiet import quiet
from workbook.learn.reference.answers import function_is_stub
from workbook.learn.reference.at_hand import reference_function, why_missing
from workbook.learn.reference.stand_ins import stand_in
from workbook.learn.workspace import notebooks

AnyFunction = Callable[..., Any]

#: What one training iteration calls; the other functions are called by these.
TRAINING = (
    "initialize_parameters_deep",
    "L_model_forward",
    "compute_cost",
    "L_model_backward",
    "update_parameters",
)

# What the labs have the learner write that a training can use.
_OF_LABS = ("random_mini_batches", "sigmoid_derivative", "tanh_derivative", "l2_gradients")

_HERE = "this notebook"
_SAVED = "saved notebooks"
_REFERENCE = "the reference"
_STAND_IN = "a stand-in"


@dataclass(frozen=True)
class OwnFunctions:
    """The ten functions, as far as they are there; `with_labs` adds some functions of the labs.

    Attributes
    ----------
    functions : mapping of str to callable
        By name; what is missing or not written yet is not in it.
    missing : mapping of str to str
        Why one of the ten is not in it, as a sentence.
    origins : mapping of str to str
        Where each function is from: ``this notebook``, ``saved notebooks``, ``the reference`` or,
        of the reference as well, ``a stand-in``.
    """

    functions: Mapping[str, AnyFunction]
    missing: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> AnyFunction:
        return self.functions[name]

    @property
    def source(self) -> str:
        """Whose functions these are, for a sentence."""
        if set(self.origins.values()) == {_REFERENCE}:
            return "the reference's, not your own"
        lent = [name for name, place in self.origins.items() if place == _STAND_IN]
        if not lent:
            return self._own_source([*self.functions])
        own = [name for name in self.functions if name not in lent]
        said = f"the reference stands in for {', '.join(lent)}"
        return f"{self._own_source(own)}; {said}" if own else said

    def _own_source(self, own: list[str]) -> str:
        here = [name for name in own if self.origins.get(name) == _HERE]
        if not here:
            return "your own, from your saved notebooks"
        if len(here) == len(own):
            return "your own, from this notebook"
        others = "the others from your saved notebooks"
        return f"your own: {', '.join(here)} from this notebook, {others}"

    @property
    def needed(self) -> tuple[str, ...]:
        """The functions that a training iteration needs, in the course's order.

        A learner's function that does another's work itself does not need the other.
        """
        return self._reached(TRAINING)

    @property
    def unready(self) -> tuple[str, ...]:
        """Why training cannot begin: a sentence for each function that is needed and missing."""
        return tuple(self.missing[name] for name in self.needed if name in self.missing)

    def waits_for(self, name: str) -> tuple[str, ...]:
        """Return which functions must be written before this one can run, itself among them."""
        return tuple(one for one in self._reached([name]) if one not in self.functions)

    def _reached(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return functions with all that they call, in the course's order."""
        waiting, seen = list(names), set[str]()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += self._called_by(name)
        return tuple(exercise.name for exercise in EXERCISES if exercise.name in seen)

    def _called_by(self, name: str) -> set[str]:
        known, function = find_function(name), self.functions.get(name)
        inner: Any = inspect.unwrap(function) if function is not None else None
        if not hasattr(inner, "__code__"):
            return set(known.uses) if known else set()
        names = _names(inner.__code__, inner.__globals__, set())
        return names & {exercise.name for exercise in EXERCISES}


def _names(code: CodeType, namespace: Mapping[str, Any], seen: set[str]) -> set[str]:
    """Return the global names that code uses, also through helpers of the same namespace."""
    new = set(code.co_names) - seen
    seen |= new
    helpers = [namespace.get(name) for name in new if find(name) not in EXERCISES]
    mine = [one for one in helpers if inspect.isfunction(one) and one.__globals__ is namespace]
    for inner in [*(helper.__code__ for helper in mine), *code.co_consts]:
        if isinstance(inner, CodeType):
            _names(inner, namespace, seen)
    return seen


def own_functions(folder: Path | None = None, reference: bool = False) -> OwnFunctions:
    """Return the learner's ten functions.

    Those that are defined in the running notebook are taken from there, the others from the saved
    notebooks, or they are stand-ins. Where there is no notebook, and the reference is at hand, it
    takes their place.

    Parameters
    ----------
    folder : Path, optional
        Where the saved notebooks are; around the current folder if not given.
    reference : bool
        Take the reference solutions, which the wheel for classes has not.

    Raises
    ------
    AskedWronglyError
        If the reference was asked for and is not there.
    """
    folder = (folder or Path.cwd()).resolve()
    if reference:
        found = _reference(folder)
        if found is None:
            why = why_missing(EXERCISES[0].name, folder)
            raise AskedWronglyError(f"the reference is not here. {why}")
        return found
    running = shell()
    namespace: Mapping[str, Any] = {} if running is None else running.user_ns
    any_notebook = any(find_notebook(exercise, folder) for exercise in EXERCISES)
    if not any_notebook and not any(exercise.name in namespace for exercise in EXERCISES):
        found = _reference(folder)
        if found is not None:
            return found
    return _own(folder, namespace)


def _own(folder: Path, namespace: Mapping[str, Any]) -> OwnFunctions:
    functions: dict[str, AnyFunction] = {}
    missing: dict[str, str] = {}
    origins: dict[str, str] = {}
    with quiet():
        for exercise in EXERCISES:
            name = exercise.name
            lent = None if _is_defined(name, namespace) else stand_in(name, folder)
            if lent is not None:
                # The saved notebook is not run: it may be the very one that does not work.
                functions[name], origins[name] = lent, _STAND_IN
                continue
            found, place, why = _found(exercise, name, folder, namespace)
            if why or found is None:
                missing[name] = why
            else:
                functions[name], origins[name] = found, place
    return OwnFunctions(functions, missing, origins)


def with_labs(own: OwnFunctions, folder: Path | None = None) -> OwnFunctions:
    """Return the functions with those of the labs that the learner has written.

    The reference's stay alone.

    Parameters
    ----------
    own : OwnFunctions
        The ten functions.
    folder : Path, optional
        Where the saved notebooks are; around the current folder if not given.
    """
    if set(own.origins.values()) == {_REFERENCE}:
        return own
    folder = (folder or Path.cwd()).resolve()
    running = shell()
    namespace: Mapping[str, Any] = {} if running is None else running.user_ns
    functions, origins = dict(own.functions), dict(own.origins)
    with quiet():
        for name in _OF_LABS:
            found, place, why = _found(FUNCTIONS[name], name, folder, namespace)
            if found is not None and not why:
                functions[name], origins[name] = found, place
    return OwnFunctions(functions, own.missing, origins)


def _is_defined(name: str, namespace: Mapping[str, Any]) -> bool:
    """Return whether the running notebook defines a function, and does not only import it."""
    here = namespace.get(name)
    return callable(here) and not notebooks.saved_in(here)


def _found(
    exercise: Exercise, name: str, folder: Path, namespace: Mapping[str, Any]
) -> tuple[AnyFunction | None, str, str]:
    """Return the learner's function, where it is from, and the sentence that says why not."""
    if not _is_defined(name, namespace):
        found, why = _saved(exercise, name, folder)
        return found, _SAVED, why
    here: AnyFunction = namespace[name]
    why = f"{name} is not written yet: write it in its cell above, and run that cell"
    return here, _HERE, why if function_is_stub(here) else ""


def _saved(exercise: Exercise, name: str, folder: Path) -> tuple[AnyFunction | None, str]:
    """Return the function from the saved notebook, or the sentence that says why not."""
    path = find_notebook(exercise, folder)
    if path is None:
        return None, f"{name} is missing: there is no {exercise.notebook}.ipynb in or near {folder}"
    try:
        if notebooks.is_stub(path, name):
            return None, f"{name} is not written yet: finish {path.name} and save it"
        return notebooks.load_function(path, name), ""
    except notebooks.NotebookError as error:
        return None, f"{name} cannot be used: {error}"


def _reference(folder: Path) -> OwnFunctions | None:
    names = [exercise.name for exercise in EXERCISES]
    found = {name: reference_function(name, folder) for name in names}
    functions = {name: function for name, function in found.items() if function is not None}
    if len(functions) < len(names):
        return None
    return OwnFunctions(functions, {}, dict.fromkeys(names, _REFERENCE))
