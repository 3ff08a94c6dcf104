"""The visible checks and the card that they show."""

import re
from dataclasses import replace

import numpy as np
import pytest

from grader_tests.catalogue import Accepted, Misconception
from tests.html_page import Page, contrast
from tests.reference import catalogue, each_entry, each_function, entries, reference
from tests.visible_checks import run_checks
from workbook import check
from workbook.course import cases
from workbook.course.compare import NormalArray
from workbook.course.exercises import count_in_words, find
from workbook.course.verdicts import Verdict
from workbook.diagnosis import diagnosis
from workbook.figures.html import GOOD
from workbook.learn.check import check as checks
from workbook.learn.check import hints
from workbook.learn.check import show_card as shown
from workbook.learn.check.card import Card, CheckOutcome
from workbook.learn.check.card_views import card_html, card_text
from workbook.learn.check.check import CheckFailed, make_card
from workbook.learn.check.findings import findings, passing

NAME = "linear_backward"
REFERENCE = reference.linear_backward
WRONG = catalogue(NAME)


def named(function, name=NAME):
    """Return the function under the name of an exercise."""

    def answer(*args):
        return function(*args)

    answer.__name__ = name
    return answer


def failed(function, name=NAME):
    return [verdict.name for verdict in run_checks(named(function, name)) if not verdict.passed]


@pytest.fixture
def initialiser_cases(monkeypatch):
    """Public cases of initialize_parameters, whatever the course's data hold."""
    expected = {
        "W1": NormalArray((30, 20), 0.01),
        "b1": np.zeros((30, 1)),
        "W2": NormalArray((25, 30), 0.01),
        "b2": np.zeros((25, 1)),
    }
    case = cases.PublicCase("20 inputs", (20, 30, 25), expected)
    data = cases.CheckData(("n_x", "n_h", "n_y"), (case,))
    for module in (checks, diagnosis):
        monkeypatch.setattr(module, "check_data", lambda name: data)


def test_the_reference_passes_every_check(capsys):
    assert check(REFERENCE) is None
    shown = capsys.readouterr().out
    assert "14 of 14 visible checks pass" in shown
    assert "Visible checks pass. For the hidden tests run `workbook grade FOLDER`" in shown


@pytest.mark.in_turns(3)
@each_function
def test_other_right_answers_pass(name):
    found = {entry.name: failed(entry.function, name) for entry in entries(name, Accepted)}
    assert not {title: checks for title, checks in found.items() if checks}


def test_every_check_is_listed_and_only_what_is_wrong_fails():
    # In the last case there is one example: m is 1.
    assert failed(WRONG.db_without_1_over_m) == ["case_1-db", "case_2-db", "case_3-db"]
    assert failed(WRONG.dW_transposed) == [f"case_{number}-dW" for number in (1, 2, 3, 4)]


def test_a_failing_check_shows_the_card_then_raises(capsys):
    with pytest.raises(CheckFailed, match=r"^4 of 14 checks of linear_backward fail: db$") as error:
        check(named(WRONG.db_without_keepdims))
    assert isinstance(error.value, AssertionError)
    shown = capsys.readouterr().out
    # The same failure on four inputs is one row.
    assert shown.count("FAIL") == 1
    assert (
        "  FAIL  db on all 4 inputs; here of the first:\n"
        "        part  your shape  right shape\n"
        "        db    (2,)        (2, 1)\n"
        "  pass  dA_prev, dW on all 4 inputs; your inputs are left unchanged;"
    ) in shown
    assert "hidden tests run" not in shown


def test_jupyter_shows_the_message_without_a_traceback():
    assert CheckFailed("2 fail")._render_traceback_() == ["CheckFailed: 2 fail"]


def test_a_wrong_value_reports_size_and_place():
    card = make_card(named(WRONG.db_without_1_over_m))
    message = card.failed[0].verdict.message
    assert re.fullmatch(
        r"db is not right: largest error 2\.3 at index \[1, 0\], 3 times the largest right value",
        message,
    )
    text = card_text(card)
    assert '  FAIL  db on 3 of 4 inputs (not "2 inputs, 3 units, 1 example"); where the' in text
    assert "part  largest error  relative  at index\n        db    2.3            3" in text


