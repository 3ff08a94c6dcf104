"""PostgreSQL as the gradebook: a real server, which the tests start and stop."""

import csv
import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import create_engine, text

from tests.gradebooks import assert_same_tables, tables
from tests.machine import without_notes
from tests.submissions import hand_in, written
from workbook.course.exercises import of_assignment
from workbook.grade.gradebook import database
from workbook.grade.gradebook.database import UnreachableError, place, reach
from workbook.grade.gradebook.recorded_marks import recorded_marks

pytestmark = pytest.mark.slow

pytest.importorskip("psycopg", reason='needs psycopg: pip install "backprop-workbook[postgres]"')

PATIENCE = 60
PASSWORD = "a secret/word@home"
QUOTED = "a%20secret%2Fword%40home"
FIRST, SECOND = of_assignment("1_initialization")


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL that is installed."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: float(path.parent.name), default=None)


def owner_of(folder: Path) -> dict[str, object]:
    """Return how to start a program as a folder's owner: a server refuses to be root."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@pytest.fixture(scope="module")
def server():
    """The folder of a server's socket; its user ``course`` has a password."""
    there = programs()
    if there is None:
        pytest.skip("needs a PostgreSQL server: apt-get install postgresql")
    with TemporaryDirectory(prefix="postgres-") as name:
        folder = Path(name)
        secret = folder / "secret"
        secret.write_text(PASSWORD, encoding="utf-8")
        secret.chmod(0o644)
        settings = {"cwd": folder, "stdin": subprocess.DEVNULL, "capture_output": True}
        settings |= owner_of(folder)
        options = ["--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8", "--no-sync"]
        command = [there / "initdb", "-D", folder / "data", "-U", "course", *options]
        done = subprocess.run(command, **settings, check=False)
        assert done.returncode == 0, done.stderr
        del settings["capture_output"]
        # A socket in the folder, and no port.
        options = ["-c", "listen_addresses=", "-k", folder, "-F"]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [there / "postgres", "-D", folder / "data", *options], stderr=log, **settings
            )
        try:
            wait_for(address(folder, "postgres"), process)
            yield folder
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=PATIENCE)


def address(folder: Path, name: str, password: str = QUOTED) -> str:
    return f"postgresql+psycopg://course:{password}@/{name}?host={folder}"


def wait_for(url: str, process: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return reach(url)
        except UnreachableError:
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.1)


