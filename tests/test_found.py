"""Notebooks are found whatever they are called and wherever they lie, and nothing is lost."""

import gzip
import json
import os
import re
import unicodedata
from datetime import datetime

import pytest

from tests.layouts import (
    FOLDER,
    FOUND,
    ONE,
    RIGHT,
    RIGHT_TWO,
    STUB,
    TWO,
    A,
    first,
    notebook,
    tarred,
    write,
    zipped,
)  # fmt: skip
from tests.submissions import answer_text
from workbook.course.exercises import find, is_page
from workbook.course.leftovers import COURSE_PAGE, is_meaningless
from workbook.course.zip_files import Budget
from workbook.grade.submissions import find as find_module
from workbook.grade.submissions import handed_in, not_graded
from workbook.grade.submissions.archives import members
from workbook.grade.submissions.find import find_submissions
from workbook.grade.submissions.identify import grade_id
from workbook.grade.submissions.timestamps import TimezoneError, time_named, zone_of_names


@pytest.mark.parametrize("layout", FOUND)
def test_a_notebook_is_found(layout, tmp_path):
    write(tmp_path / "submitted" / "ada", FOUND[layout])
    one = first(found := find_submissions(tmp_path / "submitted"))
    assert found.problems == ()
    data = one.job().data
    assert data in (*FOUND[layout].values(), RIGHT)
    assert b"NotImplementedError" not in data
    as_released = one.place.name == ONE.notebook_path
    assert as_released != any(one.place.name in note for note in one.notes)
    is_packed = bool(one.place.inside) and ".ipynb" in one.place.path.name.lower()
    assert is_packed == any("is an archive; the notebook was read" in note for note in one.notes)
    # The same student, asked for alone.
    assert first(find_submissions(tmp_path / "submitted" / "ada")) == one


# --- Which of several counts ----------------------------------------------------------------------

