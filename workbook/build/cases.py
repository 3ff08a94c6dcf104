"""Turn the public cases of a test file into the data that the visible checks read."""

import contextlib
import copy
import inspect
import io
import json
import warnings
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

import numpy as np

from workbook.build.mistakes import Wrong, find_known_mistakes
from workbook.course.cases import PublicCase, from_json, to_json
from workbook.course.findings import Findings
from workbook.course.scripted import as_function
from workbook.diagnosis import known


def public_data(
    tests_module: ModuleType,
    reference: Callable[..., Any],
    wrong: Iterable[Wrong] = (),
    source: str = "",
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
    source : str, optional
        Text of the reference's module, of which mutants are made.

    Returns
    -------
    str
        The text of ``workbook/course/data/<name>.json``, the same on every machine.
    """
    name = reference.__name__
    wrong = [(sentence, _named(name, answer)) for sentence, answer in wrong]
    reference = as_function(reference)
    written = [_case(case, reference) for case in tests_module.public_cases()]
    # Everything sees the rounded arguments, as the learner's function will.
    cases = [
        PublicCase(case["title"], from_json(case["args"]), from_json(case["expected"]))
        for case in written
    ]
    if any(isinstance(case.expected, Findings) for case in cases):
        # What rules say of mutants is about numbers that come out.
        source = ""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        # A wrong answer may well take the logarithm of 0.
        warnings.simplefilter("ignore")
        # Whatever is left to chance is the same in every build.
        np.random.seed(0)
        mistakes = find_known_mistakes(wrong, source, name, cases)
    arguments = list(inspect.signature(reference).parameters)
    return _text(arguments, written, known.to_json(mistakes, cases))


def _text(arguments: list[str], cases: list[Any], known: dict[str, Any]) -> str:
    """Return the data as JSON, a line for each case, sentence and mistake: a change shows where."""
    return (
        f'{{"arguments": {json.dumps(arguments)},\n"cases": {_lines(cases)},\n"known": {{'
        f'"sentences": {_lines(known["sentences"])},\n"mistakes": {_lines(known["mistakes"])}}}}}\n'
    )


def _lines(entries: list[Any]) -> str:
    texts = (json.dumps(entry, allow_nan=False, separators=(",", ":")) for entry in entries)
    return "[\n" + ",\n".join(texts) + "\n]"


def _named(name: str, answer: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function as it is; a class under the name that messages of Python's will name."""
    return as_function(type(name, (answer,), {}) if isinstance(answer, type) else answer)


def _case(case: Any, reference: Callable[..., Any]) -> dict[str, Any]:
    args = to_json(case.args)
    expected = case.expected
    if expected is None:
        expected = reference(*copy.deepcopy(from_json(args)))
    return {"title": case.title, "args": args, "expected": to_json(expected)}
