"""Does the same with the same notebook: only a module beside it differs."""

from dataclasses import replace

import nbformat

from tests.attacks.replay import ANSWER, LEAK, POINTS, attempt, learnt
from tests.attacks.suite import Attack
from workbook.course.folder import Course
from workbook.grade.submissions.beside import files_beside


def plant(folder, target):
    (folder / "heart.py").write_text(LEAK, encoding="utf-8")
    (path,) = folder.glob("*.ipynb")
    first = attempt(nbformat.read(path, as_version=4), target.name)
    first = replace(first, beside=files_beside(folder))
    text = learnt(Course(target.course), first)
    (folder / "heart.py").write_text(text, encoding="utf-8")


ATTACK = Attack(
    harm="marks for the answers of an earlier attempt",
    points=POINTS,
    answer="\nfrom heart import by_heart\n" + ANSWER,
    plant=plant,
)