OTHER = notebook(ONE, answer_text(ONE) + "# another\n")
# With none of the released cells.
SCRATCH = json.dumps(
    {"cells": [{"cell_type": "code", "metadata": {}, "source": answer_text(ONE)}]}
).encode()
# Of two exercises.
BOTH = json.dumps(
    {"cells": [cell for one in (RIGHT, RIGHT_TWO) for cell in json.loads(one)["cells"]]}
).encode()
STUBBED = f"def {ONE.name}():\n    raise NotImplementedError\n"
LONG = notebook(ONE, STUBBED + "x = 1\n" * 40_000)
TIMES = {"old": "2026-01-01 10:00:00 UTC", "new": "2026-01-02 10:00:00 UTC"}
SEVERAL = {
    "an answer beside a stub": ({"a.ipynb": (STUB, 9), "b.ipynb": (RIGHT, 1)}, "b.ipynb"),
    "the newer file": ({"a.ipynb": (RIGHT, 1), "b.ipynb": (OTHER, 9)}, "b.ipynb"),
    "not the newer one to try things out": ({A: (RIGHT, 1), "tests.ipynb": (SCRATCH, 9)}, A),
    "the later attempt, made elsewhere": (
        {"old/a.ipynb": (RIGHT, 1), "new/b.ipynb": (SCRATCH, 9)}, "new/b.ipynb",
    ),
    "the newer file, made elsewhere under the released name": (
        {"a.ipynb": (RIGHT, 1), A: (SCRATCH, 9)}, A,
    ),
    "the newer file under the released name": ({A: (RIGHT, 9), "b.ipynb": (OTHER, 1)}, A),
    "the later attempt, not the newer file": (
        {"old/a.ipynb": (RIGHT, 9), "new/a.ipynb": (OTHER, 1)}, "new/a.ipynb",
    ),
    "the later attempt that has an answer": (
        {"old/a.ipynb": (RIGHT, 1), "new/a.ipynb": (STUB, 9)}, "old/a.ipynb",
    ),
    "Blackboard's later attempt": (
        {
            f"x_ada_attempt_2026-01-31-12-00-00_{A}": (RIGHT, 9),
            f"x_ada_attempt_2026-02-01-08-00-00_{A}": (OTHER, 1),
        },
        f"x_ada_attempt_2026-02-01-08-00-00_{A}",
    ),
    "Brightspace's later attempt": (
        {
            f"12-3 - Ada - Jan 31, 2026 900 AM/{A}": (OTHER, 9),
            f"12-3 - Ada - Jan 31, 2026 1215 PM/{A}": (RIGHT, 1),
        },
        f"12-3 - Ada - Jan 31, 2026 1215 PM/{A}",
    ),
    "Brightspace's later attempt, the day first": (
        {
            f"12-3 - Ada - 31 January, 2026 900 AM/{A}": (OTHER, 1),
            f"12-3 - Ada - 1 February, 2026 1215/{A}": (RIGHT, 1),
        },
        f"12-3 - Ada - 1 February, 2026 1215/{A}",
    ),
    "Canvas's later attempt": (
        {
            f"lovelaceada_12_34_{ONE.notebook}-2.ipynb": (OTHER, 1),
            f"lovelaceada_12_34_{ONE.notebook}-1.ipynb": (RIGHT, 9),
        },
        f"lovelaceada_12_34_{ONE.notebook}-2.ipynb",
    ),
    "what an editor has put aside": ({A: (RIGHT, 1), f".history/{A}": (OTHER, 9)}, A),
    "what this program has put aside": ({A: (RIGHT, 1), f"older_notebooks/{A}": (OTHER, 9)}, A),
    "the only answer, put aside": ({A: (STUB, 9), f".history/{A}": (OTHER, 1)}, f".history/{A}"),
    "one that can be read": ({A: (b"<html>", 9), "b.ipynb": (RIGHT, 1)}, "b.ipynb"),
    "an answer, not the newer one that is too long to be looked at": (
        {A: (LONG, 9), "b.ipynb": (RIGHT, 1)}, "b.ipynb",
    ),
    "one that is too long to be looked at, not a stub": (
        {A: (STUB, 9), "b.ipynb": (LONG, 1)}, "b.ipynb",
    ),
    "one of its own, not the newer one of two exercises": (
        {A: (RIGHT, 1), "all.ipynb": (BOTH, 9)}, A,
    ),
    "one as good as the other": ({"a.ipynb": (RIGHT, 1), "b.ipynb": (OTHER, 1)}, "b.ipynb"),
    "one as good as the other, where it was released": (
        {f"{FOLDER}/{A}": (RIGHT, 1), f"{FOLDER}/b.ipynb": (OTHER, 1)}, f"{FOLDER}/{A}",
    ),
    "work that cannot be parsed": (
        {A: (STUB, 9), "b.ipynb": (notebook(ONE, "def f(:"), 1)}, "b.ipynb",
    ),
}  # fmt: skip

# Why the others do not, where they are not older.
NO_ANSWER, BACKUP = "there is no answer in it", "it is a backup that a program made"
WHY_NOT = {
    "an answer beside a stub": NO_ANSWER,
    "not the newer one to try things out": "its cells are not marked as the released notebook's",
    "the later attempt that has an answer": NO_ANSWER,
    "what an editor has put aside": BACKUP,
    "what this program has put aside": BACKUP,
    "the only answer, put aside": NO_ANSWER,
    "one that can be read": "the file is ",
    "an answer, not the newer one that is too long to be looked at": "there is too much in it",
    "one that is too long to be looked at, not a stub": NO_ANSWER,
    "one of its own, not the newer one of two exercises": "it belongs to other exercises, too",
    "one as good as the other": "b.ipynb is the same file, or as new",
    "one as good as the other, where it was released": f"{FOLDER}/{A} is the same file, or as new",
    "work that cannot be parsed": NO_ANSWER,
}


