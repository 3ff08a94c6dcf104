"""What platforms send is sorted into submitted/: each file is taken, or left with the reason."""

import csv
import io
import os
import re
import shutil
import stat
import tarfile
import unicodedata
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook

from tests.command import in_course as run
from tests.layouts import (
    FOLDER,
    NOISE,
    ONE,
    RIGHT,
    RIGHT_TWO,
    STUB,
    TWO,
    A,
    B,
    notebook,
    tarred,
    zipped,
)
from tests.platforms import (
    ADA,
    EARLY,
    EMMY,
    LATE,
    METADATA,
    NOTE,
    ROSTER,
    SENT,
    as_folder,
    as_tar,
    as_zip,
)
from tests.reference import in_turn
from tests.test_archives import ZEROS, encrypted, large, special, zip_link
from workbook.course.folder import CONFIG_FILE
from workbook.grade.collect import collect as collect_module
from workbook.grade.collect import names, sources
from workbook.grade.gradebook.tables import create_tables
from workbook.grade.submissions.files import plain_name
from workbook.grade.submissions.find import find_submissions

pytestmark = pytest.mark.filterwarnings("ignore:Object of type <Submitted")

FORMS = {"folder": as_folder, "zip": as_zip, "tar": as_tar}


def collect(root, source, *options):
    """Collect, and return what was done with each file, and what was said."""
    done = run(root, "collect", source, *options)
    assert done.exit_code == 0, done.output
    newest = max((root / "collected").iterdir())
    with (newest / "files.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["file"]: row for row in csv.DictReader(file)}
    return rows, " ".join(done.output.split())


def enter(root, text=ROSTER):
    path = root / "students.csv"
    path.write_text(text, encoding="utf-8")
    done = run(root, "roster", path)
    assert done.exit_code == 0, done.output


def held(root):
    """Return the files in submitted/, by their paths."""
    folder = root / "submitted"
    files = (one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in files}


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(("kind", "form"), in_turn(SENT, FORMS))
def test_each_platform_is_recognised_and_all_its_files_are_accounted_for(
    kind, form, root, tmp_path
):
    enter(root)
    sent = SENT[kind]
    rows, said = collect(root, FORMS[form](sent, tmp_path / "sent"))
    platform = kind.split()[0].rstrip(",").capitalize()
    titles = {"Github": "GitHub Classroom", "Plain": "A folder for each student",
              "Teams": "Microsoft Teams", "Classroom": "Google Classroom"}  # fmt: skip
    assert said.startswith(f"{titles.get(platform, platform)}: {len(sent)} files, ")
    assert {*rows} == {*sent}
    assert all(row["why"] for row in rows.values() if row["what was done"] == "left")
    files = held(root)
    taken = [one for row in rows.values() for one in row["in submitted/"].split("; ") if one]
    stamps = {path for path in files if path.endswith("timestamp.txt")}
    assert sorted(taken) == sorted(files.keys() - stamps)
    # What is to be graded is found: both notebooks of Ada's, and one of Emmy's.
    found = find_submissions(root / "submitted")
    graded = {(one.student, one.exercise): one.job().data for one in found.submitted if one.place}
    assert {key: graded[key] for key in graded if key[0] != "tor"} == {
        ("ada", ONE): RIGHT, ("ada", TWO): RIGHT_TWO, ("emmy", ONE): RIGHT,
    }  # fmt: skip
    assert found.problems == ()


TIMES = {
    "blackboard": ("2026-02-01 09:30:00 UTC", "2026-01-31 12:00:00 UTC"),
    "brightspace": ("2026-01-31 12:00:00 UTC", "2026-02-01 09:30:00 UTC"),
    "gradescope": ("2026-01-31 11:00:00 UTC", "2026-02-01 13:00:00 UTC"),
    "plain, as nbgrader has it": ("2026-01-31 11:00:00 UTC", ""),
    "canvas": ("", ""),
    "moodle folders": ("", ""),
}


@pytest.mark.parametrize("kind", TIMES)
def test_the_time_is_the_platforms_and_said_where_there_is_none(kind, root, tmp_path):
    enter(root)
    (root / "collect.toml").write_text('timezone = "UTC"', encoding="utf-8")
    _, said = collect(root, as_zip(SENT[kind], tmp_path / "sent"))
    files = held(root)
    names = (f"{student}/{FOLDER}/timestamp.txt" for student in ("ada", "emmy"))
    assert tuple(files.get(name, b"").decode().strip() for name in names) == TIMES[kind]
    assert ("Nothing says when" in said) == ("" in TIMES[kind])
    for student in ("ada", "emmy"):
        if stamp := files.get(f"{student}/{FOLDER}/timestamp.txt"):
            time = (root / "submitted" / student / FOLDER / A).stat().st_mtime
            assert int(time) == datetime.fromisoformat(f"{stamp.decode()[:19]}+00:00").timestamp()


def test_times_without_a_zone_are_those_of_the_zone_that_is_named(root, tmp_path):
    (root / "collect.toml").write_text('timezone = "Europe/Berlin"', encoding="utf-8")
    _, said = collect(root, as_zip(SENT["blackboard"], tmp_path / "sent"))
    assert held(root)[f"emmy/{FOLDER}/timestamp.txt"] == b"2026-01-31 11:00:00 UTC\n"
    assert "Times in file names were read as times in Europe/Berlin." in said


def test_groups_on_gradescope_get_the_work_each(root, tmp_path):
    enter(root)
    rows, _ = collect(root, as_zip(SENT["gradescope"], tmp_path / "sent"))
    assert held(root)[f"tor/{FOLDER}/{A}"] == RIGHT
    row = rows[f"assignment_5_export/submission_12/{A}"]
    assert row["in submitted/"] == f"emmy/{FOLDER}/{A}; tor/{FOLDER}/{A}"


# Without a roster: the names of Ada's and Emmy's folders.
NAMES = {
    "moodle flat": ("ada-lovelace", "emmy-noether"),
    "canvas": ("lovelaceada-101", "noetheremmy-102"),
    "blackboard": ("ada", "emmy"),
    "brightspace": ("ada-lovelace-201", "emmy-noether-202"),
    "gradescope": ("ada-lovelace-s-1", "emmy-noether-s-2", "tor-ågård"),
    "github": ("adal", "e-noether"),
    "plain": ("ada", "emmy"),
}


@pytest.mark.parametrize("kind", NAMES)
def test_without_a_roster_names_are_safe_and_the_same_every_time(kind, root, tmp_path):
    for number in range(2):
        rows, _ = collect(root, as_folder(SENT[kind], tmp_path / f"sent{number}"))
        assert sorted(path.name for path in (root / "submitted").iterdir()) == [*NAMES[kind]]
    assert {row["what was done"] for row in rows.values()} <= {"there already", "left"}
    assert not any("~" in name for name in held(root))


def test_two_of_one_name_are_never_one_student(root, tmp_path):
    sent = {f"Ada Lovelace_{n}_assignsubmission_file_/{A}": RIGHT for n in (1, 2)}
    _, said = collect(root, as_zip(sent, tmp_path / "sent"))
    assert {path.split("/")[0] for path in held(root)} == {"ada-lovelace-1", "ada-lovelace-2"}
    assert "may all be ada-lovelace" in said
    shutil.rmtree(root / "submitted")
    enter(root, f"{ROSTER}00,Ada,Lovelace,,,,,,\n")
    _, said = collect(root, as_zip(sent, tmp_path / "sent"))
    assert {path.split("/")[0] for path in held(root)} == {"ada-lovelace-1", "ada-lovelace-2"}
    assert "Put each one's id in the place of the name in the folders" in said
    shutil.rmtree(root / "submitted")
    named = {name.replace("Ada Lovelace_1", "ada_1").replace("Ada Lovelace_2", "00_2"): data
             for name, data in sent.items()}  # fmt: skip
    _, said = collect(root, as_folder(named, tmp_path / "named"))
    assert {path.split("/")[0] for path in held(root)} == {"ada", "00"}
    for shown, name in ("ada (1)", "ada"), ("00 (2)", "00"):
        assert f"{shown} is taken for the student {name} of the roster, by the identifier" in said
    assert said.count("in the place of the name: check whether you put it there") == 2


def test_folders_are_found_by_full_name_and_however_accents_are_written(root, tmp_path):
    enter(root, "id,name,email\nrenée,René Ågård,\nada,Ada Lovelace,ada@example.org\n")
    apart = unicodedata.normalize("NFD", "renée")
    for kind, folders in {
        "names": ("René Ågård", "Lovelace, Ada"),
        "another way of writing accents": (apart, "ADA@example.org"),
    }.items():
        sent = {f"{name}/{A}": RIGHT for name in folders}
        _, said = collect(root, as_zip(sent, tmp_path / kind))
        assert {path.split("/")[0] for path in held(root)} == {"renée", "ada"}
        assert "Look at" not in said
    # Who is on no roster does not get the folder of somebody of another name.
    shutil.rmtree(root / "submitted")
    enter(root, "id,name\nada-byron,Ada Lovelace\n")
    collect(root, as_zip({f"Ada Byron_7_assignsubmission_file_/{A}": RIGHT}, tmp_path / "other"))
    assert {path.split("/")[0] for path in held(root)} == {"ada-byron-7"}


def test_a_user_name_with_underscores_is_told_from_the_assignments_name(root, tmp_path):
    names = ("s_ada", "s_emmy_n", "t_ada")
    sent = {f"HW_1_{name}_attempt_{EARLY}_{A}": RIGHT for name in names}
    collect(root, as_zip(sent, tmp_path / "sent"))
    assert {path.split("/")[0] for path in held(root)} == {*names}
    enter(root, "id,name\nemmy_n,Emmy\ns_ada,Ada\nada,Other\n")
    shutil.rmtree(root / "submitted")
    collect(root, as_zip({name: sent[name] for name in sent if "t_ada" not in name},
                         tmp_path / "sent"))  # fmt: skip
    assert {path.split("/")[0] for path in held(root)} == {"s_ada", "emmy_n"}


def test_who_is_not_on_the_roster_is_collected_and_named(root, tmp_path):
    enter(root, "id,name,canvas\nada,Ada Lovelace,101\n")
    _, said = collect(root, as_zip(SENT["canvas"], tmp_path / "sent"))
    assert {path.split("/")[0] for path in held(root)} == {"ada", "noetheremmy-102"}
    assert "noetheremmy is not on the roster, or fits several there" in said


def test_an_identifier_of_another_platform_counts_only_where_the_name_agrees(root, tmp_path):
    enter(root, "id,name,moodle\nada,Ada Lovelace,102\nemmy,Emmy Noether,101\n")
    collect(root, as_zip(SENT["canvas"], tmp_path / "sent"))
    assert f"ada/{FOLDER}/{B}" in held(root)


def test_an_identifier_and_a_name_of_two_students_are_nobodys(root, tmp_path):
    enter(root)
    sent = {f"{n}-77 - {name} - Jan 31, 2026 1200 PM/{A}": RIGHT
            for n, name in ((201, "Emmy Noether"), (202, "Augusta King"))}  # fmt: skip
    _, said = collect(root, as_zip(sent, tmp_path / "sent"))
    assert {path.split("/")[0] for path in held(root)} == {"emmy-noether-201", "emmy"}
    assert "Emmy Noether is not on the roster, or fits several there" in said


def test_moodle_writes_a_group_before_its_members(root, tmp_path):
    enter(root, "id,name\nada,Ada Lovelace\njo,Jo-Ann Lee\nemmy,Emmy Noether\n")
    folders = [f"{name}_{n}_assignsubmission_file_" for n, name in enumerate(
        ("Team-3-Ada Lovelace", "Team-3-Jo-Ann Lee", "Default group-Emmy Noether"))]  # fmt: skip
    sent = {f"{folder}/{A}": RIGHT for folder in folders}
    _, said = collect(root, as_zip(sent, tmp_path / "sent"))
    assert {path.split("/")[0] for path in held(root)} == {"ada", "jo", "emmy"}
    assert "Look at" not in said
    # Where there are no groups, it is another name.
    shutil.rmtree(root / "submitted")
    sent[f"Ada Lovelace_9_assignsubmission_file_/{A}"] = RIGHT
    del sent[f"{folders[0]}/{A}"]
    collect(root, as_zip(sent, tmp_path / "sent"))
    assert {path.split("/")[0] for path in held(root)} == {
        "ada", "team-3-jo-ann-lee", "default-group-emmy-noether",
    }  # fmt: skip


def test_the_name_of_a_group_stands_for_its_first_member(root, tmp_path):
    enter(root, "id,name,group\nada,Ada Lovelace,Group 1\nemmy,Emmy Noether,Group 1\ntor,Tor,\n")
    sent = {f"{n}-77 - Group {n} - Jan 31, 2026 1200 PM/{A}": RIGHT for n in (1, 2)}
    _, said = collect(root, as_zip(sent, tmp_path / "sent"))
    assert {path.split("/")[0] for path in held(root)} == {"ada", "group-2-2"}
    assert "Group 1 is not" not in said


@pytest.mark.parametrize(
    "table",
    [
        "id,name,group\nada,Ada Lovelace,🦊\nemmy,Emmy Noether,🦊\n",
        "id,name\nada,-\nemmy,Emmy Noether\n",
    ],
    ids=["group", "student"],
)
def test_nobody_is_taken_for_whoever_is_called_by_signs_alone(table, root, tmp_path):
    enter(root, table)
    _, said = collect(root, as_zip({f"mallory/{A}": RIGHT, f"tor/{B}": RIGHT}, tmp_path / "sent"))
    assert {path.split("/")[0] for path in held(root)} == {"mallory", "tor"}
    assert "mallory is not on the roster, or fits several there: collected as mallory" in said


def test_groups_of_like_names_are_told_apart(root, tmp_path):
    groups = {"ada": "Team 1", "bo": "Team-1", "cleo": "🦊", "dora": "🐻", "eve": "Group A"}
    rows = "".join(f"{one},,{name}\n{one}2,,{name}\n" for one, name in groups.items())
    enter(root, f"id,name,group\n{rows}")
    called = ("Team 1", "Team-1", "🦊", "🐻", "group a", "TEAM 1")
    sent = {f"{n}-77 - {name} - Jan 31, 2026 1200 PM/{A}": RIGHT for n, name in enumerate(called)}
    _, said = collect(root, as_zip(sent, tmp_path / "sent"))
    assert {path.split("/")[0] for path in held(root)} == {*groups, "team-1-5"}
    assert "TEAM 1 is not on the roster, or fits several there: collected as team-1-5" in said


def test_who_only_has_a_students_name_costs_them_nothing(root, tmp_path):
    """An identifier says who Ada is: a guest of the course of her name is another one."""
    enter(root, "id,name,canvas\nada,Ada Lovelace,101\nbo,Bo Peep,\n")
    sent = {f"{name}_{n}_9_{A}": RIGHT for name, n in
            (("lovelaceada", 101), ("lovelaceada", 999), ("bopeep", 5), ("bopeep", 6))}  # fmt: skip
    _, said = collect(root, as_zip(sent, tmp_path / "sent"))
    assert {path.split("/")[0] for path in held(root)} == {
        "ada", "lovelaceada-999", "bopeep-5", "bopeep-6"
    }  # fmt: skip
    assert "lovelaceada is not on the roster, or fits several there: collected as" in said
    assert "may all be ada:" not in said


def test_a_name_on_brightspace_sets_no_time(root, tmp_path):
    early, late = "Jan 31, 2026 900 AM", "Feb 3, 2026 1100 PM"
    sent = {f"201-77 - Eve - {early} - {late}/{A}": RIGHT,
            f"202-77 - Tor - {early}/mine - {late}/{A}": RIGHT}  # fmt: skip
    (root / "collect.toml").write_text('timezone = "UTC"', encoding="utf-8")
    collect(root, as_zip(sent, tmp_path / "sent"))
    stamps = [held(root)[name] for name in sorted(held(root)) if name.endswith("timestamp.txt")]
    assert stamps == [b"2026-02-03 23:00:00 UTC\n", b"2026-01-31 09:00:00 UTC\n"]


def test_a_students_folder_is_no_class(root, tmp_path):
    enter(root)
    for number, folder in enumerate(("ada", "Ada Lovelace")):
        sent = {f"{folder}/my work - {A}": RIGHT, f"{folder}/my notes - b.txt": b"1"}
        collect(root, as_zip(sent, tmp_path / str(number)))
        assert {path.split("/")[0] for path in held(root)} == {"ada"}


# By platform: what it may also write, beside Ada's, and where that goes.
MORE_RARELY = {
    "canvas": {
        "noetheremmy_102_text.html": "emmy/text.html",
        "noetheremmy_LATE_102_link.html": "emmy/link.html",
        "noetheremmy_102_9_data-01.csv": "emmy/data-01.csv",
        f"LATE_anon_aB3dE_9003_{A[:-6]}-1.ipynb": f"submission-aB3dE/{A}",
    },
    "moodle flat": {f"{EMMY[:-4]}onlinetext_onlinetext.html": "emmy/onlinetext.html"},
    "brightspace": {f"202-77 - Emmy Noether - 12 févr., 2026 1535/{A}": f"emmy/{A}"},
    "blackboard": {f"HW 1_emmy_intento_{EARLY}_{A}": f"emmy/{A}"},
}


@pytest.mark.parametrize("kind", MORE_RARELY)
def test_what_a_platform_writes_more_rarely_is_understood(kind, root, tmp_path):
    enter(root)
    ada = {name: data for name, data in SENT[kind].items() if "ada" in name.lower()}
    more = {name: RIGHT if "ipynb" in name or "/" in name else b"1" for name in MORE_RARELY[kind]}
    rows, _ = collect(root, as_zip({**ada, **more}, tmp_path / "sent"))
    places = {name: rows[name]["in submitted/"].replace(f"{FOLDER}/", "") for name in more}
    assert places == MORE_RARELY[kind]


def test_who_has_only_typed_an_answer_is_named(root, tmp_path):
    enter(root)
    sent = {**SENT["blackboard"], f"HW 1_tor_attempt_{LATE}.txt": NOTE}
    _, said = collect(root, as_zip(sent, tmp_path / "sent"))
    assert (
        "HW 1_tor has handed in no file: check whether an answer was typed into HW 1_tor_att"
        in said
    )
    assert said.count("has handed in no file") == 1


def test_a_student_cannot_hand_in_under_anothers_name(root, tmp_path):
    inner = {
        f"{ADA}_/{EMMY}_/{A}": RIGHT,
        f"{ADA}_/x/submission_metadata.yml": b"submission_1: {}",
        f"{ADA}_/timestamp.txt": b"2020-01-01 00:00:00 UTC",
        f"{ADA}_/sub/TIMESTAMP.TXT": b"2020-01-01 00:00:00 UTC",
        f"{ADA}_/timestamp.txt ": b"2020-01-01 00:00:00 UTC",
        f"{ADA}_/ timestamp.txt.": b"2020-01-01 00:00:00 UTC",
        f"{ADA}_/ .git/config": b"[core]",
        f"{ADA}_/.git. /config": b"[core]",
    }
    rows, _ = collect(root, as_zip(inner, tmp_path / "moodle"))
    assert {*held(root)} == {
        f"ada-lovelace/{FOLDER}/{EMMY}_/{A}", f"ada-lovelace/{FOLDER}/x/submission_metadata.yml",
    }  # fmt: skip
    shutil.rmtree(root / "submitted")
    sent = {
        f"HW 1_ada_attempt_{EARLY}_x_emmy_attempt_{LATE}_{A}": RIGHT,
        f"HW 1_tor_attempt_{EARLY}_{A}": RIGHT,
    }
    collect(root, as_zip(sent, tmp_path / "blackboard"))
    assert {path.split("/")[0] for path in held(root)} == {"ada", "tor"}
    shutil.rmtree(root / "submitted")
    sent = {f"lovelaceada_1_2_noetheremmy_3_4_{A}": RIGHT, f"torx_5_6_{A}": RIGHT}
    collect(root, as_zip(sent, tmp_path / "canvas"))
    assert {path.split("/")[0] for path in held(root)} == {"lovelaceada-1", "torx-5"}
    assert rows[f"{ADA}_/timestamp.txt"]["why"].startswith("a student's own file does not say")


def github(*repositories):
    """Return clones of repositories in a folder."""
    return {
        f"hw/{name}/{path}": data
        for name in repositories
        for path, data in ((".git/HEAD", b""), (A, RIGHT))
    }


@pytest.mark.parametrize(
    ("form", "roster", "sent", "students"),
    [
        # Called as the roster calls somebody else, who has handed in nothing, or something.
        (as_zip, ROSTER, {f"ada_7_assignsubmission_file_/{A}": STUB}, ["ada-7"]),
        (as_zip, ROSTER, {f"ADA_7_assignsubmission_file_/{A}": STUB, f"{ADA}_/{A}": RIGHT},
         ["ada", "ada-7"]),
        # In a folder, the instructor may have put the identifier there; not beside the owner.
        (as_folder, ROSTER, {f"ada_7_assignsubmission_file_/{A}": STUB}, ["ada"]),
        (as_folder, ROSTER, {f"ada_7_assignsubmission_file_/{A}": STUB, f"{ADA}_/{A}": RIGHT},
         ["ada", "ada-7"]),
        # Called as the program tells two others apart.
        (as_zip, "", {f"Ada Lovelace_{n}_assignsubmission_file_/{A}": RIGHT for n in (5, 7)}
         | {f"Ada Lovelace 5_8_assignsubmission_file_/{A}": STUB},
         ["ada-lovelace-5-HASH", "ada-lovelace-5-HASH", "ada-lovelace-7"]),
        # A user name that ends with another's.
        (as_zip, ROSTER, github("hw1-x-adal", "hw1-e-noether", "hw1-tor-a"),
         ["emmy", "tor", "x-adal"]),
        # The same name, for a disk or for the eye.
        (as_zip, "", {f"{name}/{A}": RIGHT for name in ("Bo", "bo", "jos\u00e9", "jose\u0301")},
         ["bo-HASH", "bo-HASH", "jos\u00e9-HASH", "jos\u00e9-HASH"]),
    ],
    ids=["an id", "an id beside its owner", "an id, unpacked", "an id beside its owner, unpacked",
         "told apart", "an ending", "one name to a disk"],
)  # fmt: skip
def test_no_name_is_anothers_folder(form, roster, sent, students, root, tmp_path):
    if roster:
        enter(root, roster)
    rows, said = collect(root, form(sent, tmp_path / "sent"))
    names = {path.split("/")[0] for path in held(root)}
    assert sorted(re.sub(r"-[0-9a-f]{8}$", "-HASH", name) for name in names) == students
    assert re.search("is not on the roster|may all be|in the place of the name", said)
    if students == ["ada", "ada-7"]:
        assert rows[f"{ADA}_/{A}"]["in submitted/"] == f"ada/{FOLDER}/{A}"


WRONG = notebook(ONE, "def initialize_parameters(n_x, n_h, n_y):\n    return {}\n")
LATER = "2026-02-03-09-30-00"


def attempts(root, tmp_path, *options, due="2026-02-02 00:00", extension=0, files=None):
    """Collect three attempts with a deadline after the second, and return which was taken."""
    url = f"sqlite:///{root / 'gradebook.db'}"
    create_tables(url)
    with Gradebook(url) as gradebook:
        gradebook.update_or_create_assignment(FOLDER, duedate=f"{due} UTC")
        gradebook.update_or_create_student("ada")
        submission = gradebook.update_or_create_submission(FOLDER, "ada")
        submission.extension = timedelta(days=extension)
        gradebook.db.commit()
    (root / "collect.toml").write_text('timezone = "UTC"', encoding="utf-8")
    sent = {
        f"HW 1_ada_attempt_{time}_{A}": data
        for time, data in zip((EARLY, LATE, LATER), files or (RIGHT, WRONG, b"{}"), strict=True)
    }
    sent[f"HW 1_emmy_attempt_{EARLY}_{A}"] = RIGHT
    rows, said = collect(root, as_zip(sent, tmp_path / "sent"), *options)
    taken = [path for path, row in rows.items() if row["what was done"] == "taken"]
    (path,) = [path for path in taken if "_ada_" in path]
    return path.split("_attempt_")[1][:19], said


THREE = (RIGHT, WRONG, notebook(ONE, "# mine\n" + "def initialize_parameters():\n    pass\n"))


@pytest.mark.parametrize(
    ("options", "more", "taken"),
    [
        ((), {}, LATE), ((), {"extension": 5}, LATER), ((), {"due": "2026-01-01 00:00"}, LATER),
        (("--attempt", "latest"), {}, LATER), (("--attempt", "first"), {}, EARLY),
        ((), {"files": (RIGHT, STUB, WRONG)}, EARLY),
    ],
)  # fmt: skip
def test_of_several_attempts_one_counts(options, more, taken, root, tmp_path):
    more = {"files": THREE, **more}
    found, said = attempts(root, tmp_path, *options, **more)
    assert found == taken
    assert "counts: the" in said
    assert ": the last before the deadline" in said or taken != LATE


@pytest.mark.slow
def test_the_best_attempt_is_judged(copy_course, tmp_path):
    root = copy_course(tmp_path / "course")
    found, said = attempts(root, tmp_path, "--attempt", "best", files=THREE)
    assert found == EARLY
    assert "counts: it earns 8 points" in said
    assert not (root / "results").exists()
    # A file and a folder of one name, and a name that is none, stop nobody's attempts.
    first = METADATA.partition(b"submission_12")[0]
    second = first.removeprefix(b"---\n").replace(b"n_11", b"n_12").replace(b" 11:", b" 12:")
    sent = {"submission_metadata.yml": first + second}
    sent |= {f"submission_11/{name}": b"1" for name in ("a", "a/b.txt", "...")}
    sent |= {f"submission_{n}/{A}": data for n, data in ((11, RIGHT), (12, WRONG))}
    _, said = collect(root, as_zip(sent, tmp_path / "odd"), "--attempt", "best")
    assert "counts: it earns 8 points" in said


def test_nothing_is_replaced_without_being_kept(root, tmp_path):
    enter(root)
    (root / "collect.toml").write_text('timezone = "UTC"', encoding="utf-8")
    collect(root, as_zip(SENT["blackboard"], tmp_path / "sent"))
    home = root / "submitted" / "ada" / FOLDER
    (home / A).write_bytes(b"mine")
    (home / "old.ipynb").write_bytes(RIGHT)
    (home / "notes.txt").write_bytes(b"of the teacher's")
    rows, said = collect(root, as_zip(SENT["moodle flat"], tmp_path / "sent"))
    kept = max((root / "collected").iterdir()) / "ada" / FOLDER
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == {
        A: b"mine", "old.ipynb": RIGHT, "timestamp.txt": b"2026-02-01 09:30:00 UTC\n",
    }  # fmt: skip
    assert held(root)[f"ada/{FOLDER}/notes.txt"] == b"of the teacher's"
    assert held(root)[f"ada/{FOLDER}/{A}"] == RIGHT
    assert "old.ipynb is now collected/" in said
    assert rows[f"{ADA}_{B}"]["what was done"] == "there already"


def test_nothing_is_written_through_a_link(root, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "submitted" / "ada").mkdir(parents=True)
    (root / "submitted" / "ada" / FOLDER).symlink_to(outside)
    (root / "submitted" / "emmy" / FOLDER).mkdir(parents=True)
    (root / "submitted" / "emmy" / FOLDER / A).symlink_to(outside / "mine")
    rows, _ = collect(root, as_zip(SENT["plain"], tmp_path / "sent"))
    assert rows[f"ada/{A}"]["why"] == f"ada/{FOLDER} is a link, through which nothing is written"
    assert not any(outside.iterdir())
    assert not (root / "submitted" / "emmy" / FOLDER / A).is_symlink()


NAMED = [
    "../../emmy/x.ipynb", "/etc/passwd", "C:\\x.ipynb", "a\\b.ipynb", "\x1b[2Jx.ipynb",
    "=cmd().ipynb", "x\n.ipynb", "\N{RIGHT-TO-LEFT OVERRIDE}x.ipynb", " x.ipynb ", "x.",
    f"{'x' * 300}.ipynb", "/".join("abcdefghijklmnopqrs"), "con.ipynb", ".bashrc", "\N{SNOWMAN}",
    "e\N{COMBINING ACUTE ACCENT}.ipynb", "x/../../../y.ipynb", "a/b", "a",
]  # fmt: skip


@pytest.mark.parametrize("form", [as_zip, as_tar])
def test_hostile_names_lead_nowhere_and_are_listed(form, root, tmp_path):
    sent = {f"{ADA}_/{name}": RIGHT for name in NAMED} | {f"{EMMY}_/{A}": RIGHT}
    rows, said = collect(root, form(sent, tmp_path / "sent"))
    assert len(rows) == len(sent)
    files = held(root)
    taken = [row for row in rows.values() if row["what was done"] == "taken"]
    assert len(files) == len(taken) >= 14
    assert {path.split("/")[0] for path in files} == {"ada-lovelace", "emmy-noether"}
    assert all(one.isprintable() for one in files)
    assert len([*tmp_path.iterdir()]) == 2
    assert "\x1b" not in said


def test_thousands_of_names_that_become_the_same_are_told_apart_at_once(monkeypatch):
    asked = []
    monkeypatch.setattr(names, "plain_name", lambda name: asked.append(name) or plain_name(name))
    own, several = names.Names(), 2_000
    # Names that are cut; of which a disk may see one; and of files where others have a folder.
    paths = [f"{'x' * 300}{number}/{'y' * 300}{number}" for number in range(several)]
    paths += [f"data{'?*|:'[number % 4]}.csv" for number in range(several)]
    paths += ["data.csv", *(f"data.csv/{number}" for number in range(several)), "DATA.csv"]
    found = [own.free(names.safe_path(path)) for path in paths]
    assert len({plain_name(path) for path in found}) == len(paths)
    assert len(asked) < 10 * len(paths)
    assert found[-1] == "DATA (3).csv"
    assert {path.split("/")[0] for path in found[-several - 1 : -1]} == {"data (2).csv"}


@pytest.mark.parametrize("time", ["inf", "nan", "-1", "9" * 30])
def test_a_time_that_no_disk_can_hold_stops_nothing(time, root, tmp_path):
    path = tmp_path / "sent.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        for name in (f"{ADA}_/{A}", f"{EMMY}_/{A}"):
            info = tarfile.TarInfo(name)
            info.size, info.pax_headers = len(RIGHT), {"mtime": time}
            archive.addfile(info, io.BytesIO(RIGHT))
    rows, _ = collect(root, path)
    assert [row["what was done"] for row in rows.values()] == ["taken", "taken"]


# The name of what a whole archive is, and what is said of it.
VAIN = {
    "empty zip": (zipped(), "is empty"),
    "no archive": (b"hello", "is neither a folder nor an archive"),
    "no bytes": (b"", "is empty"),
    "RAR": (b"Rar!\x1a\x07" + bytes(99), "a RAR archive cannot be opened here"),
    "torn": (zipped((f"{ADA}_/{A}", RIGHT))[:-30], "cannot be opened as a whole: it is damaged"),
    "rubbish": (zipped((f"{ADA}_/{A}", RIGHT))[:99] + NOISE[:999], "cannot be opened"),
    "two directories": (
        zipped((f"ada/{A}", RIGHT), (f"emmy/{A}", RIGHT)).replace(b"emmy/", b"tor_/", 1),
        "cannot be opened as a whole: it is damaged",
    ),
    "flat": (zipped((A, RIGHT), (B, RIGHT_TWO)), "nothing was taken from"),
}  # fmt: skip


@pytest.mark.parametrize("kind", VAIN)
def test_a_wrong_archive_is_one_sentence(kind, root, tmp_path):
    data, said = VAIN[kind]
    path = tmp_path / "sent.zip"
    path.write_bytes(data)
    done = run(root, "collect", path)
    assert done.exit_code == 2
    assert said in done.output
    assert done.output.count("\n") == 1
    assert sorted(one.name for one in root.iterdir()) == [CONFIG_FILE]


def test_a_wrong_place_is_one_sentence(root, tmp_path):
    (tmp_path / "downloads").mkdir()
    as_zip(SENT["canvas"], tmp_path / "downloads" / "hw1")
    for options, said in (
        ([tmp_path / "none"], "there is no such file or folder"),
        ([tmp_path / "downloads"], "name one of its archives: hw1.zip"),
        ([root], "is where submissions go"),
        ([tmp_path / "downloads" / "hw1.zip", "--from", "moodel"], "unknown platform 'moodel'"),
        ([tmp_path / "downloads" / "hw1.zip", "--from", "moodle"], "nothing was taken from"),
        ([tmp_path / "downloads" / "hw1.zip", "--assignment", "hw1"], "unknown assignment 'hw1'"),
    ):
        done = run(root, "collect", *options)
        assert (done.exit_code, said in done.output) == (2, True), done.output
        assert sorted(one.name for one in root.iterdir()) == [CONFIG_FILE]


@pytest.mark.slow
def test_what_cannot_be_read_in_an_archive_is_named_and_the_rest_is_taken(root, tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{EMMY}_/{A}", RIGHT)
        info = zipfile.ZipInfo(f"{ADA}_/{A}")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
        with archive.open(f"{ADA}_/huge.bin", "w") as member:
            for _ in range(257):
                member.write(ZEROS)
    path = tmp_path / "sent.zip"
    path.write_bytes(file.getvalue())
    rows, _ = collect(root, path)
    assert rows[f"{ADA}_/{A}"]["why"] == "it is a link or a device"
    assert rows[f"{ADA}_/huge.bin"]["why"] == "it is larger than 256 MiB"
    assert {*held(root)} == {f"emmy-noether/{FOLDER}/{A}"}


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_a_student_with_too_many_files_is_left_out_and_the_others_are_taken(
    form, root, tmp_path, monkeypatch
):
    monkeypatch.setattr(sources, "_MOST_FILES", 20)
    monkeypatch.setattr(sources, "_MANY_OF_ONE", 10)
    many = {f"class/tor/node_modules/{n}/index.js": b"" for n in range(25)}
    sent = {f"class/ada/{A}": RIGHT, f"class/tor/{A}": RIGHT, "__MACOSX/class/._x": b"", **many}
    sent[f"class/emmy/{A}"] = RIGHT
    read, passes = sources._sent, []
    monkeypatch.setattr(sources, "_sent", lambda path: passes.append(path) or read(path))
    rows, said = collect(root, FORMS[form](sent, tmp_path / "sent"))
    # Once for the names, once to look at the files, once to write them.
    assert len(passes) == 3
    assert held(root).keys() == {f"{one}/{FOLDER}/{A}" for one in ("ada", "emmy")}
    assert rows["class/tor/(26 files)"]["why"].startswith("these are more files than one student")
    assert "class/tor/(26 files): these are more files than one student may hand in" in said
    # Where there is a folder for each assignment, none of them is a student's.
    two = {f"hw{n}/s{number}/{A}": RIGHT for n in (1, 2) for number in range(20)}
    place = as_folder(two, tmp_path / "two")
    assert sources.folders_too_large(place).counts == {}
    monkeypatch.setattr(sources, "_MOST_FILES", 45)
    as_folder({one.replace("class", "hw1"): b"" for one in many}, place)
    assert sources.folders_too_large(place).counts == {"hw1/tor": 25}
    # Where nobody has too many, the class has.
    monkeypatch.setattr(sources, "_MOST_FILES", 2)
    done = run(root, "collect", as_zip(SENT["plain"], tmp_path / "class"))
    assert done.exit_code == 2
    assert "holds more than 2 files: name a part of it" in done.output


@pytest.mark.parametrize("name", ["ada/0.txt", f"emmy/{B}"])
def test_a_folder_that_changes_while_it_is_read_is_one_sentence(name, root, tmp_path, monkeypatch):
    place = as_folder({f"ada/{A}": RIGHT, f"tor/{A}": RIGHT}, tmp_path / "sent")
    choose = collect_module.choose_attempts

    def and_change(*arguments):
        as_folder({name: RIGHT_TWO}, place)
        return choose(*arguments)

    monkeypatch.setattr(collect_module, "choose_attempts", and_change)
    done = run(root, "collect", place)
    assert (done.exit_code, "changed while it was being read" in done.output) == (2, True)


@pytest.mark.parametrize("data", [special(b"2"), zip_link(), encrypted(), large(A, 3)])
def test_an_archive_of_a_students_stays_as_it_is(data, root, tmp_path):
    sent = {f"{ADA}_/work.zip": data, f"{EMMY}_/{A}": RIGHT}
    collect(root, as_zip(sent, tmp_path / "sent"))
    assert held(root)[f"ada-lovelace/{FOLDER}/work.zip"] == data


def test_links_in_a_folder_are_not_followed(root, tmp_path):
    place = as_folder(SENT["plain"], tmp_path / "sent")
    (place / "ada" / "home").symlink_to("/etc")
    (place / "ada" / "passwd").symlink_to("/etc/passwd")
    os.mkfifo(place / "ada" / "pipe")
    rows, _ = collect(root, place)
    assert {rows[f"ada/{name}"]["why"] for name in ("home", "passwd", "pipe")} == {
        "it is a link or a device"
    }


def test_the_assignment_is_found_or_asked_for(root, tmp_path):
    sent = {"ada/work.zip": zipped((A, RIGHT)), "emmy/notes.txt": b"x", f"tor/{A}": RIGHT}
    collect(root, as_zip(sent, tmp_path / "sent"))
    assert f"ada/{FOLDER}/work.zip" in held(root)
    shutil.rmtree(root / "submitted")
    del sent[f"tor/{A}"]
    done = run(root, "collect", as_zip(sent, tmp_path / "sent"))
    assert "name it with --assignment" in done.output
    other = "2_forward_propagation"
    sent[f"tor/{other}/03_linear_forward.ipynb"] = b"{}"
    rows, _ = collect(root, as_zip(sent, tmp_path / "sent"), "--assignment", FOLDER)
    assert rows[f"tor/{other}/03_linear_forward.ipynb"]["why"] == f"it is of {other}"
    assert f"emmy/{FOLDER}/notes.txt" in held(root)


OWN = r"""
[ilias]
title = "ILIAS"
paths = [
  '(?P<name>[^_/]+_[^_/]+)_(?P<student>[^_/]+)_(?P<id>\d+)/(?P<time>\d{8}_\d{6})_(?P<file>.+)',
]
time_format = "%Y%m%d_%H%M%S"
"""


def test_a_teacher_adds_a_platform(root, tmp_path):
    (root / "collect.toml").write_text(f'timezone = "UTC"\n{OWN}', encoding="utf-8")
    sent = {f"Lovelace_Ada_alove_77/20260131_120000_{A}": RIGHT}
    _, said = collect(root, as_zip(sent, tmp_path / "sent"))
    assert said.startswith("ILIAS: 1 file")
    assert held(root)[f"alove/{FOLDER}/timestamp.txt"] == b"2026-01-31 12:00:00 UTC\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[x]\npaths = ['(?P<file>.+)']", "needs the group file"),
        ("[x]\npaths = ['(?P<name>']", "cannot be read"), ("[x", "cannot be read"),
        ("timezone = 'Mars/Olympus'", "Mars/Olympus"), ("[x]\nurl = 'a'", "has no paths"),
        ("[x]\npaths = ['(?P<name>.+)/(?P<file>.+)']\nurl = 'a'", "unknown key 'url'"),
    ],
)  # fmt: skip
def test_a_wrong_pattern_is_named(text, said, root, tmp_path):
    (root / "collect.toml").write_text(text, encoding="utf-8")
    done = run(root, "collect", as_zip(SENT["canvas"], tmp_path / "sent"))
    assert done.exit_code == 2
    assert "collect.toml" in done.output
    assert said in done.output


