"""Turn the public cases of a test file into the data that the visible checks read."""

import copy
import inspect
import json
import warnings
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

from workbook.course.cases import PublicCase, from_json, to_json
from workbook.course.scripted import as_function
from workbook.diagnosis.diagnosis import known_mistakes


def public_data(
    tests_module: ModuleType,
    reference: Callable[..., Any],
    wrong: Iterable[tuple[str, Callable[..., Any]]] = (),
) -> str:
    """Return what the visible checks know of an exercise, as JSON text.

    Parameters
    ----------
    tests_module : module
        A module of ``grader_tests`` with ``public_cases()``.
    reference : callable
        The reference solution, a function or a class; it answers where a case gives no
        ``expected``.
    wrong : iterable of (str, callable)
        The known mistakes: a sentence and a function that makes the mistake. What the function
        does on the public cases is stored, and nothing of the function itself. It may be a class.

    Returns
    -------
    str
        The text of ``workbook/course/data/<name>.json``, the same on every machine.
    """
    wrong = [(sentence, _named(reference.__name__, answer)) for sentence, answer in wrong]
    reference = as_function(reference)
    written = [_case(case, reference) for case in tests_module.public_cases()]
    # Everything sees the rounded arguments, as the learner's function will.
    cases = [
        PublicCase(case["title"], from_json(case["args"]), from_json(case["expected"]))
        for case in written
    ]
    with warnings.catch_warnings():
        # A wrong answer may well take the logarithm of 0.
        warnings.simplefilter("ignore")
        mistakes = list(known_mistakes(wrong, cases))
    head = json.dumps(
        {"arguments": list(inspect.signature(reference).parameters), "cases": written},
        indent=1,
        allow_nan=False,
    )
    # A line for each mistake: nobody reads the numbers, and a change shows where it is.
    lines = ",\n".join(json.dumps(mistake, allow_nan=False) for mistake in mistakes)
    return head.removesuffix("\n}") + f',\n "misconceptions": [\n{lines}\n ]\n}}\n'


def _named(name: str, answer: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function as it is; a class under the name that messages of Python's will name."""
    return as_function(type(name, (answer,), {}) if isinstance(answer, type) else answer)


def _case(case: Any, reference: Callable[..., Any]) -> dict[str, Any]:
    args = to_json(case.args)
    expected = case.expected
    if expected is None:
        expected = reference(*copy.deepcopy(from_json(args)))
    return {"title": case.title, "args": args, "expected": to_json(expected)}
