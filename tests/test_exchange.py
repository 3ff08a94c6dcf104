"""`nbgrader collect` as nbgrader_config.py sets it up: everybody can write into an exchange."""

import errno
import os
import pwd
import shutil
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from traitlets.config import Config

from tests.conftest import COURSE
from tests.layouts import FOLDER, RIGHT, STUB, A
from workbook.grade import nbgrader_collect
from workbook.grade.nbgrader_collect import CollectOwnWork, copy_plain_files
from workbook.grade.submissions.find import find_student

ME = pwd.getpwuid(os.geteuid()).pw_name


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "work"
    (folder / "data").mkdir(parents=True)
    (folder / A).write_bytes(RIGHT)
    (folder / "data" / "x.csv").write_text("1")
    os.utime(folder / A, (10**9, 10**9))
    return folder


def test_nothing_is_copied_that_is_only_led_to(work, tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "tests.py").write_text("hidden")
    (work / "a").symlink_to(secret / "tests.py")
    (work / "b").symlink_to(secret)
    (work / "c").symlink_to("nowhere")
    (work / "d").symlink_to("/dev/zero")
    os.mkfifo(work / "e")
    deep = work
    for _ in range(30):
        deep = deep / ("d" * 9)
        deep.mkdir()
    (deep / "too deep.txt").write_text("1")
    left = copy_plain_files(work, tmp_path / "copy", 10**6)
    assert files(tmp_path / "copy") == {A: RIGHT, "data/x.csv": b"1"}
    assert (tmp_path / "copy" / A).stat().st_mtime == 10**9
    assert sorted(one[:1] for one in left) == ["a", "b", "c", "d", "d", "e"]


def test_no_more_is_copied_than_the_course_allows(work, tmp_path, monkeypatch):
    with (work / "0 large").open("wb") as file:
        file.truncate(10**9)
    left = copy_plain_files(work, tmp_path / "copy", 10**6)
    assert set(files(tmp_path / "copy")) >= {A}
    assert left == {"0 large": "is too much"}
    monkeypatch.setattr(nbgrader_collect, "_MOST_FILES", 1)
    left = copy_plain_files(work, tmp_path / "again", 10**6)
    assert list(files(tmp_path / "again")) == [A]
    assert len(left) == 2


