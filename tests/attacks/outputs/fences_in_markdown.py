"""Hides a script in diagrams, code, formulas, comments and references of Markdown."""

import nbformat

from tests.attacks.suite import Attack

SCRIPT = "<script>attack_script()</script>"
TEXTS = (
    # nbconvert passes a diagram on as it is.
    f"```mermaid\ngraph TD\n</pre>{SCRIPT}\n```\n",
    f"```python\n</pre>{SCRIPT}\n```\n",
    f"```<b>{SCRIPT}\n{SCRIPT}\n```\n",
    f"`{SCRIPT}` and ~~{SCRIPT}~~",
    f"$$ </p>{SCRIPT} $$ and $ {SCRIPT} $",
    f"\\begin{{a}}{SCRIPT}\\end{{a}}",
    f"<!-- --!>{SCRIPT} -->",
    f"[x]: <{SCRIPT}> '{SCRIPT}'\n[x] <https://a.example/{SCRIPT}>",
    f"# {SCRIPT}\n",
)


def change(notebook, target):
    notebook.cells += [nbformat.v4.new_markdown_cell(text) for text in TEXTS]


ATTACK = Attack(
    harm="a script in what the instructor opens",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
