"""What a cell defines, apart from what it does."""

import ast

#: Statements that define a function or a class.
DEFINITION = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def defines(statement: ast.stmt) -> bool:
    """Return whether a statement is an import, a definition, or a value that nothing is called for.

    A learner's checks go by it: they run no experiments.
    """
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        value = statement.value
        # A value that has to be computed by a call may be what takes the time.
        return isinstance(value, ast.Lambda) or (
            value is not None and not any(isinstance(node, ast.Call) for node in ast.walk(value))
        )
    return isinstance(statement, ast.Import | ast.ImportFrom | DEFINITION)
