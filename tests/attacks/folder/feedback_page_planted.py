"""Adds pages with a script, one of them called like the feedback that is to be written."""

from tests.attacks.suite import Attack

PAGE = "<html><body>8 of 8 points<script>attack_script()</script></body></html>\n"


def plant(folder, target):
    for name in ("10_update_parameters.html", "index.html"):
        (folder / name).write_text(PAGE, encoding="utf-8")


ATTACK = Attack(
    harm="a student's page in the place of feedback, or none",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
