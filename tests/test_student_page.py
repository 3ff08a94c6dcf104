"""The page that a student gets back: what it says, in which order, and that it is harmless."""

import re
from dataclasses import replace
from itertools import pairwise

import nbformat
import pytest
from bs4 import BeautifulSoup

from tests.browser.lab import browser_page, needs_chromium
from tests.html_page import Page
from tests.submissions import COURSE, reference_answers
from tests.test_class import words
from workbook.course.exercises import find
from workbook.course.verdicts import Verdict
from workbook.grade.gradebook.marks import NO_RESPONSE, CellMark, Marks
from workbook.grade.judging.autograded import autograded
from workbook.grade.pages.student import NotRecordedError, page
from workbook.grade.submissions.answers import filled_notebook
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.results import Result
from workbook.grade.submissions.submission import read_submission

EXERCISE, LAB = find("linear_backward"), find("train_it")
HOSTILE = "</p><img src=x onerror=alert(1)> \"'\x1b[31m\u202e"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
FLAT = "db has lost an axis: see `keepdims`."
LARGE = "dW is m times too large."


def result_of(exercise, failed=None, **more):
    """Return a result in which these tests fail, each with a message; all others pass."""
    failed = failed or {}
    tests = tuple(
        Verdict(test.name, test.title, False, 0.0, test.points, *failed[test.name])
        if test.name in failed
        else Verdict(test.name, test.title, True, test.points, test.points)
        for test in COURSE.all_hidden_tests(exercise)
    )
    points = sum(one.points for one in tests)
    most = sum(one.max_points for one in tests)
    more = {"status": "graded", **more}
    return Result("ada", exercise.assignment, exercise.name, points=points, max_points=most,
                  tests=tests, **more)  # fmt: skip


def page_of(result, marks=None, change=lambda notebook: None, lesson=""):
    """Return the page of a right notebook with this result."""
    exercise = find(result.exercise)
    notebook = filled_notebook(COURSE, exercise, reference_answers(COURSE, exercise))
    change(notebook)
    source, release = (course_notebook(COURSE, one, exercise) for one in ("source", "release"))
    handed_in = read_submission(nbformat.writes(notebook).encode(), source).notebook
    marks = marks or Marks("ada", "", {"linear_backward-parameters": CellMark(result.points)})
    return page(nbformat.writes(autograded(handed_in, release, result, lesson)), marks)


def text_of(html):
    """Return the words that a page shows."""
    body = BeautifulSoup(html, "html.parser").body
    for tag in body.find_all(("p", "li", "h1", "h2", "h3", "td", "th", "b", "summary", "pre")):
        tag.append(" ")
    return words(body.get_text())


def two_mistakes():
    both = f"{LARGE}\n{FLAT}"
    failed = {"test_dW": ("dW is not right: largest error 3", both),
              "test_db": ("db has shape (3,); it should have shape (3, 1)", both)}  # fmt: skip
    return result_of(EXERCISE, failed)


def in_order(text, *parts):
    """Fail unless these parts stand in a text one after the other."""
    last = 0
    for part in parts:
        assert part in text[last:], f"{part!r} does not come next in {text[last : last + 500]!r}"
        last = text.index(part, last) + len(part)


def test_what_is_wrong_comes_first_then_the_tests_then_what_passed():
    marks = Marks(
        "ada", "Ada L.", {"linear_backward-input": CellMark(8.0)}, assignment=(29.0, 36.0)
    )
    text = text_of(page_of(two_mistakes(), marks))
    in_order(
        text,
        "7. Backward through the linear part of a layer",
        "Ada L. (ada)", "07_linear_backward",
        "8 of 12 points for this notebook", "6 of 8 hidden tests passed",
        "29 of 36 points for the whole assignment",
        "Where it goes wrong:", LARGE, FLAT.replace("`", ""),
        "Did not pass",
        "dW is the product", "0 of 2", "dW is not right: largest error 3",
        "db is the sum of dZ", "0 of 2", "db has shape (3,); it should have shape (3, 1)",
        "What to do next:", "“The formula” and “The shapes”", 'hint("linear_backward", 3)',
        "Passed", "dA_prev is", "3 of 3",
        "Your code", "def linear_backward",
    )  # fmt: skip
    # A sentence is said once, whichever tests it explains.
    assert text.count(LARGE) == 1
    assert "How the mark comes about" not in text


