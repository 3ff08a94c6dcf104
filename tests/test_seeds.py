"""The same answer gets the same mark: where a grading's seeds come from, and who knows them."""

import json
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import nbformat
import pytest

from tests.attacks.replay import ANSWER, LEAK, attempt, learnt
from tests.reference import COURSE
from tests.submissions import hand_in, reference_answers
from workbook.course.exercises import find
from workbook.course.folder import Course
from workbook.grade.cluster.course_archive import pack_course
from workbook.grade.submissions import seeds
from workbook.grade.submissions.answers import filled_notebook
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.seeds import FOLDER, SecretError, course_secret, seed_of

EXERCISE = find("linear_forward")
OTHER = find("compute_cost")
SECRET = bytes(32)


@pytest.fixture
def empty(tmp_path):
    """A course of which nobody has graded anything."""
    course_secret.cache_clear()
    yield Course(tmp_path)
    course_secret.cache_clear()


def job(*more, before="", student="ada", outputs=False):
    """Return the job of a right answer, with further cells of code above it."""
    answers = {name: before + a for name, a in reference_answers(COURSE, EXERCISE).items()}
    notebook = filled_notebook(COURSE, EXERCISE, answers)
    cells = [nbformat.v4.new_code_cell(text) for text in more]
    notebook.cells[1:1] = [*cells, nbformat.v4.new_markdown_cell("A note.")] if outputs else cells
    if outputs:
        for cell in notebook.cells:
            cell.metadata["collapsed"] = False
            if cell.cell_type == "code":
                cell.outputs = [nbformat.v4.new_output("stream", text="42")]
    data = nbformat.writes(notebook, indent=3 if outputs else 1).encode()
    return Job(student, EXERCISE, data, secret=SECRET)


def test_all_gradings_that_start_at_once_have_one_secret(empty):
    made = course_secret.__wrapped__
    with ThreadPoolExecutor(8) as several:
        found = set(several.map(lambda _: made(empty), range(24)))
    assert [len(secret) for secret in found] == [32]
    assert [path.name for path in empty.root.iterdir()] == [FOLDER]


def test_only_its_owner_can_read_the_secret(empty):
    course_secret(empty)
    folder = empty.root / FOLDER
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600


def test_a_secret_from_a_copy_is_its_owners_again(empty):
    secret, key = course_secret(empty), empty.root / FOLDER / "key"
    key.chmod(0o644)
    course_secret.cache_clear()
    assert course_secret(empty) == secret
    assert key.stat().st_mode & 0o777 == 0o600


