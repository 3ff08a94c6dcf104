"""The course's gates: starters fail, solutions pass, every misconception is caught."""

import ast
import re
from collections import defaultdict

import nbformat
import pytest

from grader_tests.catalogue import Accepted, Misconception
from tests.reference import COURSE, each_entry, each_function, entries
from tests.submissions import reference_answers
from workbook.course.exercises import (
    FUNCTIONS,
    NOTEBOOKS,
    PAGES,
    find_function,
)
from workbook.course.hidden_tests import run
from workbook.grade.submissions.answers import catalogue_answer, filled_notebook
from workbook.grade.submissions.jobs import Job
from workbook.learn.workspace.lab import check_notebook

each_exercise = pytest.mark.parametrize(
    "exercise",
    [pytest.param(one, marks=[pytest.mark.slow] if one.is_lab else []) for one in NOTEBOOKS],
    ids=lambda one: one.name,
)
each_misconception = each_entry(Misconception, step=60)
each_accepted = each_entry(Accepted, step=12)


def submission(exercise, answers, seed=0):
    """Return the job of a released notebook whose stubs hold these answers."""
    text = nbformat.writes(filled_notebook(COURSE, exercise, answers))
    return Job("ada", exercise, text.encode(), seed)


def of_function(result, name):
    """Return the verdicts of one function's hidden tests."""
    names = {test.name for test in COURSE.hidden_tests(name)}
    return [verdict for verdict in result.tests if verdict.name in names]


@pytest.mark.in_turns(3)
@each_exercise
def test_a_starter_gets_no_points(exercise, judge):
    result = judge.judge(submission(exercise, None))
    assert (result.status, result.points) == ("graded", 0.0)
    tests = COURSE.all_hidden_tests(exercise)
    for verdict, test in zip(result.tests, tests, strict=True):
        message = "is not written yet: it raises NotImplementedError"
        if find_function(test.of).is_class:
            # Which of its methods is not, the line of the script says.
            assert re.fullmatch(f"your class {message} in `.+`", verdict.message)
        else:
            assert verdict.message == f"your function {message}"
    cards = check_notebook(COURSE.root / "release" / exercise.notebook_path)
    assert [card.function.name for card in cards] == list(exercise.functions)
    assert not [e.verdict.title for card in cards for e in card.entries if e.verdict.passed]


@pytest.mark.in_turns(3)
@each_exercise
def test_a_solution_gets_full_marks(exercise, judge, solved):
    result = judge.judge(submission(exercise, reference_answers(COURSE, exercise)))
    assert not [(v.title, v.message) for v in result.tests if not v.passed]
    assert (result.status, result.points) == ("graded", exercise.points)
    assert (result.notes, result.limits) == ((), {})
    cards = check_notebook(solved / exercise.notebook_path)
    assert [card.function.name for card in cards] == list(exercise.functions)
    assert all(card.entries for card in cards)
    assert not [(e.verdict.title, e.verdict.message) for card in cards for e in card.failed]


@pytest.mark.in_turns(5)
@pytest.mark.slow
@each_misconception
def test_a_misconception_loses_points(name, entry, judge):
    exercise = FUNCTIONS[name]
    right = reference_answers(COURSE, exercise)
    wrong = {name: catalogue_answer(COURSE, name, entry.name)}
    result = judge.judge(submission(exercise, right | wrong))
    assert result.status == "graded", result.notes
    # What is wrong in one function of a lab costs no other one a point.
    theirs = of_function(result, name)
    assert all(verdict.passed for verdict in result.tests if verdict not in theirs)
    (fitting,) = [v for v in result.tests if v.name == entry.caught_by]
    assert not fitting.passed, f"not caught: {fitting.title}"
    assert fitting.message
    assert result.points == sum(v.points for v in result.tests if v.passed) < exercise.points
    # The judge, which sees the answer only through a proxy, names the mistake, too.
    assert fitting.diagnosis == entry.sentence


