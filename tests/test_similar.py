"""Pairs of answers to look at: copies are found, independent right answers are not shown."""

import inspect
import re
import textwrap

import pytest

from grader_tests.catalogue import Accepted
from tests.command import workbook
from tests.conftest import ROOT
from tests.published_styles import ANSWERS
from tests.reference import COURSE, entries
from workbook.course.exercises import FUNCTIONS, NOTEBOOKS, find
from workbook.grade.roster.roster import Roster, Student
from workbook.grade.similar.answers import Answer, given_texts
from workbook.grade.similar.pairs import SyntaxTrees, pairs_of
from workbook.grade.submissions.answers import filled_notebook, submit

EXERCISE_OF = {name: exercise for exercise in NOTEBOOKS for name in exercise.functions}


def independent(name):
    """Return the right answers in various styles that the project knows."""
    texts = [inspect.getsource(entry.function) for entry in entries(name, Accepted)]
    texts = [
        textwrap.dedent(text[re.search(r"^\s*(def|class) ", text, re.M).start() :])
        for text in texts
    ]
    return [*texts, *([ANSWERS[name]] if name in ANSWERS else [])]


def a_class(name, texts):
    return [Answer(f"student {n}", EXERCISE_OF[name], name, text) for n, text in enumerate(texts)]


@pytest.mark.slow
def test_independent_right_answers_are_not_shown():
    answers = [one for name in FUNCTIONS for one in a_class(name, independent(name))]
    assert len(answers) > 100
    assert pairs_of(COURSE, answers) == []


DETOUR = '''
def compute_cost(AL, Y):
    """Return the cost."""
    number = AL.shape[1]
    # yes-part and no-part apart, so I can print them
    yes = sum(np.log(AL[0, i]) for i in range(number) if Y[0, i] == 1)
    no = 0.0
    for i in range(number):
        if Y[0, i] == 0:
            no = no + np.log(1 - AL[0, i])
    total = yes + no
    return float(-total / number)
'''
RENAMED = '''
def compute_cost(AL, Y):
    """Cost of the whole batch, as in the lecture."""
    n = AL.shape[1]
    a = sum(np.log(AL[0, k]) for k in range(n) if Y[0, k] == 1)
    b = 0.0
    for k in range(n):
        if Y[0, k] == 0:
            b = b + np.log(1 - AL[0, k])
    s = a + b
    return float(-s / n)
'''
REORDERED = """
def compute_cost(AL, Y):
    no = 0.0
    number = AL.shape[1]
    for i in range(number):
        if Y[0, i] == 0:
            no = no + np.log(1 - AL[0, i])
    yes = sum(np.log(AL[0, i]) for i in range(number) if Y[0, i] == 1)
    total = yes + no
    return float(-total / number)
"""
RETYPED = """
def compute_cost( AL,Y ):
  number=AL.shape[ 1 ]

  yes=sum( np.log( AL[ 0,i ] ) for i in range( number ) if Y[ 0,i ]==1 )
  no=0.0
  for i in range( number ):
      if Y[ 0,i ]==0: no=no+np.log( 1-AL[ 0,i ] )   # the others
  total=yes+no
  return float( -total/number )
"""


@pytest.mark.parametrize(
    "copy", [RENAMED, REORDERED, RETYPED], ids=["renamed", "reordered", "retyped"]
)
def test_a_copy_of_a_detour_is_found_among_other_answers(copy):
    texts = [DETOUR, *independent("compute_cost"), copy]
    [pair] = pairs_of(COURSE, a_class("compute_cost", texts))
    assert {pair.first, pair.second} == {"student 0", f"student {len(texts) - 1}"}
    [one] = pair.likenesses
    assert SyntaxTrees().share(one) is not None
    for answer, lines in one.sides:
        marked = [answer.text.splitlines()[n] for n in lines]
        assert any("np.log" in line for line in marked)
        assert len(marked) >= 3


def test_what_the_course_gives_and_what_the_class_shares_does_not_count():
    [reference] = given_texts(COURSE, find("compute_cost"), "source")
    assert pairs_of(COURSE, a_class("compute_cost", [reference] * 2 + [DETOUR])) == []
    # From a video that the whole class has seen.
    assert pairs_of(COURSE, a_class("compute_cost", [DETOUR] * 30)) == []