def test_none_and_wrong_number_of_values_are_explained():
    assert "return" in run_checks(named(lambda dZ, cache: None))[0].message
    message = run_checks(named(lambda dZ, cache: REFERENCE(dZ, cache)[:2]))[0].message
    assert "2 values" in message
    assert len(failed(lambda dZ, cache: None)) == 14


def test_a_stub_is_not_written_yet():
    def linear_backward(dZ, cache):
        raise NotImplementedError()

    card = make_card(linear_backward)
    assert len(card.failed) == len(card.entries) == 14
    said = "linear_backward is not written yet: NotImplementedError in line "
    assert card.failed[0].verdict.message.startswith(said)
    # One line in place of fourteen checks that fail for this reason.
    assert len(card_text(card).splitlines()) == 2
    assert "<table" not in card_html(card)
    with pytest.raises(CheckFailed, match=r"^14 of 14 checks .* not written yet"):
        check(linear_backward)


def test_a_call_that_depends_on_earlier_calls_is_seen():
    calls = []

    def change(dZ, cache):
        calls.append(1)
        return REFERENCE(dZ * (1.0 if len(calls) < 5 else 2.0), cache)

    assert failed(change) == ["repeated_call"]


def test_an_answer_that_grows_is_seen():
    parts = []

    def linear_backward(dZ, cache):
        parts.extend(REFERENCE(dZ, cache))
        return parts

    assert "case_2-dW" in failed(linear_backward)


def test_the_functions_own_output_is_left_alone(capsys):
    def linear_backward(dZ, cache):
        print("m =", dZ.shape[1])
        return REFERENCE(dZ, cache)

    check(linear_backward)
    assert capsys.readouterr().out.startswith("m = 4\n")


def test_the_functions_warnings_are_left_alone():
    def divide(dZ, cache):
        np.log(np.zeros(1))
        return REFERENCE(dZ, cache)

    with pytest.warns(RuntimeWarning, match="divide by zero"):
        assert not failed(divide)


def test_answers_that_are_no_numbers_do_not_stop_the_checks():
    for answer in ("text", object(), {"dW": 1}, [1, [2, 3], None], np.array(["a"]), float("nan")):
        assert len(run_checks(named(lambda dZ, cache, answer=answer: answer))) == 14
        triple = (answer, answer, answer)
        assert not run_checks(named(lambda dZ, cache, answer=triple: answer))[0].passed


@pytest.mark.usefixtures("initialiser_cases")
def test_an_initialiser_gives_new_numbers_at_each_call():
    def seeded(n_x, n_h, n_y):
        W1 = 0.01 * np.random.default_rng(3).standard_normal((n_h, n_x))
        return reference.initialize_parameters(n_x, n_h, n_y) | {"W1": W1}

    assert failed(reference.initialize_parameters, "initialize_parameters") == []
    assert failed(seeded, "initialize_parameters") == ["repeated_call"]
    message = run_checks(named(seeded, "initialize_parameters"))[-1].message
    assert "W1" in message
    assert "W2" not in message


@pytest.mark.usefixtures("initialiser_cases")
def test_a_dictionary_is_checked_key_by_key():
    def without_b2(*sizes):
        answer = reference.initialize_parameters(*sizes)
        del answer["b2"]
        answer["b1"] = np.ones_like(answer["b1"])
        return answer

    assert failed(without_b2, "initialize_parameters") == ["case_1-b1", "case_1-b2"]
    a_list = failed(lambda *sizes: [1, 2], "initialize_parameters")
    assert a_list == ["case_1-W1", "case_1-b1", "case_1-W2", "case_1-b2", "repeated_call"]


@pytest.mark.parametrize("wrong", [3, None, REFERENCE(np.ones((1, 1)), (np.ones((1, 1)),) * 3)])
def test_something_that_is_no_function_is_refused(wrong):
    with pytest.raises(TypeError, match="update_parameters"):
        check(wrong)


def test_another_name_is_refused():
    with pytest.raises(
        ValueError, match=rf"my_backward is not one of the {count_in_words()}.*update_parameters"
    ):
        check(named(REFERENCE, "my_backward"))


