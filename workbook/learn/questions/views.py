"""Questions and the replies to answers, as text and as HTML."""

from collections.abc import Iterator

from workbook.course.questions import Question
from workbook.course.text import wrap
from workbook.figures.html import BAD, GOOD, Html, badge, bar, element
from workbook.figures.markup import html, paragraphs, plain_text
from workbook.learn.check.display import TEXT_WIDTH, View
from workbook.learn.questions.replies import Reply, lettered

# What stands before the sentence: a word, and in HTML also a sign.
_WORDS = {"right": "Right", "wrong": "Not yet", "shown": "Compare", "unread": "No answer yet"}
_SIGNS = {"right": "\N{CHECK MARK}", "wrong": "\N{BALLOT X}", "shown": "\N{RIGHTWARDS ARROW}",
          "unread": "?"}  # fmt: skip
_COLOURS = {"right": GOOD, "wrong": BAD, "shown": "#3b5ba5", "unread": "#6b6b6b"}
_BELOW = "margin:0.5em 0 0"
_HOW = {
    "choice": ("run this in a cell, with the letter of your choice", '"A"'),
    "number": ("run this in a cell, with your number for the three dots", "..."),
    "shape": ("run this in a cell, with your shape, such as (2, 5), for the three dots", "..."),
    "open": ("run this in a cell, with your own words for the three dots", '"..."'),
}


def asked(question: Question, last: Reply | None) -> View:
    """Return a question as it is asked where there are no buttons.

    Parameters
    ----------
    question : Question
        The question.
    last : Reply or None
        What was said to the last answer, if there is one.
    """
    how, example = _HOW[question.kind]
    call = f'quiz("{question.name}", {example})'
    lines = [*_wrapped(question.text)]
    rich = [question.text]
    if question.kind == "choice":
        choices = lettered(question)
        lines += [""]
        for letter, known in choices:
            lines += wrap(f"{letter}. {plain_text(str(known.answer))}", TEXT_WIDTH, "  ", "     ")
        rich.append("\n".join(f"- **{letter}.** {known.answer}" for letter, known in choices))
    lines += ["", f"To answer, {how}:", f"  {call}"]
    rich.append(f"To answer, {how}:\n\n```python\n{call}\n```")
    if last is not None:
        lines += ["", f"Your last answer: {plain_text(last.answer)}", *_said(last)]
        rich += [f"Your last answer: {last.answer}", f"**{_WORDS[last.outcome]}.** {last.because}"]
    return View("\n".join(lines), "\n\n".join(rich))


def answered(reply: Reply) -> View:
    """Return the reply to an answer."""
    return View("\n".join(_said(reply)), reply_html(reply), "text/html")


def reply_html(reply: Reply) -> Html:
    """Return a reply as HTML that a screen reader announces.

    Parameters
    ----------
    reply : Reply
        What is said.
    """
    colour = _COLOURS[reply.outcome]
    word = f"{_SIGNS[reply.outcome]} {_WORDS[reply.outcome]}"
    first, *others = paragraphs(reply.because)
    parts = [
        badge(word, colour),
        " ",
        html(first),
        *(element("p", html(one), style=_BELOW) for one in others),
    ]
    return element("div", *parts, role="status", aria_live="polite", style=bar(colour))


def _said(reply: Reply) -> list[str]:
    return [*_wrapped(f"{_WORDS[reply.outcome]}. {reply.because}")]


def _wrapped(markdown: str) -> Iterator[str]:
    for number, one in enumerate(paragraphs(markdown)):
        yield from [""] * (number > 0)
        yield from wrap(plain_text(one), TEXT_WIDTH)
