"""The site's front page and the book, built from a course that a teacher has changed."""

import contextlib
import functools
import http.server
import io
import json
import os
import re
import threading
from pathlib import Path
from urllib.parse import parse_qs, unquote, urldefrag, urljoin, urlsplit

import nbformat
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from tests.browser.lab import browser_page, needs_chromium
from tests.changed_course import ADDRESS, NEW, REPOSITORY, TITLE, changed_course
from tests.conftest import ROOT
from tests.reference import by_commit
from workbook.build.embed import solution_text
from workbook.course.exercises import FUNCTIONS, in_order, use_course
from workbook.course.folder import CourseError
from workbook.figures.plots.training_panels import plane_points
from workbook.figures.sliders.recorded_runs import SIDE, recorded
from workbook.learn.questions import reading
from workbook.site.book import write_book, write_front_page
from workbook.site.links import links_of, teachers_page
from workbook.site.settings import Site

pytestmark = pytest.mark.slow

COLAB = "https://colab.research.google.com/github/someone/course/blob/HEAD/release"
BINDER = "https://mybinder.org/v2/gh/someone/course/HEAD?labpath=release"
# What other parts of the site write.
OTHERS = ("lite/", "notebooks/", "work/")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The site's folder, its notebooks in their order, and what was said while it was made."""
    root = tmp_path_factory.mktemp("book")
    course = changed_course(root / "course")
    folder = root / "server" / "under" / "a path"
    use_course(course.root)
    with contextlib.redirect_stderr(io.StringIO()) as said:
        site = Site(course, folder, "", ADDRESS, None, False)
        write_front_page(site)
        write_book(site)
    notebooks = [one.notebook_path.removesuffix(".ipynb") for one in in_order()]
    use_course(ROOT)
    return folder, notebooks, said.getvalue()


@functools.cache
def page(folder, name):
    """A page of the site, parsed; to be read only."""
    return BeautifulSoup((folder / name).read_text(encoding="utf-8"), "html.parser")


def test_the_book_has_every_notebook_in_its_order(built):
    folder, notebooks, _ = built
    headings = {NEW: TITLE}
    for path in (ROOT / "release").rglob("*.ipynb"):
        first, *_ = nbformat.read(path, as_version=4).cells
        name = path.relative_to(ROOT / "release").with_suffix("").as_posix()
        headings[name] = first.source.splitlines()[0].removeprefix("# ")
    assert NEW in notebooks
    for before, name, after in zip(
        [None, *notebooks], notebooks, [*notebooks[1:], None], strict=False
    ):
        html = page(folder, f"book/{name}.html")
        title = html.select_one("article h1").get_text().rstrip("#\u00b6")
        assert title == headings[name]
        for where, other in ((".prev-page", before), (".next-page", after)):
            link = html.select_one(f".related-pages {where}")
            if other:
                assert urljoin(f"{name}.html", link["href"]) == f"{other}.html"
        links = {one.get_text(): one["href"] for one in html.select(".wb-open a")}
        path = f"{name}.ipynb"
        assert links == {
            "Open in this tab": f"../../lite/notebooks/index.html?path={path}",
            "Download": f"../../notebooks/{path}",
            "Open in Colab": f"{COLAB}/{path}",
            "Open in Binder": f"{BINDER}%2F{path.replace('/', '%2F')}",
        }


def test_every_link_inside_the_site_leads_somewhere(built):
    folder, notebooks, _ = built
    pages = [path.relative_to(folder).as_posix() for path in folder.rglob("*.html")]
    assert len(pages) == len(notebooks) + 3
    for name in pages:
        html = page(folder, name)
        for one in html.select("[href], [src]"):
            link = one.get("href") or one.get("src")
            if urlsplit(link).scheme:
                # Nothing else than a link may lead elsewhere, for it would be fetched.
                assert one.name == "a" or one.get("rel") == ["canonical"], (name, link)
                continue
            target, fragment = urldefrag(urljoin(name, link))
            place, _, query = unquote(target).partition("?")
            if place.startswith(OTHERS):
                path = parse_qs(query).get("path", [place.removeprefix("notebooks/")])[0]
                assert place == "work/index.html" or path.removesuffix(".ipynb") in notebooks
                continue
            assert (folder / place).is_file(), (name, link)
            if fragment and place.endswith(".html"):
                assert page(folder, place).find(id=fragment), (name, link)