def test_html_has_named_tables_and_each_colour_has_a_ground_of_its_own():
    html = card_html(make_card(named(WRONG.db_without_keepdims)))
    page = Page(html)
    texts = [text for _, text in page.cells]
    for text in ("✗ FAIL", "✓ pass", "right shape", "Shapes that differ"):
        assert text in texts
    styles = [attributes.get("style", "") for _, attributes in page.tags]
    for style in styles:
        # Letters have the page's colour, or are white on a ground that no theme changes.
        if colour := re.search(r"(?<!-)color:([^;]+)", style):
            ground = re.search(r"background:(#\w+)", style)
            assert colour[1] == "inherit" or contrast("#ffffff", ground[1]) >= 4.5
        if line := re.search(r"border-left:4px solid (#\w+)", style):
            # Of a line beside the text, WCAG asks for 3; #111111 is JupyterLab's dark page.
            assert min(contrast(line[1], page) for page in ("#ffffff", "#111111")) >= 3
    assert html.count("<table") == html.count("<caption") == 2
    label = "linear_backward: 10 of 14 visible checks pass"
    assert html.startswith(f'<div role="group" aria-label="{label}" ')


def test_a_failing_card_says_the_mistake_then_what_differs_then_every_check_folded():
    html = card_html(make_card(named(WRONG.db_without_keepdims)))
    parts = ("Where it goes wrong", "on all 4 inputs", "✓ pass", "For a hint", "<details", "Every")
    places = [html.index(part) for part in parts]
    assert places == sorted(places)
    shown, _, folded = html.partition("<details")
    assert shown.count("✗ FAIL") == 1
    assert folded.count("✗ FAIL") == 4
    for case in ("3 inputs, 2 units, 4 examples", "2 inputs, 3 units, 1 example"):
        assert f"Compared on: {case}" in folded
    assert "For a hint" not in card_html(make_card(named(WRONG.db_without_keepdims)), False)


def test_a_card_that_passes_is_short():
    card = make_card(REFERENCE)
    assert card_text(card).splitlines()[:5] == [
        "linear_backward: 14 of 14 visible checks pass",
        "",
        "  pass  dA_prev, dW, db on all 4 inputs; your inputs are left unchanged; called",
        "        again, it gives the same answer",
        "",
    ]
    html = card_html(card)
    assert html.count("✓ pass") == 1
    assert "<table" not in html
    assert "<details" not in html
    assert f"border-left:4px solid {GOOD}" in html


def test_a_diagnosis_stands_once_at_the_top_and_in_each_failing_verdict():
    card = make_card(named(WRONG.dW_transposed))
    sentence = "dW is transposed: it must have the shape of W, a row for each unit of this layer."
    assert {entry.verdict.diagnosis for entry in card.failed} == {sentence}
    assert all(e.verdict.diagnosis is None for e in card.entries if e.verdict.passed)
    lines = card_text(card).splitlines()
    assert (
        lines[2]
        == "  Where it goes wrong: dW is transposed: it must have the shape of W, a row for"
    )
    assert card_text(card).count("Where it goes wrong") == 1
    assert card_html(card).count(sentence) == 1


def entry_of(part, message, case="", **more):
    return CheckOutcome(part, Verdict(part, part, not message, message=message), case=case, **more)


def test_checks_that_fail_for_one_reason_share_a_row():
    card = Card(
        find(NAME),
        (
            entry_of("dW", "too large", "2 units"),
            entry_of("db", "too large", "2 units"),
            entry_of("dW", "too large", "1 unit"),
            entry_of("db", "", "1 unit"),
        ),
    )
    text, html = card_text(card), card_html(card)
    assert '  FAIL  dW, db on both inputs\n        too large\n  pass  db on "1 unit"' in text
    shown, _, folded = html.partition("<details")
    assert text.count("too large") == shown.count("too large") == folded.count("too large") == 1
    assert "(the same reason as above)" in folded


def test_inputs_are_named_where_it_is_not_all_of_them():
    sizes = ["1 unit", "2 units", "3 units", "4 units"]
    wrong = {
        "everywhere": sizes,
        "once": ["2 units"],
        "twice": ["1 unit", "4 units"],
        "often": ["1 unit", "3 units", "4 units"],
    }
    entries = [
        entry_of(part, f"{part} is wrong" if size in failing else "", size)
        for size in sizes
        for part, failing in wrong.items()
    ]
    card = Card(find(NAME), tuple(entries))
    said = [f"{one.names} {one.where}" for one in findings(card)]
    assert said == [
        "everywhere on all 4 inputs",
        'twice on 2 of 4 inputs: "1 unit" and "4 units"',
        'often on 3 of 4 inputs (not "2 units")',
        'once on "2 units"',
    ]
    assert passing(card) == [
        'once on 3 of 4 inputs (not "2 units")',
        'twice on 2 of 4 inputs: "2 units" and "3 units"',
        'often on "2 units"',
    ]