def test_gradescopes_list_must_be_there_and_be_one(root, tmp_path):
    sent = dict(SENT["gradescope"])
    for data, said in ((b"[", "cannot be read"), (b"- 1", "cannot be read"), (None, "is missing")):
        if data is None:
            del sent["assignment_5_export/submission_metadata.yml"]
        else:
            sent["assignment_5_export/submission_metadata.yml"] = data
        done = run(root, "collect", as_zip(sent, tmp_path / "sent"), "--from", "gradescope")
        assert (done.exit_code, said in done.output) == (2, True), done.output


def test_a_name_that_unfolds_without_end_is_none(root, tmp_path):
    lists = "".join(f"  k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]\n" for n in range(1, 12))
    endless = f"submission_11:\n  k0: &k0 [x]\n{lists}".encode()
    sent = dict(SENT["gradescope"])
    (path,) = [one for one in sent if one.endswith(".yml")]
    sent[path] = METADATA.replace(b"submission_11:\n", endless).replace(b"Ada Lovelace", b"*k11")
    collect(root, as_zip(sent, tmp_path / "sent"))
    assert f"s-1/{FOLDER}/{A}" in held(root)


def test_other_archives_are_opened(root, tmp_path):
    path = tmp_path / "sent.tar.xz"
    path.write_bytes(tarred(*SENT["canvas"].items(), mode="w:xz"))
    rows, _ = collect(root, path)
    assert len(rows) == 3


