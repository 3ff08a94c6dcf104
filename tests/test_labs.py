"""The labs: one form, no solution in them, and they run from the first cell to the last."""

import re

import numpy as np
import pytest

from tests.lesson_checks import (
    assert_plots_are_described,
    lesson_of,
    printed,
    sections_of,
    text_of,
)
from tests.reference import COURSE
from workbook.course.exercises import EXERCISES, FUNCTIONS, LABS, NOTEBOOKS, find, find_function
from workbook.course.given.data import BREAST_CANCER_FEATURES, load_breast_cancer, load_digits_3_8

each_lab = pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)


# The model


@each_lab
def test_a_lab_is_one_notebook_of_several_functions(lab):
    assert lab.is_lab
    assert lab.notebook_path.startswith("5_labs/")
    for name in lab.functions:
        assert FUNCTIONS[name] == lab
        assert find_function(name).returns
    earlier = [name for one in NOTEBOOKS[: NOTEBOOKS.index(lab)] for name in one.functions]
    assert set(lab.uses) <= set(earlier)
    assert not any(exercise.is_lab for exercise in EXERCISES)


@each_lab
def test_each_hidden_test_knows_its_function(lab):
    tests = COURSE.all_hidden_tests(lab)
    assert {test.of for test in tests} == set(lab.functions)
    assert len({test.name for test in tests}) == len(tests)


# The form


@each_lab
def test_the_title_and_the_sections(lab):
    sections = sections_of(lab, lesson_of(lab.name))
    assert sections[-2:] == ["## Think about it", "## Where it leads"]
    assert any(title.startswith("## Your turn: ") for title in sections)
    assert any(title.startswith("## Try it: ") for title in sections)


@each_lab
def test_a_check_and_hidden_tests_follow_each_solution(lab):
    roles = [
        (cell.role, cell.function)
        for cell in lesson_of(lab.name).cells
        if cell.role in ("solution", "check", "tests")
    ]
    places = [n for n, (role, _) in enumerate(roles) if role == "solution"]
    assert [roles[n][1] for n in places] == list(lab.functions)
    for n in places:
        assert roles[n + 1] == ("check", roles[n][1])
        assert roles[n + 2][0] == "tests"


@each_lab
def test_each_asks_two_or_three_questions(lab):
    assert 2 <= len(lesson_of(lab.name).questions) <= 3


@each_lab
def test_every_experiment_says_what_to_look_for_and_what_was_seen(lab):
    shown = ("plt.show()", "show_digits(", "cost_curve(", "decision_boundary(")
    assert_plots_are_described(lesson_of(lab.name).cells, shown)


# Run for real


@pytest.mark.slow
def test_train_it_reaches_what_it_promises(executed):
    text = printed(executed(find("train_it")))
    (test,) = re.findall(r"accuracy on the test set: +([\d.]+)%", text)
    (always,) = re.findall(r"always the same answer: +([\d.]+)%", text)
    assert float(test) >= 95 > 60 >= float(always)
    # The numbers that the text explains.
    depths = re.findall(r"^ *(\d+) layers: cost 0\.693\d -> ([\d.]+)", text, re.MULTILINE)
    assert [depth for depth, _ in depths] == ["2", "5", "10", "100"]
    assert float(depths[0][1]) < 0.05
    assert all(0.67 < float(cost) < 0.694 for _, cost in depths[1:])
    raw = re.findall(
        r"^raw pixels .* (\S+) +the cost after 300 iterations: (\S+)$", text, re.MULTILINE
    )
    assert [rate for rate, _ in raw] == ["0.3", "0.03", "0.003"]
    # It is nan, or no better than guessing.
    assert not float(raw[0][1]) < 0.69
    assert float(raw[1][1]) < 0.1
    assert re.search(r"100 layers: the largest entry of dW1 is \d\.\de-1[67]\d", text)
    masses = re.findall(
        r"^(\w+) +rate (\S+) +cost \S+, test accuracy ([\d.]+)%", text, re.MULTILINE
    )
    assert float(masses[0][2]) > 90
    assert all(float(accuracy) < 90 for _, _, accuracy in masses[1:])


