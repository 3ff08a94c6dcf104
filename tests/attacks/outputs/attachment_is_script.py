"""Attaches pictures to a text cell whose names, types and data hold a script."""

import base64

import nbformat

from tests.attacks.suite import Attack

END = '"onerror="attack_script()"><script>attack_script()</script>'
PAGE = base64.b64encode(b"<script>attack_script()</script>").decode()


def change(notebook, target):
    attachments = {
        "a.png": {"image/png": END},
        "b.png": {f"text/html{END}": "x"},
        "c.svg": {"image/svg+xml": "<svg onload=attack_script()>"},
        "d.html": {"text/html": PAGE},
    }
    text = "\n".join(f"![x](attachment:{name})" for name in attachments)
    text += "\n[x](attachment:d.html)"
    cell = nbformat.v4.new_markdown_cell(text)
    cell["attachments"] = attachments
    notebook.cells.append(cell)


ATTACK = Attack(
    harm="a script in what the instructor opens",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
