"""Taking one function from a learner's notebook; what of it counts, `test_needed` says."""

import json
import time
import traceback

import pytest
from IPython.core.interactiveshell import InteractiveShell

from tests.visible_checks import run_checks
from workbook.course.cell_magics import KEEP_NOTHING, WRITE
from workbook.course.exercises import find
from workbook.learn import whole_file
from workbook.learn.finding import find_notebook
from workbook.learn.reference import record
from workbook.learn.workspace import answers, cells
from workbook.learn.workspace.cells import cells_in, features_of
from workbook.learn.workspace.known_results import Contents
from workbook.learn.workspace.notebooks import (
    NotebookError,
    definition_of,
    functions_in,
    is_stub,
    load_function,
)

FORWARD = "def linear_forward(A, W, b):\n    Z = W @ A + b\n    return Z, (A, W, b)\n"
STUB = 'def linear_forward(A, W, b):\n    """Z = W A + b."""\n    raise NotImplementedError()\n'


@pytest.fixture
def notebook(tmp_path, write_notebook):
    """Write cells to 03_linear_forward.ipynb and return its path."""
    return lambda *cells: write_notebook(tmp_path / "03_linear_forward.ipynb", *cells)


def test_magics_are_understood(notebook):
    path = notebook(
        "%matplotlib inline\n!ls\nimport math",
        "%%time\ndef linear_forward():\n    return math.pi\n%timeit 1",
        "%%bash\ndef linear_forward",
        "math.pi?",
    )
    assert load_function(path, "linear_forward")() == pytest.approx(3.14159, rel=1e-5)


@pytest.mark.parametrize(
    "cell",
    [
        "one = %time 1",
        "%time one = 1",
        "%prun -q -s cumtime one = 1",
        "%prun -l 5 one=1",
        "get_ipython().run_cell('one = 1')",
        "get_ipython().ex('one = 1')",
        "get_ipython().run_cell_magic('time', '', 'one = 1')",
        "one = 1\nget_ipython().run_cell_magic('bash', '', 'one = 2')",
        "one = 1\nget_ipython().run_cell('one = = 2')",
        "one = 1\nget_ipython().run_cell(text)",
    ],
)
def test_what_the_shell_runs_comes_along(notebook, cell):
    path = notebook(cell, "def linear_forward():\n    return one")
    assert load_function(path, "linear_forward")() == 1


@pytest.mark.parametrize(
    "cells",
    [
        ["this is not python", FORWARD, "x = = 2", "\0"],
        ["import no_such_package", FORWARD, "no_such_package.plot()"],
        ["def plot(x=missing):\n    return x", "import sys\nalias = sys.nothing", FORWARD],
    ],
    ids=["syntax", "import", "definition"],
)
def test_what_is_broken_elsewhere_does_no_harm(notebook, cells):
    assert load_function(notebook(*cells), "linear_forward")


def test_a_notebook_that_it_runs(notebook, write_notebook, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_notebook(tmp_path / "my helpers.ipynb", "def half(x):\n    return x / 2", "%pwd")
    answer = "def linear_forward(A, W, b):\n    return half(A)"
    path = notebook('%run "my helpers.ipynb"', answer)
    assert load_function(path, "linear_forward")(3, 0, 0) == 1.5


@pytest.mark.parametrize("ending", [".py", ".ipynb"])
def test_what_is_run_by_a_windows_path_comes_along(
    notebook, write_notebook, tmp_path, monkeypatch, ending
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    path = tmp_path / f"sub\\new{ending}"
    if ending == ".py":
        path.write_text("three = 3")
    else:
        write_notebook(path, "three = 3")
    path = notebook(f"%run sub\\new{ending}", "def linear_forward():\n    return three")
    assert load_function(path, "linear_forward")() == 3


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mine.py", b"import no_such_package as nsp\n@nsp.jit\ndef three(x):\n    return 3\n"),
        ("mine.py", b"# -*- coding: latin-1 -*-\n# \xe4\ndef three(x):\n    return 3\n"),
        ("test.py", b"def three(x):\n    return 3\n"),
        ("in/__init__.py", b"from .part import three\n"),
    ],
)
def test_a_module_beside_counts_as_in_grading(notebook, tmp_path, name, text):
    for file, content in ((name, text), ("in/part.py", b"def three(x):\n    return 3\n")):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(content)
    module = name.partition(".")[0].partition("/")[0]
    load = f"import importlib\nthree = importlib.import_module({module!r}).three"
    path = notebook(load, "def linear_forward(x):\n    return three(x)")
    assert load_function(path, "linear_forward")(1) == 3


