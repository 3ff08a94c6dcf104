"""Ends its process, and then awaits for ever, in one cell after the other above a right answer."""

import nbformat

from tests.attacks.suite import Attack

WAITS = "import asyncio\nawait asyncio.Event().wait()"
KEEPS_WAITING = """import asyncio

async def keep_waiting():
    while True:
        await asyncio.sleep(0.01)

task = asyncio.create_task(keep_waiting())
await task
"""


def change(notebook, target):
    cells = "import os\nos._exit(1)", WAITS, KEEPS_WAITING
    notebook.cells[1:1] = map(nbformat.v4.new_code_cell, cells)


ATTACK = Attack(
    harm="a right answer without time, because of what is never interrupted above it",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
