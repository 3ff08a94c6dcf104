"""The autograder for Gradescope: its zip, and its runs in a folder like Gradescope's."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.autograder import Tree, python_for_all
from tests.command import workbook
from tests.layouts import zipped
from tests.submissions import COURSE, answer_text, reference_answers
from workbook.course.exercises import EXERCISES, NOTEBOOKS, find
from workbook.course.text import printable
from workbook.grade.gradescope.results_json import NO_MARK
from workbook.grade.judging.judge import Judge
from workbook.grade.submissions.answers import filled_notebook
from workbook.grade.submissions.jobs import Job

pytestmark = pytest.mark.slow

ONE, TWO, LAB = find("linear_backward"), find("linear_activation_backward"), find("check_it")

# What a user of its own takes: root, and a Python that others can start.
needs_user = pytest.mark.skipif(
    os.geteuid() != 0 or python_for_all() is None,
    reason="needs root, and a Python of this version that every user can start",
)


def notebook(exercise, answer):
    return json.dumps(filled_notebook(COURSE, exercise, answer)).encode()


def without_numbers(text):
    return re.sub(r"\d[\d.e+-]*", "#", text)


def invoke(*arguments):
    return workbook("gradescope", *arguments, columns=200)


@pytest.fixture(scope="module")
def tree():
    """A folder like Gradescope's, for all users to enter."""
    folder = Path(tempfile.mkdtemp(prefix="autograder-", dir="/tmp"))
    options = ("--assignment", ONE.assignment, "--course", COURSE.root)
    done = invoke("-o", folder / "new" / "a.zip", *options)
    assert done.exit_code == 0, done.output
    assert '"Autograder points" in the assignment\'s settings there: 36.' in done.output
    made = Tree(folder)
    made.install(folder / "new" / "a.zip")
    yield made
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def _settings(request):
    if "tree" in request.fixturenames:
        request.getfixturevalue("tree").settings(assignment=ONE.assignment)


def test_the_zip_is_what_gradescope_takes_and_only_its_owner_can_read_it(tree):
    out = tree.root / "new" / "a.zip"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with zipfile.ZipFile(out) as archive:
        modes = {one.filename: one.external_attr >> 16 & 0o777 for one in archive.infolist()}
        said = json.loads(archive.read("settings.json"))
        held = archive.read("course/.workbook-secret/key")
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    assert said == {"assignment": ONE.assignment, "visibility": "after_due_date"}
    assert held == (COURSE.root / ".workbook-secret" / "key").read_bytes()
    assert f"course/grader_tests/{ONE.name}.py" in modes
    assert not [name for name in modes if "misconceptions" in name or "assignments/" in name]


def test_what_cannot_be_packed_is_said_in_a_sentence(tmp_path):
    done = invoke("--assignment", "hw1", "-o", tmp_path / "a.zip", "--course", COURSE.root)
    assert done.exit_code == 2
    assert "unknown assignment 'hw1'; the assignments are: 1_initialization" in done.output
    (tmp_path / "file").touch()
    done = invoke("-o", tmp_path / "file" / "a.zip", "--course", COURSE.root)
    assert done.exit_code == 2
    assert "a.zip cannot be written: " in done.output


