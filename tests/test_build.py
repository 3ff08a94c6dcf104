"""`workbook build`: from text to notebooks that nbgrader takes, the same bytes every time."""

import ast
import contextlib
import copy
import filecmp
import functools
import importlib
import inspect
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from click.testing import CliRunner
from nbconvert import ScriptExporter
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import compute_checksum

from tests.conftest import ROOT, copy_hashes, copy_of_course
from tests.reference import WHOLE, before_a_release, in_turn
from tests.submissions import graded_cells, reference_answers
from workbook.build import text as build_text
from workbook.build.build import BUILT
from workbook.build.build import build as build_all
from workbook.build.changes import CACHE, Changes
from workbook.build.headers import gathered
from workbook.build.lessons import read_lesson
from workbook.build.references import resolved
from workbook.build.text import BuildError
from workbook.build.weave import weave
from workbook.cli import main
from workbook.course.data_folder import PLACE
from workbook.course.exercises import EXERCISES, NOTEBOOKS, PAGES, find, is_class, use_course
from workbook.course.folder import Course
from workbook.grade.submissions.answers import solution_cell

COURSE = Course(ROOT)

WRITTEN = (
    "assignments", "solutions", "grader_tests", "visual_representation", "nbgrader_config.py",
)  # fmt: skip
FIRST = EXERCISES[0]
LESSON = f"assignments/{FIRST.assignment}/{FIRST.notebook}.md"
SOLUTION = f"solutions/{FIRST.name}.py"
TESTS = f"grader_tests/{FIRST.name}.py"

each_exercise = pytest.mark.parametrize("exercise", NOTEBOOKS, ids=lambda e: e.name)


#: A build reads every lesson; most of them are those of the checkout, whichever copy is built.
parsed_once = functools.cache(build_text.myst_to_notebook)


#: So are their headers and questions, in YAML.
loaded_once, composed_once = functools.cache(yaml.safe_load), functools.cache(yaml.compose)


@pytest.fixture(autouse=True)
def _parsed_once(monkeypatch):
    def parsed(lesson, **options):
        return copy.deepcopy(parsed_once(lesson, **options))

    monkeypatch.setattr(build_text, "myst_to_notebook", parsed)
    monkeypatch.setattr(yaml, "safe_load", lambda text: copy.deepcopy(loaded_once(text)))
    # What is made of it is looked at and not changed.
    monkeypatch.setattr(yaml, "compose", composed_once)


@contextlib.contextmanager
def modules_of_its_own():
    """Let a copy of the course import its own files, and leave no trace of it."""
    path = list(sys.path)
    names = [n for n in sys.modules if n.split(".")[0] in ("solutions", "grader_tests")]
    before = {name: sys.modules.pop(name) for name in names}
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path[:] = path
        for name in [n for n in sys.modules if n.split(".")[0] in ("solutions", "grader_tests")]:
            del sys.modules[name]
        sys.modules.update(before)


def built_files(root):
    return sorted(
        path.relative_to(root)
        for folder in BUILT
        for path in (root / folder).rglob("*")
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    )


