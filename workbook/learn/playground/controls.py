"""The playground's controls, in groups, and the choice that they stand for."""

from collections.abc import Callable
from typing import Any

from workbook.figures.html import element
from workbook.learn.flow.datasets import NOISE, PLANE_DATASETS
from workbook.learn.playground.activations import ACTIVATIONS
from workbook.learn.playground.choice import HE, SMALL, NetworkChoice

_STYLE = {"description_width": "7em"}
_WIDTH = "18em"
_NOISES = (0.0, 0.04, 0.08, NOISE, 0.2, 0.3, 0.4)
_SHARES = [(f"{share:.0%}", share) for share in (0.0, 0.1, 0.2, 0.4, 0.6, 0.8)]
_RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
# Strengths of the penalty; below the first one nothing is to be seen.
_PENALTIES = (0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
_BATCHES = (("all points", 0), ("1", 1), ("10", 10), ("32", 32))


class Controls:
    """The controls of the data, the network and the training.

    Attributes
    ----------
    box : Widget
        All of them, in three groups.
    points : tuple of (float, float, int)
        The points that the learner has added.
    """

    # Long, since each control has its line here.
    def __init__(self, first: NetworkChoice) -> None:
        import ipywidgets as widgets

        self.points: tuple[tuple[float, float, int], ...] = ()
        options: dict[str, Any] = {
            "style": _STYLE, "layout": widgets.Layout(width=_WIDTH, max_width="100%"),
        }  # fmt: skip

        def menu(name: str, values: Any, value: Any) -> Any:
            return widgets.Dropdown(options=values, value=value, description=name, **options)

        def whole(name: str, least: int, most: int, value: int, step: int = 1) -> Any:
            return widgets.BoundedIntText(
                value=value, min=least, max=most, step=step, description=name, **options
            )

        # Menus and fields have their names for a screen reader; ipywidgets' sliders have none.
        self._by_name: dict[str, Any] = {
            "data": menu("data", PLANE_DATASETS, first.data),
            "noise": menu("noise", _NOISES, first.noise),
            "held_out": menu("held out", _SHARES, first.held_out),
            "seed": whole("seed", 0, 9999, first.seed),
            "hidden_layers": whole("hidden layers", 0, 4, first.hidden_layers),
            "units": whole("units in each", 1, 16, first.units),
            "activation": menu("activation", ACTIVATIONS, first.activation),
            "start": menu("first weights", [("He", HE), ("times 0.01", SMALL)], first.start),
            "learning_rate": menu("learning rate", _RATES, first.learning_rate),
            "batch": menu("points per step", _BATCHES, first.batch),
            "l2": menu("L2 penalty", _PENALTIES, first.l2),
            "steps": whole("steps", 100, 10_000, first.steps, step=100),
        }
        self.box = widgets.Box(
            [
                _group("Data", [self[name] for name in ("data", "noise", "held_out", "seed")]),
                _group("Network", [self[name] for name in
                                   ("hidden_layers", "units", "activation", "start")]),
                _group("Training", [self[name] for name in
                                    ("learning_rate", "batch", "l2", "steps")]),
            ],
            layout=widgets.Layout(display="flex", flex_flow="row wrap", width="100%"),
        )  # fmt: skip

    def __getitem__(self, name: str) -> Any:
        return self._by_name[name]

    def choice(self) -> NetworkChoice:
        """Return what is chosen now."""
        chosen = {name: control.value for name, control in self._by_name.items()}
        return NetworkChoice(points=self.points, **chosen)

    def listen(self, changed: Callable[[Any], object]) -> None:
        """Call a function whenever a control has another value."""
        for control in self._by_name.values():
            control.observe(changed, names="value")


class PointControls:
    """Fields and buttons that set a point without a mouse, and the field that a click fills in.

    Attributes
    ----------
    box : Widget
        All of them.
    label : Widget
        The class of new points.
    clicked : Widget
        Hidden text: the place of a click, "0.25 0.8" for a quarter from the left edge of the
        picture and four fifths down.
    """

    def __init__(self) -> None:
        import ipywidgets as widgets

        narrow = {"style": _STYLE, "layout": widgets.Layout(width="14em", max_width="100%")}
        self.label = widgets.Dropdown(
            options=[("circle, Y = 0", 0), ("triangle, Y = 1", 1)], description="new points are",
            style={"description_width": "initial"},
            layout=widgets.Layout(width=_WIDTH, max_width="100%"),
        )  # fmt: skip
        self.first = widgets.BoundedFloatText(0.0, min=-2.3, max=2.3, step=0.1,
                                              description="first input", **narrow)  # fmt: skip
        self.second = widgets.BoundedFloatText(0.0, min=-2.3, max=2.3, step=0.1,
                                               description="second input", **narrow)  # fmt: skip
        self.add = widgets.Button(description="Add this point")
        self.remove = widgets.Button(description="Remove my points")
        self.clicked = widgets.Text(layout=widgets.Layout(display="none"))
        self.clicked.add_class(CLICKED)
        parts = (self.label, self.first, self.second, self.add, self.remove, self.clicked)
        self.box = widgets.Box(
            parts, layout=widgets.Layout(display="flex", flex_flow="row wrap", width="100%")
        )


#: Class of the hidden field that a click on the picture fills in, and of the whole playground.
CLICKED, PLAYGROUND = "workbook-clicked", "workbook-playground"

#: What a click on the picture does: it tells the kernel where it was.
ON_CLICK = (
    f"const b=this.getBoundingClientRect(),"
    f"f=this.closest('.{PLAYGROUND}').querySelector('.{CLICKED} input');"
    "f.value=((event.clientX-b.left)/b.width).toFixed(4)+' '"
    "+((event.clientY-b.top)/b.height).toFixed(4);"
    "f.dispatchEvent(new Event('change',{bubbles:true}))"
)


def _group(title: str, controls: list[Any]) -> Any:
    import ipywidgets as widgets

    heading = widgets.HTML(element("strong", title))
    return widgets.VBox([heading, *controls], layout=widgets.Layout(margin="0 1em 0.5em 0"))
