"""Modules whose import waits until something is asked of them."""

import json
import time

import pytest

from tests.conftest import run_python
from tests.submissions import reference_answers
from workbook.course.exercises import NOTEBOOKS
from workbook.grade.judging.places import cells_to_run, draws
from workbook.grade.judging.session import Session
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.answers import filled_notebook, solution_cell, submit
from workbook.grade.submissions.limits import UNCONFINED, Limits
from workbook.grade.submissions.notebooks import course_notebook


def run_apart(*lines: str) -> str:
    """Run a program in a process of its own, and return what it prints."""
    begin = "import sys\nfrom workbook.course.deferred_imports import defer"
    done = run_python("-c", "\n".join([begin, *lines]))
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def asking(*lines: str) -> tuple[str, ...]:
    """Return a program: has matplotlib, which is deferred, been imported after these lines?"""
    return 'defer("matplotlib", "pyplot")', *lines, 'print("matplotlib.colors" in sys.modules)'


def test_an_import_alone_imports_nothing():
    program = asking(
        "import matplotlib",
        "import matplotlib.pyplot",
        "import matplotlib.pyplot as plt",
        "import matplotlib as mpl, matplotlib.pyplot",
    )
    assert run_apart(*program) == "False"


USED = [
    ("import matplotlib.pyplot as plt", "plt.figure().add_subplot().plot([1, 2])"),
    ("import matplotlib.pyplot as plt", "plt.rcParams['lines.linewidth'] = 3"),
    ("import matplotlib", "assert matplotlib.__version__"),
    ("import matplotlib.ticker", "assert matplotlib.ticker.NullLocator()"),
    ("from matplotlib.figure import Figure", "assert Figure().add_subplot()"),
    ("from matplotlib.pyplot import *", "assert figure()"),
    ("from matplotlib import pyplot", "assert pyplot.figure()"),
    ("import matplotlib.pyplot as plt", "import matplotlib.figure", "plt.close('all')"),
    (
        "import matplotlib.pyplot as early",
        "early.figure()",
        "import matplotlib.pyplot as late",
        "assert early.gcf() is late.gcf()",
    ),
    (
        "import matplotlib.pyplot as early",
        "early.of_the_learner = 5",
        "import matplotlib.pyplot",
        "assert sys.modules['matplotlib.pyplot'].of_the_learner == 5",
    ),
    (
        "import matplotlib.pyplot as plt",
        "try: plt.plott",
        "except AttributeError as error: assert 'plott' in str(error)",
    ),
    # A module that is there stays.
    (
        "del sys.modules['matplotlib'], sys.modules['matplotlib.pyplot']",
        "import matplotlib.pyplot as plt",
        "defer('matplotlib', 'pyplot')",
        "assert sys.modules['matplotlib.pyplot'] is plt",
    ),
]

# Each in a process of its own, forked from one that has imported what matplotlib needs.
EACH = """
import json, os, sys, traceback
import PIL.PngImagePlugin, dateutil.rrule, kiwisolver, numpy, packaging.version, pyparsing
from workbook.course.deferred_imports import defer
assert "matplotlib" not in sys.modules
for program in json.loads(sys.argv[1]):
    if os.fork() == 0:
        try:
            exec(program, {"sys": sys, "defer": defer})
        except BaseException:
            traceback.print_exc(file=sys.stdout)
        sys.stdout.write("\\0")
        sys.stdout.flush()
        os._exit(0)
    os.wait()
"""


@pytest.fixture(scope="module")
def said():
    """What each of these programs prints."""
    programs = ["\n".join(asking(*lines)) for lines in USED]
    done = run_python("-c", EACH, json.dumps(programs))
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split("\0")


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(USED)), ids=lambda number: USED[number][-1])
def test_what_is_asked_of_them_is_answered_by_the_real_ones(number, said):
    assert said[number].strip() == "True"


@pytest.fixture(scope="module")
def warm():
    with WarmProcess(Limits(), UNCONFINED, with_ipython=False) as warm:
        yield warm


def cells_of(course, exercise, more=""):
    """Return the cells to run of a solved notebook, with more in the last answer, and its source"""
    notebook = filled_notebook(course, exercise, reference_answers(course, exercise))
    solution_cell(notebook, exercise.functions[-1]).source += f"\n{more}\n"
    source = course_notebook(course, "source", exercise)
    return cells_to_run(notebook, source), source