def test_neither_solutions_nor_hidden_tests_are_in_it(built, course):
    folder, _, _ = built
    pages = (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    shown = "".join(page(folder, name).get_text() for name in pages)
    released = "".join(path.read_text() for path in (ROOT / "release").rglob("*.ipynb"))
    lines = {
        line.strip()
        for name in FUNCTIONS
        for line in solution_text(course.solution(name)).splitlines()
        if len(line.strip()) > 25 and json.dumps(line.strip())[1:-1] not in released
    }
    assert len(lines) > 100
    assert not [line for line in lines if line in shown]
    assert not re.search("def (test_|hidden_tests)|### BEGIN|grader_tests", shown)


def test_a_changed_course_is_followed(built):
    folder, _, said = built
    html = page(folder, f"book/{NEW}.html")
    article = html.select_one("article")
    assert 'Labs: "your" network' in html.select_one(".sidebar-tree").get_text()
    assert article.select_one("a[href='06_compute_cost.html#the-formula']").get_text() == "the cost"
    assert "[as it is](06_compute_cost.ipynb)" in article.get_text()
    assert "% not a comment, {code}" in article.get_text()
    assert article.select_one("img[alt='A leak']")
    assert [one.get_text() for one in article.select(".wb-hint summary")] == [
        "Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3",
    ]  # fmt: skip
    assert "It leaks (2 points)" in article.select_one("details.wb-tests").get_text()
    assert "print('```')" in article.select_one(".wb-experiment .highlight").get_text()
    assert article.select_one("math mtable")
    assert "<mi>log</mi><mspace" in str(article)
    assert [one.get_text() for one in article.select("mtext")] == ["b<c"]
    assert article.select_one("p code:-soup-contains('a_b_c')")
    first, second = said.splitlines()
    assert first.startswith(
        f"release/{NEW}.ipynb: WARNING: a formula is shown as it is written: a_b_c"
    )
    assert second == f"release/{NEW}.ipynb: WARNING: \\nosuch is not known in formulas: \\nosuch z"
    front = page(folder, "index.html").get_text()
    assert "eleven short functions" in " ".join(front.split())


def test_what_is_missing_is_named(tmp_path):
    course = changed_course(tmp_path / "course")
    use_course(course.root)
    site = Site(course, tmp_path / "site", "", None, None, False)
    path = course.root / "release" / f"{NEW}.ipynb"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CourseError, match=f"{NEW}.ipynb is not a notebook that can be read"):
        write_book(site)
    path.unlink()
    with pytest.raises(CourseError, match=f"{NEW}.ipynb: no such file. Run `workbook build`"):
        write_book(site)
    assert not site.folder.exists()


def test_links_elsewhere_need_an_address_and_github():
    known = ["Open in this tab", "Download"]
    for address, repository in (
        (None, None),
        (ADDRESS, None),
        (None, REPOSITORY),
        (ADDRESS, "https://git.example.org/someone/course"),
    ):
        assert [one.text for one in links_of("a/b.ipynb", "", address, repository)] == known
    assert teachers_page(None) is None
    assert teachers_page("https://git.example.org/it") == "https://git.example.org/it"
    assert teachers_page(f"{REPOSITORY}.git") == f"{REPOSITORY}/blob/HEAD/docs/instructors.md"


# In the browser


@pytest.fixture(scope="module")
def served(built):
    """The site's address on loopback, under a sub-path."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Say nothing of each request."""

    folder, _, _ = built
    handler = functools.partial(Quiet, directory=folder.parents[1])
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/under/a%20path"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser(served):
    """A page of a browser; nothing may be missing, or be asked of another server."""
    wrong = []
    with browser_page(height=900) as tab:
        tab.on("request", lambda one: one.url.startswith(served) or wrong.append(one.url))
        tab.on("response", lambda one: one.status < 400 or wrong.append(f"{one.status} {one.url}"))
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("console", lambda one: one.type == "error" and wrong.append(one.text))
        yield tab
    assert not wrong


@needs_chromium
@pytest.mark.browser
def test_it_can_be_read_by_everyone(browser, served, built, tmp_path):
    pictures = Path(os.environ.get("WORKBOOK_SCREENSHOTS", tmp_path))
    pictures.mkdir(parents=True, exist_ok=True)
    _, notebooks, _ = built
    looked_at = ["index.html", f"book/{NEW}.html", f"book/{notebooks[0]}.html"]
    # In the other theme only colours are other ones.
    of_colours = {"runOnly": ["color-contrast", "link-in-text-block"]}
    for theme, motion, rules in (
        ("light", "reduce", None),
        ("dark", "no-preference", of_colours),
    ):
        browser.emulate_media(color_scheme=theme, reduced_motion=motion)
        for name in looked_at:
            browser.set_viewport_size({"width": 1280, "height": 900})
            browser.goto(f"{served}/{name}")
            found = Axe().run(browser, options=rules).response["violations"]
            grave = [one for one in found if one["impact"] in ("serious", "critical")]
            assert not grave, (theme, name, json.dumps(grave, indent=1))
            browser.screenshot(path=pictures / f"site-{Path(name).stem}-{theme}.png")
    browser.set_viewport_size({"width": 400, "height": 800})
    for name in ["index", "book/index", *(f"book/{one}" for one in by_commit(notebooks, 4))]:
        browser.goto(f"{served}/{name}.html")
        assert browser.evaluate("document.documentElement.scrollWidth") <= 400, name


@needs_chromium
def test_search_finds_a_word(browser, served):
    browser.set_viewport_size({"width": 1280, "height": 900})
    browser.goto(f"{served}/book/index.html")
    browser.get_by_role("textbox", name="Search").fill("leaks")
    browser.keyboard.press("Enter")
    expect(browser.get_by_role("link", name=TITLE)).not_to_have_count(0)


