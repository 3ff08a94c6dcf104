"""Questions of all four kinds, and a course's data with them."""

import json
import shutil
from pathlib import Path

from workbook.course.data_folder import VARIABLE
from workbook.course.questions import QUESTIONS_FILE

ROWS = {
    "notebook": "01_initialize_parameters",
    "kind": "choice",
    "question": "A layer has 4 inputs and 3 units. What is the shape of its `W`?",
    "choices": [
        {
            "text": "(4, 3)",
            "right": False,
            "because": "This has a row for each input. In this course the units of the layer are "
            "the rows, so that $W A_{prev}$ has a row for each unit.",
        },
        {
            "text": "(3, 4)",
            "right": True,
            "because": "A row for each unit, a column for each input.",
        },
        {
            "text": "`(3, 1)`, since **each unit** has one weight, by which the weighted sum of "
            "all that comes in, $W_{1} x$, is multiplied before the activation is taken",
            "right": False,
            "because": "One weight for each unit is not enough. `(3, 1)` is the shape of `b`.",
        },
    ],
}
HOW_MANY = {
    "notebook": "01_initialize_parameters",
    "kind": "number",
    "question": "How many parameters has a network with 2 inputs, 4 hidden units and 1 output?",
    "answer": 17,
    "because": "$4 \\cdot 2 + 4 + 4 + 1 = 17$.",
    "wrong": [{"answer": 12, "because": "These are the weights alone: the biases are missing."}],
    "otherwise": "Count `W1`, `b1`, `W2` and `b2`, one after the other.",
}
HALF = {
    "notebook": "02_initialize_parameters_deep",
    "kind": "number",
    "question": "What is the sigmoid of 0?",
    "answer": 0.5,
    "tolerance": 0.01,
    "because": "$1 / (1 + 1)$.",
    "wrong": [],
    "otherwise": "Put 0 into the formula: what is $e^{0}$?",
}
BIAS = {
    "notebook": "02_initialize_parameters_deep",
    "kind": "shape",
    "question": "What is the shape of `b` of a layer with 3 units?",
    "answer": [3, 1],
    "because": "A column with one bias for each unit.",
    "wrong": [{"answer": [1, 3], "because": "That is a row: it is added to each row of $W A$."}],
    "otherwise": "Each unit has one bias.",
}
WHAT = {
    "notebook": "the_story_so_far",
    "kind": "open",
    "question": "What do you expect to see if all weights begin at zero?",
    "because": "All units of a layer stay the same.\n\nTheir gradients are the same in each step.",
}
QUESTIONS = {
    "rows_of_first_weights": ROWS,
    "how_many_parameters": HOW_MANY,
    "sigmoid_of_zero": HALF,
    "shape_of_bias": BIAS,
    "all_zero": WHAT,
}


def use_questions(monkeypatch, folder: Path, questions=QUESTIONS) -> Path:
    """Use the data of this checkout's course with these questions, or none, in this folder."""
    target = folder / "data"
    shutil.copytree(Path(__file__).parents[1] / "workbook/course/data", target)
    (target / QUESTIONS_FILE).unlink(missing_ok=True)
    if questions is not None:
        (target / QUESTIONS_FILE).write_text(json.dumps(questions), encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(target))
    return target
