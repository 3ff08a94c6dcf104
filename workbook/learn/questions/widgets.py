"""A question's buttons and fields in a notebook."""

import asyncio
from collections.abc import Callable
from typing import Any

from workbook.course.questions import Question
from workbook.figures.markup import plain_text
from workbook.learn.check.buttons import buttons_box
from workbook.learn.questions.replies import Reply, lettered
from workbook.learn.questions.views import reply_html

_SIGNS = {"right": "\N{CHECK MARK} ", "wrong": "\N{BALLOT X} "}
_EXAMPLES = {"number": "such as 0.5 or 1/2", "shape": "such as (2, 5)"}
# What is in a field is sent when the field is left, together with the press of the button or of
# Enter: at each key, some of it would come late. The kernel may still take them in the other order.
_SETTLED_SECONDS = 0.1
_WHEN_LEFT = {"continuous_update": False}


class Buttons:
    """The widgets of one question.

    Parameters
    ----------
    question : Question
        The question, which stands in the text above.
    answer : callable
        Function from an answer to what is said to it.
    last : Reply or None
        What was said to the learner's last answer, if there is one.

    Attributes
    ----------
    box : ipywidgets.VBox
        All of it.
    """

    def __init__(
        self, question: Question, answer: Callable[[Any], Reply], last: Reply | None
    ) -> None:
        # Slow to import, and nothing else of a lesson's start needs it.
        import ipywidgets

        self._widgets: Any = ipywidgets
        self._question, self._answer = question, answer
        self._choices: dict[str, Any] = {}
        self.said = ipywidgets.HTML()
        make = self._choose if question.kind == "choice" else self._write
        self.box = buttons_box([*make(last), self.said])
        if last is not None:
            self._show(last)

    def _choose(self, _: Reply | None) -> list[Any]:
        for letter, known in lettered(self._question):
            button = self._button(f"{letter}.  {plain_text(str(known.answer))}", width="auto")
            button.on_click(lambda _, letter=letter: self._given(letter))
            self._choices[letter] = button
        return list(self._choices.values())

    def _write(self, last: Reply | None) -> list[Any]:
        kind = self._question.kind
        written = "" if last is None else last.answer
        if kind == "open":
            field = self._widgets.Textarea(
                written,
                description="What do you expect, or see?",
                rows=3,
                **_WHEN_LEFT,
                layout=self._widgets.Layout(width="auto", flex_flow="column", height="auto"),
            )
            button = self._button("Show", width="auto", align_self="flex-start")
        else:
            field = self._widgets.Text(
                written,
                description=f"Your {kind}",
                placeholder=_EXAMPLES[kind],
                **_WHEN_LEFT,
                style={"description_width": "initial"},
                layout=self._widgets.Layout(width="20em", max_width="100%"),
            )
            button = self._button("Check", width="auto")
            field.on_msg(self._typed)
        button.on_click(lambda _: self._written(field))
        if kind == "open":
            return [field, button]
        row = self._widgets.Layout(flex_flow="row wrap", align_items="center")
        return [self._widgets.HBox([field, button], layout=row)]

    def _button(self, text: str, **layout: str) -> Any:
        return self._widgets.Button(description=text, layout=self._widgets.Layout(**layout))

    def _typed(self, field: Any, content: dict[str, Any], _: Any) -> None:
        if content.get("event") == "submit":
            self._written(field)

    def _written(self, field: Any) -> None:
        """Answer with what is in a field, once the kernel has got it."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._given(field.value)
        else:
            loop.call_later(_SETTLED_SECONDS, lambda: self._given(field.value))

    def _given(self, answer: str) -> None:
        self._show(self._answer(answer))

    def _show(self, reply: Reply) -> None:
        button = self._choices.get(reply.letter)
        if button is not None:
            text = button.description.lstrip("".join(_SIGNS.values()))
            button.description = f"{_SIGNS[reply.outcome]}{text}"
        self.said.value = reply_html(reply)
