"""Cells of the course that a front end let be changed: what was added counts, and is named."""

import copy

import nbformat
import pytest

from tests.reference import COURSE
from tests.submissions import to_bytes
from workbook.course.exercises import NOTEBOOKS, find
from workbook.diagnosis.undefined import names_in
from workbook.grade.judging.places import cells_to_run
from workbook.grade.submissions.answers import filled_notebook, reference_answer
from workbook.grade.submissions.identify import grade_id
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.submission import read_submission

LINEAR = find("linear_forward")
RIGHT = reference_answer(COURSE, "linear_forward")
# Right, with the help of something that another cell must have brought.
COPIES = "def linear_forward(A, W, b):\n    return W @ A + b, copy.copy((A, W, b))\n"
HALVES = "def linear_forward(A, W, b):\n    return times(W, A) + b, (A, W, b)\n"
TIMES = "def times(one, two):\n    # As in the lecture.\n    return one @ two"
SETUP, CHECK, TESTS = "linear_forward-setup", "linear_forward-check", "linear_forward-Z"
IMPORTS = next(
    c.source
    for c in course_notebook(COURSE, "release", LINEAR).cells
    if c.metadata.get("nbgrader", {}).get("grade_id") == SETUP
)


def notebook_with(cells, answer=RIGHT):
    """Return a notebook with this answer, and other texts in these cells."""
    notebook = filled_notebook(COURSE, LINEAR, answer)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = cells.get(name, cell.source)
    return notebook


def graded(judge, notebook):
    result = judge.judge(Job("s", LINEAR, to_bytes(notebook)))
    return result.points, [note for note in result.notes if "was found in" not in note]


def added(where, what):
    return [f"to {where} was added: {what}"]


IN_IMPORTS, IN_CHECK = "the imports cell", "the check cell of linear_forward"


@pytest.mark.parametrize(
    ("cells", "answer", "notes"),
    [
        # What is no statement is no change.
        ({SETUP: f"# mine\n{IMPORTS}\n\n"}, RIGHT, []),
        ({SETUP: IMPORTS.replace("\n", "\r\n")}, RIGHT, []),
        ({SETUP: "import numpy as np ; import matplotlib.pyplot as plt"}, RIGHT, []),
        ({SETUP: f'"""Mine."""\n{IMPORTS}'}, RIGHT, []),
        ({CHECK: "check(\n    linear_forward,\n)  # at last"}, RIGHT, []),
        ({TESTS: "# I wonder what these are"}, RIGHT, []),
        # What was taken out counts all the same.
        ({SETUP: ""}, RIGHT, []),
        ({SETUP: "import numpy as np", CHECK: ""}, RIGHT, []),
        # What was added counts.
        ({SETUP: IMPORTS + "\nimport copy"}, COPIES, added(IN_IMPORTS, "`import copy`")),
        ({SETUP: "import numpy as np, copy"}, COPIES, added(IN_IMPORTS, "`import copy`")),
        ({SETUP: f"%%time\n{IMPORTS}\nimport copy"}, COPIES, added(IN_IMPORTS, "`import copy`")),
        (
            {SETUP: f"%%time\n\n%%memit\n{IMPORTS}\nimport copy"},
            COPIES,
            added(IN_IMPORTS, "`import copy`"),
        ),
        ({SETUP: f"%%memit\n{IMPORTS}", CHECK: "%%debug\ncheck(linear_forward)"}, RIGHT, []),
        ({SETUP: f"%%timeit\n{IMPORTS}"}, RIGHT, added(IN_IMPORTS, "`%%timeit`")),
        (
            {SETUP: f"from __future__ import annotations\nimport copy\n{IMPORTS}"},
            COPIES,
            added(IN_IMPORTS, "`from __future__ import annotations` and `import copy`"),
        ),
        ({SETUP: f"{TIMES}\n{IMPORTS}"}, HALVES, added(IN_IMPORTS, "`def times(one, two):`")),
        ({CHECK: "import copy\ncheck(linear_forward)"}, COPIES, added(IN_CHECK, "`import copy`")),
        ({CHECK: f"check(linear_forward)\n{TIMES};x = 1"}, HALVES, None),
        ({CHECK: "x = check(1)"}, RIGHT, added(IN_CHECK, "`x = check(1)`")),
        (
            {SETUP: f"{IMPORTS}\na = 1\nb = 2\nc = 3\nd = 4\nimport copy"},
            COPIES,
            added(IN_IMPORTS, "`a = 1`, `b = 2`, `c = 3` and 2 more"),
        ),
        # An edited statement is one of the student's beside the course's own.
        (
            {SETUP: IMPORTS.replace("check, hint", "check as look, hint")},
            RIGHT,
            added(IN_IMPORTS, "`from workbook import check as look`"),
        ),
        # IPython's own lines.
        (
            {SETUP: f"%precision 3\n{IMPORTS}\nimport copy"},
            COPIES,
            added(IN_IMPORTS, "`%precision 3` and `import copy`"),
        ),
        ({CHECK: "check(linear_forward)\nlinear_forward?"}, RIGHT, None),
        # No Python: the course's own cell counts.
        (
            {SETUP: f"{IMPORTS}\nx = = 1"},
            RIGHT,
            [f"line {IMPORTS.count(chr(10)) + 2} of the imports cell is not valid Python "
             "(invalid syntax); the course's own cell counts"],
        ),
        ({CHECK: "check(linear_forward"}, RIGHT, None),
    ],
)  # fmt: skip
def test_what_was_added_to_a_locked_cell_counts(cells, answer, notes, judge):
    points, said = graded(judge, notebook_with(cells, answer))
    assert points == 8, said
    if notes is not None:
        assert said == notes


