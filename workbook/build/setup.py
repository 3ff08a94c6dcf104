"""The imports of a lesson, completed by the build with all that its learner may reasonably call.

A lesson imports what it needs for itself. The build adds the functions of the notebooks before it
and the helpers that are given by then, so a new exercise needs no edit of another lesson.
"""

import ast

from workbook.course.exercises import Exercise, earlier_functions, of_step, position

# The helpers that are given, by the step of the training cycle that first needs them.
_GIVEN = {"forward": ("relu", "sigmoid"), "backward": ("relu_backward", "sigmoid_backward")}

# What Black and ruff keep to by default: the learner sees it as they would write it.
_LONGEST_LINE = 88


def completed(source: str, exercise: Exercise, asks: bool = False) -> str:
    """Return the setup cell of a lesson with imports of what is at hand in its notebook.

    Parameters
    ----------
    source : str
        The cell as the lesson has it. What is not Python, such as a line for IPython, stays as it
        is.
    exercise : Exercise
        What the lesson is about.
    asks : bool
        Whether the lesson has questions, which need ``quiz``.
    """
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return source
    ours = [node for node in body if isinstance(node, ast.ImportFrom) and _is_ours(node)]
    modules: dict[str, set[str]] = {
        "workbook": {*_helpers(exercise), *(["quiz"] if asks else [])},
        "workbook.earlier": set(earlier_functions(exercise)),
    }
    for node in ours:
        modules.setdefault(str(node.module), set()).update(map(ast.unparse, node.names))
    block = [_statement(module, names) for module, names in sorted(modules.items()) if names]
    lines = source.splitlines()
    replaced = {n for node in ours for n in range(node.lineno - 1, node.end_lineno or node.lineno)}
    first = min(replaced, default=len(lines))
    others = [line for n, line in enumerate(lines) if n not in replaced]
    return "\n".join([*others[:first], *block, *others[first:]])


def _is_ours(node: ast.ImportFrom) -> bool:
    return str(node.module).partition(".")[0] == "workbook"


def _helpers(exercise: Exercise) -> list[str]:
    """Return the helpers that are given in this notebook or in one before it."""
    here = position(exercise.name)
    given = {step: [position(one.name) for one in of_step(step)] for step in _GIVEN}
    return [
        name
        for step, places in given.items()
        if places and min(places) <= here
        for name in _GIVEN[step]
    ]


def _statement(module: str, names: set[str]) -> str:
    """Return an import of these names, broken into lines where it is too long for one."""
    listed = sorted(names)
    line = f"from {module} import {', '.join(listed)}"
    if len(line) <= _LONGEST_LINE:
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in listed), ")"])
