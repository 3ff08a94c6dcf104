"""Makes its folder look like the course, with settings of nbgrader, tests and source."""

import shutil

from tests.attacks.suite import Attack

TESTS = "import pytest\n\n\n@pytest.mark.points(8)\ndef test_all(student, rng):\n    pass\n"


def plant(folder, target):
    (notebook,) = folder.glob("*.ipynb")
    text = f"open({str(target.witness / target.name)!r}, 'a').write('settings were run')\n"
    for name in ("nbgrader_config", "jupyter_config", "jupyter_server_config", "solutions/x"):
        path = folder / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "grader_tests").mkdir()
    (folder / "grader_tests" / "update_parameters.py").write_text(text + TESTS, encoding="utf-8")
    copied = folder / "source" / folder.name / notebook.name
    copied.parent.mkdir(parents=True)
    shutil.copy(notebook, copied)


ATTACK = Attack(harm="settings or tests of a student's used for grading", plant=plant)