def test_the_mark_says_how_it_comes_about():
    cells = {
        "linear_backward-parameters": CellMark(1.0, 2.5),
        "linear_backward-input": CellMark(4.0, None, 0.25),
        "linear_backward-contract": CellMark(3.0),
    }
    said = {"linear_backward": "Well begun: see `b`.\nOnce more?"}
    marks = Marks("ada", "", cells, said, 2.0, 25 * 3600.0)
    text = text_of(page_of(two_mistakes(), marks))
    in_order(
        text,
        "7.75 of 12 points for this notebook",
        "the hidden tests gave 8", "changed by hand +1.5", "extra credit +0.25",
        "handed in 25 hours late \N{MINUS SIGN}2", "the mark 7.75",
        "8 of 12 points from the tests", "Comment on your answer Well begun: see b. Once more?",
        "By hand, for dW and db: 2.5 of 5; the tests gave 1.",
        "By hand, for dA_prev: 0.25 extra credit.",
    )  # fmt: skip
    assert "for the whole assignment" not in text


def test_a_test_that_counts_otherwise_says_so():
    how = "everybody who has handed in gets the points of this test (it was `wrong`)"
    result = two_mistakes()
    voided = {"test_db": {"how": how, "points": 0.0, "max_points": 2.0}}
    tests = tuple(replace(one, points=one.max_points) if one.name == "test_db" else one
                  for one in result.tests)  # fmt: skip
    html = page_of(replace(result, tests=tests, points=10.0, voided=voided))
    in_order(text_of(html), "Did not pass", "db is the sum of dZ", "2 of 2",
             f"Changed later: {how.replace('`', '')}.")  # fmt: skip
    # The class report leads here.
    assert BeautifulSoup(html, "html.parser").select_one("main")["id"] == EXERCISE.name


def test_sections_lead_to_the_lesson_where_it_is_on_the_web():
    lesson = "https://example.org/course/book/3_backward_propagation/07_linear_backward.html"
    links = BeautifulSoup(page_of(two_mistakes(), lesson=lesson), "html.parser").select(".next a")
    assert {one.get_text(): one["href"] for one in links} == {
        "“The formula”": f"{lesson}#the-formula",
        "“The shapes”": f"{lesson}#the-shapes",
    }


def test_an_answer_that_is_not_there_gets_no_reproach():
    failed = {one.name: ("linear_backward is not written yet", None)
              for one in COURSE.all_hidden_tests(EXERCISE)}  # fmt: skip
    result = result_of(EXERCISE, failed, untouched=("linear_backward",))
    text = text_of(page_of(result, Marks(comments={"linear_backward": NO_RESPONSE})))
    in_order(
        text,
        "0 of 8 hidden tests passed",
        "linear_backward is not written yet", "Did not pass",
        "“The idea” and “Your turn”", 'hint("linear_backward", 1)', "a question",
        "The cell for your answer is as it was released.",
    )  # fmt: skip
    # What is true of all tests is said once.
    assert text.count("is not written yet") == 1
    assert NO_RESPONSE not in text
    assert "Where it goes wrong" not in text
    # An answer may stand in another cell.
    elsewhere = text_of(page_of(result_of(EXERCISE, untouched=("linear_backward",))))
    in_order(elsewhere, "8 of 8 hidden tests passed", "Passed, all of it", "written elsewhere")


def test_the_same_message_twice_is_said_once():
    wrong = "db has shape (3,)"
    failed = {"test_db": (wrong, None), "test_dW_and_db_by_finite_differences": (wrong, None),
              "test_order": ("two values", None)}  # fmt: skip
    text = text_of(page_of(result_of(EXERCISE, failed)))
    assert text.count(wrong) == 1
    assert "(the same reason as above)" in text


def test_an_end_and_notes_are_said():
    died = "the process ended while linear_backward ran"
    cell = "cell 4, line 1, `import own`, failed: ModuleNotFoundError. It was passed over"
    notes = (died, "07.ipynb does not count: it is older", cell)
    result = result_of(EXERCISE, {"test_dW": (died, None)}, status="crashed", notes=notes,
                       limits={"memory": "512 MB of memory"})  # fmt: skip
    text = text_of(page_of(result))
    in_order(text, "Your notebook ended the process", died, "Notes from grading",
             "Limit reached: 512 MB of", "07.ipynb does not count", "import own")  # fmt: skip
    assert text.count(died) == 1
    # What was passed over and cost nothing is nobody's concern.
    assert "passed over" not in text_of(page_of(result_of(EXERCISE, notes=(cell,))))


def test_every_function_of_a_lab_has_its_part():
    first, *_, last = LAB.functions
    (test,) = [one for one in COURSE.all_hidden_tests(LAB) if one.of == last][:1]
    html = page_of(result_of(LAB, {test.name: ("the batches overlap", None)}))
    soup = BeautifulSoup(html, "html.parser")
    parts = soup.select("section.answer")
    assert [part.h2.code.get_text() for part in parts] == list(LAB.functions)
    assert "Passed, all of it" in words(parts[0].get_text())
    assert f"def {first}" in parts[0].get_text()
    assert "the batches overlap" in parts[-1].get_text()
    assert "read “Your turn: not all examples at once” again" in words(parts[-1].get_text())
    assert f"of {LAB.points} bonus points for this notebook" in text_of(html)


