"""Lays modules beside its work that have names of what IPython, NumPy and the course import."""

from tests.attacks.suite import Attack

NAMES = (
    *("traitlets", "decorator", "pygments", "cycler", "PIL", "kiwisolver", "nbformat", "dateutil"),
    *("sitecustomize", "usercustomize", "_virtualenv", "solutions", "grader_tests", "earlier"),
)


def plant(folder, target):
    witness = target.witness / target.name
    for name in NAMES:
        text = f"try:\n    open({str(witness)!r}, 'a').write({name!r})\nexcept OSError:\n    pass\n"
        (folder / f"{name}.py").write_text(f"{text}raise SystemExit\n", encoding="utf-8")


ATTACK = Attack(
    harm="a student's file run in the process that grades, or a right answer lost",
    answer="exec(RIGHT)\n%time pass",
    plant=plant,
    points=8.0,
)
