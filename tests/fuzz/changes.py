"""Changes of a tree of JSON, and of a file's bytes, drawn by hypothesis."""

import json
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from workbook.course.exercises import FUNCTIONS

# A place in a file or a list is drawn without knowing how long it is: so many parts of it.
WHOLE = 2**16
# An example must not take so long that few are tried.
MOST_BYTES = 3 * 2**20


def few(strategy: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return a strategy for tuples of a few."""
    return st.lists(strategy, max_size=most).map(tuple)


# --- What may stand in the place of a part of the notebook, as JSON -------------------------------


@dataclass(frozen=True)
class Long:
    """A text that is repeated, so that what is drawn can be read.

    Attributes
    ----------
    start, middle, stop : str
        What it is made of.
    times : int
        How often the first and the last of them come.
    quoted : bool
        Whether it is a text in JSON, too.
    """

    start: str
    middle: str = ""
    stop: str = ""
    times: int = 1
    quoted: bool = False

    def __str__(self) -> str:
        text = self.start * self.times + self.middle + self.stop * self.times
        return json.dumps(text) if self.quoted else text


ODD = [
    "null", "true", "-1", "0", "2", "3", "4", "4.5", "1e999", "NaN", "-Infinity", "1e308", '""',
    '"\\ud800"', '"\\udcff\\u0000"', '"\\u202e\\u001b[31m"', "[]", "{}", "undefined", '[""]',
    "[[]]", "[null, 1]", '{"": {}}', '{"nbgrader": 1}', '{"nbgrader": {"grade_id": []}}',
    '"code"', '"markdown"', '"raw"', '"heading"', '"../../../etc/passwd"', '"stream"', "[1e999]",
    '{"text/plain": 1, "image/png": ["a", 2]}', '{"cells": [], "content": {}}', '"image/png"',
    '{"kernelspec": {"name": {"a": "\\ud800"}}, "workbook": {"cells": {}}}', "'single'",
]  # fmt: skip
CODE = [
    "", "\0", "x = (", "def f(:\n", "\\", "x = \\\n", "\f\n", "\r", "a\rb\r\nc",
    "if 1:\n\tx\n        y", "%%time\nx = 1", "%%bash\nls", "!ls", "x = !ls", "%timeit 1", "?x",
    "x??", ";", ",f a b", "/f a", "# -*- coding: latin-9 -*-", "\N{BOM}x = 1", "x = '\ud800'",
    "'''", '"""', "f'{'", "f'{x!r:{y}}'", "import numpy as np, os", "from x import *", "@\nclass",
    "@a\n@b\ndef f(): pass", "é = 1; ñ = 2", "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS\n",
    "### BEGIN SOLUTION", "x\n x", "0777", "match x:\n case _: pass", "await x",
    "raise NotImplementedError", "\u2028x", "   \n", "$a$", "![a](b)", "</script>", "1_0 = 1",
    "1if 1else 1", "\N{MATHEMATICAL BOLD SMALL X} = 1",
]  # fmt: skip
LONG_ODD = [
    Long("9", times=4000), Long("9", times=5000), Long("(", times=300, quoted=True),
    Long("-", "1", times=3000, quoted=True), Long("lambda: ", "0", times=300, quoted=True),
    Long("x = 1;", times=2000, quoted=True), Long("%time x\n", times=60, quoted=True),
    Long(".y", times=2000, quoted=True), Long("not ", "x", times=2000, quoted=True),
    Long("x", times=300_000, quoted=True), Long("é\n", times=20_000, quoted=True),
]  # fmt: skip
nested = st.builds(
    lambda around, times: Long(*around, times),
    st.sampled_from([("[", "", "]"), ('{"a":', "1", "}"), ("[", "", ""), ("[", "[],", "0]")]),
    st.sampled_from([2, 50, 400, 900, 1100, 3000, 100_000]),
)
words = st.sampled_from([*FUNCTIONS, "setup", "nbgrader", "cells", "outputs", "worksheets"])
codes = st.sampled_from(CODE) | st.text(max_size=20)
# What hypothesis does not draw: half a pair of surrogates.
halves = st.sampled_from(["\ud800", "x = '\udfff'", "a\udc80.b", "\ud800" * 5])
replacements = st.one_of(
    st.sampled_from([*ODD, *LONG_ODD]),
    st.builds(Long, codes | words | halves, quoted=st.just(True)),
    nested,
)

# --- Changes of the tree --------------------------------------------------------------------------


Path = tuple[int | str, ...]


@dataclass(frozen=True)
class Change:
    """Something is done to one node of the tree.

    Attributes
    ----------
    path : tuple of (int or str)
        Which child to go to, by its name, or as the how manieth part of `WHOLE`; the last one is
        the node.
    what : str
        "put", "remove", "repeat", "rename", "copy" (from the second path) or "add".
    text : str or Long
        What is put there, as JSON.
    other : tuple of (int or str)
        The other path.
    """

    path: Path
    what: str
    text: str | Long
    other: Path = ()

    def apply(self, tree: Any, mark: str) -> Any:
        """Change the tree; where the text belongs, the mark is put."""
        holder, key = _reach(tree, self.path)
        if holder is None:
            return mark
        if self.what == "put":
            holder[key] = mark
        elif self.what == "copy":
            source, name = _reach(tree, self.other)
            holder[key] = json.loads(json.dumps(source[name])) if source is not None else mark
        elif self.what == "remove":
            del holder[key]
        elif isinstance(holder, list):
            times = 3000 if self.what == "repeat" and len(json.dumps(holder[key])) < 500 else 2
            holder[key:key] = [mark] if self.what == "add" else [holder[key]] * times
        else:
            # Maybe twice: JSON allows that.
            holder[mark] = holder[key] if self.what == "repeat" else holder.pop(key)
        return tree


def _reach(tree: Any, path: Path) -> tuple[Any, Any]:
    """Return a container in the tree and a key of it; None where there is nothing to go to."""
    holder, key = None, None
    for step in path:
        if not isinstance(tree, dict | list) or not tree:
            break
        keys = list(tree) if isinstance(tree, dict) else range(len(tree))
        if isinstance(step, str) and step not in keys:
            continue
        holder, key = tree, step if isinstance(step, str) else keys[step * len(keys) // WHOLE]
        tree = tree[key]
    return holder, key


step = st.integers(0, WHOLE - 1)
cell_parts = st.sampled_from(
    ["source", "source", "metadata", "outputs", "cell_type", "input", "id"]
)
to_a_cell = st.tuples(st.just("content"), st.just("cells"), step, cell_parts)
paths = st.one_of(
    st.lists(step, max_size=7).map(tuple),
    to_a_cell,
    st.builds(lambda start, more: (*start, *more), to_a_cell, st.lists(step, max_size=3)),
)
WHATS = st.sampled_from(["put", "put", "put", "copy", "remove", "repeat", "rename", "add"])


# Functions: hypothesis would print what is put together of other strategies at its full length.
@st.composite
def changes(draw: st.DrawFn, texts: st.SearchStrategy[str | Long] = replacements) -> Change:
    """Draw what is done to the tree; one of these texts may be put there."""
    return Change(draw(paths), draw(WHATS), draw(texts), draw(paths))


def changed_text(tree: Any, changes: tuple[Change, ...], indent: int | None = None) -> str:
    """Return the JSON of a tree with changes."""
    tree = json.loads(json.dumps(tree))
    marks = {f"\ue000{number}\ue000": str(one.text) for number, one in enumerate(changes)}
    for mark, change in zip(marks, changes, strict=True):
        tree = change.apply(tree, mark)
    text = json.dumps(tree, indent=indent, ensure_ascii=False)
    for mark, put in marks.items():
        key = put if put[:1] == '"' else '""'
        text = text.replace(f'"{mark}":', f"{key}:")
        text = text.replace(f'"{mark}"', put)
    return text


# --- Changes of the bytes -------------------------------------------------------------------------

TOKENS = [
    b"<<<<<<< HEAD\n", b"=======\n", b">>>>>>> main\n", b"||||||| base\n", b'"cells": [',
    b'"outputs": [', b"PK\x03\x04", b"\x1f\x8b", b"\xff\xfe", b"\xef\xbb\xbf", b"\0\0\xfe\xff",
    b"\0", b"{", b"}", b"[", b"]", b'"', b"\\", b",", b",]", b"\\ud800", b"\n", b"\xff", b"\xc3",
    b"<!DOCTYPE html>", b" " * 5000, b'{"cells": []}', b"%run other.ipynb", b"ustar",
    b"\xed\xa0\x80", b"9" * 5000, b'"a":' * 3,
]  # fmt: skip


@dataclass(frozen=True)
class Patch:
    """Some bytes of a file are replaced by others, so many times.

    Attributes
    ----------
    place : int
        Where, as the how manieth part of `WHOLE`.
    length : int
        How many bytes are taken away.
    put : bytes or None
        What comes there instead; None for what has been taken away.
    times : int
        How often.
    """

    place: int
    length: int
    put: bytes | None
    times: int = 1

    def apply(self, data: bytes) -> bytes:
        """Return the changed bytes."""
        start = self.place * len(data) // WHOLE
        end = start + self.length
        put = data[start:end] if self.put is None else self.put
        times = min(self.times, MOST_BYTES // max(len(put), 1))
        return data[:start] + put * times + data[end:]


places = step | st.sampled_from([0, WHOLE - 1])
patches = st.one_of(
    st.builds(Patch, places, st.just(1), st.binary(min_size=1, max_size=1)),
    st.builds(Patch, places, st.integers(0, 20), st.sampled_from(TOKENS)),
    st.builds(Patch, places, st.integers(0, 20), st.binary(max_size=4)),
    # A part is lost, or all the rest.
    st.builds(Patch, places, st.integers(1, 3000) | st.just(MOST_BYTES), st.just(b"")),
    st.builds(
        Patch, places, st.integers(1, 40), st.none() | st.sampled_from(TOKENS),
        st.sampled_from([2, 1000, 20_000]),
    ),
)  # fmt: skip
