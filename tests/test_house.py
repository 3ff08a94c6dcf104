"""Imports inside the program run one way, as CONTRIBUTING.md draws them."""

import ast
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parents[1] / "workbook"

# What a room may import from the program, besides itself. The rest of `workbook/` is facts.
ROOMS = {"learn": {"facts", "figures"}, "figures": {"facts"}, "build": {"facts"},
         "grade": {"facts"}, "facts": set()}  # fmt: skip

# The front doors: the command, and what a notebook imports by the program's own name.
DOORS = {"cli": {"facts", "learn", "figures", "build", "grade"},
         "__init__": {"facts", "learn", "figures"}, "earlier": {"facts", "learn"}}  # fmt: skip

# What a learner's kernel has: in a browser there is no more.
LEARNERS = {"numpy", "matplotlib", "IPython", "ipywidgets", "rich", "workbook"}

# What writes the course's own pictures: Pillow, which matplotlib needs; PyTorch, where it is there.
MORE = {"write.py": {"PIL"}, "autograd_record.py": {"torch"}}


def files():
    return [pytest.param(path, id=str(path.relative_to(PROGRAM))) for path in PROGRAM.rglob("*.py")]


def room(module: str) -> str:
    first = module.split(".")[0]
    return first if first in ROOMS or first in DOORS else "facts"


def imported(path: Path) -> set[str]:
    """Return the modules that a file imports anywhere, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", files())
def test_imports_run_one_way(path):
    own = room(".".join(path.relative_to(PROGRAM).with_suffix("").parts))
    allowed = (DOORS.get(own) or ROOMS[own]) | {own}
    for module in imported(path):
        if module.startswith("workbook."):
            target = room(module.removeprefix("workbook."))
            # The package's own name gives a notebook's functions, and no more.
            reached = target if target in ROOMS else "facts"
            assert reached in allowed, f"{path.name} imports {module}"


@pytest.mark.parametrize("path", files())
def test_a_learner_needs_only_what_a_learner_has(path):
    own = room(".".join(path.relative_to(PROGRAM).with_suffix("").parts))
    if own in ("learn", "figures", "__init__", "earlier"):
        packages = {module.split(".")[0] for module in imported(path)} - MORE.get(path.name, set())
        assert packages <= LEARNERS | set(sys.stdlib_module_names)
