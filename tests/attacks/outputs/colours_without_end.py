"""Has saved and new outputs of nothing but signs that steer a terminal, some never ended."""

import nbformat

from tests.attacks.suite import Attack, solution_cell

STEERING = ("\x1b[31m" * 40_000, "\x1b[" + "0" * 90_000, "\x1b]8;;" * 20_000, "\r\b\x07" * 30_000)


def change(notebook, target):
    solution_cell(notebook).outputs = [
        nbformat.v4.new_output("stream", name="stdout", text=text) for text in STEERING
    ] + [
        nbformat.v4.new_output(
            "error", ename="\x1b[2J", evalue=STEERING[0], traceback=list(STEERING)
        )
    ]


ATTACK = Attack(
    harm="a page that takes minutes to make",
    answer="exec(RIGHT)\nprint('\\x1b[31m' * 90_000)",
    change=change,
    points=8.0,
)
