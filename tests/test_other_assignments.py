"""An assignment that is nbgrader's alone, in the course's folder: graded as by any nbgrader."""

import csv
import socket
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import pytest
from nbclient.exceptions import DeadKernelError
from nbgrader.api import Gradebook
from nbgrader.preprocessors import Execute

from tests.command import workbook
from tests.gradebooks import address
from tests.reference import before_a_release
from tests.submissions import hand_in
from workbook.course.exercises import find
from workbook.grade.sandbox import bubblewrap
from workbook.grade.sandbox.kernel import ConfinedKernelManager, ConfinedProvisioner
from workbook.grade.sandbox.warm_process import font_list
from workbook.grade.submissions import staging

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not bubblewrap.works(), reason="only bubblewrap confines a kernel"),
]

DOUBLE = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION\n"
SUM = (
    "import csv\n\n\ndef total():\n    ### BEGIN SOLUTION\n"
    "    return sum(float(row[0]) for row in csv.reader(open('data.csv')))\n    ### END SOLUTION\n"
)
ANSWERS = {
    "right": (
        "def double(x):\n    return 2 * x",
        "import csv\ndef total():\n    with open('data.csv') as file:\n"
        "        return sum(float(row[0]) for row in csv.reader(file))",
    ),
    "half": ("def double(x):\n    return 2 * abs(x)", "def total():\n    return 6"),
    "raising": ("def double(x):\n    raise ValueError('no')", "1 / 0"),
    "writer": (
        "open('mine.py', 'w').write('def double(x): return x + x')\nfrom mine import double",
        "import subprocess\ndef total():\n    return float(subprocess.run(['echo', '6'], "
        "capture_output=True, text=True).stdout)",
    ),
    "sharer": (
        "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as pool:\n"
        "    four = pool.map(abs, [-4])[0]\ndef double(x):\n    return four // 2 * x",
        "import getpass\ndef total():\n    return 6.0 if getpass.getuser() else 0",
    ),
    "endless": ("while True: pass", "def total():\n    return 6.0"),
    "untouched": (None, None),
}


def cell(source, name, **settings):
    kinds = {"grade": False, "solution": False, "locked": False, "points": 0, **settings}
    metadata = {"nbgrader": {"grade_id": name, "schema_version": 3, "cell_type": "code", **kinds}}
    if not kinds["grade"]:
        del metadata["nbgrader"]["points"]
    return nbformat.v4.new_code_cell(source, metadata=metadata, id=name)


def write_source(root):
    """Write an assignment as an instructor would, with a hidden test and two others."""
    hidden = "### BEGIN HIDDEN TESTS\nassert double(-3) == -6\n### END HIDDEN TESTS\n"
    cells = [
        cell(DOUBLE, "double", solution=True),
        cell(f"assert double(2) == 4\n{hidden}", "double-test", grade=True, locked=True, points=3),
        cell(SUM, "total", solution=True),
        cell("assert total() == 6", "total-test", grade=True, locked=True, points=2),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    folder = root / "source" / "ps1"
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "problem 1.ipynb")
    (folder / "data.csv").write_text("1\n2\n3\n", encoding="utf-8")


def submit(root):
    """Hand in an answer of each student to the released notebook."""
    for student, texts in ANSWERS.items():
        notebook = nbformat.read(root / "release" / "ps1" / "problem 1.ipynb", as_version=4)
        for name, text in zip(("double", "total"), texts, strict=True):
            (own,) = [one for one in notebook.cells if one.metadata.nbgrader.grade_id == name]
            own.source = own.source if text is None else text
        folder = root / "submitted" / student / "ps1"
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / "problem 1.ipynb")
        (folder / "data.csv").write_text("1\n2\n3\n", encoding="utf-8")


