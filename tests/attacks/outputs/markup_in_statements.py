"""Has statements with markup fail, which the notes on the notebook quote."""

import nbformat

from tests.attacks.suite import Attack

LINES = """
1 / 0  # <script>attack_script()</script>
raise ValueError("<img src=x onerror=attack_script()>` ![](https://attacker/a.png)")
!echo "</pre><script>attack_script()</script>"
raise ValueError("\\x1b]0;attack\\x07\\r\\u202e[](javascript:attack_script())")
def f(<script>attack_script()</script>
"""


def change(notebook, target):
    notebook.cells.insert(1, nbformat.v4.new_code_cell(LINES))


ATTACK = Attack(
    harm="a script in the instructor's pages, or letters that steer a terminal",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
