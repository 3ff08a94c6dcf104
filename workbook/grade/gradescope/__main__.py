"""``python -m workbook.grade.gradescope FOLDER``: what `run_autograder` starts."""

import json
import sys
import traceback
from pathlib import Path
from time import perf_counter

from workbook.course.failure import Failure
from workbook.course.folder import CourseError
from workbook.grade.gradescope.autograde import Folder, autograde
from workbook.grade.gradescope.protection import NotProtectedError
from workbook.grade.gradescope.results_json import no_mark
from workbook.grade.sandbox.confinement import NotConfinedError
from workbook.grade.submissions.faults import GraderError, NotGradedError
from workbook.grade.submissions.plan import NotBuiltError
from workbook.grade.submissions.results import CannotWriteError, write_text
from workbook.grade.submissions.seeds import SecretError

#: Errors whose text is written for the instructor.
SAID = (
    CannotWriteError, CourseError, Failure, NotBuiltError, NotConfinedError, NotGradedError,
    NotProtectedError, OSError, SecretError,
)  # fmt: skip


def main(folder: Folder) -> None:
    """Write the results of the submission in Gradescope's folder, whatever happens."""
    started = perf_counter()
    try:
        written = autograde(folder)
    except (*SAID, GraderError) as error:
        print(f"Not graded: {error}.", flush=True)
        written = no_mark(perf_counter() - started)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{place.filename}, line {place.lineno}"
        print(f"Not graded, by a fault of the autograder. Please report it: {type(error).__name__} "
              f"in {where}: {error}", flush=True)  # fmt: skip
        written = no_mark(perf_counter() - started)
    write_text(folder.results, json.dumps(written, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Folder(Path(sys.argv[1]).resolve()))
