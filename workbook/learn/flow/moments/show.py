"""Show a training step: in a notebook with a slider, elsewhere as text."""

from dataclasses import dataclass

from workbook.figures.html import element
from workbook.figures.ipython import has_widgets, shell
from workbook.learn.check.display import AskedWronglyError, View, print_lines, show_view
from workbook.learn.flow.html import flow_html
from workbook.learn.flow.learner_functions import OwnFunctions
from workbook.learn.flow.moments.moment import Walkthrough
from workbook.learn.flow.moments.page import moment_html
from workbook.learn.flow.moments.slider import WITHOUT, Stills, moments_box
from workbook.learn.flow.moments.text import walkthrough_lines, walkthrough_text
from workbook.learn.flow.steps import Flow
from workbook.learn.flow.text import NARROWEST, flow_text, print_flow

_EVERY_CALL = "Every call with its numbers, and each gradient beside its finite differences"


@dataclass(frozen=True)
class FlowShown:
    """The moments and calls of a training, as far as there are any.

    Attributes
    ----------
    walk : Walkthrough or None
        The moments; None if there are no numbers for them.
    flow : Flow or None
        The training steps; None if functions are missing, or if recorded numbers are shown.
    own : OwnFunctions or None
        The functions; None if recorded numbers are shown in their place.
    """

    walk: Walkthrough | None
    flow: Flow | None = None
    own: OwnFunctions | None = None


def show_seen(seen: FlowShown, moment: int | None = None) -> None:
    """Show a training: in a notebook with a slider, elsewhere as text.

    Parameters
    ----------
    seen : FlowShown
        What to show; it has moments.
    moment : int, optional
        Show this moment alone, from 1.

    Raises
    ------
    AskedWronglyError
        If there is no such moment.
    """
    walk = seen.walk
    assert walk is not None
    if moment is not None:
        at = _checked(moment, walk)
        show_view(View(walk.status(at), moment_html(walk, at), "text/html"))
        return
    if getattr(shell(), "kernel", None) is None:
        text = walkthrough_text(walk) if seen.flow is None else flow_text(seen.flow)
        show_view(View(text, text, "text/plain"))
        return
    if has_widgets():
        from IPython.display import display

        display(moments_box(walk))
    else:
        still = Stills(walk)
        show_view(View(f"{WITHOUT}\n{still.alt}", still.page(), "text/html"))
    if seen.flow is not None:
        folded = element("details", element("summary", _EVERY_CALL), flow_html(seen.flow))
        show_view(View(flow_text(seen.flow), folded, "text/html"))


def print_seen(seen: FlowShown) -> None:
    """Print a training in the terminal."""
    if seen.flow is not None:
        print_flow(seen.flow)
    elif seen.walk is not None:
        walk = seen.walk
        print_lines(lambda width: walkthrough_lines(walk, max(width, NARROWEST)))


def _checked(moment: int, walk: Walkthrough) -> int:
    last = len(walk.moments)
    if type(moment) is not int or not 1 <= moment <= last:
        raise AskedWronglyError(
            f"moment must be a whole number from 1 to {last}, the last moment; {moment!r} is not"
        )
    return moment - 1
