"""What a lesson says of other notebooks: placeholders in its text, filled in by the build."""

import re
from collections.abc import Callable
from posixpath import relpath

from workbook.course.exercises import (
    EXERCISES,
    NOTEBOOKS,
    PAGES,
    STEPS,
    Exercise,
    Page,
    count_in_words,
    find,
    find_function,
    find_page,
    of_step,
)

_PLACEHOLDER = re.compile(
    r"\{(number|notebook|[bB]eside|link|minutes|numbers|names|functions|points):(\w+)\}"
    r"|\{(count|minutes|hours)\}"
)


def resolved(text: str, here: Exercise | Page) -> str:
    """Return a text of this notebook with its placeholders filled in.

    ``{number:NAME}`` becomes the number of a notebook, ``{notebook:NAME}`` "notebook 7",
    ``{beside:NAME}`` "the next notebook" or "the previous notebook" where it is that,
    ``{Beside:NAME}`` the same at the beginning of a sentence, and
    ``{link:NAME}`` the path to it. ``{minutes}`` is how long this notebook takes,
    ``{minutes:NAME}`` how long another does, and ``{hours}`` how long all exercises do together.
    ``{link:NAME}`` and ``{minutes:NAME}`` may name a page, too. ``{numbers:STEP}``,
    ``{names:STEP}`` and ``{functions:STEP}`` list the exercises of a step of the training cycle,
    and ``{count}`` is their number in all, as a word. ``{points:FUNCTION}`` says how
    the points of a function are split.

    Raises
    ------
    ValueError
        If there is no notebook, step or function of a name; the message says which there are.
    """

    def filled(match: re.Match[str]) -> str:
        kind, name, alone = match.groups()
        if alone:
            return _OF_THE_COURSE[alone](here)
        if kind in _OF_STEPS:
            if name not in STEPS:
                raise ValueError(f"{match[0]} names no step; the steps are: {', '.join(STEPS)}")
            return _OF_STEPS[kind](name, here)
        if kind == "points":
            return _points(name)
        exercise = find(name)
        if exercise is not None:
            return _OF_NOTEBOOKS[kind](exercise, here)
        page = find_page(name) if kind in _OF_EVERY else None
        if page is not None:
            return _OF_EVERY[kind](page, here)
        names = [one.name for one in NOTEBOOKS]
        names += [one.name for one in PAGES if kind in _OF_EVERY]
        known = ", ".join(names)
        raise ValueError(f"{match[0]} names no notebook; the notebooks are: {known}")

    return _PLACEHOLDER.sub(filled, text)


def _points(name: str) -> str:
    """Say how the points of a function are split, in one line."""
    function = find_function(name)
    if function is None or not function.split:
        written = (one for exercise in NOTEBOOKS for one in exercise.written)
        known = ", ".join(one.name for one in written if one.split)
        raise ValueError(f"{{points:{name}}} names no function with a `split:`; they are: {known}")
    parts = "; ".join(f"{points} for {part}" for part, points in function.split)
    return f"{sum(points for _, points in function.split)} points: {parts}."


def _notebook(exercise: Exercise, _here: Exercise | Page) -> str:
    return f"notebook {exercise.number}"


def _beside(exercise: Exercise, here: Exercise | Page) -> str:
    if here in NOTEBOOKS:
        distance = NOTEBOOKS.index(exercise) - NOTEBOOKS.index(here)
        if distance in (1, -1):
            return "the next notebook" if distance == 1 else "the previous notebook"
    return _notebook(exercise, here)


def _link(one: Exercise | Page, here: Exercise | Page) -> str:
    return relpath(one.notebook_path, here.assignment)


def _hours(_here: Exercise | Page) -> str:
    """Return the hours that all exercises take together, to half an hour."""
    return f"{round(sum(one.minutes for one in EXERCISES) / 30) / 2:g}"


def _numbers(step: str, _here: Exercise | Page) -> str:
    return ", ".join(str(one.number) for one in of_step(step))


def _names(step: str, _here: Exercise | Page) -> str:
    """List the exercises as the text of a picture does, without markup."""
    *first, last = (f"{one.number} {one.name}" for one in of_step(step))
    return f"{', '.join(first)} and {last}" if first else last


def _functions(step: str, here: Exercise | Page) -> str:
    named = [(one, f"{one.number} `{one.name}`") for one in of_step(step)]
    return ", ".join(f"**{text}**" if one == here else text for one, text in named)


_OF_THE_COURSE: dict[str, Callable[[Exercise | Page], str]] = {
    "count": lambda _: count_in_words(),
    "minutes": lambda here: str(here.minutes),
    "hours": _hours,
}
_OF_EVERY: dict[str, Callable[[Exercise | Page, Exercise | Page], str]] = {
    "link": _link,
    "minutes": lambda one, _: str(one.minutes),
}
_OF_NOTEBOOKS: dict[str, Callable[[Exercise, Exercise | Page], str]] = {
    **_OF_EVERY,
    "number": lambda exercise, _: str(exercise.number),
    "notebook": _notebook,
    "beside": _beside,
    "Beside": lambda exercise, here: _beside(exercise, here).capitalize(),
}
_OF_STEPS: dict[str, Callable[[str, Exercise | Page], str]] = {
    "numbers": _numbers,
    "names": _names,
    "functions": _functions,
}