def run_build(folder, *options):
    """Run the command in this process."""
    with modules_of_its_own():
        result = CliRunner().invoke(main, ["build", "--course", str(folder), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A copy of the course, built; what the checkout knows to be up to date, only in a release."""
    root = tmp_path_factory.mktemp("built") / "course"
    if WHOLE:
        copy_of_course(root, WRITTEN)
    else:
        copy_of_course(root, (*WRITTEN, *BUILT))
        copy_hashes(root)
    with modules_of_its_own():
        written = build_all(Course(root))
    assert not WHOLE or sorted(written) == built_files(root)
    return root


@pytest.mark.slow
def test_the_checkout_is_what_a_build_makes(built):
    assert built_files(built) == built_files(ROOT)
    _, different, missing = filecmp.cmpfiles(built, ROOT, built_files(built), shallow=False)
    assert not different
    assert not missing


@pytest.mark.slow
@before_a_release
def test_another_process_builds_the_same_bytes(built, tmp_path):
    root = shutil.copytree(built, tmp_path / "course")
    shutil.rmtree(root / Path(CACHE).parent)
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "TZ": "Asia/Tokyo"}
    # One of each kind: to build all takes half a minute.
    names = [FIRST.name, "linear_backward", "initialise_it", PAGES[0].name]
    command = [sys.executable, "-m", "workbook.cli", "build", "--check", *names]
    command += ["--course", str(root)]
    done = subprocess.run(
        command, env=environment, cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "Everything is up to date.\n"), done.stderr


@pytest.mark.slow
def test_check_names_what_is_stale_and_build_mends_it(built, tmp_path):
    shutil.copytree(built, tmp_path / "course")
    root = tmp_path / "course"
    changed = Path("source") / EXERCISES[2].notebook_path
    missing = Path("release") / EXERCISES[3].notebook_path
    extra = Path("release") / EXERCISES[3].assignment / "notes.txt"
    data = Path("workbook/course/data") / f"{EXERCISES[4].name}.json"
    (root / changed).write_text((root / changed).read_text() + "\n")
    (root / missing).unlink()
    (root / extra).write_text("")
    (root / data).write_text("{}")
    checkpoint = root / "source" / ".ipynb_checkpoints" / "x.ipynb"
    checkpoint.parent.mkdir()
    checkpoint.write_text("Jupyter's own")
    stale = sorted(map(str, (changed, missing, extra, data)))

    checked = run_build(root, "--check")
    assert checked.exit_code == 1
    assert sorted(checked.stdout.splitlines()) == [f"stale: {path}" for path in stale]
    assert "Run `workbook build`" in checked.stderr
    assert (root / extra).exists()
    assert not (root / missing).exists()
    assert (root / data).read_text() == "{}"

    mended = run_build(root)
    assert mended.exit_code == 0
    done = [f"{'removed' if path == str(extra) else 'written'}: {path}" for path in stale]
    assert sorted(mended.stdout.splitlines()) == sorted(done)
    assert checkpoint.exists()
    checkpoint.unlink()
    assert built_files(root) == built_files(built)
    assert not any(filecmp.cmpfiles(root, built, built_files(built), shallow=False)[1:])


@pytest.mark.slow
def test_one_lesson_is_built_alone_as_all_are(built, tmp_path):
    root = Path(shutil.copytree(built, tmp_path / "course"))
    other = EXERCISES[1]
    for exercise in (FIRST, other):
        with Course(root).lesson(exercise).open("a", encoding="utf-8") as file:
            file.write("\nThe end of the lesson.\n")
    for name, exercise in ((FIRST.name, FIRST), (None, other)):
        lines = run_build(root, *filter(None, [name])).stdout.splitlines()
        assert lines == [f"written: {f}/{exercise.notebook_path}" for f in ("source", "release")]
        stale = run_build(root, "--check").exit_code
        assert stale == (1 if exercise == FIRST else 0)


@pytest.mark.slow
def test_a_changed_question_changes_its_notebook_and_the_data(built, tmp_path):
    root = Path(shutil.copytree(built, tmp_path / "course"))
    lesson, data = root / LESSON, root / PLACE / "questions.json"
    before = data.read_bytes() if data.is_file() else None
    changed = [f"{folder}/{FIRST.notebook_path}" for folder in ("source", "release")]
    changed = [f"written: {path}" for path in (*changed, PLACE / data.name)]
    question = (
        "```{code-cell} ipython3\n:quiz: put_there\nkind: open\nquestion: Why?\nbecause: {}\n```"
    )
    text = lesson.read_text(encoding="utf-8")
    for because in ("For this.", "For that."):
        lesson.write_text(f"{text}\n{question.replace('{}', because)}\n", encoding="utf-8")
        assert run_build(root).stdout.splitlines() == changed
        entry = json.loads(data.read_text(encoding="utf-8"))["put_there"]
        assert (entry["notebook"], entry["because"]) == (FIRST.notebook, because)
        assert run_build(root, "--check").exit_code == 0
    lesson.write_text(text, encoding="utf-8")
    assert run_build(root).exit_code == 0
    assert (data.read_bytes() if data.is_file() else None) == before


def test_an_unknown_name_is_refused():
    done = run_build(ROOT, FIRST.name, "nothing")
    assert done.exit_code == 2
    assert "no exercise, lab or page is called 'nothing'; there are: " in done.stderr
    assert FIRST.name in done.stderr


def read(kind, exercise):
    return nbformat.read(ROOT / kind / exercise.notebook_path, as_version=nbformat.NO_CONVERT)


each_kind = pytest.mark.parametrize("kind", ["source", "release"])


@pytest.mark.in_turns(3)
@each_kind
@each_exercise
def test_a_notebook_is_valid_to_jupyter_and_to_nbgrader(kind, exercise):
    notebook = read(kind, exercise)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    graded = graded_cells(notebook)
    # A lab's points are a bonus, which nbgrader knows nothing of.
    points = 0 if exercise.is_lab else exercise.points
    assert sum(cell.metadata.nbgrader.points for cell in graded) == points
    with_checksum = [c for c in notebook.cells if "checksum" in c.metadata.get("nbgrader", {})]
    assert len(with_checksum) > len(graded)
    for cell in with_checksum:
        assert cell.metadata.nbgrader.checksum == compute_checksum(cell)


@each_exercise
def test_a_released_notebook_becomes_a_script_of_python(exercise):
    script, resources = ScriptExporter().from_notebook_node(read("release", exercise))
    assert resources["output_extension"] == ".py"
    ast.parse(script)


@pytest.mark.in_turns(3)
@each_kind
@each_exercise
def test_a_notebook_holds_nothing_of_a_run_or_of_a_machine(kind, exercise):
    notebook = read(kind, exercise)
    assert set(notebook.metadata) == {"kernelspec", "language_info", "workbook"}
    assert "version" not in notebook.metadata.language_info
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"nbgrader", "tags", "workbook", "editable", "deletable"}
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    text = (ROOT / kind / exercise.notebook_path).read_text(encoding="utf-8")
    assert not re.search(r"\d{4}-\d\d-\d\dT|/home/|/root/|/tmp/|site-packages", text)


@each_exercise
def test_the_identifiers_of_cells_are_unique_and_stay_in_the_release(exercise):
    source, release = read("source", exercise), read("release", exercise)
    ids = [cell.id for cell in source.cells]
    assert len(set(ids)) == len(ids)
    assert [cell.id for cell in release.cells] == ids
    for notebook in (source, release):
        names = [c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata]
        assert len(set(names)) == len(names)
        assert f"{exercise.name}-setup" in names
        for name in exercise.functions:
            assert {name, f"{name}-check"} <= set(names)


@each_exercise
def test_the_stub_parses_and_says_that_it_is_not_written(exercise):
    for name in exercise.functions:
        namespace = {}
        exec(solution_cell(read("release", exercise), name).source, namespace)
        stub, reference = namespace[name], COURSE.reference(name)
        assert inspect.getdoc(stub) == inspect.getdoc(reference)
        assert str(inspect.signature(stub)) == str(inspect.signature(reference))
        stubs = written_by_the_learner(stub) if is_class(name) else [stub]
        assert stubs
        for one in stubs:
            with pytest.raises(NotImplementedError):
                one(*[None] * len(inspect.signature(one).parameters))


def written_by_the_learner(stub):
    """Return the methods of a class that are not written yet."""
    methods = [one for one in vars(stub).values() if inspect.isfunction(one)]
    return [one for one in methods if "NotImplementedError" in one.__code__.co_names]


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    ("exercise", "solved"),
    in_turn(NOTEBOOKS, (True, False)),
    ids=lambda value: getattr(value, "name", value),
)
def test_the_hidden_cells_run_without_the_course(exercise, solved):
    """As a plain nbgrader runs them: in the student's kernel, with no file of the course."""
    answers = reference_answers(COURSE, exercise)
    if not solved:
        release = read("release", exercise)
        answers = {name: solution_cell(release, name).source for name in answers}
    # The reference calls earlier exercises, which the student imports.
    earlier = {name: COURSE.reference(name) for name in exercise.uses}
    namespace = {"__name__": "__main__", **earlier}
    setup = "import numpy as np\nfrom workbook import *"
    for text in (setup, *answers.values()):
        exec(text, namespace)
    total = 0.0
    cells = [cell for cell in read("source", exercise).cells if "nbgrader" in cell.metadata]
    cells = [cell for cell in cells if "workbook" in cell.metadata]
    assert cells
    for cell in cells:
        shown = last_value(cell.source, namespace)
        assert type(shown) is float
        assert shown == (cell.metadata.nbgrader.points if solved else 0.0)
        total += shown
    # Those of a lab are a bonus that only the course's own grading gives.
    assert total == (exercise.points if solved and not exercise.is_lab else 0.0)


def last_value(source, namespace):
    """Run a cell where the course cannot be imported, and return what it would show."""
    *body, last = ast.parse(source).body
    with modules_of_its_own(), contextlib.redirect_stdout(io.StringIO()):
        for package in ("solutions", "grader_tests"):
            # An import of a module that is None fails.
            sys.modules[package] = None
        exec(compile(ast.Module(body, []), "cell", "exec"), namespace)
        return eval(compile(ast.Expression(last.value), "cell", "eval"), namespace)


@each_exercise
def test_a_graded_cell_names_its_tests_for_the_student(exercise):
    tests = {test.name: test for test in COURSE.all_hidden_tests(exercise)}
    named = []
    for cell in read("release", exercise).cells:
        names = cell.metadata.get("workbook", {}).get("tests", [])
        named += names
        for name in names:
            assert tests[name].title in cell.source
        if names:
            points = sum(tests[name].points for name in names)
            assert cell.metadata.nbgrader.points == (0 if exercise.is_lab else points)
    assert sorted(named) == sorted(tests)


@pytest.fixture
def course(tmp_path):
    """A copy of the course that a test may spoil."""
    return copy_of_course(tmp_path / "course", (*WRITTEN, PLACE.as_posix()))


def line_of(path, start):
    """Return the number of the first line that starts like this."""
    text = "\n" + path.read_text(encoding="utf-8")
    return text[: text.index(f"\n{start}")].count("\n") + 1


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def files_of(course):
    """Return all files of a course, but for compiled code."""
    return [path for path in sorted(course.rglob("*.*")) if "__pycache__" not in path.parts]


def assert_refused(course, path, line, said, names=(FIRST.name,)):
    """Raise AssertionError unless the build refuses, names the place, and writes nothing."""
    before = files_of(course)
    # Of few notebooks: to find out whether another one is up to date takes time.
    result = run_build(course, *names)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert re.match(rf"Error: {re.escape(str(course / path))}:{line}: ", result.stderr)
    assert said in result.stderr
    assert files_of(course) == before


CELL = "```{code-cell} ipython3\n"
SOLUTION_CELL = f":solution: {FIRST.name}"
CHECK_CELL = f":check: {FIRST.name}"
PICTURE = "![The training cycle."
FILE = f"../../visual_representation/lessons/cycle_{FIRST.number:02d}.png"
NAME = f"exercise: {FIRST.name}"
POINTS = "@pytest.mark.points"
FIRST_TEST = COURSE.hidden_tests(FIRST.name)[0].name

# A file, and the text where it is wrong; what is changed, and what the build says.
REFUSED = {
    (LESSON, CELL + SOLUTION_CELL): [
        (SOLUTION_CELL, f"{SOLUTION_CELL}\n:colour: red", "unknown cell option colour"),
        (SOLUTION_CELL, f"{SOLUTION_CELL}\n{CHECK_CELL}", "cannot be both solution and check"),
        (SOLUTION_CELL, f"{SOLUTION_CELL}\n\nx = 1", "leave it empty"),
        (SOLUTION_CELL, ":solution: compute_cost", "but this lesson is about"),
        (SOLUTION_CELL, ":solution: [oh", "the lesson cannot be read: Code cell"),
        (SOLUTION_CELL, ":tags: [mystery]", "a cell has one of the tags experiment, setup"),
        (SOLUTION_CELL, ":tests: test_biases", "`tests` needs a list"),
        (SOLUTION_CELL, ":tests: [test_biases]", "a tests cell needs an id"),
    ],
    (LESSON, ""): [
        (SOLUTION_CELL, "", "a lesson has one solution cell; this has 0"),
        (CHECK_CELL, "", "a lesson has one check cell; this has 0"),
    ],
    (LESSON, PICTURE): [
        ("cycle_01.png", "cycle_99.png", f"{FILE[:-6]}99.png is not there; `workbook figures`"),
        ("cycle_01.png", "cycle_01.svg", f"{FILE[:-3]}svg is not one of .png, .jpg, .gif, .webp"),
        (PICTURE, f"![](x.png) {PICTURE}", "x.png has no alt text"),
        (PICTURE, f"![\n](x.png) {PICTURE}", "x.png has no alt text"),
        ("../../visual", "https://a.example/visual", "lessons/cycle_01.png is not there"),
    ],
    (TESTS, ""): [
        (f"{POINTS}(2)", f"{POINTS}(3)", f"points add up to 9; the exercise has {FIRST.points}"),
    ],
    (TESTS, POINTS): [
        (f"{POINTS}(2)\n", marks, f"{FIRST_TEST} needs one mark @pytest.mark.points(n)")
        for marks in ("", f"{POINTS}\n", f"{POINTS}(1, 1)\n", f"{POINTS}(1)\n" * 2)
    ],
    (TESTS, "LARGE = ("): [("LARGE = (", "LARGE = = (", "SyntaxError: invalid syntax")],
    (TESTS, "import pytest"): [
        ("import pytest\n", "import no_pytest\n", "ModuleNotFoundError: No module named 'no_py"),
    ],
}


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    ("path", "place", "old", "new", "said"),
    [
        # What stands in a test file is found when the notebook is built.
        pytest.param(*key, *row, marks=[pytest.mark.slow] if key[0] == TESTS else [])
        for key, rows in REFUSED.items()
        for row in rows
    ],
)
def test_what_is_wrong_is_refused_and_its_place_named(course, path, place, old, new, said):
    line = line_of(course / path, place)
    change(course / path, old, new)
    if path != LESSON or (old, new, said) == REFUSED[path, place][0]:
        assert_refused(course, path, line, said)
        return
    # What the command makes of such an error, the first of each kind shows.
    with pytest.raises(BuildError) as refused, modules_of_its_own():
        weave(Course(course), read_lesson(course / path))
    assert str(refused.value).startswith(f"{course / path}:{line}: ")
    assert said in str(refused.value)


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (NAME, "exercise: other", "`exercise:` must be the name in the file's"),
        (NAME, "exercise: [oh", "the lesson cannot be read: while parsing"),
        ("order: 1", "order: first", "`order:` must be a number"),
        ("order: 1", "order: 2", "`order:` is that of 01_initialize_parameters.md as well"),
        ("order: 1", "order: 6.5", "`order:` tears 1_initialization apart"),
        ("step: initialise", "step: begin", "`step:` must be one of initialise, forward"),
        ("points: 8", "points: eight", "`points:` must be a whole number"),
        ("points: 8", "points: 8\nminutes: 3", "`minutes:` is given twice"),
        ("minutes: ", "minutes: -", "`minutes:` must be a whole number: how long the notebook"),
        ("minutes: ", "minutes: about ", "`minutes:` must be a whole number: how long the noteb"),
        ("points: 8", "points: 8\nbonus: 1", "`bonus:` must be true or false"),
        ("demo: {emmy: no_factor}", "demo: ada", "`demo:` must name a student"),
        ("points: 8", "points: 8\ncolour: red", "`colour:` is unknown; a header has"),
        (f"  {FIRST.name}:", "  other:", "`functions:` must name initialize_parameters alone"),
        ("    returns: [parameters]", "    returns: parameters", "needs `returns:`, a list of"),
        ("biases: 4", "biases: four", "may have `uses:`, `is_class:`, `new:` and `split:`"),
        ("    returns: [", "    uses: [nothing]\n    returns: [", "uses nothing, which no lesson"),
    ],
)
def test_a_header_that_is_wrong_is_refused(course, old, new, said):
    change(course / LESSON, old, new)
    with pytest.raises(BuildError, match=rf"\.md:\d+: .*{re.escape(said)}"):
        gathered(Course(course))


