"""What the hidden tests of the three optimisers share."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader_tests.draws import grads_like
from grader_tests.lab_support import assert_answers, assert_computes, mixed
from grader_tests.support import (
    Case,
    entry,
    is_real,
    random_grads_like,
    random_parameters,
    random_state,
    rounded,
    where,
    zero_state,
)
from workbook.course.compare import alike, array_of_numbers, assert_same, split


def training_case(rng, layer_dims: Sequence[int] = (4, 3, 2, 1)):
    """Return parameters, gradients and a state in the middle of a training."""
    params = random_parameters(rng, layer_dims)
    return params, random_grads_like(rng, params), random_state(rng, params)


def optimiser_cases(case: Callable[..., Any], rng, facts) -> Iterator[Case]:
    """Return a public case for each title, layer_dims and arguments after the states.

    ``case`` draws parameters, gradients and states. A first step starts with states of zeros.
    """
    for title, layer_dims, rest in facts:
        params, grads, *states = case(rng, layer_dims)
        if "first" in title:
            states = [zero_state(params) for _ in states]
            # Where all gradients have been 0, only eps keeps a division away from 0 / 0.
            grads["dW1"][0, 0] = 0.0
        yield Case(title, (*map(rounded, (params, grads, *states)), *rest))


@dataclass(frozen=True)
class Optimiser:
    """One rule, as its tests ask for it.

    Attributes
    ----------
    student : callable
        The learner's function.
    reference : callable
        The right one.
    returns : tuple of str
        Names of what it returns: "parameters", then its states, "v" or "s".
    step : callable
        The step of a parameter, from its gradient, the new states and the arguments after them, of
        which those with defaults may be left out.
    """

    student: Callable[..., Any]
    reference: Callable[..., Any]
    returns: tuple[str, ...]
    step: Callable[..., Any]

    def case(self, rng, layer_dims: Sequence[int] = (4, 3, 2, 1)):
        """Return parameters, gradients and states in the middle of a training; v has both signs.

        In a network of more than nine layers each dictionary has an order of its own, and one
        number of each array is large.
        """
        params = random_parameters(rng, layer_dims)
        states = [random_state(rng, params) for _ in self.returns[1:]]
        if self.returns[1] == "v":
            signs = {key: rng.choice([-1.0, 1.0], one.shape) for key, one in states[0].items()}
            states[0] = {key: signs[key] * one for key, one in states[0].items()}
        if len(layer_dims) <= 9:
            return params, random_grads_like(rng, params), *states
        found = params, grads_like(rng, params), *states
        for one in (params, *states):
            for array in one.values():
                array.flat[-1] *= 30.0
        return tuple(mixed(one, which) for which, one in enumerate(found))

    def assert_state(self, name: str, rng, layer_dims: Sequence[int], *rest: Any) -> None:
        """Raise AssertionError unless a state is right, of large gradients, too."""
        params, grads, *states = self.case(rng)
        large = {key: 100 * array for key, array in grads.items()}
        for words, inputs in (
            ("", (params, grads, *states)),
            ("with large gradients", (params, large, *states)),
            ("", self.case(rng, layer_dims)),
        ):
            with where(words):
                cases = [(*inputs, *rest)]
                assert_answers(self.student, self.reference, cases, self.returns, (name,))

    def assert_step(self, inputs, *rest: Any, **named: Any) -> None:
        """Raise AssertionError unless the parameters move rightly, or as the new states say.

        What is wrong in a state costs points in its own test, and not here again.
        """
        right = self.reference(*inputs, *rest, **named)[0]
        got, *states = split(self.student(*inputs, *rest, **named), self.returns)
        try:
            told = self._step_of(states, inputs, rest, named)
        except AssertionError:
            told = right
        if not _as_told(got, told):
            assert_same("parameters", got, right)

    def _step_of(self, states, inputs, rest, named) -> dict[str, Any]:
        """Return the parameters after the step that these states ask for."""
        params, grads, *_ = inputs
        moved = {}
        for key, value in params.items():
            new = [
                array_of_numbers(name, entry(name, state, f"d{key}"), value.shape)
                for name, state in zip(self.returns[1:], states, strict=True)
            ]
            with np.errstate(all="ignore"):
                moved[key] = value - self.step(grads[f"d{key}"], *new, *rest, **named)
            assert not np.array_equal(moved[key], value), f"{key} does not move"
        return moved

    def assert_eps(self, rng, *rest: Any) -> None:
        """Raise AssertionError unless eps stands where it should, also where it is left out.

        ``rest`` are the arguments after the states, in which all the others have their places.
        """
        for given, named in (((0.05,), {}), ((), {"eps": 0.5})):
            self.assert_step(self.case(rng), *rest, *given, **named)
        params, grads, *_ = self.case(rng)
        # Gradients beside which the eps of the docstring is large, and some that are 0.
        tiny = {key: 3e-8 * value for key, value in grads.items()}
        tiny["dW1"][0] = 0.0
        zeros = [zero_state(params) for _ in self.returns[1:]]
        rest = ((1,) if len(zeros) == 2 else ()) + (0.1,)
        with where("with eps left out"):
            self.assert_step((params, tiny, *zeros), *rest)

    def assert_defaults(self, rng, *rest: Any, **defaults: Any) -> None:
        """Raise AssertionError unless what is left out or named is the same as given by its place.

        Whether the answer is right is not asked here. ``rest`` are the arguments between the states
        and those with ``defaults``.
        """
        case = self.case(rng)

        def answer(*given: Any, **named: Any) -> Any:
            return split(self.student(*case, *rest, *given, **named), self.returns)

        others = {name: 0.5 * value for name, value in defaults.items()}
        usual, other = answer(*defaults.values()), answer(*others.values())
        names = ", ".join(defaults)
        # Half of so small an eps makes none in a right answer, either.
        betas = ", ".join(name for name in defaults if name != "eps")
        assert not alike(usual, other), f"other values of {betas} make no difference"
        said = "the answer is another one than with the same numbers given by their places"
        assert alike(answer(), usual), f"with {names} left out, {said}"
        assert alike(answer(**others), other), f"with {names} given by name, {said}"

    def assert_repeats(self, rng, *rest: Any, as_it_is: tuple[Any, ...] = ()) -> None:
        """Raise AssertionError unless inputs stay, and each layer gets arrays of its own.

        With the arguments ``as_it_is`` after the states, the gradient is a new state as it is.
        """
        one, other = (self.case(rng, (3, 3, 3, 1)) for _ in range(2))
        what = ", ".join(("params", "grads", *self.returns[1:]))
        assert_computes(self.student, (*one, *rest), (*other, *rest), what)
        # New arrays come back also where nothing moves.
        zeros = [zero_state(one[0]) for _ in one[1:]]
        self.student(one[0], *zeros, *rest)
        if as_it_is:
            self.student(*one, *as_it_is)


def _as_told(got: Any, told: dict[str, np.ndarray]) -> bool:
    """Return whether parameters are these, and no numbers where these are none."""
    if not isinstance(got, dict) or not told.keys() <= got.keys():
        return False
    for key, want in told.items():
        array, finite = got[key], np.isfinite(want)
        if not (is_real(array) and array.shape == want.shape):
            return False
        same = np.array_equal(np.isfinite(array), finite)
        if not (same and alike(np.where(finite, array, 0.0), np.where(finite, want, 0.0))):
            return False
    return True
