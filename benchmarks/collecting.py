"""What collecting a class takes, measured: `python benchmarks/collecting.py [STUDENTS] [RUNS]`.

Prints a Markdown table: `workbook collect` on what each platform sends of STUDENTS students
(default: 300) with ten notebooks each, into an empty folder and once more into the full one, and
`workbook roster` on their table. Each runs in a fresh process; seconds are medians of RUNS runs
(default: 3).
"""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from commands import ROOT, asked, copy_course, timed

PATHS: dict[str, Callable[[int, str], str]] = {
    "Moodle": lambda n, name: f"Student {n}_{n + 7000}_assignsubmission_file_/{name}",
    "Canvas": lambda n, name: f"student{n}_{n + 100}_{n + 9000}_{name}",
    "Blackboard": lambda n, name: f"HW 1_user{n}_attempt_2026-01-31-12-00-00_{name}",
    "Brightspace": lambda n, name: f"{n + 200}-77 - Student {n} - Jan 31, 2026 1200 PM/{name}",
    "a folder for each student": lambda n, name: f"user{n}/{name}",
}


def notebooks() -> dict[str, bytes]:
    """Return the ten exercises' notebooks with their solutions."""
    paths = sorted((ROOT / "source").glob("[1-4]_*/*.ipynb"))
    return {path.name: path.read_bytes() for path in paths}


def sent(path: Path, named: Callable[[int, str], str], students: int) -> None:
    """Write what a platform sends."""
    files = notebooks()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(students):
            for name, data in files.items():
                archive.writestr(named(number, name), data)


def main() -> None:
    """Print the table."""
    students, runs = asked()
    with TemporaryDirectory() as scratch:
        course = Path(scratch) / "course"
        copy_course(course)
        table = "".join(f"user{n},Student {n},user{n}@example.org\n" for n in range(students))
        (course / "students.csv").write_text(f"id,name,email\n{table}", encoding="utf-8")
        found = [timed("roster", "students.csv", folder=course) for _ in range(runs)]
        print(f"{students} students, {len(notebooks())} notebooks each\n")
        print("| what | seconds | once more |\n|---|---|---|")
        print(f"| `workbook roster` | {median(found):.1f} | |")
        for title, named in PATHS.items():
            archive = Path(scratch) / "sent.zip"
            sent(archive, named, students)
            first, again = [], []
            for _ in range(runs):
                shutil.rmtree(course / "submitted", ignore_errors=True)
                first.append(timed("collect", str(archive), folder=course))
                again.append(timed("collect", str(archive), folder=course))
            print(f"| `workbook collect`, {title} | {median(first):.1f} | {median(again):.1f} |")


if __name__ == "__main__":
    main()