def last_word(warm, cells):
    """Return what the function `word` of these cells returns."""
    session = Session(warm, Limits(), {}, time.monotonic() + 60)
    for cell in cells:
        assert session.run_cell(cell.number, cell.source) == []
    word = session.call("word", (), {})
    session.close()
    return word


@pytest.mark.in_turns(3)
@pytest.mark.parametrize("exercise", NOTEBOOKS, ids=lambda exercise: exercise.name)
def test_what_the_course_imports_before_an_answer_does_without_matplotlib(course, warm, exercise):
    more = "import sys\ndef word():\n    return 'matplotlib.colors' in sys.modules"
    cells, _ = cells_of(course, exercise, more)
    assert last_word(warm, cells) is False


@pytest.mark.parametrize(
    ("more", "drawing"),
    [
        ("", False),
        ("default = 3", False),
        ("plt.plot([1, 2])", True),
        ("import matplotlib as m", True),
        ("cost_curve([3, 2, 1])", True),
    ],
)
def test_whoever_draws_has_matplotlib_at_hand(course, more, drawing):
    for exercise in (NOTEBOOKS[0], NOTEBOOKS[-1]):
        assert draws(*cells_of(course, exercise, more)) is drawing


def test_whoever_draws_unseen_draws_all_the_same(course, warm):
    more = """
import workbook
drawn = getattr(workbook, "cost_" + "curve")([3, 2, 1])
other = globals()["p" + "lt"].figure()
def word():
    return [type(drawn).__name__, type(other).__name__]
"""
    cells, source = cells_of(course, NOTEBOOKS[0], more)
    assert not draws(cells, source)
    assert last_word(warm, cells) == ["Picture", "Figure"]


def test_a_deferred_function_is_imported_when_it_is_called():
    program = """
defer("json.tool", functions=["main"])
from json.tool import main
print(isinstance(sys.modules["json.tool"], type(sys)), "argparse" in sys.modules)
sys.argv[1:] = ["--help"]
try:
    main()
except SystemExit:
    print("argparse" in sys.modules)
"""
    said = run_apart(program).splitlines()
    assert said[0] == "True False"
    assert said[1].startswith("usage:")
    assert said[-1] == "True"


def test_a_submodule_of_a_deferred_package_is_the_real_one():
    program = """
defer("email", functions=["message_from_string"])
from email import message_from_string
assert "email.message" not in sys.modules
import email.utils
assert email.utils.parseaddr("Ada <ada@example.org>") == ("Ada", "ada@example.org")
assert message_from_string("To: ada")["To"] == "ada"
assert email.__file__
"""
    assert run_apart(program) == ""


@pytest.mark.slow
def test_the_gradebook_is_imported_without_a_server():
    """What nbgrader's import brings along waits, and is there for who asks for it."""
    program = """
import workbook.grade.gradebook.gradebook
heavy = {"jupyter_server", "nbconvert", "requests.api", "setuptools", "nbgrader.converters"}
heavy |= {"alembic"}
print(sorted(heavy & set(sys.modules)))
import nbgrader
from nbgrader.utils import unpack_archive
from nbgrader.server_extensions.formgrader import handlers
assert handlers.default_handlers
import pytest
with pytest.raises(FileNotFoundError):
    unpack_archive("/no/such/archive", "/no/such/folder")
# The real one looks for the server's log.
with pytest.raises(AttributeError, match="NoneType"):
    nbgrader.load_courses(None)
print(sorted(heavy & set(sys.modules)))
"""
    first, last = run_apart(program).splitlines()
    assert first == "[]"
    assert last == "['jupyter_server', 'nbconvert', 'nbgrader.converters', 'setuptools']"


def test_a_class_that_has_not_changed_is_not_parsed_again(tmp_path, course, workbook_grade):
    submitted, exercise = tmp_path / "submitted", NOTEBOOKS[0]
    answers = reference_answers(course, exercise)
    submit(submitted, "ada", exercise, filled_notebook(course, exercise, answers))
    first = workbook_grade(submitted, tmp_path / "out", "--no-feedback")
    assert (first.exit_code, "2 judged, 0 had not changed" in first.stdout) == (0, True)
    grade = ["grade", str(submitted), "--out", str(tmp_path / "out"), "--course", str(course.root)]
    program = f"""
import sys
from workbook.cli import main
try:
    main({[*grade, "--no-feedback"]})
finally:
    print("nbformat" in sys.modules)
"""
    # Without bubblewrap, a note stands in stderr.
    again = run_python("-c", program)
    assert (again.returncode, "0 judged, 2 had not changed" in again.stdout) == (0, True)
    assert again.stdout.endswith("\nFalse\n")
