"""Files that were handed in beside a notebook: who reads them, and which they are."""

import os
import pickle
import subprocess
import sys
import sysconfig
import venv
import zipfile

import nbformat
import numpy as np
import pytest
from nbgrader.api import Gradebook

from tests.submissions import COURSE, answer_text, hand_in
from workbook.course.exercises import find
from workbook.grade.judging.judge import Judge
from workbook.grade.sandbox.confinement import detect_layers
from workbook.grade.submissions import answers
from workbook.grade.submissions.beside import (
    MAX_BYTES_BESIDE,
    NOTHING_BESIDE,
    files_among,
    files_beside,
)
from workbook.grade.submissions.find import find_submissions
from workbook.grade.submissions.limits import Layers
from workbook.grade.submissions.results import read_results

EXERCISE = find("linear_forward")
RIGHT = answer_text(EXERCISE)
LAYERS = detect_layers(unconfined=True)
TIERS = dict.fromkeys([LAYERS, Layers(False, LAYERS.landlock, LAYERS.seccomp)])


@pytest.fixture(scope="module", params=TIERS, ids=str)
def judge(request):
    judge = Judge(COURSE, layers=request.param)
    yield judge
    judge.close()


def submitted(tmp_path, before="", files=None, student="ada"):
    """Hand in an answer with files beside it; return the job."""
    path = hand_in(tmp_path, student, EXERCISE, before=before)
    for name, content in (files or {}).items():
        file = path.parent / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    (one,) = [s for s in find_submissions(path.parent.parent).submitted if not s.is_missing]
    return one.job()


WORKS = {
    "a module": ("from helpers import three\nassert three == 3\n", {"helpers.py": "three = 3"}),
    "a package": ("import mine.parts\nassert mine.parts.x == 3\n",
                  {"mine/__init__.py": "", "mine/parts.py": "from mine.more import x",
                   "mine/more.py": "x = 3"}),
    "a module that another package is called like": (
        "import jinja2\nassert jinja2.own\n", {"jinja2.py": "own = True"}),
    "data": ("assert open('data/x.csv').read() == '1,2'\n", {"data/x.csv": "1,2"}),
    "an array": ("import numpy as np\nassert np.load('x.npy').sum() == 3\n", {"x.npy": b""}),
    "a module with windows": ("import plots\nplots.draw()\n", {
        "plots.py": "import matplotlib\nmatplotlib.use('TkAgg')\n"
                    "import matplotlib.pyplot as plt\n"
                    "def draw():\n    plt.plot([1])\n    plt.savefig('x.png')"}),
    "a module that changes": (
        "%%time\nimport m\nassert m.x == 1\nopen('m.py', 'w').write('x = 2')\n"
        "import importlib; importlib.reload(m)\nassert m.x == 2\n", {"m.py": "x = 1"}),
    "a notebook that it runs": ('%run "lib/my helpers.ipynb"\nassert three == 3\n', {
        "lib/my helpers.ipynb": nbformat.writes(nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell("three = 3")]))}),
    "a module in a folder to which it changes": (
        "import os\nos.chdir('lib')\nfrom helpers import three\nassert three == 3\n",
        {"lib/helpers.py": "three = 3"}),
    "a module called test": ("from test import three\nassert three == 3\n",
                             {"test.py": "three = 3"}),
    "a new module": ("open('new.py', 'w').write('x = 3')\nfrom new import x\n", {}),
    "a new file": ("import numpy as np\nnp.save('y.npy', np.ones(3))\nassert np.load('y.npy')[0]\n",
                   {}),
}  # fmt: skip


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(("before", "files"), WORKS.values(), ids=WORKS)
def test_what_lies_beside_can_be_used(judge, tmp_path, before, files):
    if "x.npy" in files:
        np.save(tmp_path / "x.npy", np.ones(3))
        files = {"x.npy": (tmp_path / "x.npy").read_bytes()}
    result = judge.judge(submitted(tmp_path, before, files))
    assert (result.points, result.notes) == (EXERCISE.points, ())