def test_each_test_has_its_score_and_sentence_and_the_lab_is_a_bonus(tree):
    """Odd names, an archive, a damaged file, and a lab, with the marks that the judge gives."""
    tree.settings(visibility="after_published")
    lab = filled_notebook(COURSE, LAB, None)
    answers = reference_answers(COURSE, LAB)
    for cell in lab.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "gradient_difference":
            cell.source = answers["gradient_difference"]
    wrong = answer_text(TWO, "relu_mask_inverted")
    handed_in = {
        ONE: notebook(ONE, answer_text(ONE)),
        TWO: notebook(TWO, wrong),
        LAB: json.dumps(lab).encode(),
    }
    given, shown = tree.run({
        "homework (1).ipynb": handed_in[LAB],
        "Lovelace Ada/meine Lösung.ipynb.txt": handed_in[TWO],
        "all.zip": zipped(("x/final.ipynb", handed_in[ONE]), ("x/notes.txt", b"hello")),
        f"{EXERCISES[0].notebook}.ipynb": b'{"cells": [',
    })  # fmt: skip
    with closing(Judge(COURSE)) as judge:
        judged = {one: judge.judge(Job("ada", one, data)) for one, data in handed_in.items()}
    by_place = {}
    for test in given["tests"]:
        by_place.setdefault(int(test["number"].partition(".")[0]), []).append(test)
    assert list(by_place) == sorted(NOTEBOOKS.index(one) + 1 for one in (*EXERCISES, LAB))
    for one, result in judged.items():
        tests = by_place[NOTEBOOKS.index(one) + 1]
        assert [test["score"] for test in tests] == [verdict.points for verdict in result.tests]
        assert [test["max_score"] for test in tests] == [v.max_points for v in result.tests]
        for test, verdict in zip(tests, result.tests, strict=True):
            assert verdict.title in test["name"]
            # The file's place is a part of the seed: a message may have other numbers.
            assert without_numbers(verdict.message) in without_numbers(test["output"])
            assert test["status"] == ("passed" if verdict.passed else "failed")
            assert test["visibility"] == "after_published"
            assert ("bonus" in test["tags"]) == one.is_lab
    assert 0 < judged[TWO].points < TWO.points
    assert judged[TWO].tests[-1].diagnosis is None or judged[TWO].tests[-1].diagnosis in "".join(
        test["output"] for test in by_place[NOTEBOOKS.index(TWO) + 1]
    )
    assert 0 < judged[LAB].points < LAB.points
    assert given["score"] == sum(result.points for result in judged.values())
    assert given["stdout_visibility"] == "hidden"
    assert given["execution_time"] > 0
    assert given["extra_data"]["statuses"][ONE.name] == "graded"
    assert "Not handed in: 02_initialize_parameters_deep.ipynb, " in given["output"]
    assert "the notebook was found as all.zip/x/final.ipynb" in given["output"]
    assert "it breaks off after 11 characters" in given["output"]
    assert "Student code was kept from the hidden tests" in given["output"]
    assert f"{ONE.name}: 12 of 12 (graded)" in shown


# It looks for the solution wherever it may be, takes it for its own, and writes itself the mark.
# What it starts goes on after the answer.
ATTACK = """
import glob, os, time

def texts():
    try:
        pids = [one for one in os.listdir("/proc") if one.isdigit()]
    except OSError:
        pids = []
    roots = [{root!r}, *(f"/proc/{{pid}}/root{root}" for pid in pids)]
    paths = [f"{{one}}/source/course/solutions/linear_backward.py" for one in roots]
    for path in (*paths, *glob.glob({root!r} + "/**/linear_backward.py", recursive=True)):
        try:
            yield open(path, encoding="utf-8").read()
        except OSError:
            pass

def give_marks():
    mark = '{{"score": 999, "output": "owned"}}'
    for path in ({results!r}, {results!r} + ".part"):
        for attempt in (lambda: os.chmod(os.path.dirname(path), 0o777), lambda: os.remove(path),
                        lambda: os.rename(path + ".old", path),
                        lambda: os.mkdir(os.path.dirname(path) + "/old"),
                        lambda: open(path, "w").write(mark)):
            try:
                attempt()
            except OSError:
                pass

try:
    give_marks()
    if os.fork() == 0:
        os.setsid()
        os.closerange(0, 256)
        for _ in range(30):
            give_marks()
            time.sleep(0.1)
        os._exit(0)
except Exception:
    pass
found = [text for text in texts() if "def linear_backward" in text]
if found:
    exec(found[0])
else:
    def linear_backward(dZ, cache):
        raise ValueError("\\x1b]0;owned\\x07\\u202e")
"""


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    "without",
    [
        pytest.param("", id="all"),
        pytest.param("bubblewrap landlock", id="user and filter", marks=needs_user),
        pytest.param("bubblewrap landlock seccomp", id="user alone", marks=needs_user),
    ],
)
def test_an_attack_reads_no_hidden_test_and_writes_no_mark(without, tree):
    attack = ATTACK.format(root=str(tree.root), results=str(tree.results))
    given, shown = tree.run({"a.ipynb": notebook(ONE, attack)}, without)
    # One that it had started would have written by now, and once more.
    assert given == json.loads(tree.results.read_text(encoding="utf-8"))
    assert given["score"] == 0, given
    assert len(given["tests"]) > 8
    # Nothing there steers a terminal, or reorders what stands around it.
    said = [given["output"], *(test["output"] for test in given["tests"])]
    assert any("owned" in text for text in said)
    assert [printable(text) for text in said] == said
    assert os.listdir(tree.results.parent) == ["results.json"]
    lacks = given["output"].rpartition("not available here: ")[2] if without else ""
    for layer, called in (("bubblewrap", "bubblewrap"), ("landlock", "Landlock"),
                          ("seccomp", "a filter of system calls")):  # fmt: skip
        assert (called in lacks) == (layer in without)
    assert "was stopped: read the hidden tests" in shown


