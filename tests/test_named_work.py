"""Work that says itself whose it is: the ZIP file of the page My work, collected for a class."""

import io
import json
import zipfile

import pytest

from tests.layouts import FOLDER, RIGHT, RIGHT_TWO, STUB, A, B
from tests.platforms import as_zip
from tests.test_archives import encrypted
from tests.test_collect import collect, enter, held, run
from workbook.course.work_files import LONGEST_NAME, MOST_FILES, WORK_FILE_MARK

pytestmark = pytest.mark.filterwarnings("ignore:Object of type <Submitted")

ONE, TWO = f"{FOLDER}/{A}", f"{FOLDER}/{B}"


def work(name="", given="", saved="2026-01-31T12:00:00.000Z", said=None, **files):
    """Return such a ZIP file."""
    files = files or {ONE: RIGHT}
    student = {"version": 1, "name": name, "id": given, "saved": saved}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)
        archive.writestr("student.json", json.dumps(student) if said is None else said)
        archive.comment = WORK_FILE_MARK
    return buffer.getvalue()


def folder_of(tmp_path, **works):
    """Return a folder with these works."""
    folder = tmp_path / "works"
    folder.mkdir(exist_ok=True)
    for name, data in works.items():
        (folder / f"{name}.zip").write_bytes(data)
    return folder


def test_a_folder_of_works_is_sorted_by_what_they_say(root, tmp_path):
    enter(root)
    files = {ONE: RIGHT, TWO: RIGHT_TWO, "quiz_answers.json": b"{}", f"{FOLDER}/a.py": b"x = 1"}
    folder = folder_of(
        tmp_path, one=work("Ada Lovelace", "ada", **files), two=work("", "emmy"), three=work()
    )
    rows, said = collect(root, folder)
    assert said.startswith("Work from the course's site: 9 files, 4 taken, 5 left; 2 students.")
    assert held(root) == {
        f"ada/{ONE}": RIGHT, f"ada/{TWO}": RIGHT_TWO, f"ada/{FOLDER}/a.py": b"x = 1",
        f"emmy/{ONE}": RIGHT,
    }  # fmt: skip
    assert rows[f"one.zip/{ONE}"]["in submitted/"] == f"ada/{ONE}"
    assert rows["one.zip/student.json"]["why"] == "it says whose the work is"
    assert "does not say whose it is" in rows[f"three.zip/{ONE}"]["why"]


def test_one_work_alone_is_collected(root, tmp_path):
    enter(root)
    _, said = collect(root, folder_of(tmp_path, mine=work("Lovelace, Ada", "ADA")) / "mine.zip")
    assert {*held(root)} == {f"ada/{ONE}"}
    assert "Look at" not in said


@pytest.mark.parametrize(
    ("name", "given"),
    [("Emmy Noether", "ada"), ("Eve", "ada"), ("Eve", "eve"), ("", "nobody"), ("Eve", ""),
     ("Ada Lovelace", "emmy"), ("../../ada", "ada"), ("ada", "../ada")],
)  # fmt: skip
def test_a_wrong_id_is_listed_and_replaces_nobodys_work(name, given, root, tmp_path):
    enter(root)
    collect(root, as_zip({f"ada/{ONE}": RIGHT, f"emmy/{ONE}": RIGHT}, tmp_path / "class"))
    before = held(root)
    _, said = collect(root, folder_of(tmp_path, it=work(name, given, **{ONE: STUB})))
    assert "who is not on the roster under that identifier and name: collected as " in said
    after = held(root)
    assert before.items() <= after.items()
    (new,) = after.keys() - before.keys()
    student = new.split("/")[0]
    assert student not in ("ada", "emmy", "tor")
    assert new == f"{student}/{ONE}"


def test_where_the_roster_has_no_name_the_id_is_enough(root, tmp_path):
    enter(root, "id\nada\n")
    folder = folder_of(tmp_path, a=work("Ada Lovelace", "ada"), b=work("!!", ""))
    _, said = collect(root, folder)
    names = {path.split("/")[0] for path in held(root)}
    assert "ada" in names
    assert len(names) == 2
    assert said.count("who is not on the roster under that identifier and name") == 1


def test_without_a_roster_two_of_one_id_are_two_students(root, tmp_path):
    folder = folder_of(
        tmp_path, a=work("Ada", "x1"), b=work("Eve", "x1"), c=work("", "x1"), d=work("Ada", "")
    )
    collect(root, as_zip({f"x1/{ONE}": RIGHT}, tmp_path / "class"))
    collect(root, folder)
    collect(root, folder)
    names = {path.split("/")[0] for path in held(root)}
    assert len(names) == 5
    assert {"x1", "ada-x1", "eve-x1"} < names


def test_of_several_works_of_one_student_the_last_counts_and_it_is_said(root, tmp_path):
    enter(root)
    early = work("Ada Lovelace", "ada", "2026-01-30T12:00:00Z", **{ONE: RIGHT, TWO: RIGHT_TWO})
    late = work("Ada Lovelace", "ada", "2026-01-31T12:00:00+02:00", **{ONE: RIGHT + b"\n"})
    rows, said = collect(root, folder_of(tmp_path, z=early, a=late))
    assert held(root) == {f"ada/{ONE}": RIGHT + b"\n", f"ada/{TWO}": RIGHT_TWO}
    assert "z.zip and a.zip all say that they are of Ada Lovelace (id ada)" in said
    assert rows[f"z.zip/{ONE}"]["why"].startswith("attempt 2 counts")