@pytest.mark.parametrize("case", SEVERAL)
def test_of_several_the_latest_with_an_answer_counts_and_a_note_names_the_others(case, tmp_path):
    files, chosen = SEVERAL[case]
    student = tmp_path / "submitted" / "ada"
    write(student, {name: data for name, (data, _) in files.items()})
    for name, (_, time) in files.items():
        os.utime(student / name, (1.7e9 + time, 1.7e9 + time))
        if name.partition("/")[0] in TIMES:
            folder = student / name.partition("/")[0]
            (folder / "timestamp.txt").write_text(TIMES[folder.name], encoding="utf-8")
    one = first(find_submissions(tmp_path / "submitted"))
    assert one.place.name == chosen
    why = WHY_NOT.get(case, f"{chosen} is newer")
    for name in files:
        said = f"{name} does not count: {why}"
        assert name == chosen or any(note.startswith(said) for note in one.notes), one.notes
    attempt = chosen.partition("/")[0]
    assert one.folder == student / (attempt if attempt in TIMES else FOLDER)


@pytest.mark.parametrize(
    ("name", "time"),
    [
        (f"HW_ada_attempt_2026-01-31-12-30-59_{A}", (2026, 1, 31, 12, 30, 59)),
        ("ada+1_first+2026-01-31 12:30 UTC", (2026, 1, 31, 12, 30)),
        ("12-3 - Ada - Jan 31, 2026 905 PM", (2026, 1, 31, 21, 5)),
        ("12-3 - Ada - 31 January, 2026 2105", (2026, 1, 31, 21, 5)),
        ("2026-01-31-12-30-59/2026-02-01-00-00-01", (2026, 2, 1, 0, 0, 1)),
        ("2026-13-31-12-30-59", None),
        ("Foo 31, 2026 905 PM", None),
    ],
)
def test_a_name_tells_its_last_time(name, time):
    assert time_named(name) == (time and datetime(*time))


def test_no_time_of_a_file_and_no_time_that_a_student_wrote_makes_work_late_or_in_time(tmp_path):
    student = tmp_path / "submitted" / "ada"
    write(student, {f"{FOLDER}/{FOLDER}/{A}": RIGHT, f"{FOLDER}/{FOLDER}/timestamp.txt": b"x"})
    assert first(find_submissions(tmp_path / "submitted")).folder == student / FOLDER
    for name, time in ((f"{FOLDER}/{FOLDER}", "old"), (FOLDER, "new")):
        (student / name / "timestamp.txt").write_text(TIMES[time], encoding="utf-8")
    assert first(find_submissions(tmp_path / "submitted")).folder == student / FOLDER


@pytest.mark.parametrize(
    ("zone", "chosen"), [("America/New_York", "attempts"), ("Europe/Berlin", "again")]
)
def test_times_in_names_are_of_the_zone_that_the_course_names(zone, chosen, tmp_path):
    (tmp_path / "collect.toml").write_text(f'timezone = "{zone}"', encoding="utf-8")
    student = tmp_path / "submitted" / "ada"
    named = f"attempts/HW_ada_attempt_2026-01-31-12-00-00_{A}"
    write(student, {named: RIGHT, f"again/{A}": RIGHT})
    # Noon is 11:00 UTC in Berlin, and 17:00 UTC in New York.
    (student / "again" / "timestamp.txt").write_text("2026-01-31 15:00 UTC", encoding="utf-8")
    found = find_submissions(tmp_path / "submitted", zone=zone_of_names(tmp_path))
    assert first(found).place.name.partition("/")[0] == chosen
    (tmp_path / "collect.toml").write_text('timezone = "Mars/Base"', encoding="utf-8")
    with pytest.raises(TimezoneError, match=r"collect\.toml cannot be read: .*Mars/Base"):
        zone_of_names(tmp_path)


# --- What means nothing, and what is named --------------------------------------------------------

