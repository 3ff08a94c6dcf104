"""Names its cells, tags, kernel, authors and title with tags and controls."""

from tests.attacks.suite import Attack

BAD = "</title><script>attack_script()</script>\x1b]0;x\x07\u202e"


def change(notebook, target):
    notebook.metadata.update(
        title=BAD, authors=[{"name": BAD}], language_info={"name": BAD, "mimetype": BAD},
        kernelspec={"name": BAD, "display_name": BAD}, workbook={"graded": {"notes": [BAD]}},
    )  # fmt: skip
    for cell in notebook.cells:
        cell.metadata.update(tags=[BAD], name=BAD, collapsed=BAD, slideshow={"slide_type": BAD})
        cell["id"] = BAD


ATTACK = Attack(
    harm="a script in the pages, or notes of the grader's that a student wrote",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
