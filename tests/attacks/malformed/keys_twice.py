"""Says everything twice, first with a right answer, so that two readers see two notebooks."""

import json

from tests.attacks.suite import Attack

RIGHT = """\
def update_parameters(params, grads, learning_rate):
    return {key: value - learning_rate * grads[f"d{key}"] for key, value in params.items()}
"""


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    text = path.read_text(encoding="utf-8")
    notebook = json.loads(text)
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    first = [{**cell, "id": "first", "source": RIGHT}, *notebook["cells"]]
    # Python, like a browser, takes the last of two keys.
    path.write_text('{"cells": ' + json.dumps(first) + "," + text.lstrip()[1:], encoding="utf-8")


ATTACK = Attack(harm="a mark for another notebook than the one that is shown", plant=plant)