@pytest.mark.slow
def test_a_student_decides_neither_the_platform_nor_where_the_class_is(root, tmp_path):
    many = {f"ada/noetheremmy_102_{n}_x.ipynb": RIGHT for n in range(30)}
    deep = {f"ada/evil/emmy/{FOLDER}/{n}.ipynb": RIGHT for n in range(30)}
    moodle = {f"ada/{EMMY}_/{n}.ipynb": RIGHT for n in range(30)}
    clone = {"ada/.git/HEAD": b"", f"ada/hw-emmy/{A}": RIGHT, "ada/hw-emmy/.git/HEAD": b""}
    for number, sent in enumerate((many, deep, moodle, clone)):
        files = {**sent, f"emmy/{A}": RIGHT, f"tor/{A}": RIGHT, f"uma/{A}": RIGHT}
        _, said = collect(root, as_zip(files, tmp_path / str(number)))
        assert said.startswith("A folder for each student")
        assert {path for path in held(root) if not path.startswith("ada/")} == {
            f"{student}/{FOLDER}/{A}" for student in ("emmy", "tor", "uma")
        }
        shutil.rmtree(root / "submitted")


@pytest.mark.in_turns(3)
@pytest.mark.parametrize("kind", SENT)
def test_it_may_lie_in_folders_and_beside_other_files(kind, root, tmp_path):
    enter(root)
    sent = {f"downloads/hw1/{name}": data for name, data in SENT[kind].items()}
    rows, _ = collect(root, as_folder({**sent, "todo.txt": b"grade this"}, tmp_path / "sent"))
    assert rows.pop("todo.txt")["what was done"] == "left"
    assert sum(row["what was done"] == "taken" for row in rows.values()) >= 3
    assert {path.split("/")[0] for path in held(root)} <= {"ada", "emmy", "tor"}