@pytest.mark.slow
def test_what_a_header_alone_does_not_show_is_refused(course):
    for old, new, said in (
        ("biases: 4", "biases: 5", "`split:` of initialize_parameters is not that of its graded"),
        ("points: 8", "points: eight", "`points:` must be a whole number"),
    ):
        change(course / LESSON, old, new)
        assert_refused(course, LESSON, r"\d+", said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes: ", "minutes: -", "`minutes:` must be a whole number"),
        ("page: ", "page: not_", "`page:` must be the file's name"),
    ],
)
def test_a_header_of_a_page_that_is_wrong_is_refused(course, old, new, said):
    page = course / f"assignments/{PAGES[-1].assignment}/{PAGES[-1].notebook}.md"
    place = f"{page}:{line_of(page, old)}: "
    change(page, old, new)
    with pytest.raises(BuildError, match=re.escape(place + said)):
        gathered(Course(course))


def test_a_number_or_a_name_that_is_taken_is_refused(course):
    lesson = course / LESSON
    shutil.copy(lesson, lesson.with_name("02_again.md"))
    change(lesson.with_name("02_again.md"), "order: 1", "order: 1.5")
    change(lesson.with_name("02_again.md"), f"exercise: {FIRST.name}", "exercise: again")
    change(lesson.with_name("02_again.md"), f"  {FIRST.name}:", "  again:")
    with pytest.raises(BuildError, match=r"`exercise:` has the number of 02_again.md; choose anot"):
        gathered(Course(course))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [("{notebook:nothing}", "names no notebook; the notebooks are: initialize_parameters, "),
     ("{numbers:nothing}", "names no step; the steps are: initialise, forward"),
     ("{points:nothing}", "names no function with a `split:`; they are: initialize_parameters, ")],
)  # fmt: skip
def test_a_placeholder_that_means_nothing_is_refused(course, wrong, said):
    change(course / LESSON, "Run it.", f"Run {wrong}.")
    with pytest.raises(BuildError, match=re.escape(f"{wrong} {said}")):
        read_lesson(course / LESSON)


