"""Adds a package called workbook, in which every check passes and every test counts."""

from tests.attacks.suite import Attack

ANYTHING = "def __getattr__(name):\n    return lambda *args, **kwargs: None\n"
MARK = "def mark(_, tests, __):\n    return float(sum(points for _, points in tests))\n"


def plant(folder, target):
    package = folder / "workbook"
    (package / "learn").mkdir(parents=True)
    for name in ("__init__", "earlier", "compare", "conduct", "signature", "learn/__init__"):
        (package / f"{name}.py").write_text(ANYTHING, encoding="utf-8")
    (package / "learn" / "hidden.py").write_text(MARK, encoding="utf-8")


ATTACK = Attack(harm="full marks without an implementation", plant=plant)
