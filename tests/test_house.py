"""The rooms of the program: which there are, and that imports between them run one way."""

import ast
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parents[1] / "workbook"

# The rooms in their order: a module imports its own room and rooms that stand below it. Modules
# right in `workbook/` are front doors: the command, and what a notebook imports by name.
ORDER = (
    "cli",
    "site",
    "__init__", "earlier", "data", "landscapes", "candidates",
    "build",
    "grade.gradescope",
    "grade",
    "grade.export",
    "grade.collect",
    "grade.report", "grade.similar",
    "grade.cluster", "grade.workers", "grade.pages", "grade.gradebook",
    "grade.judging", "grade.sandbox", "grade.roster", "grade.submissions",
    "learn.playground", "learn.flow", "learn.questions", "learn.workspace", "learn.check",
    "learn.reference", "learn",
    "figures.diagrams", "figures.sliders", "figures.plots", "figures",
    "diagnosis",
    "course",
    "course.given",
)  # fmt: skip

# What does not import each other, although one of them stands above the other.
APART = {
    "site": {"learn", "grade"},
    "build": {"learn", "figures", "grade"},
    "grade": {"learn", "figures", "build"},
    "learn": {"build", "grade"},
    "figures": {"build", "grade", "learn", "diagnosis"},
}

# What a learner's kernel has: in a browser there is no more.
LEARNERS = {"numpy", "matplotlib", "IPython", "executing", "ipywidgets", "rich", "workbook"}

# What writes the course's own pictures: Pillow, which matplotlib needs; PyTorch, where it is there.
MORE = {"write.py": {"PIL"}, "autograd_record.py": {"torch"}}


@cache
def modules() -> dict[str, Path]:
    """Every module of the program, by its name without `workbook.`."""
    return {
        ".".join(path.relative_to(PROGRAM).with_suffix("").parts): path
        for path in PROGRAM.rglob("*.py")
    }


def room(module: str) -> str:
    """Return the room of a module, or of a name in a module."""
    parts = module.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next(name for name in (*names, "__init__") if name in ORDER)


def imported(path: Path) -> set[str]:
    """Return the modules that a file imports anywhere, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def reached(path: Path) -> set[str]:
    """Return the rooms that a file imports from; the program's own name is no room."""
    names = {name.removeprefix("workbook.") for name in imported(path) if "workbook." in name}
    return {room(name) for name in names if name not in ORDER} - {"__init__"}


def test_imports_run_one_way():
    wrong = [
        f"{name} ({own}) imports {target}"
        for name, path in modules().items()
        for own in [room(name)]
        for target in reached(path)
        if ORDER.index(target) < ORDER.index(own)
        or target.split(".")[0] in APART.get(own.split(".")[0], ())
    ]
    assert not wrong


def test_every_room_says_what_happens_in_it_and_what_it_imports():
    for name, path in modules().items():
        if name.removesuffix(".__init__") in ORDER and name.endswith(".__init__"):
            said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            assert "mports" in said, f"{name}: no word on what may be imported"


def test_a_learner_needs_only_what_a_learner_has():
    for name, path in modules().items():
        if room(name).split(".")[0] in ("learn", "figures", "__init__", "earlier", "data"):
            packages = {one.split(".")[0] for one in imported(path)} - MORE.get(path.name, set())
            assert packages <= LEARNERS | set(sys.stdlib_module_names), name


# The way of an answer through the rooms, with what each hands to the next.
WAY = (
    ("grade.submissions", "its cells"),
    ("grade.sandbox", "plain data on the wire"),
    ("grade.judging", "the result"),
    ("grade.gradebook", "the marks"),
    ("grade.report", ""),
)


def node(name: str) -> str:
    """Return a room as Mermaid writes it: its name, and the first line of what it says."""
    path = PROGRAM.joinpath(*name.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return f'{name}["{name}<br/>{said.splitlines()[0].replace("`", "")}"]'


def nearest() -> dict[str, set[str]]:
    """Return which large rooms each imports, without those that it reaches through another."""
    direct: dict[str, set[str]] = {name.split(".")[0]: set() for name in ORDER}
    for name, path in modules().items():
        one = room(name).split(".")[0]
        direct[one] |= {to.split(".")[0] for to in reached(path)} - {one}
    # The lowest rooms come first: what they reach is known by then.
    far: dict[str, set[str]] = {}
    for name in reversed(direct):
        far[name] = direct[name].union(*map(far.get, direct[name]))
    return {name: near.difference(*map(far.get, near)) for name, near in direct.items() if near}


def picture() -> str:
    """Return the rooms, what imports what, and the way of an answer, as a Mermaid flowchart."""
    lines = ["flowchart TD"]
    for name in {name.split(".")[0]: None for name in ORDER if "__" not in name}:
        parts = [f"    {node(one)}" for one in ORDER if one.startswith(f"{name}.")]
        whole = [f"  subgraph {name}", "    direction LR", *parts, "  end"]
        lines += whole if parts else [f"  {node(name)}"]
    lines += [f"  {name} --> {one}" for name, near in nearest().items() for one in sorted(near)]
    lines += [f"  {one} == {what} ==> {other}" for (one, what), (other, _) in pairwise(WAY)]
    return "\n".join(lines)


@pytest.mark.slow
def test_the_picture_shows_the_rooms_as_they_are():
    contributing = (PROGRAM.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{picture()}\n```" in contributing, picture()