def own_cells(notebook):
    (experiment, *_) = [c for c in notebook.cells if "experiment" in c.metadata.get("tags", [])]
    display = nbformat.v4.new_output("display_data", {"image/png": PNG, "text/plain": "<Figure>"})
    experiment["outputs"] = [
        nbformat.v4.new_output("stream", text="dW \x1b[31m0.5\x1b[0m\n"),
        display,
    ]
    notebook.cells += [
        nbformat.v4.new_markdown_cell("# Mine\n\nI think *so*. [A page](https://a.example)"),
        nbformat.v4.new_code_cell(
            "my_own = 1  # <b>", outputs=[nbformat.v4.new_output("stream", text="<i>out</i>")]
        ),
    ]


def test_the_notebook_is_folded_with_what_is_the_students_own():
    html = page_of(two_mistakes(), change=own_cells)
    folded = BeautifulSoup(html, "html.parser").select_one(".notebook details")
    assert not folded.has_attr("open")
    text = words(folded.get_text())
    in_order(text, "The lesson's cell a, w = 3.0, 2.0 displayed:", "dW 0.5", "Mine",
             "I think so.", "my_own = 1 # <b>", "<i>out</i>")  # fmt: skip
    # The lesson's own text and code are not.
    assert "A layer is like a mixing desk" not in html
    assert "n_prev, n_l, m = 4, 3, 6" not in html
    (image,) = folded.select("img")
    assert image["alt"] == "Picture 1 that your notebook displayed, under “Try it”"
    assert image["src"] == f"data:image/png;base64,{PNG}"
    assert folded.select_one("a[href^=http]")["href"] == "https://a.example"


def pages():
    marks = Marks(HOSTILE, HOSTILE, {"linear_backward-input": CellMark(1.0, 2.0, 1.0)},
                  {"linear_backward": HOSTILE}, 1.0, 90.0)  # fmt: skip
    hostile = replace(
        result_of(EXERCISE, {"test_dW": (HOSTILE, HOSTILE)}),
        notes=(HOSTILE,),
        limits={"memory": HOSTILE},
    )
    yield page_of(hostile, marks, own_cells)
    yield page_of(two_mistakes(), change=own_cells)
    yield page_of(result_of(LAB))


def test_a_page_has_a_few_megabytes_at_most_and_the_answer_comes_first():
    def fill(notebook):
        signs = [nbformat.v4.new_raw_cell("'" * 9_900) for _ in range(400)]
        code = [nbformat.v4.new_code_cell("a;" * 20_000) for _ in range(20)]
        notebook.cells[:0] = [*signs, *code]

    html = page_of(two_mistakes(), change=fill)
    assert len(html) < 6_000_000
    assert "dZ" in BeautifulSoup(html.partition('<details class="notebook"')[0], "html.parser").text
    assert "left out here: the page would be too long" in html


def test_a_page_runs_nothing_fetches_nothing_and_can_be_read_aloud():
    for html in pages():
        found = Page(html)
        assert not {"script", "link", "iframe", "object", "form", "base"} & set(found.names)
        assert not [name for _, given in found.tags for name in given if name.startswith("on")]
        (policy,) = [given["content"] for _, given in found.tags if given.get("http-equiv")]
        assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        assert not re.search(r"url\(|@import|[\x1b\u202e]", html)
        assert all(given["src"].startswith("data:image/png") and given["alt"]
                   for tag, given in found.tags if tag == "img")  # fmt: skip
        levels = [int(name[1]) for name in found.names if re.fullmatch("h[1-6]", name)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later - before <= 1 for before, later in pairwise(levels))
        names = [given["id"] for _, given in found.tags if "id" in given]
        assert len(set(names)) == len(names)
        assert {link[1:] for link in found.links if link.startswith("#")} <= set(names)
        pointed = [
            given["aria-labelledby"] for _, given in found.tags if "aria-labelledby" in given
        ]
        assert set(pointed) <= set(names)
        scrolling = [given for _, given in found.tags if given.get("tabindex") == "0"]
        assert all(given["role"] == "region" and given["aria-label"] for given in scrolling)


def test_a_notebook_without_a_result_says_what_to_do():
    notebook = course_notebook(COURSE, "release", EXERCISE)
    with pytest.raises(NotRecordedError, match="autograde it again"):
        page(nbformat.writes(notebook), Marks())


@pytest.mark.slow
@needs_chromium
def test_it_fits_a_phone_and_two_sheets(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(page_of(two_mistakes(), change=own_cells), encoding="utf-8")
    for width in (400, 1280):
        with browser_page(width=width) as tab:
            asked = []
            tab.on("request", lambda request, asked=asked: asked.append(request.url))
            tab.goto(path.as_uri())
            tab.locator("summary").click()
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
            sheets = len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format="A4")))
            assert sheets <= 2