def test_placeholders_follow_the_order_of_the_course():
    here, after = find("linear_forward"), find("linear_activation_forward")
    text = "{beside:linear_activation_forward}, {Beside:linear_activation_forward}"
    assert resolved(text, here) == "the next notebook, The next notebook"
    try:
        last = NOTEBOOKS.pop()
        NOTEBOOKS.insert(NOTEBOOKS.index(after), last)
        assert resolved(text, here) == "notebook 4, Notebook 4"
    finally:
        use_course(ROOT)
    assert resolved("{number:update_parameters} {count} {numbers:backward}", here) == (
        f"10 ten {', '.join(str(one.number) for one in EXERCISES if one.step == 'backward')}"
    )
    assert resolved("[a]({link:linear_backward})", here) == (
        "[a](../3_backward_propagation/07_linear_backward.ipynb)"
    )
    assert resolved("{functions:forward}", here).startswith("**3 `linear_forward`**, 4 `linear")


@pytest.mark.slow
def test_a_course_without_data_is_built_anew(course):
    with modules_of_its_own():
        Changes(Course(course)).remember(NOTEBOOKS)
    data = course / PLACE / "course.json"
    data.write_text('{"of an older": "program"}')
    result = run_build(course)
    assert result.exit_code == 0, result.stderr
    assert "written: workbook/course/data/course.json" in result.stdout
    assert data.read_bytes() == (ROOT / "workbook/course/data/course.json").read_bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "a lesson begins with a header"),
        (b"# A lesson\n", "a lesson begins with a header"),
        (b"\xff\xfe\xfa", "the lesson cannot be read: 'utf-8' codec"),
        (b"---\nkernelspec:\n  name: python3\n---\n", "`exercise:` must be the name in the file"),
    ],
    ids=range(4),
)
def test_a_file_that_is_no_lesson_is_refused(course, content, said):
    (course / LESSON).write_bytes(content)
    assert_refused(course, LESSON, 1, said)