@needs_chromium
def test_the_questions_answer(browser, served):
    browser.goto(f"{served}/book/{NEW}.html")
    keys = browser.keyboard

    def said(name):
        return browser.locator(f"#quiz-{name}").get_by_role("status")

    choice = browser.locator("#quiz-rows_of_first_weights")
    expect(choice.get_by_text("Folded.")).to_be_hidden()
    choice.get_by_role("button", name="A. (4, 3)").focus()
    keys.press("Enter")
    expect(said("rows_of_first_weights")).to_have_text(
        re.compile("Not yet.*has a row for each input")
    )
    expect(choice.get_by_role("status").locator("sub")).to_have_text("prev")
    keys.press("Tab")
    keys.press("Space")
    expect(said("rows_of_first_weights")).to_have_text(re.compile("Right.*A row for each unit"))
    for name, answers in {
        "how_many_parameters": {
            "": "No answer yet There is no number yet",
            "<b>x</b>": "<b>x</b>\u201d is not a number",
            "12": "Not yet .*the biases are missing",
            "4": "Not yet .*Count W1",
            "34/2": "Right",
        },
        "sigmoid_of_zero": {"0,505": "Right", "0.52": "Not yet .*Put 0 into"},
        "shape_of_bias": {
            "3": "No answer yet .*is not a shape",
            "(3,)": r"Not yet .*\(3,\) has 1 axis, and the right shape has 2",
            "1x3": "Not yet .*That is a row",
            "3 by 1": "Right",
        },
        "all_zero": {" ": "No answer yet", "Nothing": "Compare .*stay the same"},
    }.items():
        field = browser.locator(f"#quiz-{name}").get_by_role("textbox")
        for answer, wanted in answers.items():
            field.fill(answer)
            if name == "all_zero":
                browser.locator(f"#quiz-{name}").get_by_role("button").click()
            else:
                field.press("Enter")
            expect(said(name)).to_have_text(re.compile(wanted))
    texts = [
        "19", "0.5", "0,5", ".5", "1/2", "1,200", "1,234,567", "1.234,5", "1,234.5", "-3", "1e3",
        "\u22123", "1/0", "", "x", "1 000", "+2", "5.", "1//2", "(3, 4)", "3,4", "3 x 4", "(3,)",
        "[2;5]", "3 by 1", "()", "2 \u00d7 5", "(3)", "-1, 2", "3 4", "a, b", "2*5", "(2, 5,)", " ",
    ]  # fmt: skip
    read = browser.evaluate(
        "all => all.map(one => [workbookQuiz.numbers(one), workbookQuiz.shape(one)])", texts
    )
    wanted = [[list(reading.possible_numbers(one)), reading.shape(one)] for one in texts]
    assert [[a, b if b is None else tuple(b)] for a, b in read] == wanted


@needs_chromium
def test_the_network_learns(browser, served, built):
    _, notebooks, _ = built
    browser.emulate_media(reduced_motion="no-preference")
    browser.goto(f"{served}/index.html")
    slider, state = browser.get_by_role("slider"), browser.get_by_role("status")
    expect(slider).not_to_have_value("0")
    browser.get_by_role("button", name="Pause").click()
    at = slider.input_value()
    plane = browser.locator("canvas").first
    before = plane.evaluate("one => one.toDataURL()")
    expect(browser.get_by_role("img")).to_have_attribute("aria-label", re.compile(f"Step {at} of"))
    slider.fill("200")
    expect(state).to_have_text("Step 200 of 200: cost 0.015, 100% of the points right.")
    assert slider.input_value() != at
    assert plane.evaluate("one => one.toDataURL()") != before
    browser.emulate_media(reduced_motion="reduce")
    browser.goto(f"{served}/index.html")
    expect(browser.get_by_role("button", name="Play")).to_be_visible()
    expect(state).to_contain_text("Step 200 of 200")
    browser.goto(f"{served}/book/{notebooks[0]}.html")
    units = browser.locator(".wb-learning").nth(1)
    units.get_by_role("button", name="3", exact=True).click()
    expect(units.get_by_role("img")).to_have_attribute("aria-label", re.compile("3 hidden units"))
    # Which one is pressed is seen where the reader has chosen all colours, too.
    browser.emulate_media(forced_colors="active")
    grounds = [
        units.get_by_role("button", name=name, exact=True).evaluate(
            "one => getComputedStyle(one).backgroundColor.match(/\\d+/g).slice(0, 3).join()"
        )
        for name in "13"
    ]
    assert grounds[0] != grounds[1]
    browser.emulate_media(forced_colors="none")
    # What is drawn is what was recorded.
    answers = browser.evaluate(
        """points => workbookLearning.runs.map(({units, rate, first, second}) => [
            units, rate,
            points.map(([x, y]) => workbookPanels.answer(first.at(-1), second.at(-1), x, y)),
        ])""",
        plane_points(SIDE).T.tolist(),
    )
    assert len(answers) == len(recorded())
    for units, rate, drawn in answers:
        apart = np.abs(np.reshape(drawn, (SIDE, SIDE)) - recorded()[units, rate].answers[-1])
        assert apart.max() < 0.05, (units, rate)