def new_database(folder: Path, name: str, template: str = "template1") -> str:
    engine = create_engine(address(folder, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return address(folder, name)


@pytest.fixture(scope="module")
def small_class(tmp_path_factory):
    """One student who is right, one who is wrong and late, one who handed in half."""
    folder = tmp_path_factory.mktemp("class") / "submitted"
    handed_in = {"ada": ["", ""], "josé maría": ["no_factor", ""], "zoe": [None]}
    for student, variants in handed_in.items():
        for exercise, variant in zip((FIRST, SECOND), variants, strict=False):
            hand_in(folder, student, exercise, variant)
    timestamp = folder / "josé maría" / FIRST.assignment / "timestamp.txt"
    timestamp.write_text("2026-03-02 13:00:00.5 UTC", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graded_there(server, small_class, workbook_grade, tmp_path_factory):
    """The class after grading it into PostgreSQL: the gradebook's address, and the folder."""
    url, out = new_database(server, "graded"), tmp_path_factory.mktemp("graded")
    done = workbook_grade(small_class, out, "--no-feedback", "--db", url)
    assert done.exit_code == 0, done.output
    assert f"The gradebook: {server}/graded" in done.stdout
    assert PASSWORD not in done.output
    assert QUOTED not in done.output
    assert not (out / "gradebook.db").exists()
    return url, out


@pytest.fixture
def again(graded_there, server, tmp_path):
    """The same, to be changed."""
    shutil.copytree(graded_there[1], tmp_path / "out")
    return new_database(server, tmp_path.name, "graded"), tmp_path / "out"


def test_it_holds_what_sqlite_holds(graded_there, small_class, workbook_grade, tmp_path):
    url, out = graded_there
    shutil.copytree(out, tmp_path, dirs_exist_ok=True)
    # The same results, into the gradebook that is the default.
    done = workbook_grade(small_class, tmp_path, "--no-feedback")
    assert done.exit_code == 0, done.output
    assert written(tmp_path) == written(out)
    rows = tables(url)
    assert_same_tables(rows, tables(tmp_path / "gradebook.db"))
    # For each student the two exercises, and the page, in which nothing is graded.
    assert len(rows["submitted_notebook"]) == 3 * 3
    assert recorded_marks(url) == recorded_marks(f"sqlite:///{tmp_path / 'gradebook.db'}")
    assert recorded_marks(url).marks["ada", FIRST.notebook].points == FIRST.points
    assert 0 < recorded_marks(url).marks["josé maría", FIRST.notebook].points < FIRST.points


def test_marks_given_by_hand_stay(again, small_class, workbook_grade):
    url, out = again
    with Gradebook(url) as gradebook:
        notebook = gradebook.find_submission_notebook(FIRST.notebook, FIRST.assignment, "ada")
        grade = max(notebook.grades, key=lambda grade: grade.max_score)
        grade.manual_score, name = 0.5, grade.name
        notebook.comments[0].manual_comment = "See me."
        gradebook.db.commit()
    before = written(out)
    done = workbook_grade(small_class, out, "--no-feedback", "--db", url, "--force")
    assert done.exit_code == 0, done.output
    assert all(written(out)[name] != seed for name, seed in before.items())
    with Gradebook(url) as gradebook:
        notebook = gradebook.find_submission_notebook(FIRST.notebook, FIRST.assignment, "ada")
        (grade,) = [grade for grade in notebook.grades if grade.name == name]
        assert (grade.manual_score, grade.auto_score) == (0.5, grade.max_score)
        assert notebook.comments[0].manual_comment == "See me."


def test_nbgrader_exports_from_it(graded_there, nbgrader_command, course, tmp_path):
    url, _ = graded_there
    file = tmp_path / "grades.csv"
    done = nbgrader_command(course.root, "export", "--db", url, "--to", file)
    assert done.returncode == 0, done.stderr
    with file.open(encoding="utf-8", newline="") as lines:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(lines)}
    assert scores["ada"] == FIRST.points + SECOND.points
    assert scores["zoe"] == 0


@pytest.mark.in_turns(2)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((QUOTED, "not-it"), 'password authentication failed for user "course"'),
        (("/graded?", "/other?"), 'database "other" does not exist'),
        (("course:", "nobody:"), "authentication failed"),
        (("?host=", "?host=/nowhere"), "No such file or directory"),
    ],
)
def test_a_wrong_address_is_said_at_once(change, said, graded_there, small_class, workbook_grade):
    url, out = graded_there
    before = written(out)
    wrong = url.replace(*change)
    done = workbook_grade(small_class, out, "--db", wrong, "--force")
    assert done.exit_code == 2
    assert said in done.stderr
    assert "cannot be reached" in done.stderr
    assert len(without_notes(done.stderr)) == 1
    for secret in (PASSWORD, QUOTED, "not-it"):
        assert secret not in done.output
    assert written(out) == before


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("gradebook", "this is not an address of a gradebook"),
        ("postgresql+psycopg://course:secret@host:port/name", "this is not an address"),
        ("postgresql+nothing://course:secret@host/name", "this is not an address"),
        ("oracle://course:secret@host/name", "needs a driver"),
        ("postgresql+psycopg://course:secret@127.0.0.1:1/name", "127.0.0.1:1/name cannot be"),
    ],
)
def test_no_gradebook(url, said):
    with pytest.raises(UnreachableError) as caught:
        reach(url)
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_does_not_hold_all_names_is_refused(server, encoding):
    options = f"template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'"
    url = new_database(server, encoding.lower(), options)
    with pytest.raises(UnreachableError, match=f"has the encoding {encoding}, .* UTF8"):
        reach(url)


def test_a_place_has_no_password(tmp_path):
    assert place(f"sqlite:///{tmp_path}/gradebook.db") == f"{tmp_path}/gradebook.db"
    assert place("postgresql+psycopg://me:secret@host:5433/grades") == "host:5433/grades"
    assert place("postgresql+psycopg:///grades?password=secret") == "localhost/grades"


def test_a_server_that_goes_meanwhile_loses_nothing(
    server, small_class, workbook_grade, tmp_path, monkeypatch
):
    url, out = new_database(server, "meanwhile"), tmp_path / "out"
    # It was there when the command looked.
    monkeypatch.setattr(database, "reach", lambda db_url: None)
    gone = url.replace("?host=", "?host=/gone")
    done = workbook_grade(small_class, out, "--no-feedback", "--db", gone)
    assert done.exit_code == 3
    shown = " ".join(done.stdout.split())
    assert re.search(r"the gradebook \(\S*meanwhile\) cannot be written \(connection ", shown)
    assert "run the command again: what has been judged is kept" in shown
    assert PASSWORD not in done.output
    assert QUOTED not in done.output
    before = written(out)
    assert len(before) == 6
    assert workbook_grade(small_class, out, "--no-feedback", "--db", url).exit_code == 0
    assert written(out) == before
    assert recorded_marks(url).marks["ada", SECOND.notebook].points == SECOND.points