def test_each_cell_has_its_number_in_the_file():
    notebook = notebook_with({SETUP: f"{IMPORTS}\nimport copy", CHECK: "x = 1"})
    notebook.cells.insert(1, nbformat.v4.new_code_cell("y = 2"))
    notebook.cells = [cell for cell in notebook.cells if grade_id(cell) != TESTS]
    read = read_submission(to_bytes(notebook), course_notebook(COURSE, "source", LINEAR))
    cells = zip(read.notebook.cells, read.numbers, strict=True)
    code = [(cell, number) for cell, number in cells if cell.cell_type == "code"]
    assert [grade_id(cell) for cell, number in code if not number] == [TESTS]
    assert {"import copy", "x = 1", "y = 2"} <= {cell.source for cell, _ in code}
    for cell, number in code:
        theirs = notebook.cells[number - 1]
        is_named = grade_id(cell) == grade_id(theirs) != ""
        assert not number or is_named or cell.source in theirs.source


@pytest.mark.parametrize("cell", [SETUP, CHECK, TESTS])
@pytest.mark.parametrize("kind", ["code", "markdown", "raw"])
def test_an_answer_in_a_wrong_cell_is_found(cell, kind, judge):
    """The answer's own cell is gone, as when a student has deleted it."""
    notebook = notebook_with({cell: f"import numpy as np\n\n{RIGHT}"})
    notebook.cells = [
        c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") != LINEAR.name
    ]
    for one in notebook.cells:
        if one.metadata.get("nbgrader", {}).get("grade_id") == cell:
            one.cell_type = kind
    points, said = graded(judge, notebook)
    assert points == 8, said
    assert any("was added: " in note and "`def linear_forward" in note for note in said)


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize(
    "text", [RIGHT, f"{TIMES}\nlinear_forward = lambda A, W, b: (times(W, A) + b, (A, W, b))"]
)
def test_an_answer_that_one_key_has_turned_into_text_is_found(kind, text, judge):
    notebook = notebook_with({})
    place = next(n for n, c in enumerate(notebook.cells) if c.source == RIGHT)
    made = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_raw_cell
    notebook.cells[place] = made(text)
    points, said = graded(judge, notebook)
    assert points == 8, said
    assert "linear_forward is in a text cell, which was run as code" in said


MAGICS = ("timeit -n1 -r1", "html", "python3", "javascript", "bash", "sx")


@pytest.mark.parametrize("magic", MAGICS)
def test_an_answer_under_a_magic_that_keeps_nothing_is_found(magic, judge):
    notebook = notebook_with({}, f"%%{magic}\n{RIGHT}")
    points, said = graded(judge, notebook)
    assert points == 8, said
    name = magic.partition(" ")[0]
    assert said == [
        f"linear_forward stands under `%%{name}`, which keeps nothing that its cell defines; the "
        "cell was run without that line"
    ]


def test_what_is_tried_under_a_magic_takes_no_answers_place(judge):
    notebook = notebook_with({})
    place = next(n for n, c in enumerate(notebook.cells) if c.source == RIGHT)
    tried = "%%timeit -n1 -r1\ndef linear_forward(A, W, b):\n    return A"
    notebook.cells.insert(place + 1, nbformat.v4.new_code_cell(tried))
    assert graded(judge, notebook) == (8, [])


@pytest.mark.parametrize(
    "text",
    [
        "def linear_forward(A, W, b):\n    return W + A + b, (A, W, b)",
        "linear_forward(A, W, b) is what I wrote",
        "linear_forward = W A + b",
    ],
)
def test_text_beside_an_answer_stays_text(text, judge):
    notebook = notebook_with({})
    place = next(n for n, c in enumerate(notebook.cells) if c.source == RIGHT)
    notebook.cells.insert(place + 1, nbformat.v4.new_markdown_cell(text))
    assert graded(judge, notebook) == (8, [])


