"""Layouts of a student's folder, as platforms, browsers and students make them."""

import gzip
import io
import json
import random
import tarfile
import zipfile

from tests.submissions import COURSE, answer_text
from workbook.course.exercises import find
from workbook.grade.submissions.answers import filled_notebook

ONE, TWO = find("initialize_parameters"), find("initialize_parameters_deep")
FOLDER = "1_initialization"
A, B = f"{ONE.notebook}.ipynb", f"{TWO.notebook}.ipynb"


def notebook(exercise, answer=""):
    """Return a submitted file: a right answer, another text, or None for the stub."""
    text = answer_text(exercise) if answer == "" else answer
    return json.dumps(filled_notebook(COURSE, exercise, text), indent=1).encode()


RIGHT, STUB, RIGHT_TWO = notebook(ONE), notebook(ONE, None), notebook(TWO)

#: What no program can open.
NOISE = random.Random(1).randbytes(9000)


def changed(data):
    """Return a notebook's file without its cells' names, as some programs save it."""
    raw = json.loads(data)
    for cell in raw["cells"]:
        cell["metadata"] = {}
        cell.pop("id")
    return json.dumps(raw).encode()


def zipped(*members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def tarred(*members, mode="w:gz"):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


# Where a right answer to the first exercise lies, and how its place is named in a note.
FOUND = {
    "as released": {f"{FOLDER}/{A}": RIGHT},
    "browser": {f"{FOLDER}/{ONE.notebook} (1).ipynb": RIGHT},
    "browser, and the stub": {f"{FOLDER}/{ONE.notebook} (2).ipynb": RIGHT, f"{FOLDER}/{A}": STUB},
    "JupyterLab": {f"{FOLDER}/{ONE.notebook}-Copy1.ipynb": RIGHT, f"{FOLDER}/{A}": STUB},
    "Colab": {f"{FOLDER}/Copy of {A}": RIGHT},
    "a name before it": {f"{FOLDER}/Lovelace_Ada-{A}": RIGHT},
    "Canvas": {f"{FOLDER}/lovelaceada_LATE_12345_67890_{ONE.notebook}-2.ipynb": RIGHT},
    "Blackboard": {f"Assignment 1_ada_attempt_2026-01-31-12-00-00_{A}": RIGHT},
    "text": {f"{FOLDER}/{A}.txt": RIGHT},
    "JSON": {f"{FOLDER}/{ONE.notebook}.json": RIGHT},
    "capitals": {f"{FOLDER}/{ONE.notebook.upper()}.IPYNB": RIGHT},
    "no suffix": {f"{FOLDER}/{ONE.notebook}": RIGHT},
    "any name": {f"{FOLDER}/homework.ipynb": RIGHT},
    "name of another exercise": {f"{FOLDER}/{B}": RIGHT},
    "straight in the folder": {A: RIGHT},
    "doubled": {f"{FOLDER}/{FOLDER}/{A}": RIGHT},
    "deeper": {f"hand in/final version/{FOLDER}/{A}": RIGHT},
    "another assignment": {f"2_forward_propagation/{A}": RIGHT},
    "folder in capitals": {f"{FOLDER.upper()}/{A}": RIGHT},
    "folder called notebook": {f"{FOLDER}/{A}/{A}": RIGHT},
    "zip of the assignment": {f"{FOLDER}.zip": zipped((f"{FOLDER}/{A}", RIGHT))},
    "zip in the assignment": {f"{FOLDER}/{FOLDER}.zip": zipped((A, RIGHT), (B, RIGHT_TWO))},
    "zip under a notebook's name": {f"{FOLDER}/{A}": zipped((A, RIGHT))},
    "zip that macOS made": {
        "ada.zip": zipped((f"ada/{A}", RIGHT), (f"__MACOSX/ada/._{A}", b"\0\5\26\7"))
    },
    "zip that Windows made": {"ada.zip": zipped((f"ada\\{FOLDER}\\{A}", RIGHT))},
    "zip in a zip": {"ada.zip": zipped(("inner.zip", zipped((A, RIGHT))))},
    "tar": {"ada.tar": tarred((f"./{FOLDER}/{A}", RIGHT), mode="w")},
    "tar.gz": {f"{FOLDER}/work.tar.gz": tarred((A, RIGHT))},
    "tgz": {"work.tgz": tarred((A, RIGHT))},
    "tar.bz2": {"work.tar.bz2": tarred((A, RIGHT), mode="w:bz2")},
    "tar.xz": {"work.tar.xz": tarred((A, RIGHT), mode="w:xz")},
    "gz": {f"{A}.gz": gzip.compress(RIGHT)},
    "known by its function": {f"{FOLDER}/homework.ipynb": changed(RIGHT)},
    "known by its function, under a wrong name": {f"{FOLDER}/{B}": changed(RIGHT)},
    "known by its name": {f"{FOLDER}/{A}": changed(notebook(ONE, "x = 1"))},
    "UTF-16": {f"{FOLDER}/{A}": RIGHT.decode().encode("utf-16")},
    "copy in German": {f"{FOLDER}/Kopie von {A}": RIGHT},
    "copy that Windows made": {f"{FOLDER}/{ONE.notebook} - Kopie.ipynb": RIGHT},
    "suffix twice": {f"{FOLDER}/{A}.ipynb": RIGHT},
    "suffix of JSON": {f"{FOLDER}/{A}.json": RIGHT},
    "two conflicts of a cloud": {
        f"{FOLDER}/{ONE.notebook}-LAPTOP-7GH2.ipynb": RIGHT,
        f"{FOLDER}/{ONE.notebook} (Ada's conflicted copy 2026-11-30).ipynb": STUB,
    },
    "half of a download, beside a whole one": {
        f"{FOLDER}/{ONE.notebook} (1).ipynb": RIGHT, f"{FOLDER}/{A}.crdownload": RIGHT[:500],
    },
    "a folder for each notebook": {
        f"{FOLDER}/{ONE.notebook}/{A}": RIGHT, f"{FOLDER}/{TWO.notebook}/{B}": RIGHT_TWO,
    },
    "Google Drive": {
        "drive-download-20261130T120000Z-001.zip": zipped((f"Colab Notebooks/Copy of {A}", RIGHT))
    },
    "a clone of the course": {
        f"course/{FOLDER}/{A}": RIGHT, f"course/release/{FOLDER}/{A}": STUB,
        "course/README.md": b"# x",
    },
    "other letters": {f"{FOLDER}/作业 {A}": RIGHT, "Übung/заметки.txt": b"x"},
    "no number": {f"{FOLDER}/{ONE.name}.ipynb": changed(RIGHT)},
    "dot before it": {f"{FOLDER}/.{A}": RIGHT},
    "spaces behind it": {f"{FOLDER} /{A} ": RIGHT},
    "saved work": {"my work.zip": zipped((f"{FOLDER}/{A}", RIGHT), ("student.json", b"{}"))},
    "text and page": {f"{FOLDER}/{A}": RIGHT, f"{FOLDER}/{ONE.notebook}.md": b"# x",
                      f"{FOLDER}/{ONE.notebook}.py": b"x = 1"},
    "empty, beside a whole one": {
        f"{FOLDER}/{A}": b"", f"{FOLDER}/{ONE.notebook} (1).ipynb": RIGHT,
    },
    "an installation of Python beside": {
        f"{FOLDER}/{A}": RIGHT, "env/pyvenv.cfg": b"home = /usr/bin",
        "env/lib/python3.12/site-packages/x/demo.ipynb": b'{"cells": []}',
    },
    "torn, beside a whole one": {f"{FOLDER}/{A}": RIGHT[:-99], f"{FOLDER}/{A}.txt": RIGHT},
}  # fmt: skip


def write(student, files):
    for name, data in files.items():
        path = student / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def first(found, exercise=ONE):
    (one,) = [one for one in found.submitted if one.exercise == exercise]
    return one
