"""The addresses of a course on the web, as its settings name them."""

import pytest

from workbook.course.addresses import Addresses, addresses
from workbook.course.folder import Course, CourseError


@pytest.fixture
def course(tmp_path):
    """Return a function that makes a course with these lines in its settings."""

    def make(*lines):
        text = "\n".join(["c = get_config()", *lines])
        (tmp_path / "nbgrader_config.py").write_text(text, encoding="utf-8")
        return Course(tmp_path)

    return make


def test_none_is_set(course):
    assert addresses(course()) == Addresses(None, None)
    assert addresses(course('c.Workbook.address = ""')) == Addresses(None, None)


def test_both_are_read(course):
    found = addresses(
        course(
            'c.Workbook.address = " https://school.example:8443/ml/~ada/ "',
            'c.Workbook.repository = "https://github.com/ada/course"',
        )
    )
    assert found.address == "https://school.example:8443/ml/~ada"
    assert found.repository == "https://github.com/ada/course"


@pytest.mark.parametrize(
    "wrong",
    ["school.example", "ftp://a.example", "https://", "https:///a", "https://a.example/?x=1",
     "https://a.example:port/", "https://me:secret@a.example", 'https://a.example/"+x',
     "https://a.example/$HOME", "javascript:alert(1)", "https://a.example/a b", 3,
     ["https://a.example"], True],
)  # fmt: skip
def test_what_is_no_address_is_refused(course, wrong):
    with pytest.raises(CourseError) as caught:
        addresses(course(f"c.Workbook.address = {wrong!r}"))
    assert f"nbgrader_config.py: c.Workbook.address is {wrong!r}" in str(caught.value)


@pytest.mark.parametrize("line", ["1 / 0", "this is no Python"])
def test_settings_that_cannot_be_read_are_named_with_the_line(course, line):
    with pytest.raises(CourseError, match=r"nbgrader_config\.py:3: "):
        addresses(course("", line))
