"""The roster: read from any table, entered as a whole, and shown with the marks."""

import csv
import json
import stat
import unicodedata

import pytest
from nbgrader.api import Gradebook

from tests.command import in_course as run
from tests.command import workbook
from tests.submissions import hand_in
from workbook.course.exercises import EXERCISES
from workbook.course.folder import CONFIG_FILE, Course
from workbook.grade.finding import found_in
from workbook.grade.roster.read_table import read_table
from workbook.grade.roster.roster import FILE, Roster, RosterError, Student, read_roster

ADA = Student("ada", "Ada", "Lovelace", "ada@example.org", "A", {"canvas": "11"})

# The same student, as teachers and platforms write it.
TABLES = {
    "ours": "id,name,email,section,canvas\nada,Ada Lovelace,ada@example.org,A,11\n",
    "last name first": 'id,Name,E-Mail,Section,Canvas ID\nada,"Lovelace, Ada",ada@example.org,A,11',
    "nbgrader": "id,first_name,last_name,email,section,canvas_user_id\n"
    "ada,Ada,Lovelace,ada@example.org,A,11\n",
    "semicolons": "ID;First name;Last name;E-mail address;Section;Canvas\r\n"
    "ada;Ada;Lovelace;ada@example.org;A;11\r\n",
    "tabs": "Username\tFull Name\tEmail\tClass\tcanvas id\n"
    "ada\tAda Lovelace\tada@example.org\tA\t11\n",
    "Excel": "sep=;\r\nid;Vorname;Nachname;Mail;section;canvas\r\n"
    "ada;Ada;Lovelace;ada@example.org;A;11\r\n\r\n;;;;;\r\n",
}  # fmt: skip


