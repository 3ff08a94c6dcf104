"""What a reference says of itself: its arguments and results, and what the results are made of."""

import ast
import re


def section(docstring: str, title: str) -> str:
    """Return the text of a section such as "Returns", or ""."""
    found = re.search(rf"^{title}\n-+\n(.*?)(?=^\w[^\n]*\n-+\n|\Z)", docstring, re.M | re.S)
    return found[1] if found else ""


def described_names(docstring: str, title: str) -> list[str]:
    """Return the names that a section describes."""
    lines = re.findall(r"^(\w[\w, ]*) : ", section(docstring, title), re.M)
    return [name for line in lines for name in line.split(", ")]


def types_of(docstring: str) -> dict[str, str]:
    """Return the first word of the type of each argument, attribute and result."""
    found: dict[str, str] = {}
    for title in ("Parameters", "Attributes", "Returns"):
        text = section(docstring, title)
        for names, kind in re.findall(r"^(\w[\w, ]*) : (\w+)", text, re.M):
            found.update(dict.fromkeys(names.split(", "), kind))
    return found


def returned(function: ast.FunctionDef) -> list[list[ast.expr]]:
    """Return the values of each return statement."""
    found = []
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value is not None:
            value = node.value
            found.append(value.elts if isinstance(value, ast.Tuple) else [value])
    return found


def targets_of(statement: ast.stmt | None) -> list[ast.expr]:
    """Return what a statement gives a value: names, entries and attributes."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        function = statement.value.func
        return [function.value] if isinstance(function, ast.Attribute) else []
    if isinstance(statement, ast.For | ast.If):
        return [one for inner in statement.body for one in targets_of(inner)]
    targets: list[ast.expr] = []
    if isinstance(statement, ast.AugAssign):
        targets = [statement.target]
    elif isinstance(statement, ast.Assign):
        targets = statement.targets
    return [one for two in targets for one in (two.elts if isinstance(two, ast.Tuple) else [two])]


def makings(function: ast.FunctionDef) -> list[list[set[str]]]:
    """Return, for each return and each of its values, the variables that it is made of."""
    made_of = _made_of(function)
    found = []
    for values in returned(function):
        reaches = []
        for value in values:
            reach: set[str] = set()
            todo = [one.id for one in ast.walk(value) if isinstance(one, ast.Name)]
            while todo:
                name = todo.pop()
                if name not in reach:
                    reach.add(name)
                    todo += sorted(made_of.get(name, ()))
            reaches.append(reach)
        found.append(reaches)
    return found


def _made_of(function: ast.FunctionDef) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for node in ast.walk(function):
        used: ast.AST = node
        if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr):
            targets = targets_of(node)
        elif isinstance(node, ast.For):
            targets, used = [node.target], node.iter
        else:
            continue
        names = {one.id for one in ast.walk(used) if isinstance(one, ast.Name)}
        for target in targets:
            name = next((one.id for one in ast.walk(target) if isinstance(one, ast.Name)), "")
            found.setdefault(name, set()).update(names)
    return found