MEANINGLESS = (
    ".DS_Store", "desktop.ini", "Thumbs.db", f"._{A}", "__MACOSX/._x", f"__MACOSX/{FOLDER}/._{A}",
    f"{FOLDER}/.ipynb_checkpoints/{ONE.notebook}-checkpoint.ipynb", f"{FOLDER}/._{A}",
    f"{FOLDER}/__pycache__/helpers.cpython-311.pyc", f"{FOLDER}/~$notes.docx", ".git/config",
    ".vscode/settings.json", f"{FOLDER}/.ipynb_checkpoints/.DS_Store", f"{FOLDER}/{A}~",
    # What `workbook lab` and the lessons' questions make.
    COURSE_PAGE, "quiz_answers.json", ".jupyter/workspaces/default-37a8.jupyterlab-workspace",
)  # fmt: skip


def test_what_systems_leave_behind_means_nothing(tmp_path):
    files = dict.fromkeys(MEANINGLESS, b"\0")
    write(tmp_path / "submitted" / "ada", {ONE.notebook_path: RIGHT, **files})
    write(tmp_path / "submitted", {".DS_Store": b"", "__MACOSX/._ada": b"", "Thumbs.db": b""})
    found = find_submissions(tmp_path / "submitted")
    assert (found.problems, found.notes) == ((), ())
    assert {one.student for one in found.submitted} == {"ada"}
    assert first(found).notes == ()


def test_data_and_documents_are_files_like_others(tmp_path):
    data = zipped(("weights.npy", b"\x93NUMPY"), ("word/document.xml", b"<x/>"))
    beside = {f"{FOLDER}/{name}": data for name in ("w.npz", "report.docx", "data.zip")}
    packed = {f"{FOLDER}/table.csv.gz": gzip.compress(b"1,2"), "far/data.zip": data}
    inside = {f"{FOLDER}/lib/helpers.py": b"x = 3"}
    named = {f"{FOLDER}/{ONE.notebook}.py": b"x = 4"}
    files = {ONE.notebook_path: RIGHT, **beside, **packed, **inside, **named}
    write(tmp_path / "submitted" / "ada", files)
    found = find_submissions(tmp_path / "submitted")
    assert found.problems == ()
    assert found.notes == ("ada: far/data.zip: neither a notebook nor beside one; left alone",)
    assert first(found).job().beside.files.keys() == {
        "w.npz", "report.docx", "data.zip", "table.csv.gz", "lib/helpers.py", f"{ONE.notebook}.py",
    }  # fmt: skip


def test_another_assignment_may_have_a_cell_of_the_same_name(tmp_path):
    cell = {"cell_type": "code", "source": "def accuracy(predictions, Y):\n    return 1.0"}
    cell["metadata"] = {"nbgrader": {"grade_id": "accuracy", "solution": True}}
    data = json.dumps({"cells": [cell]}).encode()
    ours = notebook(find("train_it"), {})
    write(tmp_path / "submitted" / "ada", {ONE.notebook_path: RIGHT, "ps1/problem 1.ipynb": data})
    write(tmp_path / "submitted" / "bob", {"ps1/problem 1.ipynb": data, "ps1/train_it.ipynb": ours})
    found = find_submissions(tmp_path / "submitted", others=("ps1",))
    graded = [(one.student, one.place.name) for one in found.submitted if one.place]
    assert graded == [("ada", ONE.notebook_path), ("bob", "ps1/train_it.ipynb")]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("written", "deleted"),
    [("import workbook", "train_it-setup"), ("import workbook as wb", "train_it-setup"),
     ("", ""), ("# import", "")],
)  # fmt: skip
def test_a_notebook_of_ours_is_known_by_any_import_or_its_locked_cell(tmp_path, written, deleted):
    """In the folder of another assignment, it would be left out without a word."""
    ours = json.loads(notebook(find("train_it"), {}))
    ours["cells"] = [one for one in ours["cells"] if grade_id(one) != deleted or not deleted]
    text = re.sub(r"from workbook import", written, json.dumps(ours))
    write(tmp_path / "submitted" / "ada", {"ps1/train_it.ipynb": text.encode()})
    found = find_submissions(tmp_path / "submitted", others=("ps1",))
    assert [one.place.name for one in found.submitted if one.place] == ["ps1/train_it.ipynb"]