def test_a_notebook_that_writes_a_module_and_imports_it(judge, tmp_path):
    notebook = answers.filled_notebook(COURSE, EXERCISE, "from my_linear import linear_forward")
    place = notebook.cells.index(answers.solution_cell(notebook))
    text = f"%%writefile my_linear.py\nimport numpy as np\n{RIGHT}"
    notebook.cells.insert(place, nbformat.v4.new_code_cell(text))
    answers.submit(tmp_path, "ada", EXERCISE, notebook)
    for one in find_submissions(tmp_path).submitted:
        if not one.is_missing:
            assert judge.judge(one.job()).points == EXERCISE.points


SHADOWS = ("random.py", "numpy.py", "workbook/__init__.py", "statistics.py", "matplotlib.py")


@pytest.mark.parametrize("name", SHADOWS)
def test_nothing_replaces_the_library_or_the_course(judge, tmp_path, name):
    module = name.partition("/")[0].removesuffix(".py")
    before = f"import {module}\nassert not hasattr({module}, 'own')\n"
    result = judge.judge(submitted(tmp_path, before, {name: "own = 1"}))
    assert result.points == EXERCISE.points
    (note,) = result.notes
    assert "beside the notebook, has the name of a module" in note
    assert f"`import {module}` gets that module, so give the file another name" in note


def test_one_student_does_not_get_the_files_of_another(judge, tmp_path):
    with_file = submitted(tmp_path, "import only_mine\n", {"only_mine.py": ""}, "ada")
    without = submitted(tmp_path, "import only_mine\n", {}, "bob")
    assert judge.judge(with_file).points == EXERCISE.points
    assert "No module named 'only_mine'" in " ".join(judge.judge(without).notes)
    assert judge.judge(with_file).points == EXERCISE.points


def test_what_is_not_handed_over(tmp_path):
    names = (".hidden", ".git/config", "__pycache__/x.pyc", "other.ipynb", "timestamp.txt",
             "feedback/x.html", "__MACOSX/x", "Thumbs.db", "x.pth")  # fmt: skip
    job = submitted(tmp_path, files=dict.fromkeys(names, "x") | {"kept.txt": "x"})
    folder = tmp_path / "ada" / EXERCISE.assignment
    (folder / "link.txt").symlink_to("/etc/hostname")
    (folder / "folder").symlink_to("/etc")
    os.mkfifo(folder / "pipe")
    assert files_beside(folder).files == {"kept.txt": b"x"} == job.beside.files


def test_an_installation_of_python_takes_no_files_place(tmp_path):
    packages = {f"env/lib/python3.12/site-packages/p{n}/__init__.py": "" for n in range(300)}
    files = {**packages, "env/pyvenv.cfg": "", "venv/a.py": "", "helpers.py": "x = 1"}
    assert list(submitted(tmp_path, files=files).beside.files) == ["helpers.py"]
    given = {name: text.encode() for name, text in files.items()}
    assert list(files_among(given).files) == ["helpers.py"]


def test_a_folder_of_pictures_takes_no_modules_place(tmp_path):
    pictures = {f"pictures/{n}.png": "" for n in range(300)}
    beside = submitted(tmp_path, files={**pictures, "lib/helpers.py": "x = 1"}).beside
    assert "lib/helpers.py" in beside.files
    assert len(beside.files) == 200
    assert any("96 more could not be read" in note for note in beside.notes)


def test_beside_a_notebook_that_is_named_alone_others_files_are_left_alone(tmp_path):
    path = hand_in(tmp_path, "ada", EXERCISE).rename(tmp_path / f"{EXERCISE.notebook}.ipynb")
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (one,) = find_submissions(path).submitted
    job = one.job()
    assert job.data == path.read_bytes()
    assert job.beside is NOTHING_BESIDE is files_beside(None)


def test_what_is_too_large_is_named_with_its_size(tmp_path):
    files = {
        "big.bin": bytes(MAX_BYTES_BESIDE),
        "small.txt": b"x",
        "a.bin": bytes(2 * MAX_BYTES_BESIDE),
    }
    beside = submitted(tmp_path, files=files).beside
    assert list(beside.files) == ["small.txt"]
    (note,) = beside.notes
    assert "big.bin (5.0 MiB) and a.bin (10.0 MiB) could not be read when it was graded" in note
    assert len(pickle.dumps(beside)) < MAX_BYTES_BESIDE


