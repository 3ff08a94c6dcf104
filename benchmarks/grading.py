"""What grading a class costs, measured; each part prints a Markdown table.

``python benchmarks/grading.py nbgrader``  `workbook grade` against a stock `nbgrader autograde`
``python benchmarks/grading.py floor``     against the same cells and tests in one process
``python benchmarks/grading.py jobs``      with 1, 2 and 4 judges
``python benchmarks/grading.py sizes``     classes of 10 to 10,000 submissions
``python benchmarks/grading.py cluster``   two Dask workers against two judges of this machine
``python benchmarks/grading.py demos``     a class in which every fifth notebook has a slow demo

Times are of one machine at one moment; quote the ratios.
"""

import contextlib
import ctypes
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# Before NumPy is imported: with more threads, the floor would be measured too high.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import nbformat  # noqa: E402

from workbook.course.exercises import EXERCISES  # noqa: E402
from workbook.course.folder import Course  # noqa: E402  the checkout's own
from workbook.grade.submissions.answers import (  # noqa: E402
    catalogue_answer,
    filled_notebook,
    reference_answer,
    solution_cell,
    submit,
)

COURSE = Course(ROOT)
#: The labs are left out: a lab holds several functions, and stock nbgrader gives no points for it.
ASSIGNMENTS = tuple(dict.fromkeys(one.assignment for one in EXERCISES))
STUDENTS = 10
LARGE = 100
ROUNDS = 2
SIZES = (10, 100, 1_000, 10_000)

#: What the students of a class got wrong, over and over: an exercise and a wrong answer, or None
#: for a stub that nobody has touched. One in five is all right.
PROFILES: tuple[dict[str, str | None], ...] = (
    {},
    {"linear_backward": "db_without_keepdims", "update_parameters": "plus_for_minus"},
    {"compute_cost": "not_divided_by_m", "L_model_backward": "dA_keys_shifted"},
    {"initialize_parameters": "no_factor", "linear_activation_backward": "no_derivative"},
    {"L_model_forward": "sigmoid_in_hidden_layers", "update_parameters": None},
)

_STOCK_CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'stock'\n"


@dataclass(frozen=True)
class Cost:
    """What a command cost.

    Attributes
    ----------
    wall, cpu : float
        Seconds; processor time is that of the command and of all that it started.
    peak : int
        Bytes of memory that the command's own process held at most.
    """

    wall: float
    cpu: float
    peak: int


_MEASURED = """
import json, resource, sys
from runpy import run_module
module, sys.argv = sys.argv[1], sys.argv[1:]
try:
    run_module(module, run_name="__main__", alter_sys=True)
except SystemExit as end:
    code = end.code or 0
else:
    code = 0
finally:
    print("\\n== " + json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss), flush=True)
sys.exit(code if code != 3 else 0)
"""


def run(module: str, *args: Any, cwd: Path | None = None) -> Cost:
    """Run a command of this Python and return what it cost; end here if it fails."""
    _adopt_orphans()
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-c", _MEASURED, module, *map(str, args)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    # As where it is installed: else each process would compile all of its modules anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    wall = time.perf_counter() - begin
    _wait_for_orphans()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{module} {args} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, 1024 * json.loads(done.stdout.rpartition("\n== ")[2]))


def _adopt_orphans() -> None:
    """Be the parent of processes whose own one ends first: only a parent learns what they cost.

    bwrap ends so: it does not wait for the students' processes that it has started.
    """
    set_child_subreaper = 36
    ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def _wait_for_orphans() -> None:
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def grade(submitted: Path, out: Path, *options: Any) -> Cost:
    """Run `workbook grade`."""
    paths = [submitted, "--out", out, "--course", ROOT]
    return run("workbook.cli", "grade", *paths, *options)


def write_class(folder: Path, students: int) -> Path:
    """Write a class of ten notebooks a student, copies of the profiles."""
    for profile_number, profile in enumerate(PROFILES):
        first = folder / f"s{profile_number:05d}"
        if profile_number >= students:
            break
        for exercise in EXERCISES:
            answer: str | None = reference_answer(COURSE, exercise.name)
            if exercise.name in profile:
                wrong = profile[exercise.name]
                answer = wrong and catalogue_answer(COURSE, exercise.name, wrong)
            submit(folder, first.name, exercise, filled_notebook(COURSE, exercise, answer))
    for number in range(len(PROFILES), students):
        shutil.copytree(folder / f"s{number % len(PROFILES):05d}", folder / f"s{number:05d}")
    return folder