def test_parts_that_fail_for_one_reason_share_a_row():
    def with_d(params, grads, learning_rate):
        return {f"d{key}": params[key] - learning_rate * grads[f"d{key}"] for key in params}

    found = findings(make_card(named(with_d, "update_parameters")))
    assert [one.names for one in found] == ["W1, b1, W2, b2", "W1, b1, W2, b2", "W3, b3"]
    assert "has no key 'W1'" in found[0].message
    assert found[0].shown == "here of the first"

    def ones(n_x, n_h, n_y):
        rng = np.random.default_rng()
        W1, W2 = (0.01 * rng.standard_normal(shape) for shape in ((n_h, n_x), (n_y, n_h)))
        return {"W1": W1, "b1": np.ones((n_h, 1)), "W2": W2, "b2": np.full((n_y, 1), 2.0)}

    # Other numbers are another reason.
    found = findings(make_card(named(ones, "initialize_parameters")))
    assert [one.names for one in found] == ["b1", "b2"]


def test_an_array_that_is_the_callers_is_named_once():
    def only_weights(params, grads, learning_rate):
        own = {key: params[key] - learning_rate * grads[f"d{key}"] for key in params}
        return own | {key: params[key] for key in params if key.startswith("b")}

    (said,) = [
        one.message
        for one in findings(make_card(named(only_weights, "update_parameters")))
        if "memory" in one.message
    ]
    assert said.count("`parameters['b1']` shares") == 1


def test_failures_that_differ_in_more_than_sizes_stay_apart():
    messages = ["line 3: 2 is not 4", "line 3: 5 is not 6", "line 4: 2 is not 4"]
    entries = [
        entry_of("dW", f"ValueError in {message}", f"{at} units", excerpt=message[:6])
        for at, message in enumerate(messages, 2)
    ]
    first, second = findings(Card(find(NAME), tuple(entries)))
    assert first.message == "ValueError in line 3: 2 is not 4"
    assert (first.where, first.shown) == (
        'on 2 of 3 inputs (not "4 units")',
        "here of the first",
    )
    assert (second.where, second.shown) == ('on "4 units"', "")


@pytest.mark.in_turns(3)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@each_entry(Misconception, step=9)
def test_the_card_names_each_check_and_its_text_fits_a_terminal_of_80_columns(name, entry):
    card = make_card(named(entry.function, name))
    assert max(map(len, card_text(card).splitlines())) <= 80
    fails = " ".join(one.names for one in findings(card))
    for entry in card.failed:
        wrong = [one.where for one in entry.differences]
        names = wrong or [entry.part if entry.case else entry.verdict.title]
        assert all(one in fails for one in names)
    passes = "; ".join(passing(card))
    for entry in card.entries:
        if entry.verdict.passed:
            assert (entry.part if entry.case else entry.verdict.title) in passes


def test_the_third_check_in_a_row_with_one_mistake_offers_a_hint(monkeypatch, capsys):
    monkeypatch.setattr(checks, "_in_a_row", {})
    offer = "check in a row that ends like this: a hint may help."

    def shown(function):
        with pytest.raises(CheckFailed):
            check(named(function))
        return " ".join(capsys.readouterr().out.split())

    monkeypatch.setattr(checks, "hint_for", lambda name, diagnosis: 0)
    for _ in range(2):
        assert offer not in shown(WRONG.dW_transposed)
    assert f"This is the third {offer}" in shown(WRONG.dW_transposed)
    assert f"This is the fourth {offer}" in shown(WRONG.dW_transposed)
    # The hint that is for this mistake, if one is.
    monkeypatch.setattr(checks, "hint_for", lambda name, diagnosis: 2)
    said = shown(WRONG.dW_transposed)
    assert "ends like this: hint 2 of 3 is for it." in said
    assert 'hint("linear_backward", step=2)' in said
    # Another mistake, or a pass, begins anew.
    assert offer not in shown(WRONG.db_without_keepdims)
    check(REFERENCE)
    assert offer not in shown(WRONG.db_without_keepdims)


