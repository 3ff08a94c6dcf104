"""A learner's work in one ZIP file: saved, brought elsewhere, and handed in as it is."""

import csv
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.command import workbook
from tests.test_archives import VAIN, encrypted, large, zip_link
from workbook import bring_work, save_work
from workbook.course.exercises import EXERCISES, LABS, find
from workbook.course.leftovers import COURSE_PAGE
from workbook.course.work_files import OLDER, unusable
from workbook.learn.workspace import brought_work, saved_work
from workbook.learn.workspace.brought_work import brought
from workbook.learn.workspace.lab import copy_notebooks, released_file
from workbook.learn.workspace.own_files import LabError
from workbook.learn.workspace.saved_work import saved

ONE, TWO = EXERCISES[0], EXERCISES[1]
STEP = find("linear_forward")


@pytest.fixture
def home(tmp_path, write_notebook):
    """The folder of a learner who has written in two notebooks."""
    home = tmp_path / "notebooks"
    write_notebook(home / ONE.notebook_path, "one = 1")
    write_notebook(home / STEP.notebook_path, "three = 3")
    (home / STEP.assignment / "helpers.py").write_text("x = 1\n")
    (home / STEP.assignment / "data").mkdir()
    (home / STEP.assignment / "data" / "table.csv").write_text("1,2\n")
    (home / "quiz_answers.json").write_text("{}")
    return home


WORK = [
    ONE.notebook_path, f"{STEP.assignment}/{STEP.notebook}.ipynb",
    f"{STEP.assignment}/data/table.csv", f"{STEP.assignment}/helpers.py", "quiz_answers.json",
]  # fmt: skip