def test_git_ignores_the_secret_wherever_the_course_lies(empty):
    def git(*words):
        command = ["git", "-C", str(empty.root), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    git("init", "--quiet")
    course = Course(empty.root / "courses" / "mine")
    course.root.mkdir(parents=True)
    course_secret(course)
    assert git("status", "--porcelain", "--untracked-files=all") == ""


def test_a_lost_secret_is_made_anew(empty):
    before = course_secret(empty)
    (empty.root / FOLDER / "key").unlink()
    (empty.root / FOLDER / ".gitignore").unlink()
    (empty.root / FOLDER).rmdir()
    course_secret.cache_clear()
    assert course_secret(empty) != before


def test_a_folder_that_cannot_be_written_gets_a_sentence(empty, monkeypatch):
    def refused(*args, **options):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(seeds.tempfile, "mkdtemp", refused)
    with pytest.raises(SecretError, match=r"cannot be read or made here: Read-only file system"):
        course_secret(empty)


def test_a_damaged_secret_gets_a_sentence(empty):
    course_secret(empty)
    (empty.root / FOLDER / "key").write_bytes(b"short")
    course_secret.cache_clear()
    with pytest.raises(SecretError, match="is damaged: it holds 5 bytes, not 32"):
        course_secret(empty)


def test_a_seed_depends_on_each_part_and_on_where_it_ends():
    parts = [
        (SECRET, "tests", EXERCISE, ["ab", "c"]),
        (b"1" * 32, "tests", EXERCISE, ["ab", "c"]),
        (SECRET, "student", EXERCISE, ["ab", "c"]),
        (SECRET, "tests", OTHER, ["ab", "c"]),
        (SECRET, "tests", EXERCISE, ["a", "bc"]),
        (SECRET, "tests", EXERCISE, ["c", "ab"]),
        (SECRET, "tests", EXERCISE, ["ab", "c", ""]),
    ]
    assert len({seed_of(*one) for one in parts}) == len(parts)
    assert seed_of(*parts[0]) == seed_of(SECRET, "tests", EXERCISE, (b"ab", "c"))


def test_the_same_code_has_the_same_seed_however_it_is_stored(judge):
    plain = judge.judge(job()).seed
    assert judge.judge(job(student="bob", outputs=True)).seed == plain
    assert judge.judge(replace(job(), secret=b"1" * 32)).seed != plain
    assert judge.judge(replace(job(), seed=7)).seed == 7


def test_other_code_has_another_seed_wherever_it_stands(judge):
    jobs = [job(), job("x = 1"), job("x = 2"), job("x = 1", "y = 2"), job(before="# mine\n")]
    assert len({judge.judge(one).seed for one in jobs}) == len(jobs)


DRAWS = """\
import random


def linear_forward(A, W, b):  # {number}
    unlucky = np.random.rand() < 0.1 or random.random() < 0.1
    return (0 if unlucky else W @ A + b), (A, W, b)
"""


@pytest.mark.slow
def test_an_answer_that_draws_gets_the_same_mark_again(judge):
    def outcome(number):
        answers = {"linear_forward": DRAWS.format(number=number)}
        text = nbformat.writes(filled_notebook(COURSE, EXERCISE, answers))
        one = Job("ada", EXERCISE, text.encode(), secret=SECRET)
        found = [[verdict.passed for verdict in judge.judge(one).tests] for _ in range(3)]
        assert found[0] == found[1] == found[2]
        return tuple(found[0])

    # And not because all of them draw the same numbers.
    assert len({outcome(number) for number in range(12)}) > 1


@pytest.fixture
def small_out(tmp_path, workbook_grade):
    """What `workbook grade` writes for one submission, and the course's secret."""
    hand_in(tmp_path / "submitted", "ada", EXERCISE)
    workbook_grade(tmp_path / "submitted", tmp_path / "out")
    return tmp_path / "out", course_secret(COURSE)


@pytest.mark.slow
def test_nothing_for_students_holds_the_seed_or_the_secret(small_out):
    out, secret = small_out
    result = json.loads(next((out / "results").glob("*/linear_forward.json")).read_text())
    for path in (path for path in out.rglob("*") if path.is_file()):
        data = path.read_bytes()
        assert secret not in data
        assert secret.hex().encode() not in data
        if path.parts[len(out.parts)] in ("feedback", "autograded") or path.suffix == ".csv":
            assert str(result["seed"]).encode() not in data, path


def test_no_archive_for_a_cluster_holds_the_secret(tmp_path):
    course_secret(COURSE)
    names = ZipFile(BytesIO(pack_course(COURSE))).namelist()
    assert not [name for name in names if FOLDER in name]
    assert "secret" not in repr(job()).replace(FOLDER, "")


def test_a_job_without_a_secret_is_judged_with_the_courses_own(judge):
    ours = judge.judge(replace(job(), secret=course_secret(COURSE)))
    assert judge.judge(replace(job(), secret=b"")).seed == ours.seed


def test_what_an_attempt_was_asked_helps_the_next_one_only_with_the_same_seed(judge):
    first = filled_notebook(COURSE, find("update_parameters"), {"update_parameters": LEAK + ANSWER})
    seed = judge.judge(attempt(first, "ada")).seed
    text = learnt(COURSE, attempt(first, "ada")) + ANSWER
    second = filled_notebook(COURSE, find("update_parameters"), {"update_parameters": text})
    assert judge.judge(replace(attempt(second, "ada"), seed=seed)).points == 8
    (earned,) = [one for one in judge.judge(attempt(second, "ada")).tests if one.passed]
    # What it has by heart changes no inputs, and comes out again when it is asked again.
    assert (earned.name, earned.points) == ("test_inputs_unchanged_and_repeatable", 1)
