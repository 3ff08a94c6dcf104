"""A course that a teacher has changed: a new exercise, another title, addresses."""

import base64
import json
import shutil

import nbformat

from tests.all_kinds_of_questions import QUESTIONS
from tests.conftest import ROOT, copy_of_course
from workbook.course.data_folder import PLACE
from workbook.course.folder import Course

ADDRESS, REPOSITORY = "https://example.org/course", "https://github.com/someone/course"
NEW, TITLE = "2_forward_propagation/29_leaky_relu", "29. A unit that leaks & more"
PNG = base64.b64encode((ROOT / "visual_representation/lessons/block_03.png").read_bytes()).decode()


def new_notebook():
    """A released notebook with all that a lesson may have."""
    code, text = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell
    graded = {"grade": False, "grade_id": "leaky_relu", "locked": False, "solution": True}
    tests = {"grade": True, "grade_id": "leaky_relu-all", "locked": True, "solution": False}
    picture = {"attachments": {"leak.png": {"image/png": PNG}}}
    cells = [
        text(f"# {TITLE}\n\nSee [the cost](06_compute_cost.ipynb#The-formula)."),
        text("As written:\n% not a comment, {code}`x`"),
        text("```\n[as it is](06_compute_cost.ipynb)\n```"),
        text("![A leak](attachment:leak.png)", **picture),
        text("$$\n\\begin{cases} z & z > 0 \\\\ a z \\end{cases}\n$$"),
        text("Broken: $a_b_c$, $\\nosuch z$. Right: $a \\log f'(\\text{b<c})$."),
        *(text(f"**Question.** {q['question']}\n\n<details><summary>Answer</summary>\n\n"
               "Folded.\n\n</details>", id=f"question-{name}") for name, q in QUESTIONS.items()),
        code("def leaky_relu(z):\n    raise NotImplementedError()", metadata={"nbgrader": graded}),
        code("# Hidden tests, 2 points. They run when your work is graded:\n"
             "# - It `leaks` (2 points)",
             metadata={"nbgrader": tests, "workbook": {"tests": ["test_a"]}}),
        code("%timeit leaky_relu(1)\nprint('```')", metadata={"tags": ["experiment"]}),
    ]  # fmt: skip
    return nbformat.v4.new_notebook(cells=cells)


def changed_course(root):
    """Copy what a build makes of a course, with a new exercise and another title."""
    copy_of_course(root, ("release", "nbgrader_config.py"))
    shutil.copytree(ROOT / PLACE, root / PLACE)
    data = json.loads((root / PLACE / "course.json").read_text(encoding="utf-8"))
    at = next(i for i, one in enumerate(data["notebooks"]) if one["number"] == 4)
    known = {"returns": ["A"], "uses": [], "is_class": False}
    data["notebooks"].insert(at, data["notebooks"][at] | {
        "number": 29, "name": "leaky_relu", "title": TITLE, "functions": {"leaky_relu": known},
    })  # fmt: skip
    data["assignments"]["5_labs"] = 'Labs: "your" network'
    hints = json.loads((root / PLACE / "hints.json").read_text(encoding="utf-8"))
    asked = json.loads((root / PLACE / "questions.json").read_text(encoding="utf-8"))
    files = {
        "course.json": data,
        "hints.json": hints | {"leaky_relu": ["One.", "Two: $z$.", "Three."]},
        "questions.json": asked | QUESTIONS,
    }
    for name, content in files.items():
        (root / PLACE / name).write_text(json.dumps(content), encoding="utf-8")
    nbformat.write(new_notebook(), root / "release" / f"{NEW}.ipynb")
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(
            f'\nc.Workbook.address = "{ADDRESS}/"\nc.Workbook.repository = "{REPOSITORY}"\n'
        )
    return Course(root)