def table(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "students.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("kind", TABLES)
def test_columns_and_delimiters_are_found(kind, tmp_path):
    (one,) = read_table(table(tmp_path, TABLES[kind])).roster.students
    ids = {kind: value for kind, value in one.ids.items() if kind != "username"}
    assert Student(one.id, one.first_name, one.last_name, one.email, one.section, ids) == ADA


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_found(encoding, tmp_path):
    read = read_table(table(tmp_path, "id;name\nzoë;Zoë Müller\n", encoding))
    assert [(one.id, one.name) for one in read.roster.students] == [("zoë", "Zoë Müller")]


def test_accents_are_kept_in_one_form(tmp_path):
    text = unicodedata.normalize("NFD", "id,name,section,sid\nzoë,Zoë Müller,Übung,Ö\n")
    (one,) = read_table(table(tmp_path, text)).roster.students
    assert (one.id, one.name, one.section) == ("zoë", "Zoë Müller", "Übung")
    # What a platform calls a student goes back to it as it came.
    assert one.ids == {"gradescope": unicodedata.normalize("NFD", "Ö")}


# What platforms export: the identifier, the name, and what platforms call the student.
EXPORTS = {
    "Canvas": (
        "Student,ID,SIS User ID,SIS Login ID,Section,HW 1 (5)\n    Points Possible,,,,,10\n"
        '"Lovelace, Ada",11,S1,ada,A,9\n"Student, Test",99,,t,A,\n',
        ("ada", "Ada Lovelace", {"canvas": "11", "sis_user_id": "S1", "sis_login_id": "ada"}),
    ),
    "Brightspace": (
        "OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n"
        "S1,ada,Lovelace,Ada,ada@example.org,#\n",
        ("ada", "Ada Lovelace", {"brightspace": "S1", "username": "ada"}),
    ),
    "Moodle": (
        "First name,Last name,ID number,Email address\nAda,Lovelace,S1,ada@example.org\n",
        ("S1", "Ada Lovelace", {"idnumber": "S1"}),
    ),
    "Gradescope": (
        "First Name,Last Name,SID,Email,Sections\nAda,Lovelace,S1,ada@example.org,A\n",
        ("S1", "Ada Lovelace", {"gradescope": "S1"}),
    ),
    "GitHub Classroom": (
        '"identifier","github_username","github_id","name"\n"ada","adal","7","Ada Lovelace"\n',
        ("ada", "Ada Lovelace", {"github": "adal"}),
    ),
    "Canvas, with posts hidden": (
        "Student,ID,SIS User ID,SIS Login ID,Section,HW 1 (5)\n,,,,,Manual Posting\n"
        '    Points Possible,,,,,10\n"Lovelace, Ada",11,S1,ada,A,9\n',
        ("ada", "Ada Lovelace", {"canvas": "11", "sis_user_id": "S1", "sis_login_id": "ada"}),
    ),
    "Canvas, with names apart": (
        "LastName,FirstName,ID,SIS User ID,SIS Login ID,Section,HW 1 (5)\n"
        "    Points Possible,,,,,,10\nLovelace,Ada,11,S1,ada,A,9\nStudent,Test,99,,t,A,\n",
        ("ada", "Ada Lovelace", {"canvas": "11", "sis_user_id": "S1", "sis_login_id": "ada"}),
    ),
    "Canvas, without logins": (
        'Student;ID;Section;HW 1 (5)\n    Points Possible;;;10,00\n"Lovelace, Ada";11;A;9,5\n',
        ("11", "Ada Lovelace", {"canvas": "11"}),
    ),
    "Brightspace, with signs": (
        "OrgDefinedId,Username,Last Name,First Name,HW 1 Points Grade,End-of-Line Indicator\n"
        "#00123,#ada,Lovelace,Ada,9,#\n",
        ("ada", "Ada Lovelace", {"brightspace": "00123", "username": "ada"}),
    ),
    "Blackboard, without student numbers": (
        "Last Name\tFirst Name\tUsername\tStudent ID\tHW 1 [Total Pts: 10 Score] |4711\n"
        "Lovelace\tAda\tada\t\t9\n",
        ("ada", "Ada Lovelace", {"username": "ada"}),
    ),
    "Moodle in German": (
        "Vorname,Nachname,Anmeldename,ID-Nummer,E-Mail-Adresse,Gruppen\n"
        "Ada,Lovelace,ada,S1,ada@example.org,G1\n",
        ("ada", "Ada Lovelace", {"username": "ada", "idnumber": "S1"}),
    ),
    "Moodle in French": (
        "Prénom;Nom de famille;Numéro d'identification;Adresse de courriel\n"
        "Ada;Lovelace;S1;ada@example.org\n",
        ("S1", "Ada Lovelace", {"idnumber": "S1"}),
    ),
    "Moodle in Spanish": (
        "Nombre,Apellido(s),Dirección de correo\nAda,Lovelace,ada@example.org\n",
        ("ada@example.org", "Ada Lovelace", {}),
    ),
    "a Spanish table": ('id;Nombre\nada;"Lovelace, Ada"\n', ("ada", "Ada Lovelace", {})),
    "Moodle in Russian": (
        "Имя,Фамилия,Адрес электронной почты\nAda,Lovelace,ada@example.org\n",
        ("ada@example.org", "Ada Lovelace", {}),
    ),
    "Google Classroom": (
        "Last Name,First Name,Email Address,HW 1\n,,,2026-01-31\n,,,10\n"
        "Lovelace,Ada,ada@example.org,9\n",
        ("ada@example.org", "Ada Lovelace", {}),
    ),
    "addresses": ("Name,Email\nAda Lovelace,ada@example.org\n",
                  ("ada@example.org", "Ada Lovelace", {})),
}  # fmt: skip


@pytest.mark.parametrize("kind", EXPORTS)
def test_a_platforms_own_export_is_a_roster(kind, tmp_path):
    text, expected = EXPORTS[kind]
    (one,) = read_table(table(tmp_path, text)).roster.students
    assert (one.id, one.name, dict(one.ids)) == expected


def test_a_table_of_ones_own_is_not_taken_for_canvas(tmp_path):
    text = "id,first name,last name,sis_user_id,sis_login_id\nada,Ada,Lovelace,S1,alove\n"
    (one,) = read_table(table(tmp_path, text)).roster.students
    assert (one.id, one.ids) == ("ada", {"sis_user_id": "S1", "sis_login_id": "alove"})


WRONG = {
    "no identifier": (
        "id,name\nada,Ada\n,Emmy\n",
        "line 3: there is no identifier in it: the column 'id' is empty",
    ),
    "path": ("id,name\n../x,Ada\n", "line 2: '../x' cannot be the name of a student's folder"),
    "assignment": ("id\n1_initialization\n", "line 2: '1_initialization' cannot be"),
    "hidden": ("id\n.ada\n", "line 2: '.ada' cannot be"),
    "long": (f"id\n{'x' * 300}\n", "line 2: 'xxx"),
    "twice": ("id,name\nada,Ada\nemmy,E\nADA,A\n", "line 4: id 'ADA' is that of line 2, too"),
    "one number": ("id,canvas\nada,1\nemmy,1\n", "line 3: canvas '1' is that of line 2, too"),
    "cells": ("id,name\nada,Ada,Lovelace\n", "line 2: it has 3 cells, and there are 2 headings"),
    "address": ("id,email\nada,example.org\n", "line 2: 'example.org' is not an e-mail address"),
    "quotes": ('id,name\nada,"Ada\nemmy,E\n', "line 2: its quotation marks do not match"),
    "steering": ("id,name\nada,A\x1b[2J\n", "line 2: "),
    "no heading": ("ada,Ada\nemmy,E\n", "no column identifies the students"),
    "nobody": ("id,name\n", "there is no student below the headings"),
    "empty": ("", "is empty"),
    "binary": ("id\0,name", "is not text"),
    "Excel": ("PK\x03\x04", "is an Excel or OpenDocument file: save it as CSV"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_line_is_named_and_nothing_is_entered(kind, root, tmp_path):
    text, said = WRONG[kind]
    done = run(root, "roster", table(tmp_path, text))
    assert done.exit_code == 2
    assert said in done.output
    assert [one.name for one in root.iterdir()] == [CONFIG_FILE]


def test_a_line_break_in_a_cell_does_not_move_the_numbers(tmp_path):
    with pytest.raises(RosterError, match="line 4: there is no identifier"):
        read_table(table(tmp_path, 'id,name\nada,"Ada\nLovelace"\n,Emmy\n'))


def test_it_is_in_the_gradebook_and_in_a_file_of_its_owners(root, tmp_path):
    text = (
        "id,name,email,section,canvas\nada,Ada Lovelace,ada@example.org,A,11\nemmy,Emmy N,,B,12\n"
    )
    done = run(root, "roster", table(tmp_path, text))
    assert "2 students entered, 2 of them new" in done.output
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        ada = gradebook.find_student("ada").to_dict()
        assert {key: ada[key] for key in ("first_name", "last_name", "email", "lms_user_id")} == {
            "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.org",
            "lms_user_id": "11",
        }  # fmt: skip
    path = root / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_roster(Course(root)).students[0] == ADA
    # What a later table does not say stays; who is not in it stays, and is named.
    done = run(root, "roster", table(tmp_path, "id,section,shoe size\nada,C,38\n,,40\n"))
    assert "identified by the column id" in done.output
    assert "Columns that were left out: shoe size." in done.output
    assert "Lines that name nobody, and were left out: 3." in done.output
    assert "not on this roster: emmy. They stay there." in done.output
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        assert gradebook.find_student("ada").last_name == "Lovelace"
        assert gradebook.find_student("emmy")
    assert len([*(root / "gradebook-copies").iterdir()]) == 1
    shown = run(root, "roster").output.split()
    assert shown[:2] == ["id", "section"]
    assert shown[-2:] == ["ada", "C"]


def test_who_hands_in_together(root, tmp_path):
    text = "id,Team,groups\nada,red,A\nemmy,red,A\ntor,blue,A\numa,,A\n"
    done = run(root, "roster", table(tmp_path, text))
    assert "Groups that hand in together: red." in done.output
    assert "Columns that were left out: groups." in done.output
    # Of blue there is one student, who hands in alone.
    assert read_roster(Course(root)).groups == {"red": ("ada", "emmy")}
    assert run(root, "roster").output.split()[:4] == ["id", "group", "ada", "red"]


def test_a_narrow_terminal_cuts_no_identifier_into_pieces(root, tmp_path):
    row = (
        "ada.lovelace@example.org,Ada Lovelace,ada.lovelace@example.org,A,0101,00012345,s-1,adal\n"
    )
    text = f"id,name,email,section,canvas,sis_user_id,gradescope,github\n{row}"
    assert run(root, "roster", table(tmp_path, text)).exit_code == 0
    lines = workbook("roster", "--course", root).output.splitlines()
    heading, row, *said = [line.split() for line in lines]
    assert heading == ["id", "name", "e-mail", "section"]
    assert row == ["ada.lovelace@example.org", "Ada", "Lovelace", "ada.lovelace@example.org", "A"]
    left = "No room here for canvas, github, gradescope and sis_user_id: roster.json has all"
    assert said == [[], left.split(), ["columns."]]
    assert "No room" not in run(root, "roster").output


def test_without_a_roster_the_command_says_how_to_enter_one(root):
    assert "`workbook roster FILE` enters one" in run(root, "roster").output
    (root / FILE).write_text("{", encoding="utf-8")
    done = run(root, "roster")
    assert (done.exit_code, "it is damaged" in done.output) == (2, True)


def test_students_are_found_by_identifier_and_name():
    roster = Roster((ADA, Student("emmy", "Emmy", "Noether"), Student("jo", "José", "Ñandú"),
                     Student("ada2", "Lovelace", "Ada")))  # fmt: skip
    assert roster.find("canvas", ("11",)) == "ada"
    assert roster.find("moodle", ("ADA@example.org",)) == "ada"
    assert roster.find("moodle", (), "Noether, Emmy") == "emmy"
    assert roster.find("canvas", (), "nanDujose") == "jo"
    # The platform's own identifier is one student's, and the name another's.
    assert roster.find("canvas", ("11",), "Emmy Noether") == ""
    assert roster.find("canvas", ("11",), "Augusta King") == "ada"
    # The last name may have several words.
    gabo = Roster((Student("gabo", "Gabriel García", "Márquez"),))
    for name in ("García Márquez, Gabriel", "garcíamárquezgabriel", "Gabriel García Márquez"):
        assert gabo.find("moodle", (), name) == "gabo"
    assert gabo.find("moodle", (), "García Gabriel Márquez") == ""
    # Two are called so.
    assert roster.find("moodle", (), "Ada Lovelace") == ""
    assert roster.find("moodle", ("11",), "Emmy Noether") == "emmy"
    assert roster.find("moodle", (), "") == ""


def test_who_is_graded_and_not_on_the_roster_is_named(root, tmp_path, capsys):
    run(root, "roster", table(tmp_path, "id,name\nada,Ada\nzoë,Zoë\n"))
    apart = unicodedata.normalize("NFD", "zoë")
    for name in ("ada", "tor", apart):
        hand_in(root / "submitted", name, EXERCISES[0], "")
    found_in(Course(root), root / "submitted", "")
    said = capsys.readouterr().err
    assert f"not on the roster: tor and {apart} (the roster has zoë: rename the folder)" in said


@pytest.mark.slow
def test_who_handed_in_nothing_is_in_every_table(copy_course, kept_judges, tmp_path):
    root = copy_course(tmp_path / "course")
    first = EXERCISES[0]
    text = "id,name,section\nada,Ada Lovelace,A\nemmy,Emmy Noether,\nzoë,=cmd(),B\n"
    run(root, "roster", table(tmp_path, text))
    hand_in(root / "submitted", "ada", first, "")
    done = run(root, "grade", root / "submitted")
    assert done.exit_code == 0, done.output
    assert "not on the roster" not in done.output
    lines = {line.split()[0]: line.split() for line in done.output.splitlines() if line.strip()}
    assert lines["student"][1:3] == ["name", "section"]
    assert lines["ada"][1:4] == ["Ada", "Lovelace", "A"]
    assert lines["emmy"][1:] == ["Emmy", "Noether", *["-"] * len(EXERCISES), "0"]
    with (root / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert [(row["name"], row["section"], row["total"]) for row in rows.values()] == [
        ("Ada Lovelace", "A", "8"), ("Emmy Noether", "", "0"), ("'=cmd()", "B", "0"),
    ]  # fmt: skip
    assert rows["emmy"][first.name] == ""
    page = (root / "report.html").read_text(encoding="utf-8")
    absent = page[page.index('id="absent"') :]
    assert "emmy" in absent
    assert "zoë" in absent
    # One student's grading does not list the class.
    assert "emmy" not in run(root, "grade", root / "submitted" / "ada").output
    (root / FILE).write_text(json.dumps({"students": 1}), encoding="utf-8")
    done = run(root, "grade", root / "submitted")
    # Its groups decide on marks.
    assert done.exit_code == 2
    assert "roster.json cannot be read (it is damaged)" in " ".join(done.output.split())
