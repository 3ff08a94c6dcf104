"""The folder of the course's data, which `workbook build` writes."""

import os
from pathlib import Path

#: The environment variable that names it, also for processes that are started from here.
VARIABLE = "WORKBOOK_COURSE_DATA"

#: Where a course keeps its data, relative to its folder.
PLACE = Path("workbook", "course", "data")

#: The file of what is known of the notebooks.
COURSE_FILE = "course.json"

#: The package's own data.
OWN_DATA = Path(__file__).parent / "data"

#: The file among these that holds the reference solutions, in the self-study wheel alone.
SOLUTIONS_FILE = "solutions.txt"


def data_folder() -> Path:
    """Return the folder of the data in use: the package's own, unless another course was chosen."""
    return Path(os.environ.get(VARIABLE) or OWN_DATA)


def choose_data(root: Path | None) -> None:
    """Choose the data of the course in this folder, or the package's own where it has none."""
    folder = root.absolute() / PLACE if root else None
    if folder is not None and (folder / COURSE_FILE).is_file():
        os.environ[VARIABLE] = str(folder)
    else:
        os.environ.pop(VARIABLE, None)
