"""Turn the public cases of a test file into the data that the visible checks read."""

import copy
import json
from collections.abc import Callable
from types import ModuleType
from typing import Any

from workbook.learn.cases import from_json, to_json


def public_data(tests_module: ModuleType, reference: Callable[..., Any]) -> str:
    """Return the public cases of a test file, with the right answers, as JSON text.

    Parameters
    ----------
    tests_module : module
        A module of ``grader_tests`` with ``public_cases()``.
    reference : callable
        The reference solution; it answers where a case gives no ``expected``.

    Returns
    -------
    str
        The text of ``workbook/learn/data/<name>.json``, the same on every machine.
    """
    cases = [_case(case, reference) for case in tests_module.public_cases()]
    return json.dumps({"cases": cases}, indent=1, allow_nan=False) + "\n"


def _case(case: Any, reference: Callable[..., Any]) -> dict[str, Any]:
    args = to_json(case.args)
    expected = case.expected
    if expected is None:
        # The reference sees the rounded arguments, as the learner's function will.
        expected = reference(*copy.deepcopy(from_json(args)))
    return {"title": case.title, "args": args, "expected": to_json(expected)}