@pytest.mark.slow
def test_train_it_shows_what_an_outlier_and_a_missing_number_do(executed):
    text = printed(executed(find("train_it")))
    clean, slip = re.findall(r"mean +(\S+), deviation +(\S+), median (\S+),", text)
    assert (clean[0], slip[0]) == ("14.11", "47.53")
    assert 190 < float(slip[1]) / float(clean[1]) < 200
    assert clean[2] == slip[2]
    found = re.findall(r"^(.+?) +the other radii scatter by \S+, accuracy (\S+)%$", text, re.M)
    shares = {name: float(share) for name, share in found}
    (benign,) = re.findall(r"^always benign: (\S+)%$", text, re.M)
    assert shares["with slips"] == float(benign)
    assert min(shares[name] for name in ("as it was", "cut off", "filled in")) > 90
    # The answer to the question that comes before.
    assert "nan among the inputs: 569\n" in text
    assert "the first cost: nan; nan in the trained network: W1 8 of 80 b1 0 of 8 W2 8 of 8" in text
    assert f"share of right answers: {benign}%" in text
    assert "10% missing. Masses without a gap: 34%" in text


@pytest.mark.slow
def test_check_it_compares_the_two_differences_as_taylor_does(executed):
    text = printed(executed(find("check_it")))
    assert "the central difference is 4673 times better, by Taylor's series 4672 times" in text
    claim = text_of(lesson_of("check_it"))
    assert "4673 times apart" in claim
    # As notebook 9 says it.
    assert "below $10^{-7}$ | right" in claim
    assert "above $10^{-4}$ | there is a mistake" in claim


@pytest.mark.slow
def test_initialise_it_learns_by_batch_normalisation_from_where_nothing_moved(executed):
    text = printed(executed(find("initialise_it")))
    sizes = re.findall(r"normalised: size of A (\S+) in .*, (\S+) in .*, (\S+) in layer 10", text)
    assert sizes == [("0.71",) * 3] * 3
    assert "as it is             cost 0.693, after 50 iterations 0.693" in text
    (cost,) = re.findall(r"^batch normalisation +cost \S+, after 50 iterations (\S+),", text, re.M)
    claim = " ".join(text_of(lesson_of("initialise_it")).split())
    assert f"reaches a cost of {cost} in fifty iterations" in claim
    assert "batch of  1: unit 1 says +0.000" in text


@pytest.mark.slow
def test_descend_better_takes_the_same_step_on_many_devices(executed):
    text = printed(executed(find("descend_better")))
    apart = re.findall(r"copies differ by (\S+), from one device alone by (\S+)$", text, re.M)
    assert len(apart) == 3
    assert all(float(copies) == 0 and float(alone) < 1e-14 for copies, alone in apart)


# The data


def test_the_digits():
    X, Y = load_digits_3_8()
    assert (X.shape, Y.shape) == ((64, 357), (1, 357))
    assert (X.min(), X.max()) == (0, 16)
    assert np.array_equal(X, np.round(X))
    assert (int(Y.sum()), set(np.unique(Y))) == (174, {0, 1})


def test_the_measurements():
    X, Y = load_breast_cancer()
    assert (X.shape, Y.shape) == ((10, 569), (1, 569))
    assert int(Y.sum()) == 212
    assert len(BREAST_CANCER_FEATURES) == len(X)
    # The first example of the source: radius 17.99, malignant.
    assert (X[0, 0], Y[0, 0]) == (17.99, 1)


def test_each_data_set_names_its_source_and_licence():
    folder = COURSE.root / "workbook" / "course" / "given" / "data"
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert "CC BY 4.0" in text
    for file in folder.glob("*.txt"):
        assert f"## {file.name}" in text
        assert file.stat().st_size < 100_000
    assert text.count("https://doi.org/10.24432/") == len(list(folder.glob("*.txt")))