@pytest.mark.in_turns(4)
@pytest.mark.slow
@each_accepted
def test_a_right_answer_in_another_style_gets_full_marks(name, entry, judge):
    exercise = FUNCTIONS[name]
    answers = reference_answers(COURSE, exercise)
    answers[name] = catalogue_answer(COURSE, name, entry.name)
    result = judge.judge(submission(exercise, answers))
    refused = [(v.title, v.message) for v in result.tests if not v.passed]
    assert not refused, f"refused, though it is right: {entry.why}"
    assert (result.status, result.points) == ("graded", exercise.points)


@each_exercise
def test_the_points_of_the_tests_add_up(exercise):
    points = [test.points for test in COURSE.all_hidden_tests(exercise)]
    assert all(one > 0 for one in points)
    assert sum(points) == exercise.points


@each_function
def test_there_are_wrong_answers_and_other_right_ones(name):
    assert len(entries(name, Misconception)) >= 5
    assert len(entries(name, Accepted)) >= 3
    # pytest collects the catalogue's files with the hidden tests.
    both = (Misconception, Accepted)
    assert not [e.name for kind in both for e in entries(name, kind) if e.name[:4] == "test"]


@each_function
def test_every_sentence_is_a_tutors(name):
    sentences = {entry.sentence for entry in entries(name, Misconception)}
    # Short names and numbers, such as `m` or `"relu"`, are words of the field.
    code = {c for c in secrets_of(COURSE.solution(name)) if len(c) > 8}
    for sentence in sentences:
        assert 0 < len(sentence.strip()) < 300
        assert sentence.rstrip().endswith((".", "?")), sentence
        assert not [c for c in code if c in squeezed(sentence)], sentence


@pytest.mark.in_turns(4)
@pytest.mark.slow
@each_function
def test_each_mistake_is_caught_and_its_sentence_is_its_own_unless_nothing_tells_them_apart(name):
    tests = {test.name: test for test in COURSE.hidden_tests(name)}
    by_sentence = {}
    for entry in entries(name, Misconception):
        by_sentence.setdefault(entry.sentence, []).append(entry)
        told = []
        # What is told at once is what the test itself says, and not the visible check.
        run([tests[entry.caught_by]], entry.function, 0, told.append)
        if told[0].passed:
            told = run(tests.values(), entry.function, 0)
        assert not next(one for one in told if one.name == entry.caught_by).passed, entry.name
    for first, *others in by_sentence.values():
        verdicts = others and run(tests.values(), first.function, 0)
        for other in others:
            assert other.caught_by == first.caught_by, f"{first.name} and {other.name}"
            found = run(tests.values(), other.function, 0)
            assert found == verdicts, f"{first.name} and {other.name}"


def squeezed(text):
    return "".join(text.split())


def secrets_of(path):
    """Return the code of a file's functions and classes, piece by piece, without white space."""
    found = set()
    for function in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(function, ast.FunctionDef | ast.ClassDef):
            nodes = [node for statement in function.body for node in ast.walk(statement)]
            found |= {squeezed(piece) for piece in map(as_piece, nodes) if piece}
    return found


def as_piece(node):
    """Return the code of a statement, or of a part that gives it away, and else ""."""
    if isinstance(node, ast.For):
        return f"for {ast.unparse(node.target)} in {ast.unparse(node.iter)}:"
    # A docstring stands in the stub, too.
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    statements = ast.Assign | ast.AugAssign | ast.Return | ast.Expr
    parts = ast.BinOp | ast.DictComp
    # A call of an earlier exercise is what the lessons talk about.
    is_numpy = isinstance(node, ast.Call) and ast.unparse(node.func).startswith("np.")
    is_code = isinstance(node, statements | parts) or is_numpy
    return ast.unparse(node) if is_code and not is_docstring else ""


