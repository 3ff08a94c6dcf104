"""Notebooks to which something has happened, drawn by hypothesis: whoever reads one sees what."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import nbformat
from hypothesis import strategies as st

from tests.fuzz.changes import MOST_BYTES, Change, Patch, changed_text, changes, few, patches
from tests.layouts import ONE, TWO, changed, notebook
from tests.submissions import COURSE, answer_text
from workbook.course.exercises import find
from workbook.grade.submissions.answers import filled_notebook


def _server(data: bytes) -> bytes:
    return json.dumps({"type": "notebook", "content": json.loads(data)}).encode()


def _older(exercise: Any) -> bytes:
    """Return an answer as nbformat 3 stored it."""
    filled = filled_notebook(COURSE, exercise, answer_text(exercise))
    return json.dumps(nbformat.convert(filled, 3), indent=1).encode()


# What is damaged, without the pictures of the lessons: they make most of a file.
WHOLE_ONES: dict[str, Callable[[], bytes]] = {
    "right": lambda: notebook(ONE),
    "stub": lambda: notebook(TWO, None),
    "known mistake": lambda: notebook(TWO, answer_text(TWO, "keys_from_W0")),
    "lab": lambda: notebook(find("train_it"), None),
    "nbformat 3": lambda: _older(ONE),
    "from a server": lambda: _server(notebook(ONE)),
    "without names": lambda: changed(notebook(ONE)),
    "in quotes": lambda: json.dumps(notebook(ONE).decode()).encode(),
    "of magics": lambda: notebook(ONE, f"%matplotlib inline\n!ls\n{answer_text(ONE)}\nx?\n"),
}


@cache
def whole(name: str) -> Any:
    """Return the tree of one of the notebooks; do not change it."""
    tree = json.loads(WHOLE_ONES[name]())
    for cell in tree.get("cells", []) if isinstance(tree, dict) else []:
        cell.pop("attachments", None)
    return tree


ENCODINGS = ["utf-8"] * 8 + ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252", "latin-1"]


@dataclass(frozen=True)
class Damaged:
    """A notebook, and what has happened to it."""

    name: str
    changes: tuple[Change, ...] = ()
    encoding: str = "utf-8"
    patches: tuple[Patch, ...] = ()
    indent: int | None = 1

    def data(self) -> bytes:
        """Return the file."""
        text = changed_text(whole(self.name), self.changes, self.indent)
        data = text[:MOST_BYTES].encode(self.encoding, "replace")
        for patch in self.patches:
            data = patch.apply(data)[: 2 * MOST_BYTES]
        return data


@st.composite
def notebooks(draw: st.DrawFn) -> Damaged:
    """Draw a notebook to which something has happened."""
    return Damaged(
        draw(st.sampled_from(sorted(WHOLE_ONES))),
        draw(few(changes())),
        draw(st.sampled_from(ENCODINGS)),
        draw(few(patches)),
        draw(st.sampled_from([1, None])),
    )