def test_labs_stand_above_the_ten():
    lab = next(name for name in FUNCTIONS if EXERCISE_OF[name].is_lab and name != "Value")
    odd = DETOUR.replace("compute_cost", lab)
    both = [*a_class("compute_cost", [DETOUR, DETOUR]), *a_class(lab, [odd, odd])]
    [pair] = pairs_of(COURSE, both)
    assert [one.first.function for one in pair.likenesses] == [lab, "compute_cost"]


def test_an_answer_that_is_no_python_is_compared_all_the_same():
    broken = DETOUR.replace("for i in range(number):", "for i in range(number)")
    [pair] = pairs_of(COURSE, a_class("compute_cost", [broken, broken, "def compute_cost("]))
    assert SyntaxTrees().share(pair.likenesses[0]) is None


@pytest.mark.slow
def test_thousands_of_functions_stop_nobody(monkeypatch):
    """Each function of one answer would be compared with each of the other: for minutes."""
    monkeypatch.setattr("workbook.grade.similar.pairs._MOST_SECONDS", 1.5)
    texts = ["".join(f"def f{n}(): return {what}\n" for n in range(800)) for what in ("a", "0")]
    [pair] = pairs_of(COURSE, a_class("compute_cost", [f"{text}{DETOUR}" for text in texts]))
    trees = SyntaxTrees()
    # Nothing is known of any of them: the first has used up the time of all.
    assert [trees.share(pair.likenesses[0]) for _ in range(40)] == [None] * 40


@pytest.fixture(scope="module")
def submitted(tmp_path_factory):
    """A class of two who share a detour, one who does not, and one with the stub."""
    folder = tmp_path_factory.mktemp("similar") / "submitted"
    texts = {"ada": DETOUR, "<i>bo": RENAMED, "cy": independent("compute_cost")[0], "di": None}
    for student, text in texts.items():
        hand_in(folder, student, text)
    return folder


def hand_in(folder, student, text):
    """Hand in an answer."""
    exercise = find("compute_cost")
    submit(folder, student, exercise, filled_notebook(COURSE, exercise, text))


def run(*args):
    return workbook("similar", *args, "--course", ROOT)


def test_the_pages(submitted, tmp_path):
    out = tmp_path / "pages"
    ran = run(submitted, "--out", out)
    assert ran.exit_code == 0, ran.output
    assert "1 pair to look at, of 3 students. This is not a verdict." in ran.output
    assert out.stat().st_mode & 0o077 == 0
    listing, pair = (out / name for name in ("index.html", "pair_001.html"))
    assert 'href="pair_001.html"' in listing.read_text(encoding="utf-8")
    text = pair.read_text(encoding="utf-8")
    assert "&lt;i&gt;bo" in text
    assert "<i>bo" not in text
    assert 'class="both"' in text
    assert "cy" not in re.sub(r"<style>.*?</style>", "", text, flags=re.S).split()
    # The next run leaves nothing of this one.
    hand_in(submitted, "ada", independent("compute_cost")[1])
    other = run(submitted, "--out", out)
    assert "No two of 3 students share much" in other.output
    assert [file.name for file in out.iterdir()] == ["index.html"]


def test_those_who_hand_in_together_are_no_pair(submitted, tmp_path, monkeypatch):
    hand_in(submitted, "ada", DETOUR)
    together = Roster((Student("ada", group="one"), Student("<i>bo", group="one")))
    monkeypatch.setattr("workbook.grade.roster.roster.read_roster", lambda course: together)
    assert "No two of 3 students share much" in run(submitted, "--out", tmp_path / "p").output


@pytest.mark.parametrize("folder", ["feedback", "release/pages", "submitted"])
def test_the_pages_never_lie_where_students_get_to_see_them(folder, submitted):
    ran = run(submitted, "--out", ROOT / folder)
    assert ran.exit_code == 2
    assert "name students" in ran.output
    assert not (ROOT / folder / "index.html").exists()


def test_one_student_is_no_class(submitted):
    ran = run(submitted / "ada")
    assert ran.exit_code == 2
    assert "no two students" in ran.output