def files_in(folder):
    """Return the files of a folder of the course, without what Python and Jupyter keep there."""
    root = COURSE.root / folder
    paths = [path.relative_to(root) for path in root.rglob("*") if path.is_file()]
    kept = [p for p in paths if not any(x.startswith((".", "__pycache__")) for x in p.parts)]
    return sorted(path.as_posix() for path in kept)


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("assignments", [f"{e.assignment}/{e.notebook}.md" for e in NOTEBOOKS + PAGES]),
        ("source", [e.notebook_path for e in NOTEBOOKS + PAGES]),
        ("release", [e.notebook_path for e in NOTEBOOKS + PAGES]),
        ("solutions", [f"{name}.py" for name in FUNCTIONS]),
        (
            "grader_tests",
            [
                "catalogue.py",
                "conftest.py",
                "calls.py",
                "draws.py",
                "support.py",
                "random_support.py",
                "lab_support.py",
                "optimiser_support.py",
                "overfitting_support.py",
                "candidates.py",
            ]
            + [f"{folder}{name}.py" for name in FUNCTIONS for folder in ("", "misconceptions/")],
        ),
        (
            "workbook/course/data",
            [f"{name}.json" for name in ("course", "hints", "hints_for", "questions", *FUNCTIONS)],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_file_is_stray(folder, expected):
    assert files_in(folder) == sorted(expected)


@pytest.fixture(scope="module")
def in_the_open():
    """All that a student has: code by where it stands, squeezed as `secrets_of` does it."""
    code, text = {}, {}
    for exercise in NOTEBOOKS + PAGES:
        path = COURSE.root / "release" / exercise.notebook_path
        for cell in nbformat.read(path, as_version=4).cells:
            where = f"{exercise.notebook}, {cell.id}"
            text[where] = cell.source
            if cell.cell_type == "code":
                code[where] = squeezed(ast.unparse(ast.parse(cell.source)))
            else:
                code[where] = squeezed(cell.source)
    for path in sorted((COURSE.root / "workbook").rglob("*")):
        if path.suffix in (".py", ".json"):
            where = str(path.relative_to(COURSE.root))
            text[where] = path.read_text(encoding="utf-8")
            python = ast.unparse(ast.parse(text[where])) if path.suffix == ".py" else text[where]
            code[where] = squeezed(python)
    return code, text


@pytest.mark.slow
def test_no_solution_is_in_the_open(in_the_open):
    code, _ = in_the_open
    given = code["workbook/course/given/activations.py"]
    # By their first letters, since all of them are looked for at once.
    secret = defaultdict(set)
    for name in FUNCTIONS:
        # A lab may ask for what an earlier lesson has shown, such as the tenth's training loop.
        shown = given + "".join(shown_before(code, FUNCTIONS[name]))
        # What a stub's own docstring says is given, and the given methods of a class.
        shown += squeezed(COURSE.reference(name).__doc__) + given_in(COURSE.solution(name))
        for path in (
            COURSE.solution(name),
            COURSE.root / "grader_tests" / "misconceptions" / f"{name}.py",
        ):
            # Shorter code, such as `return parameters`, says nothing.
            hidden = {one for one in secrets_of(path) if len(one) > 16 and one not in shown}
            assert hidden
            for one in hidden:
                secret[one[:17]].add((one, f"{path.parent.name}/{path.name}"))
    found = [
        (piece, path, where)
        for where, text in code.items()
        for at in range(len(text))
        for piece, path in secret.get(text[at : at + 17], ())
        if text.startswith(piece, at)
    ]
    assert not found


def given_in(path):
    """Return the code of a solution file outside of its markers, squeezed."""
    text = path.read_text(encoding="utf-8")
    begin, end = "### BEGIN SOLUTION", "### END SOLUTION"
    return squeezed(ast.unparse(ast.parse(re.sub(f"{begin}.*?{end}", "pass", text, flags=re.S))))


def shown_before(code, exercise):
    """Yield the code of the notebooks that come before a lab; nothing for the ten."""
    earlier = [e.notebook for e in NOTEBOOKS if exercise.is_lab and e.number < exercise.number]
    return (text for where, text in code.items() if where.partition(",")[0] in earlier)


@pytest.mark.slow
def test_no_marker_of_an_answer_is_in_the_open(in_the_open):
    _, text = in_the_open
    # The program names the markers, since it looks for them.
    notebooks = {where: t for where, t in text.items() if not where.endswith(".py")}
    for where, content in notebooks.items():
        for marker in ("BEGIN SOLUTION", "HIDDEN TESTS", "hidden_tests()", "grader_tests"):
            assert marker not in content, where
