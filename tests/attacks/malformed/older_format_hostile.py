"""Saves a right answer in the format of 2014, with a heading and an output of no bounds."""

import json

import nbformat

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    old = nbformat.convert(nbformat.read(path, as_version=4), 3)
    output = {"output_type": "pyout", "prompt_number": 1, "metadata": {}, "x" * 500_000: 1}
    old.worksheets[0].cells += [
        {"cell_type": "heading", "level": 10**10, "metadata": {}, "source": "heading"},
        {"cell_type": "code", "language": "python", "collapsed": False, "metadata": {},
         "input": "1", "outputs": [output]},
    ]  # fmt: skip
    path.write_text(json.dumps(old), encoding="utf-8")


ATTACK = Attack(
    harm="a class that waits for hours, before any limit counts, or a machine without memory",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
