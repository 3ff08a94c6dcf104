"""Make the README's picture: one notebook in JupyterLab, its check failed and then passed.

Run ``python -m tests.browser.picture`` from the course's folder after a change of the check card.
"""

import tempfile
from pathlib import Path

import nbformat
from PIL import Image
from playwright.sync_api import Page

from tests.browser.lab import OpenNotebook, browser_page, running_lab
from workbook.course.exercises import find
from workbook.course.folder import find_course
from workbook.grade.submissions.answers import catalogue_answer, filled_notebook, reference_answer

NAME = "linear_backward"
TARGET = Path("visual_representation/visible_checks.png")


def main() -> None:
    """Write the picture."""
    course = find_course()
    exercise = find(NAME)
    assert exercise is not None
    answers = [
        catalogue_answer(course, NAME, "db_without_keepdims"),
        reference_answer(course, NAME),
    ]
    parts = []
    with tempfile.TemporaryDirectory() as scratch, browser_page(height=1600) as page:
        for number, answer in enumerate(answers):
            folder = Path(scratch, str(number))
            notebook = folder / exercise.notebook_path
            notebook.parent.mkdir(parents=True)
            earlier = find("linear_forward")
            assert earlier is not None
            for one, text in (
                (exercise, answer),
                (earlier, reference_answer(course, earlier.name)),
            ):
                path = folder / one.notebook_path
                path.parent.mkdir(parents=True, exist_ok=True)
                nbformat.write(filled_notebook(course, one, text), path)
            with running_lab(folder, folder) as address:
                parts.append(_picture(page, address, exercise.notebook_path, folder / "part.png"))
        _join(parts, TARGET)


def _picture(page: Page, address: str, path: str, file: Path) -> Image.Image:
    """Return a picture of the check of the answer."""
    notebook = OpenNotebook(page, address, path)
    notebook.run_all()
    card = notebook.cell_with(f"check({NAME})")
    notebook.scroll_to(card)
    notebook.screenshot(file)
    box = card.bounding_box()
    assert box is not None
    # The card alone: the code above it would give an answer away.
    region = (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
    with Image.open(file) as image:
        return image.crop(tuple(round(edge) for edge in region)).copy()


def _join(parts: list[Image.Image], target: Path) -> None:
    gap = 16
    width = max(part.width for part in parts)
    height = sum(part.height for part in parts) + gap * (len(parts) - 1)
    whole = Image.new("RGB", (width, height), "white")
    top = 0
    for part in parts:
        whole.paste(part, (0, top))
        top += part.height + gap
    target.parent.mkdir(exist_ok=True)
    whole.save(target, optimize=True)


if __name__ == "__main__":
    main()
