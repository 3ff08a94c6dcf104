"""Nests folders until a path is as long as a path may be; no copy elsewhere can be longer."""

from tests.attacks.suite import Attack

# For Linux, without the zero byte at a path's end. The folder that grading copies to has a name
# that is one letter longer than the one for what is submitted.
LONGEST = 4095


def plant(folder, target):
    path = folder
    while left := LONGEST - len("/x") - len(bytes(path)):
        # A slash and a name, of 255 bytes at most; no less than two bytes may be left.
        taken = min(left, 250)
        path /= "d" * (taken - (2 if left - taken == 1 else 1))
        path.mkdir()
    (path / "x").write_text("x\n", encoding="utf-8")


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
