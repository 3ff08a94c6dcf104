"""The formgrader in a real browser: its button Autograde gives the marks of `workbook grade`."""

import os
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.lab import browser_page, needs_chromium, running_lab
from tests.gradebooks import address
from tests.reference import before_a_release
from tests.submissions import hand_in
from workbook.course.exercises import of_assignment
from workbook.course.folder import Course
from workbook.grade.gradebook.assignments import register
from workbook.grade.gradebook.recorded_marks import recorded_marks

pytestmark = [pytest.mark.slow, needs_chromium]

ONE = "1_initialization"


def points(folder):
    held = recorded_marks(address(folder / "gradebook.db")).marks
    return {key: mark.points for key, mark in held.items() if key[0] == "tor"}


@before_a_release
def test_the_button_autograde_gives_the_same_marks(
    copy_course, workbook_grade, tmp_path, monkeypatch
):
    # nbgrader starts the program alembic by its name.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    monkeypatch.setenv("PATH", path)
    pictures = Path(os.environ.get("WORKBOOK_SCREENSHOTS", tmp_path / "screenshots"))
    root = copy_course(tmp_path / "course")
    for exercise, variant in zip(of_assignment(ONE), ("no_factor", ""), strict=True):
        for student in ("ada", "tor"):
            hand_in(root / "submitted", student, exercise, variant if student == "tor" else "")
    done = workbook_grade(root / "submitted", tmp_path / "out")
    assert done.exit_code == 0, done.output
    # As after a release.
    register(Course(root), address(root / "gradebook.db"), ONE)
    with running_lab(root, tmp_path) as url, browser_page(height=800) as page:
        page.goto(f"{url}/formgrader/manage_submissions/{ONE}")
        row = page.get_by_role("row").filter(has_text="tor")
        expect(row).to_contain_text("needs autograding")
        row.locator(".autograde a").click()
        expect(
            page.get_by_text(f"Successfully autograded '{ONE}' for student 'tor'.")
        ).to_be_visible()
        page.wait_for_timeout(500)
        pictures.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=pictures / "formgrader-autograde.png")
        page.get_by_role("button", name="OK").click()
        expect(row).to_contain_text(f"{sum(points(tmp_path / 'out').values()):g} / 16")
    assert points(root) == points(tmp_path / "out")
    assert sum(points(root).values()) > 8
