"""Lies deep in many folders, and imports thousands of modules that may be in any of them."""

from tests.attacks.suite import Attack, solution_cell


def change(notebook, target):
    cell = solution_cell(notebook, "update_parameters")
    text = "".join(f"import m{number}\n" for number in range(5000))
    cell.source += f"\nimport sys\nsys.path.append('..')\nif not True:\n  {text[:-1]}"


def plant(folder, target):
    deep = folder.joinpath(*"abcdefghijklmnop")
    deep.mkdir(parents=True)
    notebook = next(folder.glob("*.ipynb"))
    notebook.rename(deep / notebook.name)


ATTACK = Attack(
    harm="a class that waits while hundreds of thousands of files are looked for",
    answer="exec(RIGHT)",
    change=change,
    plant=plant,
    points=8.0,
)
