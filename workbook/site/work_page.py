"""The page "My work": what a browser keeps of a learner, to download, hand in and bring back."""

import html
import json
import shutil
from pathlib import Path
from typing import Any

from workbook.build.install_cell import INSTALL_CELL
from workbook.course.exercises import all_notebooks
from workbook.course.leftovers import COURSE_PAGE, LEFT_BEHIND
from workbook.course.titles import in_words
from workbook.course.work_files import (
    LARGEST,
    LONGEST_NAME,
    MOST_BYTES,
    MOST_FILES,
    OLDER,
    STUDENT_FILE,
    UNUSABLE,
    WORK_FILE_MARK,
)
from workbook.site.settings import Site

_WRITTEN = Path(__file__).parent / "work"
_PAGE = "index.html"


def write_work_page(site: Site) -> None:
    """Write ``work/index.html`` and what it loads, all of it from the site itself.

    Parameters
    ----------
    site : Site
        The site that is built.
    """
    folder = site.folder / "work"
    folder.mkdir(parents=True, exist_ok=True)
    for path in _WRITTEN.iterdir():
        if path.suffix in (".js", ".css"):
            shutil.copyfile(path, folder / path.name)
    # No text of the course ends the element that it stands in.
    course = json.dumps(_course(), ensure_ascii=False).replace("<", "\\u003c")
    page = (_WRITTEN / _PAGE).read_text(encoding="utf-8")
    page = page.replace("LONGEST", html.escape(str(LONGEST_NAME))).replace("COURSE", course, 1)
    (folder / _PAGE).write_text(page, encoding="utf-8")


def _course() -> dict[str, Any]:
    """Return what the page knows of the course."""
    return {
        "notebooks": [
            {"path": one.notebook_path, "title": in_words(one)} for one in all_notebooks()
        ],
        "left_behind": LEFT_BEHIND.pattern,
        "unusable": UNUSABLE.pattern,
        "course_page": COURSE_PAGE,
        "older": OLDER,
        "install_cell": INSTALL_CELL,
        "mark": WORK_FILE_MARK.decode(),
        "student_file": STUDENT_FILE,
        "longest_name": LONGEST_NAME,
        "most_files": MOST_FILES,
        "most_bytes": MOST_BYTES,
        "largest": LARGEST,
    }