def test_a_lesson_without_graded_cells_is_refused(course):
    text = (course / LESSON).read_text(encoding="utf-8")
    without = re.sub(r"```\{code-cell\}[^`]*:tests:[^`]*```", "", text)
    (course / LESSON).write_text(without, encoding="utf-8")
    assert_refused(course, LESSON, 1, "the lesson has no graded cell")


def add_cell(path, options):
    """Add a cell at the end of a lesson, and return the line where it begins."""
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n"
    path.write_text(f"{text}```{{code-cell}} ipython3\n{options}\n```\n", encoding="utf-8")
    return text.count("\n") + 1


@pytest.mark.slow
def test_two_cells_with_one_identifier_are_refused(course):
    lesson = course / LESSON
    (first, *_) = re.findall(rf":id: ({FIRST.name}-\w+)", lesson.read_text(encoding="utf-8"))
    at = line_of(lesson, f":id: {first}") - 1
    line = add_cell(lesson, f":id: {first}\n:tests: [test_biases]")
    assert_refused(course, LESSON, line, f"two cells have the id '{first}': see line {at}")


LAST = EXERCISES[-1]
OF_LAST = f"assignments/{LAST.assignment}/{LAST.notebook}.md"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lesson", "options", "said"),
    [
        (LESSON, SOLUTION_CELL, "a lesson has one solution cell; this has 2"),
        (LESSON, ":tests: [test_nothing]", f"no hidden test 'test_nothing'; {FIRST.name}.py has: "),
        (LESSON, ":tests: [test_biases]", "the test 'test_biases' is in two cells: see line "),
        (OF_LAST, ":tests: [test_nothing]", f"no hidden test 'test_nothing'; {LAST.name}.py has: "),
    ],
)
def test_a_cell_too_many_is_refused(course, lesson, options, said):
    line = add_cell(course / lesson, f":id: other\n{options}")
    name = LAST.name if lesson == OF_LAST else FIRST.name
    # The page is built above the last lesson, and not written either.
    assert_refused(course, lesson, line, said, [PAGES[0].name, name])


