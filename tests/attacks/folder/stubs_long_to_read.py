"""Packs many newer notebooks with stubs so long that it takes seconds to see what they are."""

import json
import zipfile

from tests.attacks.suite import STUB, Attack


def plant(folder, target):
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": STUB + "x=1\n" * 49_000}
    data = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    with zipfile.ZipFile(folder / "stubs.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(100):
            name = f"{number}/update_parameters.ipynb"
            newer = zipfile.ZipInfo(name, (2037, 1, 1, 0, 0, 0))
            archive.writestr(newer, data, zipfile.ZIP_DEFLATED)


ATTACK = Attack(
    harm="a class that waits for minutes before the first is judged",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
