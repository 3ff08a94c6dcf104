"""What learning platforms send: the paths of a class's files, as each platform makes them."""

import zipfile
from pathlib import Path

from tests.layouts import FOLDER, RIGHT, RIGHT_TWO, STUB, A, B, tarred

ROSTER = """id,first_name,last_name,email,section,canvas,brightspace,gradescope,github
ada,Ada,Lovelace,ada@example.org,A,101,201,s-1,adal
emmy,Emmy,Noether,emmy@example.org,B,102,202,s-2,e-noether
tor,Tor,Ågård,tor@example.org,B,103,203,s-3,tor-a
"""

METADATA = """---
submission_11:
  :submitters:
  - :name: Ada Lovelace
    :sid: s-1
    :email: ada@example.org
  :created_at: 2026-01-31 11:00:00.123456789 Z
  :score: 10.0
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    tests: []
submission_12:
  :submitters:
  - :name: Emmy Noether
    :sid: s-2
    :email: emmy@example.org
  - :name: Tor Ågård
    :email: tor@example.org
  :created_at: 2026-02-01 13:00:00 Z
""".encode()

NOTE = b"Name: Ada Lovelace (ada)\nAssignment: HW 1\n"
ADA, EMMY, TOR = (f"{one}_assignsubmission_file" for one in (
    "Ada Lovelace_7001", "Emmy Noether_7002", "Tor Ågård_7003"))  # fmt: skip
EARLY, LATE = "2026-01-31-12-00-00", "2026-02-01-09-30-00"

# By platform: the files of Ada (both notebooks) and Emmy (one), and what else is there.
SENT = {
    "moodle folders": {
        f"{ADA}_/{A}": RIGHT, f"{ADA}_/{B}": RIGHT_TWO, f"{EMMY}_/my work/{A}": RIGHT,
        f"{EMMY}_/__MACOSX/._{A}": b"\0",
    },
    "moodle folders without a stroke": {
        f"{ADA}/{A}": RIGHT, f"{ADA}/{B}": RIGHT_TWO, f"{EMMY}/{A}.txt": RIGHT,
    },
    "moodle flat": {
        f"{ADA}_{A}": RIGHT, f"{ADA}_{B}": RIGHT_TWO, f"{EMMY}_homework (1).ipynb": RIGHT,
    },
    "canvas": {
        f"lovelaceada_101_9001_{A}": RIGHT, f"lovelaceada_101_9002_{B}": RIGHT_TWO,
        f"noetheremmy_LATE_102_9003_{A}": RIGHT,
    },
    "canvas attempts": {
        f"lovelaceada_101_9001_{A}": STUB, f"lovelaceada_101_9005_{A[:-6]}-1.ipynb": RIGHT,
        f"lovelaceada_101_9002_{B}": RIGHT_TWO, f"noetheremmy_102_9003_{A[:-6]}-2.ipynb": RIGHT,
    },
    "blackboard": {
        f"HW 1_ada_attempt_{EARLY}_{A}": STUB, f"HW 1_ada_attempt_{LATE}_{A}": RIGHT,
        f"HW 1_ada_attempt_{EARLY}_{B}": RIGHT_TWO, f"HW 1_ada_attempt_{EARLY}.txt": NOTE,
        f"HW 1_ada_attempt_{LATE}.txt": NOTE, f"HW 1_emmy_attempt_{EARLY}_{A}": RIGHT,
        f"HW 1_emmy_attempt_{EARLY}.txt": NOTE,
    },
    "brightspace": {
        f"201-77 - Ada Lovelace - Jan 31, 2026 1200 PM/{A}": RIGHT,
        f"201-77 - Ada Lovelace - Jan 31, 2026 1200 PM/{B}": RIGHT_TWO,
        f"202-77 - Emmy Noether - Feb 1, 2026 930 AM/{A}": RIGHT,
        "index.html": b"<html></html>",
    },
    "brightspace flat": {
        f"201-77 - Ada Lovelace - Jan 31, 2026 1200 PM - {A}": RIGHT,
        f"201-77 - Ada Lovelace - Jan 31, 2026 1200 PM - {B}": RIGHT_TWO,
        f"202-77 - Emmy Noether - Feb 1, 2026 930 AM - {A}": RIGHT,
        "index.html": b"<html></html>",
    },
    "teams": {
        f"Submitted files/Ada Lovelace/HW 1/Version 1/{A}": STUB,
        f"Submitted files/Ada Lovelace/HW 1/Version 2/{A}": RIGHT,
        f"Submitted files/Ada Lovelace/HW 1/Version 2/{B}": RIGHT_TWO,
        "Submitted files/Ada Lovelace/HW 1/Version 2/data-2.csv": b"1",
        f"Submitted files/Emmy Noether/HW 1/Version 1/{A}": RIGHT,
    },
    "classroom": {
        f"HW 1-001/HW 1/Ada Lovelace - {A}": RIGHT, f"HW 1-001/HW 1/Ada Lovelace - {B}": RIGHT_TWO,
        f"HW 1-001/HW 1/Copy of Emmy Noether - {A}": RIGHT,
    },
    "gradescope": {
        "assignment_5_export/submission_metadata.yml": METADATA,
        f"assignment_5_export/submission_11/{A}": RIGHT,
        f"assignment_5_export/submission_11/{B}": RIGHT_TWO,
        f"assignment_5_export/submission_12/{A}": RIGHT,
    },
    "github": {
        "hw1-submissions/hw1-adal/.git/HEAD": b"ref: refs/heads/main\n",
        "hw1-submissions/hw1-adal/.git/config": b"",
        f"hw1-submissions/hw1-adal/{FOLDER}/{A}": RIGHT,
        f"hw1-submissions/hw1-adal/{FOLDER}/{B}": RIGHT_TWO,
        "hw1-submissions/hw1-adal/README.md": b"# HW 1\n",
        "hw1-submissions/hw1-e-noether/.git/HEAD": b"ref: refs/heads/main\n",
        f"hw1-submissions/hw1-e-noether/{FOLDER}/{A}": RIGHT,
    },
    "plain": {f"ada/{A}": RIGHT, f"ada/{B}": RIGHT_TWO, f"emmy/{A}": RIGHT},
    "plain, as nbgrader has it": {
        f"ada/{FOLDER}/{A}": RIGHT, f"ada/{FOLDER}/{B}": RIGHT_TWO, f"emmy/{FOLDER}/{A}": RIGHT,
        f"ada/{FOLDER}/timestamp.txt": b"2026-01-31 11:00:00 UTC",
    },
    "plain in one folder": {
        f"class/ada/{A}": RIGHT, f"class/ada/{B}": RIGHT_TWO, f"class/emmy/{A}": RIGHT,
    },
}  # fmt: skip


def as_folder(files: dict[str, bytes], place: Path) -> Path:
    """Write files into a folder, and return it."""
    for name, data in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return place


def as_zip(files: dict[str, bytes], place: Path) -> Path:
    """Write files into a .zip, and return its path."""
    path = place.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def as_tar(files: dict[str, bytes], place: Path) -> Path:
    """Write files into a .tar.gz, and return its path."""
    path = place.with_suffix(".tar.gz")
    path.write_bytes(tarred(*files.items()))
    return path
