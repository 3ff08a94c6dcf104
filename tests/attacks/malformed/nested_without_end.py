"""Nests lists 200,000 deep in a cell's metadata, deeper than a reader's stack."""

from tests.attacks.suite import Attack

DEPTH = 200_000


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    text = path.read_text(encoding="utf-8")
    nested = "[" * DEPTH + "]" * DEPTH
    # The first metadata of the file is a cell's.
    path.write_text(text.replace('"metadata": {', f'"metadata": {{"x": {nested},', 1), "utf-8")


ATTACK = Attack(harm="a class that stops", plant=plant, status="invalid")
