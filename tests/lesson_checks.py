"""What holds for every lesson, of an exercise and of a lab: its length, its plots, how it ran."""

import functools
import re

import nbformat

from tests.reference import COURSE
from tests.submissions import reference_answers
from workbook.build.lessons import read_lesson
from workbook.course.exercises import find
from workbook.grade.submissions.answers import filled_notebook


@functools.cache
def lesson_of(name):
    """Return the lesson of a notebook; to be read only."""
    return read_lesson(COURSE.lesson(find(name)))


def text_of(lesson):
    """Return the Markdown of a lesson."""
    return "\n\n".join(cell.source for cell in lesson.cells if cell.kind == "markdown")


def answers_of(text):
    """Return the folded answers of a text."""
    folded = r"^<details><summary>Answer</summary>\n\n(\S.*?)\n\n</details>$"
    return re.findall(folded, text, re.DOTALL | re.MULTILINE)


def words(cells):
    """Return how many words a learner reads in some cells, folded ones and questions among them.

    Not counted are code, the words for pictures, and formulas with lines of their own.
    """
    text = "\n\n".join(cell.source for cell in cells if cell.kind == "markdown")
    for left_out in (r"```.*?```", r"!\[[^\]]*\]\([^)]*\)", r"\$\$.*?\$\$", r"<[^>]+>"):
        text = re.sub(left_out, " ", text, flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return len(re.findall(r"\S*\w\S*", text))


def minutes_by_rule(cells):
    """Return how long a notebook takes by what is to be read, run, answered and written in it."""
    roles = [cell.role for cell in cells]
    to_run = sum(roles.count(role) for role in ("setup", "experiment", "code", "check"))
    return words(cells) / 150 + to_run + roles.count("quiz") + 10 * roles.count("solution")


def cells_of_section(cells, title):
    """Return the cells of a section."""
    found, current = [], None
    for cell in cells:
        titles = re.findall(r"^## (.+)$", cell.source, re.MULTILINE) if cell.role == "text" else []
        if title in (titles or [current]):
            found.append(cell)
        current = titles[-1] if titles else current
    return found


def sections_of(exercise, lesson):
    """Return the titles of a lesson's sections; assert that its head names what is written."""
    fence_free = re.sub(r"```.*?```", "", text_of(lesson), flags=re.DOTALL)
    title, *sections = re.findall(r"^#+ .*$", fence_free, re.MULTILINE)
    assert re.fullmatch(rf"# {exercise.number}\. \S.*", title)
    for name in exercise.functions:
        assert f"`{name}(" in fence_free.split("\n## ")[0]
    return sections


def assert_plots_are_described(cells, calls):
    """Assert that each plot, an experiment with one of these calls, has its text on both sides."""
    plots = [
        n
        for n, cell in enumerate(cells)
        if cell.role == "experiment" and any(call in cell.source for call in calls)
    ]
    assert plots
    for n in plots:
        assert "**Look for**" in cells[n - 1].source
        assert cells[n + 1].source.startswith("**What was to be seen.**")


def write_solved(course, exercises, folder):
    """Write notebooks with the reference solutions into a folder, as a learner has them."""
    for exercise in exercises:
        path = folder / exercise.notebook_path
        path.parent.mkdir(exist_ok=True)
        nbformat.write(filled_notebook(course, exercise, reference_answers(course, exercise)), path)


def outputs(notebook, kind):
    """Return the outputs of one kind of all code cells."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [output for cell in cells for output in cell.outputs if output.output_type == kind]


def printed(notebook):
    """Return all that the cells print."""
    return "".join(output.text for output in outputs(notebook, "stream"))


def assert_ran_clean(notebook):
    """Assert that no cell of a notebook that ran has failed or warned."""
    errors = [f"{output.ename}: {output.evalue}" for output in outputs(notebook, "error")]
    stderr = [output.text for output in outputs(notebook, "stream") if output.name == "stderr"]
    assert (errors, stderr) == ([], [])
