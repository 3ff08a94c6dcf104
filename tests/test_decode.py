"""Files that something has happened to: what is still whole is read, and the rest is named."""

import ast
import json
import resource
import time
from contextlib import suppress

import pytest

from tests.reference import in_turn
from workbook.course.exercises import find
from workbook.grade.submissions.answers import filled_notebook
from workbook.grade.submissions.decode import InvalidSubmissionError, decode
from workbook.grade.submissions.identify import sources_of

EXERCISE = find("linear_forward")
LINE = '   "id": "text-01",\n'


@pytest.fixture(scope="module")
def text(course):
    """A submitted notebook with letters that are not ASCII."""
    notebook = filled_notebook(course, EXERCISE, "# é and ü, from José\n")
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def conflict(text, ours, theirs, base=""):
    """Return a text in which one line is in conflict."""
    base = f"||||||| base\n{base}" if base else ""
    marked = f"<<<<<<< HEAD\n{ours}{base}=======\n{theirs}>>>>>>> main\n"
    return text.replace(LINE, marked, 1)


STILL_WHOLE = {
    "byte order mark": (lambda text: text.encode("utf-8-sig"), "byte order mark"),
    "UTF-16": (lambda text: text.encode("utf-16"), "UTF-16"),
    "UTF-16 without a mark": (lambda text: text.encode("utf-16-be"), "UTF-16"),
    "UTF-32": (lambda text: text.encode("utf-32"), "UTF-32"),
    "Windows": (lambda text: text.encode("cp1252", "replace"), "Windows-1252"),
    "a torn letter": (lambda text: text.encode().replace(b"\xc3\xbc", b"\xc3", 1), "not UTF-8"),
    "more behind it": (lambda text: f"{text}}}\n\0\0".encode(), "characters before or after"),
    "two in one file": (lambda text: (text * 2).encode(), "characters before or after"),
    "a line before it": (lambda text: f"Here it is:\n{text}".encode(), "before or after"),
    "a comma too many": (
        lambda text: text.replace("\n ],\n", ",\n ],\n", 1).encode(), "1 comma before a closing",
    ),
    "commas after each last one": (
        lambda text: text.replace("\n  },\n", ",\n  },\n").encode(), "commas before a closing",
    ),
    "a torn tail behind the cells": (
        lambda text: text[: text.index(' ],\n "metadata') + 30].encode(), "cells were read",
    ),
    "a torn tail behind cells that come last": (
        lambda text: json.dumps(dict(reversed(json.loads(text).items())))[:-1].encode(),
        "cells were read",
    ),
    "an answer of a server": (
        lambda text: f'{{"type": "notebook", "content": {text}}}'.encode(), "Jupyter server",
    ),
    "conflict": (
        lambda text: conflict(text, '  "id": "a",\n', '  "id": "b",\n').encode(), "first side",
    ),
    "conflict as Windows writes it": (
        lambda text: conflict(text, '  "id": "a",\n', '  "id": "b",\n').replace("\n", "\r\n")
        .encode(), "first side",
    ),
    "conflict with its base": (
        lambda text: conflict(text, '  "id": "a",\n', '  "id": "b",\n', '  "id": "c",\n').encode(),
        "first side",
    ),
    "only their side is whole": (
        lambda text: conflict(text, '  "id": "a"\n', '  "id": "b",\n').encode(), "second side",
    ),
    "one side is the stub": (
        lambda text: conflict(text, '  "NotImplementedError": 1,\n', '  "id": "b",\n').encode(),
        "second side",
    ),
}  # fmt: skip


OLDER = {
    "Cyrillic": ("# чем меньше\nщёлк = 1\n", "cp1251"),
    "German": ("# größer\ngröße = 1\n", "cp1252"),
    "Chinese": ("# 平均\n数量 = 1\n损失 = 2\n", "gb18030"),
    "Japanese": ("# 表\n個数 = 1\n損失 = 2\n表 = 3\n", "cp932"),
}


@pytest.mark.parametrize(("code", "encoding"), OLDER.values(), ids=OLDER)
def test_names_in_other_letters_stay_names_in_older_encodings(course, code, encoding):
    text = json.dumps(filled_notebook(course, EXERCISE, code), ensure_ascii=False)
    raw, notes = decode(text.encode(encoding, "replace"), by_code=True)
    assert len(notes) == 1
    assert notes[0].startswith("the file is not UTF-8; it was read as ")
    answer = next(source for source in sources_of(raw) if "= 1" in source)
    assert len(ast.parse(answer).body) == code.count("=")


def test_a_magic_does_not_speak_against_an_encoding(course):
    """In GB 18030, é and the \\ of the line break after it would be one character."""
    code = "# affichage intégré\n%matplotlib inline\nZ = 1  # entrées\n"
    text = json.dumps(filled_notebook(course, EXERCISE, code), ensure_ascii=False)
    raw, notes = decode(text.encode("cp1252"), by_code=True)
    assert notes == ["the file is not UTF-8; it was read as Windows-1252"]
    assert code.strip() in {source.strip() for source in sources_of(raw)}


@pytest.mark.parametrize("kind", STILL_WHOLE)
def test_a_notebook_that_is_still_whole_is_read_with_a_note(kind, text):
    change, note = STILL_WHOLE[kind]
    data = change(text)
    assert data != text.encode()
    raw, notes = decode(data)
    assert len(raw["cells"]) == len(json.loads(text)["cells"])
    assert note in " ".join(notes)