def marks(root):
    with Gradebook(address(root / "gradebook.db")) as gradebook:
        return {
            (submission.student.id, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for submission in gradebook.assignment_submissions("ps1")
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


@pytest.fixture(scope="module")
def graded(nbgrader_command):
    """A function that writes the assignment into a course's folder, and has nbgrader grade it."""

    def graded(root):
        with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
            # Only what never ends is to be waited for, and not long.
            file.write("c.Execute.timeout_func = lambda one: 5 if 'while' in one.source else 60\n")
        write_source(root)
        for command in ("generate_assignment", "autograde", "generate_feedback"):
            done = nbgrader_command(root, command, "ps1")
            assert done.returncode == 0, done.stderr
            if command == "generate_assignment":
                submit(root)
        return root

    return graded


@pytest.fixture(scope="module")
def ours(graded, copy_course, tmp_path_factory):
    """The assignment, graded in this course."""
    return graded(copy_course(tmp_path_factory.mktemp("other") / "ours"))


@before_a_release
def test_marks_are_those_of_an_nbgrader_that_nobody_has_configured(ours, graded, tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    assert marks(ours) == marks(graded(tmp_path))


def test_marks_are_those_that_any_nbgrader_gives(ours):
    found = marks(ours)
    assert not any(by_hand for _, by_hand in found.values())
    points = {student: [found[student, f"{name}-test"][0] for name in ("double", "total")]
              for student in ANSWERS}  # fmt: skip
    assert points == {
        "right": [3, 2], "half": [0, 2], "raising": [0, 0], "writer": [3, 2], "sharer": [3, 2],
        "endless": [0, 2], "untouched": [0, 0],
    }  # fmt: skip
    table = ours / "ps1.csv"
    options = ["export", "--to", "csv", "--assignment", "ps1", "--out", str(table)]
    done = workbook(*options, "--course", ours)
    assert done.exit_code == 0, done.output
    with table.open(encoding="utf-8", newline="") as file:
        exported = {row["student"]: float(row["ps1"]) for row in csv.DictReader(file)}
    assert exported == {student: sum(two) for student, two in points.items()}


def test_the_other_commands_go_on_working(ours, nbgrader_command, tmp_path):
    release = ours / "release" / "ps1" / "problem 1.ipynb"
    assert "HIDDEN" not in release.read_text(encoding="utf-8")
    assert len(list((ours / "feedback").glob("*/ps1/*.html"))) == len(ANSWERS)
    exported = nbgrader_command(ours, "export", "--to", tmp_path / "grades.csv")
    assert exported.returncode == 0, exported.stderr
    grades = (tmp_path / "grades.csv").read_text(encoding="utf-8")
    assert "ps1,,,right,,,,5.0,0.0,5.0,5.0" in grades
    notebook = ours / "submitted" / "half" / "ps1" / "problem 1.ipynb"
    said = nbgrader_command(ours, "validate", notebook)
    assert "Success" in said.stdout


def test_the_workbook_leaves_it_to_nbgrader_in_a_line(copy_course, tmp_path):
    root = copy_course(tmp_path / "course")
    write_source(root)
    exercise = find("update_parameters")
    for student in ("ada", "emmy"):
        hand_in(root / "submitted", student, exercise)
    for student in ("ada", "li wei"):
        folder = root / "submitted" / student / "ps1"
        folder.mkdir(parents=True)
        (folder / "problem 1.ipynb").write_text('{"cells": []}', encoding="utf-8")
    done = workbook("grade", root / "submitted", "--course", root)
    assert done.exit_code == 0, done.output
    said = " ".join(done.output.split())
    assert "ps1 (2 students) is left to nbgrader: `nbgrader autograde ps1` grades it" in said
    assert "li wei" in said


@before_a_release
def test_without_bubblewrap_only_what_the_instructor_has_named_runs(
    copy_course, nbgrader_command, tmp_path
):
    root = copy_course(tmp_path / "course")
    write_source(root)
    assert nbgrader_command(root, "generate_assignment", "ps1").returncode == 0
    submit(root)
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("import shutil\nshutil.which = lambda name, **options: None\n")
    refused = nbgrader_command(root, "autograde", "ps1", "--student", "right")
    assert refused.returncode == 1
    line = 'c.SubmissionExporter.unconfined_assignments = ["ps1"]'
    assert line in refused.stderr
    assert not (root / "autograded").exists()
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    allowed = nbgrader_command(root, "autograde", "ps1", "--student", "right")
    assert allowed.returncode == 0, allowed.stderr
    assert "ps1 runs with your own rights" in allowed.stderr
    assert sum(score for score, _ in marks(root).values()) == 5


# --- A kernel like any other ----------------------------------------------------------------------


def run(folder, *cells):
    """Run cells in a confined kernel; return what the last one shows, or its error."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    execute = Execute(kernel_manager_class=ConfinedKernelManager)
    execute.preprocess(notebook, {"metadata": {"path": str(folder)}})
    shown = notebook.cells[-1].outputs[-1]
    return shown.evalue if shown.output_type == "error" else shown.data["text/plain"]


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "ada" / "ps1"
    folder.mkdir(parents=True)
    (folder / "data.csv").write_text("1", encoding="utf-8")
    return folder


def test_a_notebook_finds_what_the_one_before_it_has_written(work):
    written = "os.makedirs('a/b')\nPath('a/b/c').write_text('3')\nPath('data.csv').write_text('2')"
    links = "os.symlink('/etc/passwd', 'link')"
    run(work, f"import os\nfrom pathlib import Path\n{written}\n{links}", "1")
    run(work, "from pathlib import Path\nPath('more.ipynb').write_text('{}')", "1")
    text = "(Path('a/b/c').read_text(), Path('data.csv').read_text(), sorted(os.listdir()))"
    found = run(work, f"import os\nfrom pathlib import Path\n{text}")
    assert found == "('3', '2', ['a', 'data.csv'])"
    # Another student's does not, and nothing is left on the disk.
    other = work.parents[1] / "bob" / "ps1"
    other.mkdir(parents=True)
    assert run(other, "import os\nos.listdir()") == "[]"
    assert [path.name for path in work.iterdir()] == ["data.csv"]


SOCKETS = """
import socket, sys
place = sys.argv[sys.argv.index("-f") + 1].rpartition("/")[0]
for number in range(10**6):
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(f"{place}/s{number}")
"""


def test_a_kernel_that_fills_the_folder_of_its_sockets_is_ended(work, monkeypatch):
    counts, cleanup = [], ConfinedProvisioner.cleanup

    async def counted(self, restart=False):
        counts.append(len(list(self.folder.iterdir())))
        await cleanup(self, restart)

    monkeypatch.setattr(ConfinedProvisioner, "cleanup", counted)
    with pytest.raises(DeadKernelError):
        run(work, SOCKETS, "1")
    # Most disks have room for a million files or more.
    assert max(counts) < 100_000


def test_a_notebook_that_nobody_has_written_is_not_parsed_by_nbgrader(work, tmp_path):
    (work / "1.ipynb").write_text('{"cells": [' + "[]," * 400_000 + "[]]}", encoding="utf-8")
    (work / "2.ipynb").write_text('{"cells": [' + " " * 2**20 + "]}", encoding="utf-8")
    problems = staging.stage_as_it_is(work, tmp_path / "copy")
    assert {path.name for path in (tmp_path / "copy").iterdir()} == {"2.ipynb", "data.csv"}
    (said,) = problems.values()
    assert said == (
        "1.ipynb: the file holds more texts and lists than any notebook has; it is left out"
    )


def test_what_is_no_archive_is_not_brought_to_the_next_notebook(work):
    place = "import sys\nplace = sys.argv[sys.argv.index('-f') + 1].rpartition('/')[0]"
    taken = "socket.socket(socket.AF_UNIX).bind(place + '/written.tar')"
    run(work, place, "open('mine', 'w').write('x')", f"import socket\n{taken}", "1")
    assert run(work, "import os\nos.listdir()") == "['data.csv']"


def test_a_kernel_has_what_it_has_without_confinement(work):
    found = run(
        work,
        "import matplotlib, multiprocessing, os, pwd, socket, subprocess\n"
        "open('a.sh', 'w').write('#!/bin/sh\\necho 3'); os.chmod('a.sh', 0o755); os.mkfifo('b')\n"
        "with multiprocessing.Manager() as manager:\n    shared = dict(manager.dict(x=1))",
        "(os.getcwd().split('/')[-2:], pwd.getpwuid(os.getuid()).pw_name, shared, "
        "socket.gethostbyname('localhost'), subprocess.check_output('./a.sh'), "
        "os.listdir(matplotlib.get_cachedir()))",
    )
    # matplotlib does not look for all fonts again, and nothing else of the instructor's is there.
    fonts = [path.name for path in font_list().glob("fontlist-*.json")]
    shown = f"(['ada', 'ps1'], 'student', {{'x': 1}}, '127.0.0.1', b'3\\n', {fonts})"
    assert " ".join(found.split()) == shown


def test_a_kernel_starts_where_no_list_of_fonts_can_be_kept(work, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nothing")
    assert run(work, "1 + 1") == "2"


def test_notebooks_are_staged_before_all_that_is_too_much(work, monkeypatch):
    monkeypatch.setattr(staging, "_MOST_OF_ANOTHER", 2)
    (work / "problem.ipynb").write_text("{}", encoding="utf-8")
    (work / "a.csv").write_text("1", encoding="utf-8")
    problems = staging.stage_as_it_is(work, work.parent / "copy")
    assert sorted(path.name for path in (work.parent / "copy").iterdir()) == [
        "a.csv", "problem.ipynb"
    ]  # fmt: skip
    assert list(problems.values()) == ["it holds more than 2 files; the rest is left out"]


# --- Attacks on what lies outside of the kernel ---------------------------------------------------

ATTACKS = {
    "reads the gradebook": "open({secret!r}).read()",
    "lists the course": "import os; os.listdir({folder!r})",
    "writes outside": "open({folder!r} + '/planted', 'w')",
    "writes below the root": "open('/planted', 'w')",
    "writes into the program": "import workbook; open(workbook.__file__, 'a')",
    "fills the folder of its sockets": "import glob, json, sys\n"
    "place = sys.argv[sys.argv.index('-f') + 1].rpartition('/')[0]\nopen(place + '/x', 'w')",
    "changes its connection": "import sys\nopen(sys.argv[sys.argv.index('-f') + 1], 'w')",
    "fills the disk": "with open('large', 'wb') as file:\n"
    "    for _ in range(200): file.write(bytes(2**20))",
    "fills the disk with many": "for n in range(200):\n"
    "    with open(f'large{{n}}', 'wb') as file: file.write(bytes(2**20))",
    "uses the network": "import socket\nsocket.create_connection(('{host}', {port}), 2)",
    "uses a local service": "import socket\nsocket.socket(socket.AF_UNIX).connect({service!r})",
    "sees other processes": "import os\nassert [p for p in os.listdir('/proc') if p.isdigit() and "
    "b'600.125' in open(f'/proc/{{p}}/cmdline', 'rb').read()]",
    "takes more memory": "x = bytearray(8 * 2**30)",
    "reads the environment": "import os\nos.environ['A_SECRET']",
    "mounts": "import ctypes\n"
    "assert ctypes.CDLL(None).mount(b'none', b'/tmp', b'tmpfs', 0, 0) == 0",
}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """What became of each attack, one after the other in one kernel, and the files outside."""
    work = tmp_path_factory.mktemp("work")
    with (
        pytest.MonkeyPatch.context() as patch,
        # A socket's path has to be short.
        TemporaryDirectory(dir="/tmp") as outside,
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as local,
    ):
        # Another process of this machine, with words of its own.
        beside = subprocess.Popen(["sleep", "600.125"])
        patch.setenv("A_SECRET", "a secret")
        folder = Path(outside)
        (folder / "gradebook.db").write_text("marks", encoding="utf-8")
        local.bind(str(folder / "service"))
        local.listen()
        known = {
            "secret": str(folder / "gradebook.db"), "folder": str(folder), "host": "127.0.0.1",
            "port": server.getsockname()[1], "service": str(folder / "service"),
        }  # fmt: skip
        cells = [nbformat.v4.new_code_cell(text.format(**known)) for text in ATTACKS.values()]
        cells.append(nbformat.v4.new_code_cell("6 * 7"))
        notebook = nbformat.v4.new_notebook(cells=cells)
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        execute = Execute(kernel_manager_class=ConfinedKernelManager)
        try:
            execute.preprocess(notebook, {"metadata": {"path": str(work)}})
        finally:
            beside.kill()
            beside.wait()
        left = {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}
    return left, dict(zip([*ATTACKS, "after"], notebook.cells, strict=True))


@pytest.mark.in_turns(4)
@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_by_a_kernel_is_in_vain(attack, attacked):
    left, cells = attacked
    errors = [one.ename for one in cells[attack].outputs if one.output_type == "error"]
    assert errors, cells[attack].outputs
    assert "SyntaxError" not in errors
    assert cells["after"].outputs[0].data["text/plain"] == "42"
    assert left == {"gradebook.db": "marks"}