def test_no_other_file_takes_the_room_of_a_notebook(work, tmp_path):
    (work / "0").write_bytes(b"0" * 900)
    (work / "later").mkdir()
    (work / "later" / "own.ipynb").write_bytes(b"0" * 200)
    left = copy_plain_files(work, tmp_path / "copy", len(RIGHT) + 1000)
    assert left == {"0": "is too much"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files to others")
def test_a_file_of_somebody_elses_is_not_the_students(work, tmp_path):
    for path in (work, work / A, work / "data"):
        os.chown(path, 65534, 65534)
    left = copy_plain_files(work, tmp_path / "copy", 10**6)
    assert files(tmp_path / "copy") == {A: RIGHT}
    assert left == {"data/x.csv": "is no file of the student's"}


def test_a_folder_that_is_removed_meanwhile_is_no_work(tmp_path):
    path = tmp_path / f"{ME}+{FOLDER}+2026-11-02 10:00:00 UTC+random"
    assert CollectOwnWork()._path_to_record(str(path))["why"] == "is gone"


def test_work_without_one_of_its_notebooks_is_named_and_the_rest_stays(work, tmp_path):
    (work / "timestamp.txt").write_text("2026-11-02 10:00:00 UTC")
    (work / "02.ipynb").symlink_to("nowhere")
    collect = CollectOwnWork(coursedir=CourseDirectory())
    collect._failed = []
    collect.do_copy(str(work), str(tmp_path / "copy"))
    assert files(tmp_path / "copy").keys() == {A, "data/x.csv", "timestamp.txt"}
    assert collect._failed == ["work"]


@pytest.fixture
def updating(work, tmp_path):
    """A collecting of newer work than that in the folder `before`."""
    before = tmp_path / "submitted" / ME / FOLDER
    before.mkdir(parents=True)
    (before / A).write_bytes(STUB)
    (before / "timestamp.txt").write_text("2026-11-01 10:00:00 UTC")
    newer = work.rename(tmp_path / f"{ME}+{FOLDER}+2026-11-02 10:00:00 UTC+random")
    coursedir = CourseDirectory(root=str(tmp_path), assignment_id=FOLDER)
    collect = CollectOwnWork(coursedir=coursedir, update=True)
    collect.inbound_path = str(tmp_path)
    collect.src_records = [collect._path_to_record(str(newer))]
    return collect, before


def test_newer_work_takes_the_place_of_earlier_work(updating):
    collect, before = updating
    collect.copy_files()
    assert files(before)[A] == RIGHT
    assert [one.name for one in before.parent.iterdir()] == [FOLDER]
    (before / A).write_bytes(STUB)
    # It is as new.
    collect.copy_files()
    assert files(before)[A] == STUB
    (before / "timestamp.txt").write_text("no time")
    collect.copy_files()
    assert files(before)[A] == RIGHT


@pytest.mark.parametrize("fails", ["copy_plain_files", "_replace"])
def test_earlier_work_stays_where_newer_work_cannot_be_copied(updating, fails, monkeypatch):
    collect, before = updating

    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(nbgrader_collect, fails, full)
    with pytest.raises(ExchangeError, match="not collected: "):
        collect.copy_files()
    assert files(before)[A] == STUB
    assert [one.name for one in before.parent.iterdir()] == [FOLDER]


def test_what_is_copied_is_no_work_until_all_of_it_is_there(updating, monkeypatch):
    collect, before = updating
    there = []

    def replace(place, whole, aside):
        there.extend(find_student(place.parent).submitted)
        assert files(whole)[A] == RIGHT

    monkeypatch.setattr(nbgrader_collect, "_replace", replace)
    collect.copy_files()
    assert [one.path for one in there if one.path] == [before / A]


class Stopped:
    """A folder to be renamed as somebody stops the command."""

    def rename(self, place):
        raise KeyboardInterrupt


@pytest.mark.parametrize("whole", [Path("/not there"), Stopped()])
def test_earlier_work_goes_back_where_newer_work_cannot_take_its_place(work, whole, tmp_path):
    with pytest.raises((OSError, KeyboardInterrupt)):
        nbgrader_collect._replace(work, whole, tmp_path / "before")
    assert (work / A).read_bytes() == RIGHT


def test_a_class_under_one_user_number_is_told_the_setting(tmp_path):
    path = tmp_path / f"victim+{FOLDER}+2026-11-02 10:00:00 UTC+random"
    path.mkdir()
    collect = CollectOwnWork(coursedir=CourseDirectory())
    collect.src_records = [collect._path_to_record(str(path))]
    with pytest.raises(ExchangeError, match=r"set c\.ExchangeCollect\.check_owner = False in "):
        collect.copy_files()
    config = Config({"ExchangeCollect": {"check_owner": False}})
    assert CollectOwnWork(config=config)._path_to_record(str(path))["why"] == ""


@pytest.mark.slow
def test_a_folder_under_another_name_neither_counts_nor_stops_the_class(
    copy_course, nbgrader_command, tmp_path
):
    root = copy_course(tmp_path / "course", COURSE)
    exchange = tmp_path / "exchange"
    inbound = exchange / "backprop_workbook" / "inbound"
    inbound.mkdir(parents=True)
    exchange.chmod(0o777)
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"\nc.Exchange.root = {str(exchange)!r}\n")

    def submit(student: str, time: str, data: bytes) -> Path:
        folder = inbound / f"{student}+{FOLDER}+{time}+random"
        folder.mkdir()
        (folder / A).write_bytes(data)
        (folder / "timestamp.txt").write_text(time)
        return folder

    own = submit(ME, "2026-11-02 10:00:00 UTC", RIGHT)
    submit(ME, "2026-11-01 10:00:00 UTC", STUB)
    submit("victim", "2026-12-30 10:00:00 UTC", STUB)
    submit(ME, "no time", STUB)
    (inbound / f"{ME}+{FOLDER}+2027-01-01 10:00:00 UTC+link").symlink_to(own)
    os.mkfifo(own / "pipe")
    (own / "timestamp.txt").write_text("no time")
    (own / "solution.py").symlink_to(root / "solutions" / "linear_forward.py")
    done = nbgrader_command(root, "collect", FOLDER)
    assert files(root / "submitted") == {
        f"{ME}/{FOLDER}/{A}": RIGHT,
        f"{ME}/{FOLDER}/timestamp.txt": b"2026-11-02 10:00:00 UTC\n",
    }
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for said in (f"victim+{FOLDER}+2026-12-30 10:00:00 UTC+random belongs to {ME}",
                 "no time+random has no time", "+link is no folder", "solution.py is a link",
                 "not collected: "):  # fmt: skip
        assert said in done.stderr
    shutil.rmtree(inbound / f"victim+{FOLDER}+2026-12-30 10:00:00 UTC+random")
    shutil.rmtree(inbound / f"{ME}+{FOLDER}+no time+random")
    assert nbgrader_command(root, "collect", FOLDER, "--update").returncode == 0