NO_NOTEBOOK = {
    "page": (b"\n<!DOCTYPE html>\n<title>Log in</title>", "an HTML page"),
    "XML": (b'<?xml version="1.0"?><Error>', "an XML file"),
    "page without a type": (b"<html lang='de'><body>", "an HTML page"),
    "zip": (b"PK\x03\x04\x14\0", "a ZIP archive"),
    "pdf": (b"%PDF-1.7", "a PDF document"),
    "rtf": (b"{\\rtf1\\ansi {}", "RTF"),
    "Git LFS": (b"version https://git-lfs.github.com/spec/v1\noid", "Git LFS"),
    "link": (b"[InternetShortcut]\r\nURL=https://", "a link"),
    "nothing": (b"\0" * 0, "empty"),
    "only zeros": (b"\0" * 4096, "4,096 zero bytes"),
    "iCloud": (b"bplist00", "a placeholder"),
    "a script": (b"# ---\n# jupyter:", "begins with '# ---"),
    "Python that Colab has made": (
        b'# -*- coding: utf-8 -*-\n"""HW.ipynb\n\nDownloaded.\n"""\n\nimport numpy as np\n',
        "Python code, not a notebook",
    ),
    "a function": (b"# %%\ndef linear_forward(A, W, b):\n    return 1\n", "Python code"),
    "a letter": (b"I import a lot. Dear teacher,\nfrom now on", "begins with 'I import"),
    "wrong UTF-16": (b"\xff\xfe{\0}", "not UTF-16"),
    "only torn sides": (b'<<<<<<< a\n{"cells": [\n=======\n{\n>>>>>>> b\n', "neither side"),
}


@pytest.mark.parametrize("kind", NO_NOTEBOOK)
def test_what_is_no_notebook_is_named(kind):
    data, words = NO_NOTEBOOK[kind]
    with pytest.raises(InvalidSubmissionError, match=words):
        decode(data)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.98])
def test_a_torn_tail_is_named(share, text):
    with pytest.raises(InvalidSubmissionError, match=r"breaks off after [\d,]+ characters"):
        decode(text.encode()[: int(len(text) * share)])


# --- Large files ----------------------------------------------------------------------------------


# What makes each of them, since they are large.
OUTPUTS = {
    "text": lambda: {"text": [f"{n}, and no more\n" for n in range(10**6)]},
    "a picture": lambda: {"data": {"image/png": "iVBORw0KGgo" * (2 * 2**20)}},
    "a table of numbers": lambda: {
        "data": {"application/vnd.plotly.v1+json": list(range(2 * 10**6))}
    },
    "brackets in texts": lambda: {"text": '"[[{' * 10**6},
}


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "indent"), in_turn(OUTPUTS, (None, 1)))
def test_long_saved_outputs_are_left_out_and_short_ones_kept(kind, indent, text):
    notebook = json.loads(text)
    first, *_, last = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    first["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "short"}]
    last["outputs"] = [{"output_type": "stream", **OUTPUTS[kind]()}]
    raw, notes = decode(json.dumps(notebook, indent=indent).encode())
    cells = [cell for cell in raw["cells"] if cell["cell_type"] == "code"]
    assert cells[0] == first
    assert "saved output are left out" in cells[-1]["outputs"][0]["text"]
    assert "MB of saved outputs were left out" in notes[0]
    last["outputs"] = cells[-1]["outputs"]
    assert raw == notebook


# With 2**20 for the unit, each is about as long as a file may be that is read.
HOSTILE = {
    "lists": lambda unit: b"[" + b"[]," * (20 * unit) + b"[]]",
    "texts": lambda unit: b'{"cells": [' + b'"",' * (20 * unit) + b'""]}',
    "lists in outputs": lambda unit: b'{"cells": [{"outputs": [' + b"[]," * (20 * unit) + b"[]]}]}",
    "numbers": lambda unit: b'{"cells": [' + b"12345678," * (7 * unit) + b"1]}",
    "deep": lambda unit: b'{"a":' * (12 * unit),
    "quotes that do not end": lambda unit: b'{"cells": ' + b'"\\"' * (20 * unit),
    "spaces": lambda unit: b'{"cells": [' + b" " * (60 * unit) + b"]}",
    "conflicts": lambda unit: b"<<<<<<< a\n" * (6 * unit),
    "lines in a conflict": lambda unit: b"{\n" + b"a\n" * (15 * unit) + b"<<<<<<< a\n",
    "escapes": lambda unit: b'{"cells": [{"source": "' + b"\\n" * (15 * unit) + b'", }',
    "UTF-16": lambda unit: (
        '\ufeff{"cells": "'.encode("utf-16-le") + "\U0001f600".encode("utf-16-le") * (16 * unit)
    ),
    "braces": lambda unit: b"{ " * (30 * unit),
}


@pytest.mark.in_turns(3)
@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_costs_little_time_and_memory(kind):
    def seconds(unit, outcome):
        data = HOSTILE[kind](unit)
        started = time.process_time()
        with outcome:
            decode(data)
        return time.process_time() - started

    # Some are refused for their length alone.
    short = min(seconds(2**17, suppress(InvalidSubmissionError)) for _ in range(2))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Of eight times the length: 64 times as long would be the square of it.
    assert seconds(2**20, pytest.raises(InvalidSubmissionError)) < max(24 * short, 0.1)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 460 * 1024
