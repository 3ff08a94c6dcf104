"""Files outside of a notebook's folder, which are not there when work is graded."""

import ast
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

# A module goes along: grading follows what a notebook adds to `sys.path`.
_OUTSIDE = re.compile(r"(?:\.\.[/\\]|/|~|[A-Za-z]:[/\\])(?!.*\.py$)[\w .~/\\:-]{1,200}")


def named_outside(folder: Path, statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield a sentence on the files outside of a folder that statements name.

    Parameters
    ----------
    folder : Path
        The notebook's folder.
    statements : iterable of ast.stmt
        What a function needs of the notebook.
    """
    nodes = [node for one in statements for node in ast.walk(one)]
    # A text that stands alone, such as a docstring, tells of a file at most.
    alone = {node.value for node in nodes if isinstance(node, ast.Expr)}
    texts = (one.value for one in nodes if isinstance(one, ast.Constant) and one not in alone)
    named = [one for one in texts if isinstance(one, str) and _OUTSIDE.fullmatch(one)]
    for name in dict.fromkeys(named):
        # Unlike that of `Path`, it leaves a text as it is that names no user's home.
        file = os.path.realpath(folder / os.path.expanduser(name))
        if os.path.isfile(file) and not Path(file).is_relative_to(os.path.realpath(folder)):
            yield (
                f"Your code names {name}, which is not in the notebook's folder. It is there now, "
                "but not when work is graded: if your code reads it, put it beside the notebook, "
                "and read it from there."
            )