def test_line_numbers_are_those_of_the_cell(notebook):
    path = notebook("import math", "%%time\n\ndef linear_forward(A, W, b):\n    return 1 / 0")
    function = load_function(path, "linear_forward")
    message = run_checks(function)[0].message
    assert message == "ZeroDivisionError in line 4: division by zero"
    with pytest.raises(ZeroDivisionError) as error:
        function(1, 2, 3)
    shown = "".join(traceback.format_tb(error.value.__traceback__))
    assert 'File "03_linear_forward.ipynb, code cell 2", line 4' in shown
    assert "return 1 / 0" in shown


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["linear_forward = 3"], "does not define linear_forward"),
        (
            ["def linear_forward(A, W, b):\n    Z = W @ (A + b\n    return Z"],
            r"03_linear_forward.ipynb.*line 2: '\(' was never",
        ),
        (
            ["def linear_forward(A=missing):\n    return A"],
            "NameError: name 'missing' is not defined",
        ),
    ],
    ids=["nothing", "syntax", "definition"],
)
def test_what_keeps_the_function_from_being_used_is_reported(notebook, cells, said):
    with pytest.raises(NotebookError, match=said):
        load_function(notebook(*cells), "linear_forward")


def test_a_package_that_is_missing_is_named_where_it_is_used(notebook):
    path = notebook(
        "import no_such_package as np", "def linear_forward(A, W, b):\n    return np.pi"
    )
    message = run_checks(load_function(path, "linear_forward"))[0].message
    assert message == (
        "NameError in line 2: `np` is not defined, since `import no_such_package as np` fails: "
        "ModuleNotFoundError: No module named 'no_such_package'"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty file"),
        (" \n", "empty file"),
        ("def f(): pass", "not a Jupyter notebook"),
        ("[1, 2]", "not a Jupyter notebook"),
        ('{"worksheets": []}', "not a Jupyter notebook"),
        ('{"cells": [{"cell_type": "code"}]}', "not a Jupyter notebook"),
        ('{"cells": [{"cell_type": "code", "source": 3}]}', "not a Jupyter notebook"),
        ("[" * 100_000, "not a Jupyter notebook"),
    ],
    ids=range(8),
)
def test_a_file_that_is_no_notebook_is_refused(tmp_path, text, said):
    path = tmp_path / "03_linear_forward.ipynb"
    path.write_text(text)
    with pytest.raises(NotebookError, match=f"03_linear_forward.ipynb is .*{said}.*save it again"):
        load_function(path, "linear_forward")


def test_of_a_notebook_with_a_conflict_one_side_is_to_be_kept(tmp_path):
    path = tmp_path / "03_linear_forward.ipynb"
    path.write_text('{"cells": [\n<<<<<<< HEAD\n=======\n>>>>>>> other\n]}')
    with pytest.raises(NotebookError, match=r"has Git's conflict markers \(<<<<<<<\): keep one"):
        load_function(path, "linear_forward")


def test_files_that_cannot_be_read_are_refused(tmp_path):
    with pytest.raises(NotebookError, match="there is no notebook"):
        load_function(tmp_path / "none.ipynb", "linear_forward")
    with pytest.raises(NotebookError, match="cannot be read"):
        load_function(tmp_path, "linear_forward")
    (tmp_path / "bytes.ipynb").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(NotebookError, match="is not a text in UTF-8: save it again"):
        load_function(tmp_path / "bytes.ipynb", "linear_forward")


@pytest.mark.parametrize("kind", ["pipe", "large"])
def test_what_does_not_end_or_fit_into_memory_is_not_read(kind, tmp_path, notebook, monkeypatch):
    paths = [notebook(FORWARD), tmp_path / answers.ANSWERS_FILE, tmp_path / record.FILE]
    for path in paths[1:]:
        path.write_text('{"version": 1, "stand_ins": ["linear_forward"]}', encoding="utf-8")
    assert record.read(tmp_path).stand_ins == ["linear_forward"]
    if kind == "pipe":
        # Asked for, as a pipe without a writer would keep the test waiting.
        monkeypatch.setattr(whole_file.stat, "S_ISREG", lambda mode: False)
    else:
        monkeypatch.setattr(whole_file, "_LARGEST", 5)
    said = {"pipe": "is not an ordinary file", "large": "is larger than 0 MiB"}[kind]
    with pytest.raises(NotebookError, match=f"03_linear_forward.ipynb cannot be read: it {said}"):
        functions_in(paths[0])
    assert record.read(tmp_path) == record.Record()
    assert answers.counts(tmp_path)
    assert answers.answers_in(tmp_path) == {}
    assert Contents().key(paths[0], "linear_forward")


