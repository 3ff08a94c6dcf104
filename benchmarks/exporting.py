"""What exporting a class takes, measured: `python benchmarks/exporting.py [STUDENTS] [RUNS]`.

Prints a Markdown table: `workbook export` to each platform, of STUDENTS students (default: 300)
with the four assignments of the course. Each runs in a fresh process; seconds are medians of RUNS
runs (default: 3). The gradebook and the results are written without grading.
"""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from commands import asked, copy_course, timed
from nbgrader.api import Gradebook

from workbook.course.exercises import ASSIGNMENTS, EXERCISES, Exercise, use_course
from workbook.course.folder import Course
from workbook.course.verdicts import Verdict
from workbook.grade.gradebook.assignments import register
from workbook.grade.gradebook.bulk_write import AssignmentRows, EarnedMarks
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.results import Result, write_result

EXPORTS = {
    "Canvas": ("canvas",),
    "Canvas, its own table filled in": ("canvas", "--template", "canvas.csv"),
    "Moodle": ("moodle",),
    "Moodle, with a text": ("moodle", "--feedback", "text"),
    "Blackboard, its own table filled in": ("blackboard", "--template", "blackboard.xls"),
    "Brightspace": ("brightspace",),
    "CSV, by exercise": ("csv", "--by", "exercise"),
    "JSON, with a text": ("json", "--feedback", "text"),
}


def write_class(root: Path, students: int) -> None:
    """Write a gradebook and results in which every second answer lacks a point."""
    use_course(root)
    course, url = Course(root), f"sqlite:///{root / 'gradebook.db'}"
    for assignment in dict.fromkeys(one.assignment for one in EXERCISES):
        register(course, url, assignment)
        exercises = [one for one in EXERCISES if one.assignment == assignment]
        with Gradebook(url) as gradebook:
            rows = AssignmentRows(gradebook.db, assignment, lambda *args: None)
            rows.write([entry(course, one, n) for n in range(students) for one in exercises])
            gradebook.db.commit()
        for number in range(students):
            for one in exercises:
                write_result(root / "results", result(one, number))


def entry(course: Course, exercise: Exercise, number: int) -> EarnedMarks:
    """Return the marks of one student."""
    cells = course_notebook(course, "source", exercise).cells
    names = [one.metadata.nbgrader for one in cells if "nbgrader" in one.metadata]
    (first, *others) = [one.grade_id for one in names if one.grade]
    points = dict.fromkeys(others, 0.0) | {first: float(exercise.points - number % 2)}
    return EarnedMarks(f"user{number}", exercise.assignment, exercise.notebook, points, {}, None)


def result(exercise: Exercise, number: int) -> Result:
    """Return the result of one student."""
    points = float(exercise.points - number % 2)
    passed = Verdict("test_a", "The shapes are right.", True, points, points)
    failed = Verdict("test_b", "It is not changed.", False, 0.0, 1.0, "the input was changed")
    tests = (passed, failed) if number % 2 else (passed,)
    most = float(exercise.points)
    return Result(
        f"user{number}", exercise.assignment, exercise.name, "graded", points, most, tests
    )


def write_tables(root: Path, students: int) -> None:
    """Write the roster, and what Canvas and Blackboard export."""
    names = [one for one in ASSIGNMENTS if any(e.assignment == one for e in EXERCISES)]
    people = range(students)
    roster = "".join(f"user{n},Student {n},user{n}@example.org,{n},B{n}\n" for n in people)
    heading = "id,name,email,canvas,brightspace\n"
    (root / "students.csv").write_text(heading + roster, encoding="utf-8")
    titles = ",".join(f"{one} ({number})" for number, one in enumerate(names))
    lines = "".join(f'"{n}, Student",{n},,,A{"," * len(names)}\n' for n in people)
    first = f"Student,ID,SIS User ID,SIS Login ID,Section,{titles}\n"
    (root / "canvas.csv").write_text(first + lines, encoding="utf-8")
    titles = "\t".join(f"{one} [Total Pts: 20 Score] |{n}" for n, one in enumerate(names))
    lines = "".join(f"user{n}{chr(9) * len(names)}\n" for n in people)
    (root / "blackboard.xls").write_text(f"Username\t{titles}\n{lines}", encoding="utf-16")


def main() -> None:
    """Print the table."""
    students, runs = asked()
    with TemporaryDirectory() as scratch:
        root = Path(scratch) / "course"
        copy_course(root)
        write_class(root, students)
        write_tables(root, students)
        timed("roster", "students.csv", folder=root)
        print(f"{students} students, {len(EXERCISES)} exercises each\n")
        print("| `workbook export` | seconds |\n|---|---|")
        for title, options in EXPORTS.items():
            command = ("export", "--to", *options, "--out", "out", "--force")
            if options[0] == "moodle":
                command = (*command, "--identify", "email")
            seconds = [timed(*command, folder=root) for _ in range(runs)]
            print(f"| {title} | {median(seconds):.1f} |")


if __name__ == "__main__":
    main()