def contents(folder):
    """Return the files of a folder with what they hold."""
    files = (path for path in Path(folder).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def zipped(path, **files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_what_is_saved_is_the_work_and_nothing_else(home, tmp_path):
    before = contents(home)
    for name in (
        COURSE_PAGE, ".hidden", ".ipynb_checkpoints/a.ipynb", ".jupyter/x", "__pycache__/a.pyc",
        f"{OLDER}/1_initialization/01.ipynb", ".DS_Store",
    ):  # fmt: skip
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("not mine")
    done = saved(home, tmp_path / "mine.zip")
    assert sorted(done.files) == sorted(WORK)
    assert not done.left_out
    with zipfile.ZipFile(done.path) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == before
    assert "Saved 2 notebooks and 3 other files in" in str(done)
    assert not list(tmp_path.glob("*.partial"))


def test_another_file_is_made_each_time_and_none_holds_the_last(home):
    first, second = saved(home), saved(home)
    assert first.path != second.path
    assert first.path.parent == home
    assert first.files == second.files


def test_a_file_that_exists_is_not_replaced(home, tmp_path):
    (tmp_path / "mine.zip").write_text("mine")
    with pytest.raises(LabError, match=r"there is already a file .*: give another name"):
        saved(home, tmp_path / "mine.zip")
    assert (tmp_path / "mine.zip").read_text() == "mine"


def test_what_cannot_be_saved_is_named(home, tmp_path, monkeypatch):
    monkeypatch.setattr(saved_work, "LARGEST", 2000)
    (home / ONE.assignment / "large.npy").write_bytes(bytes(3000))
    (home / ONE.assignment / "a:b.txt").write_text("x")
    (home / ONE.assignment / "gone").symlink_to("nowhere")
    if hasattr(os, "mkfifo"):
        os.mkfifo(home / ONE.assignment / "pipe")
    done = saved(home, tmp_path / "mine.zip")
    assert sorted(done.files) == sorted(WORK)
    text = "\n".join(done.left_out)
    for said in ("large.npy: it is larger than", "a:b.txt: not every system", "gone: it cannot be"):
        assert said in text
    assert all(line.startswith(ONE.assignment) for line in done.left_out)


def test_too_much_is_refused_and_nothing_is_left(home, tmp_path, monkeypatch):
    monkeypatch.setattr(saved_work, "MOST_FILES", 2)
    with pytest.raises(LabError, match=r"there is too much in .* Move what is not part"):
        saved(home, tmp_path / "mine.zip")
    assert {path.name for path in tmp_path.iterdir()} == {"notebooks"}


def test_where_nothing_can_be_written_the_message_says_why(home, tmp_path, monkeypatch):
    def refuse(path, *_, **__):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(saved_work.zipfile, "ZipFile", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    done = workbook("save", tmp_path / "mine.zip", "--folder", home, columns=200)
    assert done.exit_code == 2
    assert done.stderr == f"Error: {tmp_path / 'mine.zip'} cannot be written: Permission denied\n"


def test_of_a_folder_with_all_together_only_the_courses_files_are_saved(tmp_path, write_notebook):
    downloads = tmp_path / "Downloads"
    write_notebook(downloads / f"{STEP.notebook}.ipynb", "three = 3")
    write_notebook(downloads / "private.ipynb", "1")
    (downloads / "helpers.py").write_text("x = 1")
    (downloads / "letter.pdf").write_text("private")
    (downloads / "photos").mkdir()
    (downloads / "photos" / "a.py").write_text("private")
    done = saved(downloads, tmp_path / "mine.zip")
    assert sorted(done.files) == [f"{STEP.notebook}.ipynb", "helpers.py"]
    assert "only notebooks of the course and modules" in str(done)
    there = brought(done.path, tmp_path / "there")
    assert (tmp_path / "there" / STEP.notebook_path).is_file()
    assert not there.left_out


def test_without_notebooks_there_is_nothing_to_save(tmp_path):
    with pytest.raises(LabError, match="there are no notebooks of the course in"):
        saved(tmp_path)


def test_what_was_saved_is_brought_as_it_was(home, tmp_path):
    done = saved(home, tmp_path / "mine.zip")
    there = brought(done.path, tmp_path / "there")
    assert contents(tmp_path / "there") == contents(home)
    assert sorted(there.files) == sorted(WORK)
    again = brought(done.path, tmp_path / "there")
    assert (again.files, again.same) == ((), len(WORK))
    assert contents(tmp_path / "there") == contents(home)


def test_what_is_replaced_is_kept(home, tmp_path, write_notebook):
    done = saved(home, tmp_path / "mine.zip")
    there = tmp_path / "there"
    write_notebook(there / ONE.notebook_path, "another = 1")
    (there / STEP.assignment).mkdir()
    (there / STEP.assignment / "helpers.py").write_text("y = 2\n")
    before = contents(there)
    said = str(brought(done.path, there))
    after = contents(there)
    assert {f"{OLDER}/{name}": data for name, data in before.items()}.items() <= after.items()
    assert contents(home).items() <= after.items()
    assert (
        f"{ONE.notebook_path} (the one that was here is now in {OLDER}/{ONE.notebook_path})" in said
    )
    # A second time: the first older copy stays.
    (there / ONE.notebook_path).write_text("third")
    brought(done.path, there)
    assert after.items() <= contents(there).items()
    assert (there / OLDER / ONE.assignment / f"{ONE.notebook}-2.ipynb").read_text() == "third"


def test_a_notebook_without_work_neither_is_kept_nor_replaces_one(home, tmp_path, write_notebook):
    there = tmp_path / "there"
    copy_notebooks(there)
    brought(saved(home, tmp_path / "mine.zip").path, there)
    assert not (there / OLDER).exists()
    mine = write_notebook(there / TWO.notebook_path, "mine = 1").read_bytes()
    done = brought(zipped(tmp_path / "new.zip", **{TWO.notebook_path: released_file(TWO)}), there)
    assert (done.files, done.same) == ((), 1)
    assert (there / TWO.notebook_path).read_bytes() == mine


@pytest.mark.parametrize("top", ["notebooks/", "ada/hand in/", ""])
def test_a_folder_around_it_is_left_away(home, tmp_path, top):
    files = {f"{top}{name}": data for name, data in contents(home).items()}
    brought(zipped(tmp_path / "mine.zip", **files), tmp_path / "there")
    assert contents(tmp_path / "there") == contents(home)


OUT = ("../../evil.py", "/etc/evil.py", "..\\..\\evil.py", "C:\\evil.py", "a/../../../evil.py")


@pytest.mark.parametrize("name", OUT)
def test_a_path_that_leads_out_leads_nowhere(name, home, tmp_path):
    there = tmp_path / "a" / "b" / "there"
    path = zipped(tmp_path / "mine.zip", **{ONE.notebook_path: b"{}", name: b"evil"})
    brought(path, there)
    inside = set(tmp_path.rglob("evil.py"))
    assert all(path.is_relative_to(there) for path in inside)
    assert not Path("/etc/evil.py").exists()


def test_what_may_not_be_brought_is_named(home, tmp_path):
    names = (".bashrc", "con.py", "1_initialization/.ssh/key", "a\x1b[2J.py", "/".join("a" * 30))
    path = zipped(tmp_path / "mine.zip", **{ONE.notebook_path: b"{}"}, **dict.fromkeys(names, b""))
    done = brought(path, tmp_path / "there")
    assert done.files == (ONE.notebook_path,)
    assert len(done.left_out) == len(names)
    assert str(done).isprintable() or "\x1b" not in str(done)


@pytest.mark.in_turns(2)
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bytes, "is not a ZIP file"), (lambda: b"PK\x03\x04" + bytes(90), "damaged"),
        (lambda: b"Rar!", "is not a ZIP"),
        (lambda: large(ONE.notebook_path, 300), "holds no notebook"),
        (encrypted, "holds no notebook"), (zip_link, "holds no notebook"),
        (VAIN["overlapping members"][0], "MiB would have|damaged|holds no notebook"),
        (VAIN["thousands of members"][0], "more than 1,500 files"),
        (VAIN["millions of names"][0], "list of names is too long"),
        (VAIN["rubbish in a zip"][0], "damaged"),
    ],
    ids=range(10),
)  # fmt: skip
def test_of_a_file_that_attacks_nothing_is_brought(make, said, tmp_path):
    (tmp_path / "mine.zip").write_bytes(make())
    with pytest.raises(LabError, match=said):
        brought(tmp_path / "mine.zip", tmp_path / "there")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.zip"]


