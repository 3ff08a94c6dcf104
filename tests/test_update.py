"""`workbook lab` on a folder of an older release: new lessons, and all of the learner's work."""

import copy
import json

import nbformat
import pytest
from nbgrader.utils import compute_checksum

from tests.older_releases import is_in, older_notebook
from tests.reference import COURSE
from tests.submissions import reference_answers
from workbook.course.checksums import plain_checksum
from workbook.course.exercises import NOTEBOOKS, find
from workbook.grade.submissions.answers import filled_notebook, submit
from workbook.grade.submissions.notebooks import course_notebook
from workbook.learn.workspace import lab
from workbook.learn.workspace.lab import check_notebook, copy_notebooks, update_notebooks
from workbook.learn.workspace.update import release_of, updated

LINEAR = find("linear_forward")
RAW = {"cell_type": "raw", "metadata": {}, "source": "mine"}
GONE = {"nbgrader": {"grade_id": "gone"}}


def released(exercise):
    """Return a notebook as it is released today."""
    return json.loads(json.dumps(course_notebook(COURSE, "release", exercise)))


def of_older_release(exercise=LINEAR, answers=None):
    """Return a notebook whose release had other texts, imports and tests."""
    notebook = filled_notebook(COURSE, exercise, None)
    notebook.metadata.workbook.release = "0.0.1+12345678"
    for cell in notebook.cells:
        settings = cell.metadata.get("nbgrader")
        if settings is None:
            cell.source += "\n\nAs it was said before." if cell.cell_type == "markdown" else "\n1"
            cell.metadata.workbook.checksum = plain_checksum(cell.source)
        elif not settings.solution:
            cell.source = f"# older\n{cell.source}\nimport math"
            settings.checksum = compute_checksum(cell)
        else:
            cell.source = cell.source.replace('"""', '"""Older. ', 1)
            settings.checksum = compute_checksum(cell)
    for name, answer in (answers or {}).items():
        cell_of(notebook, name).source = answer
    return json.loads(json.dumps(notebook))


def cell_of(notebook, name):
    (cell,) = [
        c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name
    ]
    return nbformat.from_dict(cell) if not isinstance(cell, dict) else cell


def texts(notebook):
    return [cell["source"] for cell in notebook["cells"]]


def check_is_valid(notebook):
    nbformat.validate(nbformat.from_dict(notebook))
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("exercise", NOTEBOOKS, ids=lambda e: e.name)
def test_an_untouched_notebook_becomes_the_new_one(exercise):
    new = released(exercise)
    update = updated(of_older_release(exercise), new)
    assert (update.has_work, update.is_complete) == (False, True)
    assert update.notebook == new


@pytest.mark.parametrize(
    "exercise", [one for one in NOTEBOOKS if is_in("unversioned", one)], ids=lambda e: e.name
)
def test_answers_of_a_release_without_checksums_stand_in_the_new_notebook(exercise):
    answers, new = reference_answers(COURSE, exercise), released(exercise)
    mine = older_notebook(exercise)
    for name, answer in answers.items():
        cell_of(mine, name).source = answer
    update = updated(mine, new)
    expected = copy.deepcopy(new)
    for name, answer in answers.items():
        cell_of(expected, name)["source"] = answer
    # Code of such a release counts as the learner's: experiments that the lesson has no more stay.
    old = [c["source"] for c in mine["cells"] if c["metadata"].get("tags")]
    kept = [one for one in old if one in texts(update.notebook) and one not in texts(expected)]
    assert [one for one in texts(update.notebook) if one not in kept] == texts(expected)
    assert update.has_work
    check_is_valid(update.notebook)


def test_a_question_that_has_lost_its_metadata_is_not_asked_twice():
    new = released(LINEAR)
    new["cells"].insert(1, {**own('quiz("mine")'), "id": "quiz-mine"})
    mine = copy.deepcopy(new)
    checksum = {"checksum": plain_checksum('quiz("mine")')}
    new["cells"][1]["metadata"] = {"tags": ["quiz"], "workbook": checksum}
    update = updated(mine, new)
    assert (update.has_work, update.notebook) == (False, new)


def own(text, **more):
    return {"cell_type": "code", "id": "a1b2c3d4", "metadata": {}, "outputs": [],
            "execution_count": 7, "source": text, **more}  # fmt: skip


def changed(notebook, name, text):
    cell_of(notebook, name)["source"] = text


def inserted(notebook, behind, cell):
    place = notebook["cells"].index(cell_of(notebook, behind))
    notebook["cells"].insert(place + 1, cell)


def own_cell(cell):
    return lambda notebook: inserted(notebook, "linear_forward", cell)


def other_text(name):
    return lambda notebook: changed(notebook, name, "import copy  # mine")


def edited_text(notebook):
    notebook["cells"][4]["source"] += "\n\nMy own remark."


def edited_experiment(notebook):
    next(c for c in notebook["cells"] if c["metadata"].get("tags"))["source"] += "\nprint('mine')"