PARTS = st.sampled_from(
    ["ada", "emmy", "x" * 250, "..", ".", "", "a\\b", "\x00", "=1", ".git", "HEAD", "__MACOSX",
     FOLDER, "timestamp.txt", "Ada L_1_assignsubmission_file_", "adal_1_2_x-1.ipynb",
     "submission_3", "submission_metadata.yml", f"HW_ada_attempt_{EARLY}_x", A, "é",
     "e\N{COMBINING ACUTE ACCENT}",
     " .git", "timestamp.txt ",
     "1-2 - Ada L - Jan 31, 2026 1200 PM", "index.html", "\udc80"]
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=60)
@given(
    st.lists(st.lists(PARTS, min_size=1, max_size=5).map("/".join), min_size=1, max_size=12),
    st.sampled_from(["", "moodle", "canvas", "blackboard", "brightspace", "github", "plain"]),
)
def test_whatever_the_names_every_file_is_accounted_for(paths, platform):
    with TemporaryDirectory() as folder:
        root = Path(folder) / "course"
        root.mkdir()
        (root / CONFIG_FILE).write_text("", encoding="utf-8")
        archive = Path(folder) / "sent.tar"
        archive.write_bytes(tarred(*((path, RIGHT) for path in paths), mode="w"))
        options = ["--from", platform] if platform else []
        done = run(root, "collect", archive, *options, "--assignment", FOLDER)
        assert {one.name for one in Path(folder).iterdir()} == {"course", "sent.tar"}
        assert {one.name for one in root.iterdir()} <= {CONFIG_FILE, "submitted", "collected"}
        if done.exit_code:
            assert done.exit_code == 2
            assert not held(root)
            return
        (table,) = (root / "collected").glob("*/files.csv")
        with table.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(paths)
        taken = [row for row in rows if row["what was done"] != "left"]
        stamps = [path for path in held(root) if path.endswith("timestamp.txt")]
        assert len(held(root)) - len(stamps) == len(taken)
        assert all(row["why"] for row in rows if row["what was done"] == "left")