def test_all_that_is_unpacked_is_limited(tmp_path, monkeypatch):
    monkeypatch.setattr(brought_work, "MOST_BYTES", 1000)
    path = zipped(tmp_path / "mine.zip", **{ONE.notebook_path: b" " * 900, "a.txt": b" " * 200})
    with pytest.raises(LabError, match="would have to be unpacked"):
        brought(path, tmp_path / "there")
    assert not (tmp_path / "there").exists()


@pytest.mark.skipif(os.name == "nt", reason="only an administrator makes links there")
def test_nothing_is_written_where_a_link_leads_out_of_the_folder(home, tmp_path):
    there, elsewhere = tmp_path / "there", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "settings.py").write_text("mine")
    (there / "inside").mkdir(parents=True)
    for name in ("data", "round"):
        (there / name).symlink_to(elsewhere if name == "data" else name)
    (there / "own").symlink_to("inside")
    (there / "settings.py").symlink_to(elsewhere / "settings.py")
    names = ("data/settings.py", "data/new.py", "settings.py", "round/a.py", "own/a.py")
    held = {ONE.notebook_path: b"{}"} | dict.fromkeys(names, b"x")
    done = brought(zipped(tmp_path / "mine.zip", **held), there)
    assert done.files == (ONE.notebook_path, "own/a.py")
    assert [one.partition(":")[0] for one in done.left_out] == list(names[:4])
    assert "a link there leads out of the folder" in done.left_out[0]
    assert {one.name: one.read_text() for one in elsewhere.iterdir()} == {"settings.py": "mine"}


def test_a_file_that_cannot_be_written_is_named_and_the_others_come(home, tmp_path):
    there = tmp_path / "there"
    (there / ONE.notebook_path).mkdir(parents=True)
    done = brought(saved(home, tmp_path / "mine.zip").path, there)
    assert len(done.files) == len(WORK) - 1
    assert done.left_out[0].startswith(f"{ONE.notebook_path}: ")


@pytest.mark.parametrize(
    ("name", "is_unusable"),
    [("a.py", False), ("josé.ipynb", False), ("a b.txt", False), ("con", True), ("NUL.txt", True),
     ("a:b", True), ("a.", True), ("a ", True), ("a\n", True), ("\udcff", True),
     ("contents", False)],
)  # fmt: skip
def test_names_that_every_system_can_have(name, is_unusable):
    assert unusable(name) == is_unusable


def test_the_commands(home, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = workbook("save", "mine.zip")
    assert done.exit_code == 0
    assert done.stdout.startswith("Saved 2 notebooks and 3 other files in ")
    assert "`workbook bring mine.zip`" in done.stdout
    again = workbook("save", "mine.zip")
    assert (again.exit_code, again.stdout) == (2, "")
    assert "give another name" in again.stderr
    there = workbook("bring", "mine.zip", "there")
    assert there.exit_code == 0
    assert f"  {ONE.notebook_path}\n" in there.stdout
    assert contents("there") == contents(home)
    nothing = workbook("bring", "none.zip")
    assert nothing.exit_code == 2
    assert "none.zip cannot be read: No such file" in nothing.stderr
    shutil.rmtree(home)
    shutil.rmtree("there")
    workbook("bring", "mine.zip")
    assert (home / ONE.notebook_path).is_file()


def test_in_a_notebook(home, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(home / STEP.assignment)
    save_work()
    (path,) = home.glob("my_work_*.zip")
    assert str(path) in capsys.readouterr().out
    bring_work(path, tmp_path / "there")
    assert ONE.notebook_path in capsys.readouterr().out
    assert contents(tmp_path / "there").keys() == set(WORK)


@pytest.mark.slow
def test_a_saved_file_is_graded_as_it_is(solved, tmp_path, workbook_grade):
    home = shutil.copytree(solved, tmp_path / "notebooks")
    (home / COURSE_PAGE).write_text("# Your course\n")
    (home / "quiz_answers.json").write_text('{"about": "", "version": 1, "answers": {}}')
    (home / OLDER).mkdir()
    shutil.copy(home / LABS[0].notebook_path, home / OLDER)
    for lab in LABS:
        (home / lab.notebook_path).unlink()
    student = tmp_path / "submitted" / "ada"
    student.mkdir(parents=True)
    saved(home, student / "my_work.zip")
    result = workbook_grade(tmp_path / "submitted", tmp_path / "out", "--no-feedback")
    assert result.exit_code == 0, result.output
    with (tmp_path / "out" / "marks.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert float(row["total"]) == sum(exercise.points for exercise in EXERCISES)
    for said in (COURSE_PAGE, "quiz_answers", OLDER, "left out", LABS[0].name):
        assert said not in result.output