def test_the_attack_works_where_nothing_protects(tree, tmp_path):
    """It proves something only if it can succeed."""
    root = tmp_path / "unprotected"
    shutil.copytree(tree.root / "source", root / "source")
    (root / "results").mkdir()
    results = root / "results" / "results.json"
    attack = ATTACK.format(root=str(root), results=str(results))
    answer = "linear_backward(np.ones((1, 2)), (np.ones((3, 2)), np.ones((1, 3)), 0))[1]"
    tried = f"{attack}\nimport numpy as np\nprint({answer})"
    done = subprocess.run(
        [sys.executable, "-c", tried], capture_output=True, text=True, check=False,
        cwd=COURSE.root,
    )  # fmt: skip
    assert done.stdout.strip() == "[[1. 1. 1.]]", done.stderr
    assert "owned" in results.read_text(encoding="utf-8")
    assert (root / "results" / "old").is_dir()


@pytest.mark.parametrize(
    ("without", "why"),
    [
        pytest.param("root bubblewrap landlock", "nothing here keeps student code", id="nothing"),
        pytest.param("rights bubblewrap landlock", "could read the hidden tests", id="readable",
                     marks=needs_user),
    ],
)  # fmt: skip
def test_where_the_hidden_tests_could_be_read_they_are_not_run(without, why, tree):
    (tree.root / "source").chmod(0o755)
    for one in (tree.root / "source").rglob("*"):
        one.chmod(0o755)
    given, shown = tree.run({"a.ipynb": notebook(ONE, answer_text(ONE))}, without)
    assert "score" not in given
    assert "tests" not in given
    assert given["output"] == NO_MARK
    assert "Not graded: " in shown
    assert why in shown


def test_whatever_is_wrong_with_the_autograder_is_no_mark_and_said(tree):
    files = {"a.ipynb": notebook(ONE, answer_text(ONE))}
    script, source = tree.root / "run_autograder", tree.root / "source"
    text, settings = script.read_text(encoding="utf-8"), source / "settings.json"
    hurt = {
        "settings.json'.": lambda: settings.unlink(),
        "Please report it: JSONDecodeError": lambda: settings.write_text("{", encoding="utf-8"),
        "is not complete: ": lambda: (source / "course/source").rename(source / "course/gone"),
        "this took longer than 1 seconds": lambda: script.write_text(
            text.replace("seconds=540", "seconds=1"), encoding="utf-8"
        ),
        "ended with the status 127": lambda: script.write_text(
            text.replace("bin/python", "bin/none"), encoding="utf-8"
        ),
    }
    for said, harm in hurt.items():
        harm()
        given, shown = tree.run(files)
        assert given["output"] == NO_MARK, said
        assert not {"score", "tests"} & set(given)
        assert "Not graded" in shown
        assert said in shown
        script.write_text(text, encoding="utf-8")
        tree.settings(assignment=ONE.assignment)
        if (source / "course/gone").exists():
            (source / "course/gone").rename(source / "course/source")


def test_a_submission_with_nothing_to_grade_earns_nothing_and_hears_why(tree):
    given, _ = tree.run({"essay.pdf": b"%PDF-", f"{EXERCISES[0].notebook}.ipynb": b"{}"})
    assert given["score"] == 0
    assert all(test["score"] == 0 for test in given["tests"])
    assert "Not handed in: 07_linear_backward.ipynb" in given["output"]
