"""The HTML of notebooks is built from elements that escape what they contain."""

import ast
import re

import pytest

from tests.html_page import contrast
from tests.test_house import modules, room
from workbook.figures.html import Html, element, image, joined, table, with_code

HOSTILE = "<script>\"&'"
ESCAPED = "&lt;script&gt;&quot;&amp;&#x27;"
TAG = r"</\w|<[a-z]+ [a-z]+="
# Sentences with words in italics, which no learner can change.
WRITTEN_AS_HTML = {"learn.playground.playground", "learn.check.buttons"}


def test_an_element_escapes_its_text_and_its_attributes():
    assert element("p", HOSTILE, title=HOSTILE) == f'<p title="{ESCAPED}">{ESCAPED}</p>'
    inner = element("b", "x")
    assert element("p", HOSTILE, inner) == f"<p>{ESCAPED}<b>x</b></p>"
    assert joined([inner, HOSTILE]) == f"<b>x</b>{ESCAPED}"
    assert f'alt="{ESCAPED}"' in image(HOSTILE, b"", width=3)


def test_a_picture_is_dark_on_a_page_that_says_that_it_is_dark():
    style, picture = re.fullmatch(r"<style>(.*?)</style>(<img .*>)", image("a", b"")).groups()
    assert 'class="workbook-picture"' in picture
    selectors, rule = style.split("{")
    for page in ("[data-jp-theme-light=false]", ".vscode-dark", "html[theme=dark]"):
        assert f"{page} .workbook-picture" in selectors.split(",")
    share = float(re.search(r"invert\(([\d.]+)\)", rule)[1])
    # White becomes nearly JupyterLab's #111111, and black is light enough to be read on it.
    assert abs(255 * (1 - share) - 0x11) < 2
    black, white = (f"#{round(255 * value):02x}" for value in (share, 1 - share))
    assert contrast(*(one + 2 * one[1:] for one in (black, white))) > 12


def test_attributes_of_an_element():
    made = element("td", colspan=0, aria_label="a", open=True, hidden=False, style=None)
    assert made == '<td colspan="0" aria-label="a" open></td>'
    assert element("br") == "<br>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("`a < b` and `c`", "<code>a &lt; b</code> and <code>c</code>"),
        ("a ` < b", "a ` &lt; b"),
        (HOSTILE, ESCAPED),
    ],
)
def test_words_between_backticks_are_code(text, shown):
    assert with_code(text) == shown
    assert isinstance(with_code(text), Html)


def test_a_table_escapes_everything_in_it():
    made = table(HOSTILE, ["", HOSTILE], [(HOSTILE, [(HOSTILE, HOSTILE)])])
    assert made.count(ESCAPED) == 5
    assert "<script" not in made
    assert re.findall(r'scope="(\w+)"', made) == ["col", "rowgroup", "row"]


def test_no_other_module_of_a_notebook_writes_tags_itself():
    for name, path in modules().items():
        if room(name).split(".")[0] in ("learn", "figures") and name != "figures.html":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
            found = [one for one in texts if isinstance(one, str) and re.search(TAG, one)]
            assert bool(found) == (name in WRITTEN_AS_HTML), f"{name}: {found}"