def test_a_line_with_carets_is_read_out_without_them():
    excerpt = "line 2: return 1/0 < 3\n               ^^^"
    card = Card(find(NAME), (entry_of("dW", "ZeroDivisionError", "2 units", excerpt=excerpt),))
    assert "          line 2: return 1/0 < 3\n                         ^^^" in card_text(card)
    html = card_html(card)
    assert "line 2: return 1/0 &lt; 3\n" in html
    assert f'<span aria-hidden="true">{" " * 15}^^^</span></pre>' in html
    Page(html)


def test_a_message_shows_its_code_as_code():
    html = card_html(Card(find(NAME), (entry_of("dW", "`a < b` and `c`"),)))
    assert "<code>a &lt; b</code> and <code>c</code>" in html
    assert "a ` b" in card_html(Card(find(NAME), (entry_of("dW", "a ` b"),)))


def test_in_ipython_the_card_is_a_display(monkeypatch):
    IPython = pytest.importorskip("IPython")
    seen = []
    monkeypatch.setattr(IPython, "get_ipython", lambda: object())
    monkeypatch.setattr("IPython.display.display", seen.append)
    card = make_card(REFERENCE)
    shown.show_card(card)
    (view,) = seen
    assert repr(view) == card_text(card)
    assert view._repr_mimebundle_() == {"text/plain": card_text(card), "text/html": card_html(card)}


def test_a_diagnosis_that_raises_leaves_the_card_as_it_is(monkeypatch):
    def fails(*args):
        raise RuntimeError

    expected = make_card(named(WRONG.dW_transposed))
    monkeypatch.setattr(diagnosis, "known_mistakes", fails)
    card = make_card(named(WRONG.dW_transposed))
    assert card.diagnosis == ""
    assert [(e.part, e.verdict.message) for e in card.entries] == [
        (e.part, e.verdict.message) for e in expected.entries
    ]
    assert "linear_backward: 10 of 14 visible checks pass" in card_text(card)


def test_the_buttons_of_a_card_show_hints_and_the_picture(monkeypatch):
    pytest.importorskip("ipywidgets")
    monkeypatch.setattr(hints, "_shown", {})
    card = replace(make_card(named(WRONG.db_without_keepdims)), hint=3)
    _, row, *answers = shown.help_box(card).children
    assert [button.description for button in row.children] == [
        "Hint for this mistake",
        "Hint",
        "Show me",
    ]
    assert all(button.tooltip for button in row.children)
    for button, answer in zip(row.children, answers, strict=True):
        assert answer.value == ""
        button.click()
        (tag, attributes), *_ = Page(answer.value).tags
        assert (tag, attributes["role"], attributes["aria-live"]) == ("div", "status", "polite")
    special, usual, picture = (answer.value for answer in answers)
    assert "Hint 3 of 3, linear_backward:" in special
    # The hint for the mistake does not count.
    assert "Hint 1 of 3, linear_backward:" in usual
    assert 'alt="' in picture
    row.children[1].click()
    assert "Hint 2 of 3, linear_backward:" in answers[1].value


def layers_from_0(layer_dims):
    """Count the input as a layer: index -1 is the last one, so nothing fails."""
    return {"W0": np.zeros((2, 2)), "b0": np.zeros((2, 1))} | (
        reference.initialize_parameters_deep(layer_dims)
    )


def test_a_key_too_many_fails_the_visible_check_as_it_fails_when_graded():
    card = make_card(layers_from_0, "initialize_parameters_deep")
    assert [entry.verdict.title for entry in card.failed] == ["no key is added"]
    sentence = "parameters has further keys, `W0` and `b0`: layer 0 is the input, and has none."
    assert card.diagnosis == sentence
    # Once, and not below again.
    assert card_text(card).count("further keys") == 1


def test_a_key_more_that_is_right_fails_nothing():
    def with_dAL(AL, Y, caches):
        return reference.L_model_backward(AL, Y, caches) | {f"dA{len(caches)}": AL - Y}

    assert not make_card(with_dAL, "L_model_backward").failed
