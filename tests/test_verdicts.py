"""How a hidden test's outcome reads."""

from workbook.course.verdicts import Verdict, earned, verdict_text, without_repeats

FAILED = Verdict(
    "test_db",
    "db is a column",
    False,
    0.0,
    2.0,
    "db has shape (3,); it should have shape (3, 1)",
    "db has lost an axis: the sum over the examples must keep it, so that db is a column like b.",
)
PASSED = Verdict("test_dW", "dW is right", True, 2.0, 2.0)


def test_what_is_wrong_stands_below_the_title():
    assert verdict_text(PASSED) == "passed  2 of 2  dW is right"
    lines = verdict_text(FAILED).splitlines()
    assert lines[0] == "FAILED  0 of 2  db is a column"
    assert lines[1].strip() == FAILED.message
    assert " ".join(line.strip() for line in lines[2:]) == (
        f"Where it goes wrong: {FAILED.diagnosis}"
    )
    assert max(map(len, lines)) <= 88


def test_a_mistake_is_named_once():
    first, second, third = without_repeats([FAILED, PASSED, FAILED])
    assert (first, second) == (FAILED, PASSED)
    assert third.diagnosis is None
    assert third.message == FAILED.message


def test_points_add_up_to_a_plain_float():
    assert type(earned([PASSED, FAILED])) is float
    assert earned([PASSED, PASSED, FAILED]) == 4.0
