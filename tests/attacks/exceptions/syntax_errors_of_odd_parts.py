"""Raises syntax errors whose message, line and text are none of Python's, above a right answer."""

import nbformat

from tests.attacks.suite import Attack

PARTS = (
    "5", "['m'] * 10**6", "b'm'", "None", "'invalid character \"x\" (U+FFFFFF)'",
    "'m', ('file', 'line', 'place', 5, 'line', 'place')", "'m', ('f', 10**30, -1, b'text')",
    "'invalid character \"\u201c\" (U+201C)', ('f', 1, 10**5000, 'text')",
)  # fmt: skip

LIES = """
class Odd(SyntaxError):
    msg = text = lineno = property(lambda self: 1 / 0)
    def __str__(self):
        return 5

raise Odd("m")
"""


def change(notebook, target):
    cells = [f"raise SyntaxError({parts})" for parts in PARTS] + [LIES]
    notebook.cells[1:1] = map(nbformat.v4.new_code_cell, cells)


ATTACK = Attack(
    harm="a right answer without a mark, because its process ends as an error is described",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