@pytest.mark.parametrize(
    ("change", "kept", "behind"),
    [
        (own_cell(own("x = 3  # mine")), "x = 3  # mine", "linear_forward"),
        (own_cell(own("check(linear_forward)")), "check(linear_forward)", "linear_forward"),
        (own_cell(RAW), "mine", "linear_forward"),
        (own_cell(own("1", id="linear_forward", metadata=GONE)), "1", "linear_forward"),
        (lambda n: n["cells"].insert(0, own("# mine, above all")), "# mine, above all", None),
        (other_text("linear_forward-setup"), "import copy  # mine", "linear_forward-setup"),
        (other_text("linear_forward-Z"), "import copy  # mine", "linear_forward-Z"),
        (edited_text, "As it was said before.\n\nMy own remark.", None),
        (edited_experiment, "1\nprint('mine')", None),
    ],
)  # fmt: skip
def test_nothing_that_the_learner_wrote_is_lost(change, kept, behind):
    mine, new = of_older_release(answers=reference_answers(COURSE, LINEAR)), released(LINEAR)
    change(mine)
    before = copy.deepcopy(mine)
    update = updated(mine, new)
    assert (mine, update.has_work, update.is_complete) == (before, True, True)
    check_is_valid(update.notebook)
    more = [c for c in update.notebook["cells"] if c["source"].endswith(kept)]
    if behind is not None:
        place = update.notebook["cells"].index(cell_of(update.notebook, behind))
        more = [update.notebook["cells"][place + 1]]
    (cell,) = more
    assert cell["source"].endswith(kept)
    assert not {"nbgrader", "workbook", "editable"} & set(cell["metadata"])
    rest = [c["source"] for c in update.notebook["cells"] if c is not cell]
    changed(new, "linear_forward", reference_answers(COURSE, LINEAR)["linear_forward"])
    assert rest == texts(new)


def test_of_two_copies_of_an_answer_both_are_kept():
    mine = of_older_release(answers={"linear_forward": "first = 1"})
    inserted(mine, "linear_forward", copy.deepcopy(cell_of(mine, "linear_forward")))
    twice = [c for c in mine["cells"] if c["source"] == "first = 1"]
    twice[1]["source"] = "second = 2"
    update = updated(mine, released(LINEAR))
    assert cell_of(update.notebook, "linear_forward")["source"] == "second = 2"
    assert "first = 1" in texts(update.notebook)
    check_is_valid(update.notebook)


def colab(cell, number):
    cell["metadata"] = {"id": f"a{number}"}
    del cell["id"]


def only_ids(cell, number):
    cell["metadata"] = {}


def other_ids(cell, number):
    cell["id"] = f"{number:08x}"


@pytest.mark.parametrize("lose", [colab, only_ids, other_ids])
@pytest.mark.parametrize("exercise", [LINEAR, find("initialise_it")], ids=lambda e: e.name)
def test_answers_without_the_names_of_their_cells_take_their_places(exercise, lose):
    answers, new = reference_answers(COURSE, exercise), released(exercise)
    mine = json.loads(json.dumps(older_notebook(exercise)))
    for name, answer in answers.items():
        cell_of(mine, name)["source"] = answer
    for number, cell in enumerate(mine["cells"]):
        lose(cell, number)
    update = updated(mine, new)
    check_is_valid(update.notebook)
    for name, answer in answers.items():
        assert cell_of(update.notebook, name)["source"] == answer
    assert all(texts(update.notebook).count(answer) == 1 for answer in answers.values())


@pytest.fixture
def folder(tmp_path):
    """A learner's folder: one answered, one untouched, one broken, one of today, all others new."""
    for exercise, notebook in (
        (LINEAR, of_older_release(answers=reference_answers(COURSE, LINEAR))),
        (find("compute_cost"), of_older_release(find("compute_cost"))),
        (find("linear_backward"), released(find("linear_backward"))),
    ):
        submit(tmp_path, "", exercise, nbformat.from_dict(notebook))
    broken = tmp_path / find("update_parameters").notebook_path
    broken.parent.mkdir()
    broken.write_text('{"cells": [3], "metadata": {}}')
    return tmp_path


def test_a_folder_is_brought_up_to_date_once(folder):
    before = {path: path.read_bytes() for path in folder.rglob("*.ipynb")}
    copied = copy_notebooks(folder)
    answered, untouched = (
        folder / find(n).notebook_path for n in ("linear_forward", "compute_cost")
    )
    one, two = update_notebooks(folder)
    assert (one.path, one.has_work, two.path, two.has_work) == (answered, True, untouched, False)
    assert one.kept == folder / "older_notebooks" / LINEAR.notebook_path
    assert one.kept.read_bytes() == before[answered]
    assert f"{one}" == (
        f"{answered} is now of the new release with your answers and your own cells. "
        f"Your older copy is {one.kept}"
    )
    assert two.kept is None
    assert f"{two}" == f"{untouched} is now of the new release; you had not written in it"
    for path in (answered, untouched):
        assert release_of(json.loads(path.read_text(encoding="utf-8"))) > "0.0.1"
    same = {p: data for p, data in before.items() if p not in (answered, untouched)}
    assert {path: path.read_bytes() for path in same} == same
    assert [card.failed for card in check_notebook(answered)] == [()]
    assert (update_notebooks(folder), copy_notebooks(folder)) == ([], [])
    assert not set(copied) & set(before)
    assert not list(folder.rglob("*.partial"))