@pytest.mark.slow
def test_a_test_that_is_left_out_is_refused(course):
    text = '\n\n@pytest.mark.points(0)\ndef test_more(student, rng):\n    """More"""\n'
    path = course / TESTS
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    assert_refused(course, LESSON, 1, "no graded cell holds the test test_more")


@pytest.mark.in_turns(3)
@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    ### BEGIN SOLUTION\n", "", "a solution needs a line '### BEGIN SOLUTION' and"),
        ("    ### END SOLUTION\n", "", "below it, '### END SOLUTION'"),
        ("### BEGIN SOLUTION", "### END SOLUTION", "a solution needs a line"),
        ("def ", "def helper():\n    pass\n\n\ndef ", "the file defines ['helper', "),
        (f"def {FIRST.name}", "def other", "cannot import name"),
        ("### BEGIN SOLUTION", "### BEGIN SOLUTION\n    x = = 1", "SyntaxError: invalid syntax"),
        ("import numpy", "import numpyy", "ModuleNotFoundError: No module named 'numpyy'"),
    ],
    ids=range(7),
)
def test_a_solution_that_is_wrong_is_refused(course, old, new, said):
    change(course / SOLUTION, old, new)
    # A file that lacks the name is found where the name is imported.
    place = TESTS if said.startswith("cannot import") else SOLUTION
    assert_refused(course, place, r"\d+", said)


@pytest.mark.parametrize(("path", "what"), [(SOLUTION, "solution"), (TESTS, "test file")])
def test_a_missing_part_is_named(course, path, what):
    (course / path).unlink()
    assert_refused(course, path, 1, f"the {what} of {FIRST.name} is missing")


@pytest.mark.slow
def test_two_pictures_of_one_name_in_one_cell_are_refused(course):
    lesson = course / LESSON
    shutil.copy(
        course / "visual_representation/lessons/cycle_02.png",
        course / "visual_representation/cycle_01.png",
    )
    line = line_of(lesson, PICTURE)
    again = f"![Another](../../visual_representation/cycle_01.png)\n{PICTURE}"
    change(lesson, PICTURE, again)
    assert_refused(course, LESSON, line + 1, "two pictures of one cell have the name cycle_01.png")