def test_notebooks_are_not_lost_to_what_is_too_large(tmp_path, monkeypatch):
    """What does not fit is named, and leaves the room to what comes after it."""
    data = zipped(("data.csv", b"1,2"))
    monkeypatch.setattr(handed_in, "MOST_BYTES", max(len(RIGHT), len(data)) + 1)
    large = b"{" + bytes(len(RIGHT) + 1)
    first = {"a.zip": data, "b.zip": data + bytes(len(RIGHT)), "c.ipynb": large}
    write(tmp_path / "submitted" / "ada", {**first, ONE.notebook_path: RIGHT})
    found = find_submissions(tmp_path / "submitted")
    assert [one.place.name for one in found.submitted if one.place] == [ONE.notebook_path]
    not_read = [text for text in words(found) if "was not read" in text]
    assert ["b.zip" in not_read[0], "c.ipynb" in not_read[1]] == [True, True]
    assert "a student's archives may have" in not_read[0]
    assert "a student's notebooks may have" in not_read[1]
    assert len(not_read) == 2


def test_a_name_that_cannot_be_encoded_is_shown_all_the_same(tmp_path):
    names = [os.fsdecode(name) for name in (b"\xff\xfe.ipynb", b"\xff.txt", b"\xff/b.zip")]
    files = dict(zip(names, (RIGHT, b"a", b"PK\x03\x04"), strict=True))
    write(tmp_path / "submitted" / "ada", files)
    found = find_submissions(tmp_path / "submitted")
    assert first(found).job().data == RIGHT
    assert len(words(found)) == 2
    assert all(text.encode() for text in words(found))


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every folder")
def test_a_folder_that_cannot_be_read_is_named(tmp_path):
    write(tmp_path / "submitted" / "ada", {ONE.notebook_path: RIGHT, "closed/a": b""})
    (tmp_path / "submitted" / "ada" / "closed").chmod(0)
    found = find_submissions(tmp_path / "submitted")
    (tmp_path / "submitted" / "ada" / "closed").chmod(0o700)
    assert any("closed" in problem for problem in found.problems)


def test_a_student_of_whom_nothing_was_found_is_in_the_table(tmp_path):
    write(tmp_path / "submitted", {f"ada/{ONE.notebook_path}": RIGHT, "emmy/essay.pdf": b"%PDF"})
    (tmp_path / "submitted" / "li wei").mkdir()
    found = find_submissions(tmp_path / "submitted")
    missing = [(one.student, one.exercise) for one in found.submitted if one.is_missing]
    assert missing == [("ada", TWO), ("emmy", ONE), ("emmy", TWO), ("li wei", ONE), ("li wei", TWO)]
    assert found.notes == ("emmy: essay.pdf: neither a notebook nor beside one; left alone",)