def test_what_takes_a_name_of_the_courses_does_so_where_it_stands(judge):
    """Above the imports they take it back, below them it holds: as in Jupyter."""
    own = "def relu(Z):\n    return 3"
    answer = RIGHT.replace("    return", "    assert relu(1) == 3\n    return")
    assert answer != RIGHT
    points = {
        place: graded(judge, notebook_with({SETUP: text}, answer))[0]
        for place, text in (("above", f"{own}\n{IMPORTS}"), ("below", f"{IMPORTS}\n{own}"))
    }
    assert points == {"above": 0, "below": 8}


def test_the_lessons_experiments_run_where_a_cell_needs_what_they_alone_define():
    source = course_notebook(COURSE, "source", LINEAR)
    tests = max(n for n, cell in enumerate(source.cells) if grade_id(cell).startswith(LINEAR.name))
    sources = [(n, cell.source) for n, cell in enumerate(source.cells) if cell.metadata.get("tags")]
    name = min(names_in(text for n, text in sources if n < tests))
    below = min(names_in(text for n, text in sources if n > tests))

    def are_run(text):
        notebook = notebook_with({})
        notebook.cells.append(nbformat.v4.new_code_cell(text))
        experiments = {text for _, text in sources}
        return any(cell.source in experiments for cell in cells_to_run(notebook, source))

    assert are_run(f"mine = {name}")
    assert not are_run(f"mine = {below}")
    assert not are_run(f"print({name})")
    assert not are_run(f"{name} = 1\nmine = {name}")


@pytest.mark.parametrize("exercise", NOTEBOOKS, ids=lambda e: e.name)
def test_a_released_notebook_has_nothing_added(exercise):
    source = course_notebook(COURSE, "source", exercise)
    release = course_notebook(COURSE, "release", exercise)
    read = read_submission(to_bytes(release), source)
    assert read.notes == ()
    assert [c.source for c in read.notebook.cells if c.cell_type == "code"] == [
        ours.source if ours.metadata.get("nbgrader", {}).get("locked") else c.source
        for ours, c in zip(source.cells, release.cells, strict=True)
        if c.cell_type == "code"
    ]


# --- Cells that were split, merged, copied or moved -----------------------------------------------


def named(notebook, name):
    """Return the place of one of the course's cells."""
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    return ids.index(name)


def split(first, second):
    """Return a change after which two cells, both with the answer's name, hold these texts."""

    def change(notebook):
        place = named(notebook, LINEAR.name)
        notebook.cells.insert(place, copy.deepcopy(notebook.cells[place]))
        notebook.cells[place].source, notebook.cells[place + 1].source = first, second

    return change


def copied(name, to, text):
    """Return a change that copies a cell to a place, or below itself, and edits the copy."""

    def change(notebook):
        place = named(notebook, name)
        other = copy.deepcopy(notebook.cells[place])
        other.source = text
        notebook.cells.insert(place + 1 if to is None else to, other)

    return change


def merged_down(notebook):
    place = named(notebook, LINEAR.name)
    notebook.cells[place].source = code_of(notebook.cells[place:])
    del notebook.cells[place + 1 :]


def merged_up(notebook):
    first, last = named(notebook, SETUP), named(notebook, LINEAR.name)
    notebook.cells[first].source = code_of(notebook.cells[first : last + 1])
    del notebook.cells[first + 1 : last + 1]


def one_cell(notebook):
    notebook.cells = [nbformat.v4.new_code_cell(code_of(notebook.cells))]


def code_of(cells):
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "code")


def experiment_reused(notebook):
    """Write a helper over an experiment, whose cell keeps its tags."""
    (first, *_) = [c for c in notebook.cells if c.metadata.get("tags") == ["experiment"]]
    first.source = TIMES
    notebook.cells[named(notebook, LINEAR.name)].source = HALVES


@pytest.mark.parametrize(
    "change",
    [
        split(RIGHT, "print(linear_forward)"),
        split(RIGHT, ""),
        split(TIMES, HALVES),
        split("def linear_forward(A, W, b):\n    return A, W", RIGHT),
        copied(CHECK, None, "assert callable(linear_forward)\ncheck(linear_forward)"),
        copied(CHECK, 2, "check(linear_forward)"),
        copied(TESTS, 2, "# Hidden tests, 5 points."),
        copied(TESTS, None, "assert False"),
        merged_down,
        merged_up,
        one_cell,
        experiment_reused,
        lambda notebook: notebook.cells.reverse(),
    ],
)
def test_cells_that_were_split_merged_copied_or_moved_cost_nothing(change, judge):
    notebook = notebook_with({})
    change(notebook)
    points, notes = graded(judge, notebook)
    assert points == 8, notes
