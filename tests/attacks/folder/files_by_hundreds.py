"""Adds a thousand files in a hundred folders, as a virtual environment has them."""

from tests.attacks.suite import Attack


def plant(folder, target):
    for package in range(100):
        path = folder / "venv" / "lib" / f"package{package}"
        path.mkdir(parents=True)
        for module in range(10):
            (path / f"module{module}.py").write_text("x = 1\n", encoding="utf-8")


ATTACK = Attack(
    harm="a class that waits for minutes",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