NAMED = {
    "a notebook among the students": ({A: RIGHT}, "is not in a student's folder"),
    "an archive among them": ({"all.zip": zipped((A, RIGHT))}, "is not in a student's folder"),
    "a list among the students": ({"class.csv": b"a,b"}, "class.csv is not a notebook"),
    "an assignment among the students": ({ONE.notebook_path: RIGHT}, "folder of an assignment"),
    "of no exercise": ({f"emmy/{FOLDER}/x.ipynb": b'{"cells": []}'}, "are missing, and no"),
    "broken, of no exercise": ({f"emmy/{FOLDER}/x.ipynb": b"{"}, "x.ipynb: the file is not JSON"),
    "scratch paper": (
        {f"emmy/{ONE.notebook_path}": RIGHT, f"emmy/{TWO.notebook_path}": RIGHT_TWO,
         "emmy/x.ipynb": b'{"cells": []}'}, "x.ipynb is not from any exercise; left alone",
    ),
    "sheets of scratch paper": (
        {f"emmy/{ONE.notebook_path}": RIGHT, f"emmy/{TWO.notebook_path}": RIGHT_TWO,
         "emmy/x.ipynb": b'{"cells": []}', "emmy/y.ipynb": b'{"cells": []}'},
        "x.ipynb and y.ipynb are not from any exercise; left alone",
    ),
    "JSON of something else": (
        {f"emmy/{A}": RIGHT, "emmy/x.json": b'{"cells": 3}'}, "x.json",
    ),
    "only a checkpoint": (
        {f"emmy/{FOLDER}/.ipynb_checkpoints/{ONE.notebook}-checkpoint.ipynb": RIGHT},
        f"emmy: not graded, though nothing else of the exercise is there: {FOLDER}/.ipynb_check",
    ),
    "only in the trash": (
        {f"emmy/.Trash-1000/files/{A}": RIGHT, f"emmy/{TWO.notebook_path}": RIGHT_TWO},
        f"emmy: not graded, though nothing else of the exercise is there: .Trash-1000/files/{A}.",
    ),
    "only a checkpoint in an archive": (
        {"emmy/work.zip": zipped((f"{FOLDER}/.ipynb_checkpoints/{A}", RIGHT))},
        f"exercise is there: work.zip/{FOLDER}/.ipynb_checkpoints/{A}. Programs keep copies",
    ),
    "RAR": ({"emmy/work.rar": b"Rar!\x1a\7\0" + bytes(99)}, "a RAR archive cannot be opened"),
    "7z": ({"emmy/work.7z": b"7z\xbc\xaf\x27\x1c" + bytes(99)}, "a 7z archive cannot be opened"),
    "torn zip": ({"emmy/a.zip": zipped((A, RIGHT))[:-99]}, "a.zip cannot be opened as a whole"),
    "torn tar": ({"emmy/a.tgz": tarred((A, RIGHT))[:-99]}, "a.tgz cannot be opened as a whole"),
    "an archive with nothing in it": ({"emmy/a.zip": zipped()}, "archive with nothing in it"),
    "an archive that is none": ({"emmy/a.zip": b""}, "emmy: a.zip cannot be opened"),
    "a part of an archive": ({"emmy/a.z01": bytes(99)}, "emmy: a.z01 cannot be opened"),
    "an archive in it that is none": (
        {"emmy/a.zip": zipped(("b.7z", b"7"))}, "a.zip/b.7z cannot be opened",
    ),
    "a document called a notebook": (
        {f"emmy/{FOLDER}/{A}": zipped(("word/document.xml", b"<x/>"))}, "with no notebook in it",
    ),
    "a script in the notebook's place": (
        {f"emmy/{FOLDER}/{ONE.notebook}.py": b"# %%\nx = 1"}, f"{ONE.notebook}.py",
    ),
    "a picture where a notebook should be": (
        {f"emmy/{FOLDER}/work.png": b"\x89PNG"}, "work.png: neither a notebook nor beside one",
    ),
    "two names that look the same": (
        {unicodedata.normalize(form, f"josé/{A}"): RIGHT for form in ("NFC", "NFD")},
        "nearly the same name, of two students",
    ),
    "a page in the notebook's place": (
        {f"emmy/{FOLDER}/{ONE.notebook}.html": b"<!DOCTYPE html>"},
        f"the notebook was found as {FOLDER}/{ONE.notebook}.html",
    ),
}  # fmt: skip


def words(found):
    return [*found.problems, *found.notes, *(note for one in found.submitted for note in one.notes)]


@pytest.mark.parametrize("case", NAMED)
def test_what_is_not_graded_is_named(case, tmp_path):
    files, said = NAMED[case]
    write(tmp_path / "submitted", {f"ada/{ONE.notebook_path}": RIGHT, **files})
    found = find_submissions(tmp_path / "submitted")
    assert any(said in text for text in words(found)), words(found)


