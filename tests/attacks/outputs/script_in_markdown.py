"""Writes a script into a text cell, also inside lists, tables, quotes and unfinished tags."""

import nbformat

from tests.attacks.suite import Attack

TEXTS = (
    "<script>attack_script()</script>",
    "<SCRIPT\n>attack_script()</SCRIPT >",
    "- my work\n  <script>attack_script()</script>\n",
    "|a|\n|-|\n|<script>attack_script()</script>|\n",
    "> quoted <script>attack_script()</script>",
    '<script src="https://attacker.example/x.js">',
)


def change(notebook, target):
    notebook.cells += [nbformat.v4.new_markdown_cell(text) for text in TEXTS]


ATTACK = Attack(
    harm="a script in what the instructor opens",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