def test_an_older_copy_is_not_replaced_by_the_next_one(folder):
    path = folder / LINEAR.notebook_path
    older = path.read_bytes()
    for name in ("03_linear_forward", "03_linear_forward-2"):
        path.write_bytes(older)
        (one,) = [r for r in update_notebooks(folder) if r.path == path]
        assert one.kept.stem == name
        assert one.kept.read_bytes() == older


def test_a_link_stays_one_and_what_was_private_stays_private(folder):
    path, elsewhere = folder / LINEAR.notebook_path, folder / "elsewhere.ipynb"
    path.rename(elsewhere)
    elsewhere.chmod(0o600)
    path.symlink_to(elsewhere)
    (one,) = [one for one in update_notebooks(folder) if one.path == path]
    assert path.is_symlink()
    assert release_of(json.loads(elsewhere.read_text(encoding="utf-8"))) > "0.0.1"
    assert {file.stat().st_mode & 0o777 for file in (elsewhere, one.kept)} == {0o600}


def test_what_is_saved_during_the_update_stays(folder, monkeypatch):
    path = folder / LINEAR.notebook_path
    saved = path.read_bytes() + b"\n"

    def slow(mine, new):
        path.write_bytes(saved)
        return updated(mine, new)

    monkeypatch.setattr(lab, "updated", slow)
    assert path not in [one.path for one in update_notebooks(folder)]
    assert path.read_bytes() == saved


def test_a_notebook_of_a_newer_release_stays_as_it_is(folder):
    path = folder / LINEAR.notebook_path
    newer = path.read_text(encoding="utf-8").replace("0.0.1+12345678", "99.0+12345678")
    path.write_text(newer, encoding="utf-8")
    assert path not in [one.path for one in update_notebooks(folder)]
    assert path.read_text(encoding="utf-8") == newer


# --- Where the learner's own cells go -------------------------------------------------------------


def places(notebook, *found):
    return [next(n for n, c in enumerate(notebook["cells"]) if text in c["source"])
            for text in found]  # fmt: skip


RIGHT = reference_answers(COURSE, LINEAR)["linear_forward"]


def copied_above(notebook):
    place = notebook["cells"].index(cell_of(notebook, "linear_forward"))
    notebook["cells"].insert(place, {**copy.deepcopy(notebook["cells"][place]), "source": "# mine"})


def moved_to_the_end(notebook):
    answer = notebook["cells"].pop(notebook["cells"].index(cell_of(notebook, "linear_forward")))
    notebook["cells"] += [own("# mine"), answer]


def below_a_text(notebook):
    """Below the last text of all, whose number belongs to one above the answer in the release."""
    notebook["cells"] += [
        {"cell_type": "markdown", "id": "text-04", "metadata": {}, "source": "An older text."},
        own("# mine"),
    ]


@pytest.mark.parametrize(
    ("change", "is_above"), [(copied_above, True), (moved_to_the_end, True), (below_a_text, False)]
)
def test_a_cell_stays_on_its_side_of_the_answer(change, is_above):
    mine = of_older_release(answers={"linear_forward": RIGHT})
    change(mine)
    update = updated(mine, released(LINEAR))
    own_place, answer = places(update.notebook, "# mine", RIGHT)
    assert (own_place < answer) is is_above
    check_is_valid(update.notebook)


@pytest.mark.parametrize(("name", "is_moved"), [("brought", True), ("there", False)])
def test_a_name_of_the_learners_is_not_taken_by_new_imports(name, is_moved):
    mine, new = of_older_release(answers={"linear_forward": RIGHT}), released(LINEAR)
    cell_of(mine, "linear_forward-setup")["source"] += "\nimport math as there"
    cell_of(new, "linear_forward-setup")["source"] += "\nimport math as there, cmath as brought"
    mine["cells"].insert(0, own(f"%matplotlib inline\ndef {name}(z):\n    return z  # mine"))
    place, imports = places(updated(mine, new).notebook, "# mine", "cmath as brought")
    assert (place > imports) is is_moved


@pytest.mark.parametrize("ends", [lambda t: t.replace("\n", "\r\n"), lambda t: f"{t}  \n"])
def test_other_line_ends_are_no_change(ends):
    mine, new = of_older_release(answers={"linear_forward": RIGHT}), released(LINEAR)
    for cell in mine["cells"]:
        cell["source"] = ends(cell["source"])
    update = updated(mine, new)
    assert len(update.notebook["cells"]) == len(new["cells"])