def test_a_byte_order_mark_and_sources_as_lists_are_fine(tmp_path):
    cell = {"cell_type": "code", "source": FORWARD.splitlines(keepends=True)}
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8-sig")
    assert load_function(path, "linear_forward")


CODE = {"cell_type": "code", "metadata": {}, "source": FORWARD}
SOLUTION = {"nbgrader": {"solution": True, "grade": False, "grade_id": "linear_forward"}}
# As other programs and older versions save them, and as students change them by accident.
READ = {
    "version 3": {"worksheets": [{"cells": [{"cell_type": "code", "input": [FORWARD]}]}]},
    "no metadata": {"cells": [{**CODE, "metadata": None}]},
    "no settings": {"cells": [{**CODE, "metadata": {"nbgrader": None}}]},
    "an empty cell": {"cells": [{**CODE, "source": None}, CODE]},
    "half a character": {"cells": [{**CODE, "source": f"# \ud83d\n{FORWARD}"}]},
    "a cell of text": {"cells": [{**CODE, "cell_type": "markdown"}]},
    "a raw cell": {"cells": [{**CODE, "cell_type": "raw", "source": f"import math\n{FORWARD}"}]},
    "the answer's cell as text": {
        "cells": [{**CODE, "cell_type": "markdown", "metadata": SOLUTION}],
    },
    "under timeit": {"cells": [{**CODE, "source": f"%%timeit -n 1\n{FORWARD}"}]},
    "under a magic that is not there": {"cells": [{**CODE, "source": f"%%memit\n{FORWARD}"}]},
    "under two magics": {"cells": [{**CODE, "source": f"%%time\n%%capture out\n{FORWARD}"}]},
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32-be"])
@pytest.mark.parametrize("case", READ)
def test_what_grading_reads_is_read_here(tmp_path, case, encoding):
    path = tmp_path / "n.ipynb"
    path.write_bytes(json.dumps(READ[case]).encode(encoding))
    assert load_function(path, "linear_forward").__code__.co_argcount == 3


def test_text_and_what_is_timed_take_no_answers_place(tmp_path):
    path = tmp_path / "n.ipynb"
    wrong = "def linear_forward():\n    return 1"
    cells = [
        CODE,
        {**CODE, "cell_type": "markdown", "source": wrong},
        {**CODE, "source": f"%%timeit\n{wrong}"},
        {**CODE, "source": f"%%!\n{wrong}"},
        {**CODE, "source": f"%%time\n%%writefile other.py\n{wrong}"},
        {**CODE, "source": "%%html\n<b>linear_forward = 3</b>"},
    ]
    path.write_text(json.dumps({"cells": cells}))
    assert load_function(path, "linear_forward").__code__.co_argcount == 3


def test_what_each_of_ipythons_cell_magics_does_with_its_cell_is_known():
    known = KEEP_NOTHING | WRITE | {"capture", "debug", "prun", "time"}
    assert {*InteractiveShell().magics_manager.lsmagic()["cell"]} <= known


def test_a_kernels_own_names_are_at_hand(notebook):
    path = notebook(
        "def linear_forward():\n    display(1)\n    %time 1\n    files = !ls\n    return files"
    )
    assert load_function(path, "linear_forward")() == []


@pytest.mark.parametrize(
    "line", ["os._exit(1)", "os.kill(os.getpid(), 9)", "time.sleep(100)", "sys.exit()"]
)
def test_what_ends_a_process_or_waits_sets_nothing(notebook, line):
    path = notebook("import os, sys, time", f"{FORWARD}\n{line}")
    assert load_function(path, "linear_forward", settings=True)


def test_names_that_are_looked_up_come_along(notebook):
    path = notebook(
        "from math import sqrt", "def half(x):\n    return x / 2", "1 / 0",
        "def linear_forward():\n    return globals()['half'](eval('sqrt')(16))",
    )  # fmt: skip
    assert load_function(path, "linear_forward")() == 2


@pytest.mark.parametrize(
    "line",
    [
        "%run helpers",
        "%run -i helpers.py",
        "%run './helpers.py'",
        "%run helpers.py --fast 1",
        "if True:\n    %run helpers.py",
        "get_ipython().run_line_magic('run', 'helpers.py')",
        "get_ipython().magic('run helpers')",
        "get_ipython().run_cell('%run helpers')",
    ],
)
def test_a_file_that_is_run_comes_along(notebook, tmp_path, monkeypatch, line):
    # With what grading does without, as well.
    (tmp_path / "helpers.py").write_text("import not_installed\nthree = 3\nraise SystemExit(0)")
    monkeypatch.chdir(tmp_path)
    path = notebook(line, "def linear_forward():\n    return three")
    assert load_function(path, "linear_forward")() == 3


@pytest.mark.parametrize(
    ("body", "stub"),
    [
        ("raise NotImplementedError", True),
        ('"""Doc."""\n    # YOUR CODE HERE\n    raise NotImplementedError()', True),
        ("pass", True),
        ("...", True),
        ("return 1", False),
        ("x = 1\n    raise NotImplementedError", False),
        ("raise ValueError('no')", False),
    ],
)
def test_a_stub_is_known(notebook, body, stub):
    path = notebook(f"def linear_forward(A, W, b):\n    {body}")
    assert is_stub(path, "linear_forward") is stub


def test_a_stub_that_was_written_further_down_is_none(notebook):
    assert not is_stub(notebook(STUB, FORWARD), "linear_forward")
    assert not is_stub(notebook("import math"), "linear_forward")


def test_functions_in_a_notebook(notebook):
    path = notebook(FORWARD, "def compute_cost(): pass", "def other(): pass", "def broken(")
    assert functions_in(path) == ("linear_forward", "compute_cost")


def test_a_notebook_is_found_in_below_and_beside_the_folder(tmp_path, write_notebook):
    exercise = find("linear_forward")
    assert find_notebook(exercise, tmp_path) is None
    path = write_notebook(tmp_path / exercise.notebook_path, FORWARD)
    for folder in (tmp_path, path.parent, tmp_path / "3_backward_propagation"):
        assert find_notebook(exercise, folder) == path


def test_a_warning_of_the_parser_is_not_repeated(notebook):
    path = notebook('def linear_forward():\n    "\\d"\n    return 1 is 1')
    assert load_function(path, "linear_forward")() is True


def test_a_notebook_is_parsed_once_for_each_version(tmp_path, write_notebook, monkeypatch):
    parsed, parse = [], cells._parsed

    def noted(label, source, tests):
        parsed.append(source)
        return parse(label, source, tests)

    monkeypatch.setattr(cells, "_parsed", noted)
    path = tmp_path / "once.ipynb"
    for number in (1, 2):
        write_notebook(path, f"def linear_forward(): return {number}")
        for _ in range(2):
            assert load_function(path, "linear_forward")() == number
    assert parsed == ["def linear_forward(): return 1", "def linear_forward(): return 2"]


def test_two_loads_of_one_version_share_nothing_but_its_text(tmp_path, write_notebook):
    path = write_notebook(
        tmp_path / "apart.ipynb", "seen = []", "def linear_forward(): return seen"
    )
    one, other = (load_function(path, "linear_forward") for _ in range(2))
    one().append(1)
    assert other() == []


def test_a_cell_of_many_broken_lines_is_read_in_time(tmp_path, write_notebook):
    path = write_notebook(tmp_path / "a.ipynb", "(\n" * 16_000, FORWARD)
    began = time.process_time()
    assert load_function(path, "linear_forward")
    assert time.process_time() - began < 5


@pytest.mark.parametrize("below", ["raise SystemExit('an experiment')", "out = open('none')"])
def test_an_answer_whose_output_is_captured_runs_without_its_experiments(
    below, tmp_path, write_notebook
):
    cell = f"%%capture out\nk = 1\n{FORWARD}\nran.append({below!r})\n{below}"
    path = write_notebook(tmp_path / "a.ipynb", "ran = []", cell, "out.show()")
    function = load_function(path, "linear_forward")
    assert "ran" not in function.__globals__
    assert definition_of(path, "linear_forward").startswith("def linear_forward(A, W, b):")


def test_what_a_captured_cell_imports_holds_below(tmp_path, write_notebook):
    cells = "%%capture out\nfrom __future__ import annotations\nimport math\nprint(1)", FORWARD
    path = write_notebook(tmp_path / "a.ipynb", *cells)
    (captured, _) = cells_in(path)
    assert [type(one).__name__ for one in captured.body] == ["ImportFrom", "Import", "With"]
    features = [features_of(one) for one in captured.body]
    assert features[0]
    assert not any(features[1:])
