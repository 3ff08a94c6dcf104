"""Lays stubs beside the answer whose names only look like its name, or differ in case and width."""

import nbformat

from tests.attacks.suite import Attack, solution_cell

NAMES = (
    "10_upd\N{CYRILLIC SMALL LETTER A}te_parameters", "10_UPDATE_PARAMETERS",
    "\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT ZERO}_update_parameters",
    "10_update\N{FULLWIDTH LOW LINE}parameters", "10_update_parameters\N{ZERO WIDTH SPACE}",
    "10_\N{RIGHT-TO-LEFT OVERRIDE}sretemarap_etadpu",
)  # fmt: skip


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    notebook = nbformat.read(path, as_version=4)
    solution_cell(
        notebook
    ).source = (
        "def update_parameters(params, grads, learning_rate):\n    raise NotImplementedError\n"
    )
    for name in NAMES:
        nbformat.write(notebook, folder / f"{name}.ipynb")


ATTACK = Attack(
    harm="an answer lost because of a stub with a name like its own",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
