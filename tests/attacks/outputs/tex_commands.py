"""Writes formulas with MathJax's commands for links, loading and style, some under other names."""

import nbformat

from tests.attacks.suite import Attack

TEXTS = (
    r"$\href{javascript:attack_script()}{my plot}$",
    r"$\let\go=\href \go{javascript:attack_script()}{x}$",
    r"$\def\go#1{\href{javascript:#1}{x}} \go{attack_script()}$",
    r"$\newcommand{\go}{\csname href\endcsname} \go{javascript:attack_script()}{x}$",
    r"$\unicode[</span><script>attack_script()</script>]{65}$",
    r"$\style{background:url(https://attacker.example/x)}{x}$",
    r"$\require{html} \cssId{score}{8} \class{score}{8}$",
    r"$\begin{array}{c}\href{javascript:attack_script()}{x}\end{array}$",
    '$$\n\\mmlToken{mi}[href="javascript:attack_script()"]{x}\n$$',
    r"\\[\\bbox[url(https://attacker.example/x)]{x}\\]",
    "<math><maction actiontype='statusline' xlink:href='javascript:attack_script()'>x</maction>",
    "`$\\href{javascript:attack_script()}{x}$`\n\n```mermaid\nclick a attack_script()\n```",
)


def change(notebook, target):
    notebook.cells += [nbformat.v4.new_markdown_cell(text) for text in TEXTS]


ATTACK = Attack(
    harm="a link that runs a script, in what the instructor opens",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