def table(title: str, head: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Print a Markdown table."""
    print(f"\n{title} (Python {platform.python_version()}, {os.cpu_count()} cores)\n")
    head = list(head)
    print("| " + " | ".join(head) + " |\n|" + " --- |" * len(head))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |", flush=True)


def marks_of(gradebook: Path) -> dict[tuple[str, str], float]:
    """Return the points in a gradebook by student and notebook."""
    from workbook.grade.gradebook.recorded_marks import recorded_marks

    held = recorded_marks(f"sqlite:///{gradebook}").marks
    return {key: one.points or 0.0 for key, one in held.items()}


def against_nbgrader() -> None:
    """Compare with stock nbgrader, in turns, on the same class."""
    notebooks = STUDENTS * len(EXERCISES)
    costs: dict[str, list[Cost]] = {}
    with TemporaryDirectory() as scratch:
        submitted = write_class(Path(scratch, "submitted"), STUDENTS)
        stock = Path(scratch, "stock")
        shutil.copytree(ROOT / "source", stock / "source")
        shutil.copytree(submitted, stock / "submitted")
        (stock / "nbgrader_config.py").write_text(_STOCK_CONFIG, encoding="utf-8")
        for name in ASSIGNMENTS:
            run("nbgrader", "generate_assignment", name, cwd=stock)
        out = Path(scratch, "out")
        # Both gradebooks know the assignments before the clock runs.
        grade(write_class(Path(scratch, "one"), 1), out)
        for _ in range(ROUNDS):
            for name, cost in _one_round(stock, submitted, out):
                costs.setdefault(name, []).append(cost)
        theirs, ours = marks_of(stock / "gradebook.db"), marks_of(out / "gradebook.db")
        differ = [key for key in theirs if theirs[key] != ours.get(key)]
        # What a command needs to start is spread over a class: ten students are a small one.
        large = write_class(Path(scratch, "large"), LARGE)
        for name, options in (("marks", ["--no-feedback"]), ("marks and feedback", [])):
            costs[f"{name}, {LARGE} students"] = [grade(large, out, "--force", *options)]
    best = {name: (min(c.wall for c in cs), min(c.cpu for c in cs)) for name, cs in costs.items()}
    rows = []
    for mine, stocks in (("marks", "autograde"),
                         ("marks and feedback", "autograde and generate_feedback")):  # fmt: skip
        their_wall, their_cpu = (1e3 * value / notebooks for value in best[stocks])
        for students, name in ((STUDENTS, mine), (LARGE, f"{mine}, {LARGE} students")):
            wall, cpu = (1e3 * value / students / len(EXERCISES) for value in best[name])
            ms = [f"{value:.0f}" for value in (their_cpu, cpu, their_wall, wall)]
            rows.append([name, *ms, f"{their_cpu / cpu:.1f}", f"{their_wall / wall:.1f}"])
    head = ["ms a notebook", "nbgrader CPU", "workbook CPU", "nbgrader wall", "workbook wall",
            "CPU ratio", "wall ratio"]  # fmt: skip
    table(f"{STUDENTS} students, {notebooks} notebooks, best of {ROUNDS}", head, rows)
    print(f"\nmarks compared: {len(theirs)}, different: {len(differ)} {differ[:5]}")


def _one_round(stock: Path, submitted: Path, out: Path) -> Iterator[tuple[str, Cost]]:
    """Yield what each way costs, the whole class judged anew each time."""
    theirs = [run("nbgrader", "autograde", name, "--force", cwd=stock) for name in ASSIGNMENTS]
    pages = [
        run("nbgrader", "generate_feedback", name, "--force", cwd=stock) for name in ASSIGNMENTS
    ]
    yield "autograde", _sum(theirs)
    yield "autograde and generate_feedback", _sum([*theirs, *pages])
    yield "marks", grade(submitted, out, "--force", "--no-feedback")
    yield "marks and feedback", grade(submitted, out, "--force")


def _sum(costs: list[Cost]) -> Cost:
    peak = max(cost.peak for cost in costs)
    return Cost(sum(c.wall for c in costs), sum(c.cpu for c in costs), peak)


def against_the_floor() -> None:
    """Compare with the same cells and hidden tests in this process, without confinement."""
    from workbook.grade.judging.judge import Judge
    from workbook.grade.sandbox.confinement import detect_layers
    from workbook.grade.sandbox.kept_memory import keep_memory
    from workbook.grade.submissions.find import find_submissions
    from workbook.grade.submissions.limits import UNCONFINED, Limits
    from workbook.grade.workers.processor_affinity import bind_to_free_core, take_turns

    # As a worker does.
    bind_to_free_core()
    take_turns()
    keep_memory()
    with TemporaryDirectory() as scratch:
        submitted = write_class(Path(scratch), len(PROFILES))
        jobs = [one.job() for one in find_submissions(submitted).submitted]
    judges = {"confined": Judge(COURSE, Limits(), detect_layers()),
              "not confined": Judge(COURSE, Limits(), UNCONFINED)}  # fmt: skip
    ways: dict[str, Callable[[Any], Any]] = {"floor": _in_this_process}
    ways |= {name: judge.judge for name, judge in judges.items()}
    for way in ways.values():
        for job in jobs[:10]:
            way(job)
    walls = {name: float("inf") for name in ways}
    for _ in range(3 * ROUNDS):
        for name, way in ways.items():
            begin = time.perf_counter()
            for job in jobs:
                way(job)
            walls[name] = min(walls[name], time.perf_counter() - begin)
    for judge in judges.values():
        judge.close()
    floor = walls["floor"]
    rows = [[name, f"{1e3 * w / len(jobs):.1f}", f"{w / floor:.1f}"] for name, w in walls.items()]
    table(f"{len(jobs)} notebooks, one after the other", ["way", "ms a notebook", "ratio"], rows)


def _in_this_process(job: Any) -> None:
    """Run a submission's cells and hidden tests here, as an autograder without care would."""
    import builtins
    import types

    from workbook.course.hidden_tests import run as run_tests
    from workbook.grade.judging.places import cells_to_run
    from workbook.grade.submissions.notebooks import course_notebook
    from workbook.grade.submissions.submission import read_submission

    source = course_notebook(COURSE, "source", job.exercise)
    earlier = types.ModuleType("workbook.earlier")
    for one in EXERCISES[: job.exercise.number - 1]:
        setattr(earlier, one.name, COURSE.reference(one.name))
    sys.modules["workbook.earlier"] = earlier
    namespace: dict[str, Any] = {"__builtins__": builtins, "__name__": "__main__"}
    for cell in cells_to_run(read_submission(job.data, source).notebook, source):
        exec(compile(cell.source, "cell", "exec"), namespace)
    run_tests(COURSE.hidden_tests(job.exercise.name), namespace[job.exercise.name], 0)


def by_jobs() -> None:
    """Compare numbers of judges."""
    with TemporaryDirectory() as scratch:
        submitted = write_class(Path(scratch, "submitted"), 40)
        notebooks = 40 * len(EXERCISES)
        out = Path(scratch, "out")
        grade(submitted, out, "--no-feedback")
        costs = {
            jobs: min(
                (grade(submitted, out, "--force", "--no-feedback", "--jobs", jobs)
                 for _ in range(ROUNDS)), key=lambda cost: cost.wall
            ) for jobs in (1, 2, 4)
        }  # fmt: skip
    rows = [
        [jobs, f"{1e3 * c.wall / notebooks:.1f}", f"{1e3 * c.cpu / notebooks:.1f}",
         f"{costs[1].wall / c.wall:.2f}"] for jobs, c in costs.items()
    ]  # fmt: skip
    table(f"{notebooks} notebooks", ["jobs", "ms wall", "ms CPU", "times as fast as one"], rows)


def by_size() -> None:
    """Compare sizes of classes: time for a submission, memory, and a second run."""
    rows = []
    for size in SIZES:
        with TemporaryDirectory() as scratch:
            students = size // len(EXERCISES)
            submitted = write_class(Path(scratch, "submitted"), students)
            out = Path(scratch, "out")
            # The gradebook knows the assignments before the clock runs.
            grade(write_class(Path(scratch, "one"), 1), out, "--no-feedback")
            shutil.rmtree(out / "results")
            first = grade(submitted, out, "--no-feedback")
            second = grade(submitted, out, "--no-feedback")
        each = [f"{1e3 * value / size:.1f}" for value in (first.wall, first.cpu)]
        rows.append([size, *each, first.peak >> 20, f"{second.wall:.2f}", second.peak >> 20])
        print(rows[-1], file=sys.stderr, flush=True)
    head = ["submissions", "ms wall", "ms CPU", "peak MiB", "second run s", "its peak MiB"]
    table("Sizes of classes, marks without pages", head, rows)


def by_cluster() -> None:
    """Compare two Dask workers of this machine with two judges of it, class by class.

    What a cluster takes to start is in it: a small class pays for it.
    """
    ways = {"local": (), "Dask": ("--cluster", "local")}
    rows = []
    for size in SIZES:
        costs: dict[str, list[Cost]] = {way: [] for way in ways}
        with TemporaryDirectory() as scratch:
            submitted = write_class(Path(scratch, "submitted"), size // len(EXERCISES))
            out = Path(scratch, "out")
            # The gradebook knows the assignments before the clock runs.
            grade(write_class(Path(scratch, "one"), 1), out, "--no-feedback")
            for _ in range(ROUNDS if size < SIZES[-1] else 1):
                for way, more in ways.items():
                    options = ("--force", "--no-feedback", "--jobs", 2, *more)
                    costs[way].append(grade(submitted, out, *options))
        local, dask = (min(cost.wall for cost in costs[way]) for way in ways)
        peaks = [max(cost.peak for cost in costs[way]) >> 20 for way in ways]
        each = [f"{1e3 * wall / size:.1f}" for wall in (local, dask)]
        rows.append([size, *each, f"{local / dask:.2f}", *peaks])
        print(rows[-1], file=sys.stderr, flush=True)
    head = ["submissions", "ms wall, local", "ms wall, Dask", "share of the rate",
            "peak MiB, local", "peak MiB, Dask"]  # fmt: skip
    table("Two workers, marks without pages", head, rows)


def with_demos() -> None:
    """Compare a class with one in which every fifth notebook has a slow or an endless demo."""
    limit = ("--no-feedback", "--limit", "cell_seconds=1")
    rows = []
    with TemporaryDirectory() as scratch:
        for name in ("none", "every fifth notebook"):
            submitted = write_class(Path(scratch, name), STUDENTS)
            paths = sorted(submitted.rglob("*.ipynb"))
            for number, path in enumerate(paths[::5] if name != "none" else []):
                _add_demo(path, number)
            out = Path(scratch, f"{name}, graded")
            cost = grade(submitted, out, *limit)
            each = [f"{1e3 * value / len(paths):.1f}" for value in (cost.wall, cost.cpu)]
            rows.append([name, *each, sum(marks_of(out / "gradebook.db").values())])
    head = ["demos", "ms wall a notebook", "ms CPU a notebook", "points of the class"]
    table("Slow and endless demos, one second for a cell", head, rows)


def _add_demo(path: Path, number: int) -> None:
    """Add a demo to a notebook: below the answer in its cell, or in a cell of its own under it."""
    demo = ("import time\ntime.sleep(60)\n", "while True:\n    pass\n")[number // 2 % 2]
    notebook = nbformat.read(path, as_version=4)
    cell = solution_cell(notebook)
    if number % 2:
        place = notebook.cells.index(cell) + 1
        notebook.cells.insert(place, nbformat.v4.new_code_cell(demo))
    else:
        cell.source += f"\n\n{demo}"
    nbformat.write(notebook, path)


PARTS = {"nbgrader": against_nbgrader, "floor": against_the_floor, "jobs": by_jobs,
         "sizes": by_size, "cluster": by_cluster, "demos": with_demos}  # fmt: skip


def main() -> None:
    """Run the parts that were named, or all."""
    names = sys.argv[1:] or list(PARTS)
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        sys.exit(f"unknown part {unknown[0]!r}; the parts are: {', '.join(PARTS)}")
    # The floor last: it binds this process to a core, and with it what it would start.
    for name in sorted(names, key="floor".__eq__):
        PARTS[name]()


if __name__ == "__main__":
    main()