def test_a_notebook_that_is_run_by_another_is_a_file_beside_it(tmp_path):
    runs = notebook(ONE, f"%run 'my helpers.ipynb'\n{answer_text(ONE)}")
    files = {f"{FOLDER}/{A}": runs, f"{FOLDER}/my helpers.ipynb": b'{"cells": []}'}
    write(tmp_path / "submitted" / "ada", files)
    found = find_submissions(tmp_path / "submitted")
    assert (found.problems, found.notes) == ((), ())
    assert list(first(found).job().beside.files) == ["my helpers.ipynb"]


def test_a_folder_that_lies_too_deep_is_named(tmp_path):
    write(tmp_path / "submitted" / "ada", {f"{'d/' * 25}{A}": RIGHT})
    (said,) = find_submissions(tmp_path / "submitted").problems
    assert "/d/d/d lies too deep; the files in it were not looked at" in said


def test_one_students_files_do_not_hide_what_is_said_of_others(tmp_path):
    write(tmp_path / "submitted" / "ada", {f"{n}.zip": b"no archive" for n in range(300)})
    for number in range(300):
        (tmp_path / "submitted" / "ada" / f"unknown {number}").mkdir()
    write(tmp_path / "submitted" / "emmy", {"work.zip": b"no archive"})
    problems = find_submissions(tmp_path / "submitted").problems
    assert "ada: and 280 more problems with files" in problems
    assert any(
        "unknown assignments 'unknown 0', 'unknown 1'" in one and "and 296 more" in one
        for one in problems
    )
    assert len(problems) == 23
    assert problems[-1].startswith("emmy: work.zip")


def test_that_not_all_files_are_read_is_said_first(tmp_path, monkeypatch):
    monkeypatch.setattr(handed_in, "_MOST_FILES", 30)
    write(tmp_path / "submitted" / "ada", {**{f"{n}.zip": b"" for n in range(30)}, f"x/{A}": RIGHT})
    first, *_, last = find_submissions(tmp_path / "submitted").problems
    assert first == "ada: only the first 30 files are read"
    assert last == "ada: and 11 more problems with files"


@pytest.mark.parametrize(
    ("saved", "checkpoint", "is_said"),
    [(STUB, RIGHT, True), (RIGHT, OTHER, False), (STUB, STUB, False), (STUB, b"{", False),
     (b"{", RIGHT, True), (STUB, RIGHT_TWO, False)],
    ids=["an answer", "an older one", "no answer", "broken", "a broken notebook", "another"],
)  # fmt: skip
def test_an_answer_that_only_a_checkpoint_holds_is_named(saved, checkpoint, is_said, tmp_path):
    name = f".ipynb_checkpoints/{ONE.notebook}-checkpoint.ipynb"
    files = {f"emmy/{FOLDER}/{name}": checkpoint, f"emmy/{ONE.notebook_path}": saved}
    write(tmp_path / "submitted", files)
    found = find_submissions(tmp_path / "submitted", ONE)
    (one,) = found.submitted
    assert one.path == tmp_path / "submitted/emmy" / ONE.notebook_path
    note = "there is no answer in the saved notebook, but in a checkpoint of it, which does not"
    assert [one for one in one.notes if note in one and one.endswith(f": {name}")] == (
        [f"{note} count: {name}"] if is_said else []
    )


def test_a_link_to_anothers_checkpoints_tells_nothing(tmp_path):
    name = f".ipynb_checkpoints/{ONE.notebook}-checkpoint.ipynb"
    files = {f"emmy/{ONE.notebook_path}": STUB, f"far/{name}": RIGHT}
    write(tmp_path / "submitted", files)
    link = tmp_path / "submitted" / "emmy" / FOLDER / ".ipynb_checkpoints"
    link.symlink_to(tmp_path / "submitted" / "far" / ".ipynb_checkpoints")
    found = find_submissions(tmp_path / "submitted", ONE)
    (notes,) = [one.notes for one in found.submitted if one.student == "emmy"]
    assert "checkpoint" not in str(notes)