@pytest.mark.parametrize("in_archive", [False, True], ids=["folder", "archive"])
def test_files_too_deep_are_named_by_their_folder(tmp_path, in_archive):
    files = {"1/2/3/4/5/kept.txt": b"x", "1/2/3/4/5/6/lost.txt": b"x", "1/2/3/4/5/6/7/x.txt": b"x"}
    if in_archive:
        beside = files_among({**files, "1/2/3/4/5/.git/config": b"x"})
    else:
        beside = submitted(tmp_path, files=files).beside
    assert list(beside.files) == ["1/2/3/4/5/kept.txt"]
    (note,) = beside.notes
    assert note.startswith("files in the folders of 1/2/3/4/5, beside the notebook, could not")


def test_many_folders_that_lie_too_deep_are_one_note():
    (note,) = files_among({f"1/2/3/4/{n}/6/x.txt": b"" for n in range(3000)}).notes
    assert "1/2/3/4/4 and 2995 more, beside the notebook" in note


def test_files_past_the_most_that_are_looked_at_are_named(tmp_path):
    for number in range(2010):
        (tmp_path / f"{number:04}.txt").touch()
    *_, note = files_beside(tmp_path).notes
    assert note.startswith("there are more than 2000 files beside the notebook: from 2000.txt on")


def test_the_hash_covers_what_lies_beside(tmp_path):
    plain, one, other, renamed = (
        submitted(tmp_path / str(number), files=files).sha256
        for number, files in enumerate([{}, {"a": "1"}, {"a": "2"}, {"b": "1"}])
    )
    assert len({plain, one, other, renamed}) == 4
    assert submitted(tmp_path / "1").sha256 == one


@pytest.mark.slow
@pytest.mark.parametrize("command", ["workbook grade", "nbgrader autograde"])
def test_each_command_hands_them_over(
    copy_course, nbgrader_command, workbook_grade, tmp_path, command
):
    root = copy_course(tmp_path / "course")
    before = "from helpers import three\nassert three == 3\n"
    path = hand_in(root / "submitted", "ada", EXERCISE, before=before)
    (path.parent / "helpers.py").write_text("three = 3", encoding="utf-8")
    if command == "workbook grade":
        workbook_grade(root / "submitted", tmp_path / "out")
        (result,) = [
            r for r in read_results(tmp_path / "out" / "results") if r.exercise == EXERCISE.name
        ]
        assert result.points == EXERCISE.points
        return
    nbgrader_command(root, "autograde", EXERCISE.assignment)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        found = gradebook.find_submission_notebook(EXERCISE.notebook, EXERCISE.assignment, "ada")
        assert sum(grade.auto_score for grade in found.grades) == EXERCISE.points


WHEEL = {
    "tiny.py": "three = 3\n",
    "tiny-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
    "tiny-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "tiny-1.0.dist-info/RECORD": "",
}


@pytest.mark.slow
def test_a_package_that_is_installed_where_work_is_graded(tmp_path):
    """As the page for instructors says: ``pip install`` into the environment that grades."""
    environment, wheel = tmp_path / "environment", tmp_path / "tiny-1.0-py3-none-any.whl"
    venv.create(environment)
    with zipfile.ZipFile(wheel, "w") as file:
        for name, text in WHEEL.items():
            file.writestr(name, text)
    (packages,) = environment.glob("lib/*/site-packages")
    # All else that grading needs is taken from the environment of this test.
    paths = f"{sysconfig.get_path('purelib')}\n{COURSE.root}\n"
    (packages / "shared.pth").write_text(paths, encoding="utf-8")
    python = environment / "bin" / "python"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--no-index",
        str(wheel),
    ]
    answer = "from tiny import three\n" + RIGHT.replace("W @ A", "(three // 3) * (W @ A)")
    notebook = answers.filled_notebook(COURSE, EXERCISE, answer)
    answers.submit(tmp_path / "submitted", "ada", EXERCISE, notebook)
    grade = [str(python), "-m", "workbook.cli", "grade", "submitted", "--out", "out"]
    grade += ["--no-feedback", "--course", str(COURSE.root)]
    for given, command in (
        (0, grade),
        (EXERCISE.points, pip),
        (EXERCISE.points, [*grade, "--force"]),
    ):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
        found = [
            r for r in read_results(tmp_path / "out" / "results") if r.exercise == EXERCISE.name
        ]
        assert command is pip or found[0].points == given
