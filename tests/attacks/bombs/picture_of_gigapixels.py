"""Gives a right answer, and draws pictures of gigapixels with matplotlib above and below it."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a grader that runs out of memory",
    answer="""
exec(RIGHT)
import matplotlib.pyplot as plt
figure = plt.figure(figsize=(600, 600), dpi=100)
figure.savefig("huge.png")
plt.imshow([[1.0, 2.0]])
plt.savefig("again.png", dpi=50_000)
""",
    points=8.0,
    status="graded",
    other_ends=("out_of_memory", "timeout", "crashed"),
)