def test_a_platform_knows_better_and_contradictions_are_listed(root, tmp_path):
    enter(root)
    prefix = "Emmy Noether_102_assignsubmission_file_"
    sent = {
        f"Ada Lovelace_101_assignsubmission_file_/w.zip": work("Ada Lovelace", "ada"),  # noqa: F541
        f"{prefix}/w.zip": work("Ada Lovelace", "ada", **{TWO: RIGHT_TWO, "timestamp.txt": b"x"}),
    }
    _, said = collect(root, as_zip(sent, tmp_path / "sent"))
    assert held(root) == {f"ada/{ONE}": RIGHT, f"emmy/{TWO}": RIGHT_TWO}
    path = f"{prefix}/w.zip"
    assert f"{path} says that it is the work of Ada Lovelace (id ada), but Emmy Noether" in said
    assert said.count("says that it is the work") == 1


def test_who_has_other_work_keeps_the_folder(root, tmp_path):
    enter(root)
    folder = folder_of(tmp_path, x=work("Ada Lovelace", "ada", **{ONE: STUB}))
    (folder / "ada" / FOLDER).mkdir(parents=True)
    (folder / "ada" / FOLDER / A).write_bytes(RIGHT)
    (folder / "ada" / FOLDER / "timestamp.txt").write_text("2026-01-31 11:00:00 UTC")
    _, said = collect(root, folder)
    files = held(root)
    assert files[f"ada/{ONE}"] == RIGHT
    assert files[f"ada-lovelace-ada/{ONE}"] == STUB
    assert f"ada-lovelace-ada/{FOLDER}/timestamp.txt" not in files
    assert "of whom there is other work: collected as ada-lovelace-ada" in said


def test_a_folder_that_is_called_as_such_work_would_be_is_not_shared(root, tmp_path):
    folder = folder_of(tmp_path, x=work("Ada", "x1", **{ONE: STUB}))
    (folder / "ada-x1" / FOLDER).mkdir(parents=True)
    (folder / "ada-x1" / FOLDER / A).write_bytes(RIGHT)
    _, said = collect(root, folder)
    files = held(root)
    assert files.pop(f"ada-x1/{ONE}") == RIGHT
    ((path, data),) = files.items()
    assert (data, path.startswith("ada-x1-")) == (STUB, True)
    assert f"of whom there is other work: collected as {path.split('/')[0]}" in said


def test_a_folder_of_the_class_in_an_archive_is_no_student(root, tmp_path):
    enter(root)
    sent = {"hw/a.zip": work("Ada Lovelace", "ada"), "hw/e.zip": work("Emmy Noether", "emmy")}
    collect(root, as_zip(sent, tmp_path / "sent"))
    assert {*held(root)} == {f"ada/{ONE}", f"emmy/{ONE}"}


@pytest.mark.parametrize(
    "said",
    [b"", b"{", b'"ada"', b"\xff\xfe", b"[" * 5000, b'{"id": "ada"}' + b" " * 10_000],
    ids=range(6),
)  # fmt: skip
def test_what_is_no_name_is_none(said, root, tmp_path):
    enter(root)
    done = run(root, "collect", folder_of(tmp_path, it=work(said=said)))
    assert done.exit_code != 0
    assert "nothing was taken" in done.output
    assert not held(root)


@pytest.mark.parametrize(
    "said",
    [{"id": 3, "name": ["ada"]}, {"id": "x" * (LONGEST_NAME + 1)}, {"name": {"a": 1}}, {},
     {"id": " \n\t", "name": "\x00\u202e"}],
)  # fmt: skip
def test_what_cannot_name_anybody_says_nothing(said, root, tmp_path):
    enter(root)
    folder = folder_of(tmp_path, it=work(said=json.dumps(said)))
    done = run(root, "collect", folder)
    assert "it does not say whose it is" in " ".join(done.output.split())
    assert not held(root)


def test_damaged_or_endless_works_stop_nobody_else(root, tmp_path):
    enter(root)
    many = {f"{n}": b"" for n in range(MOST_FILES + 1)}
    whole = work("Emmy Noether", "emmy", **{ONE: RIGHT * 3})
    torn = bytearray(whole)
    torn[whole.index(RIGHT[:50]) + 60] ^= 0xFF
    folder = folder_of(
        tmp_path, a=work("Ada Lovelace", "ada"), b=bytes(torn), c=work("Tor", "tor", **many),
        d=whole[:-40], e=encrypted(),
    )  # fmt: skip
    rows, _ = collect(root, folder)
    assert {*held(root)} == {f"ada/{ONE}"}
    assert "damaged" in rows[f"b.zip/{ONE}"]["why"]
    assert {"c.zip", "d.zip", "e.zip"} < rows.keys()


def test_a_students_notebooks_alone_are_not_taken_for_a_class(root, tmp_path):
    done = run(root, "collect", as_zip({ONE: RIGHT, TWO: RIGHT_TWO}, tmp_path / "mine"))
    assert "put it into a folder with the student's name" in " ".join(done.output.split())
    assert not held(root)
