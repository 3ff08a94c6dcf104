"""A question of the lessons in the book: what a script asks, and what stands there without one."""

import json
from typing import Any

from workbook.course.questions import Question
from workbook.figures.html import Html, joined
from workbook.figures.markup import html, paragraphs, plain_text


def quiz_as_markdown(text: str, question: Question) -> str:
    """Return a question as Markdown that ``quiz.js`` makes answerable.

    Parameters
    ----------
    text : str
        The text of the question's cell, with its answers folded away.
    question : Question
        The question.
    """
    # In a script element, nothing may look like its end.
    data = json.dumps(_data(question), ensure_ascii=False).replace("</", "<\\/")
    kind = question.kind
    top = f'<div class="wb-quiz" id="quiz-{question.name}" data-kind="{kind}">'
    end = f'<script type="application/json">{data}</script></div>'
    return f"{top}\n\n{text}\n\n{end}"


def _data(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "kind": question.kind,
        "text": plain_text(question.text),
        "known": [
            {
                "answer": one.answer,
                "shown": html(str(one.answer)) if question.kind == "choice" else "",
                "because": _paragraphs(one.because),
                "right": one.right,
            }
            for one in question.known
        ],
        "otherwise": _paragraphs(question.otherwise),
        "tolerance": question.tolerance,
    }


def _paragraphs(markdown: str) -> list[Html]:
    return [joined([html(one)]) for one in paragraphs(markdown)]