@pytest.mark.parametrize("kind", ["archives", "folders"])
def test_the_search_for_what_is_ignored_is_bounded(kind, tmp_path, monkeypatch):
    """A small archive unpacks to a hundred MiB, and a student can hand in thousands."""
    home = tmp_path / "submitted" / "ada"
    checkpoint = f".ipynb_checkpoints/{A}"
    if kind == "archives":
        bombs = tarred(("a", bytes(2**20)), mode="w:xz")
        write(
            home, {f"{n}.tar.xz": bombs for n in range(9)} | {"z.tar.xz": tarred((checkpoint, b""))}
        )
        budget = Budget(3 * 2**20)
        monkeypatch.setattr(find_module, "for_archives", lambda: budget)
    else:
        monkeypatch.setattr(not_graded, "_MOST_ENTRIES", 5)
        for number in range(9):
            (home / str(number)).mkdir(parents=True)
        write(home, {f"z/{checkpoint}": b""})
    opened = []
    monkeypatch.setattr(
        not_graded, "members", lambda *told, **how: opened.append(1) or members(*told, **how)
    )
    found = find_submissions(tmp_path / "submitted")
    assert not any("nothing else of the exercise" in note for note in found.notes)
    assert not opened


def fate(path, root, found, others):
    """Return what became of a file: graded, named, meaningless, beside a notebook; None if lost."""
    student, *inner = path.relative_to(root).parts
    own = [one for one in found.submitted if one.student == student and one.place]
    if any(one.path == path for one in own):
        return "graded"
    if any(map(is_meaningless, path.relative_to(root).parts)) or is_page(path.name):
        return "means nothing"
    name = "/".join(inner) or student
    said = [text for text in words(found) if name in text and (student in text or inner)]
    if said or (inner and inner[0] in others) or path.name == "timestamp.txt":
        return "named"
    homes = {one.path.parent for one in own if not one.place.inside}
    return "beside" if path.parent in homes and ".ipynb" not in path.name.lower() else None


def test_every_file_is_graded_or_named(tmp_path):
    root = tmp_path / "submitted"
    for number, files in enumerate(FOUND.values()):
        write(root / f"found {number}", files)
    for number, (files, _) in enumerate(SEVERAL.values()):
        write(root / f"several {number}", {name: data for name, (data, _) in files.items()})
    for number, (files, _) in enumerate(NAMED.values()):
        for name, data in files.items():
            top, _, rest = name.partition("/")
            write(root, {f"{top} {number}/{rest}" if rest else name: data})
    write(root / "left behind", {**dict.fromkeys(MEANINGLESS, b"\0"), ONE.notebook_path: RIGHT})
    write(root / "many", {f"{FOLDER}/{ONE.notebook} ({n}).ipynb": RIGHT for n in range(40)})
    beside = {f"{FOLDER}/helpers.py": b"", f"{FOLDER}/timestamp.txt": b"", "plans/a.txt": b"a"}
    write(root / "beside", {ONE.notebook_path: RIGHT, **beside, "ps1/problem.ipynb": b"{}"})
    found = find_submissions(root, others=("ps1",))
    files = [path for path in root.rglob("*") if path.is_file()]
    fates = {path: fate(path, root, found, ("ps1",)) for path in files}
    assert [path for path, one in fates.items() if one is None] == []
    assert len(fates) == len(files) > 130
    assert {one.student for one in found.submitted} >= {
        path.name for path in root.iterdir() if path.is_dir() and not is_meaningless(path.name)
    }
    graded = [one for one in found.submitted if one.place and one.job().data]
    assert len(graded) > len(FOUND) + len(SEVERAL)
