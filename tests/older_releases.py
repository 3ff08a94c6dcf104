"""Whole sets of released notebooks of earlier versions, their pictures left out.

``releases/unversioned.tar.xz`` holds ``release/`` as it was when notebooks did not yet say of which
release they are.
"""

import json
import tarfile
from functools import cache

import nbformat

from tests.conftest import ROOT
from tests.submissions import reference_answers
from workbook.grade.submissions.answers import solution_cell

FOLDER = ROOT / "tests" / "releases"


@cache
def _texts(release):
    with tarfile.open(FOLDER / f"{release}.tar.xz") as archive:
        return {one.name: archive.extractfile(one).read().decode() for one in archive}


def is_in(release, exercise):
    """Return whether an earlier version had a notebook."""
    return exercise.notebook_path in _texts(release)


def older_notebook(exercise, release="unversioned"):
    """Return a notebook as an earlier version released it."""
    return nbformat.from_dict(json.loads(_texts(release)[exercise.notebook_path]))


def solved(course, exercise, notebook):
    """Fill the reference's answers into a notebook, and return it."""
    for name, answer in reference_answers(course, exercise).items():
        solution_cell(notebook, name).source = answer
    return notebook
