"""The moments of one training step of a network, in their order, still without numbers."""

from collections.abc import Iterator

from workbook.learn.flow.moments.moment import NEW, Moment


def moments_of(depth: int) -> Iterator[Moment]:
    """Yield the moments of one training step.

    Parameters
    ----------
    depth : int
        Number of layers with weights.
    """
    yield _start(depth)
    for l in range(1, depth + 1):
        yield from _forward(l, depth)
    yield Moment(
        "forward", "L_model_forward", None, "The network's answer; the caches are handed on",
        (), ((f"A{depth}",),), (f"A{depth}",),
    )  # fmt: skip
    A = f"A{depth}"
    yield Moment(
        "cost", "compute_cost", None, "The cost: how far the answers are from the right ones",
        (f"J = -(1/m) Σ (Y log {A} + (1 - Y) log(1 - {A}))",), (("J", "from", A, "and", "Y"),),
        ("J",),
    )  # fmt: skip
    yield Moment(
        "backward", "L_model_backward", None, "Back from the cost: what the answers should change",
        (f"d{A} = -(Y / {A} - (1 - Y) / (1 - {A}))",), ((f"d{A}", "from", A, "and", "Y"),),
        (f"d{A}",),
    )  # fmt: skip
    for l in reversed(range(1, depth + 1)):
        yield from _backward(l, depth)
    for l in range(1, depth + 1):
        yield _update(l)
    yield Moment(
        "update", "compute_cost", None, "The cost with the new parameters",
        (), ((f"J{NEW}", "instead of", "J"),), (f"J{NEW}",),
    )  # fmt: skip


def activation_of(l: int, depth: int) -> str:
    """Return the activation of a layer."""
    return "sigmoid" if l == depth else "relu"


def _start(depth: int) -> Moment:
    names = [f"{letter}{l}" for l in range(1, depth + 1) for letter in "Wb"]
    rows = (("A0", "Y"), *((names[i], names[i + 1]) for i in range(0, len(names), 2)))
    return Moment(
        "start", "initialize_parameters_deep", None, "The start: the data and the parameters",
        (), rows, ("A0", "Y", *names),
    )  # fmt: skip


def _forward(l: int, depth: int) -> Iterator[Moment]:
    Z, W, A, b = f"Z{l}", f"W{l}", f"A{l - 1}", f"b{l}"
    yield Moment(
        "forward", "linear_forward", l, f"Forward, layer {l}: weights and biases",
        (f"{Z} = {W} {A} + {b}",), ((Z, "=", W, "·", A, "+", b),), (Z,), "written",
    )  # fmt: skip
    activation = activation_of(l, depth)
    yield Moment(
        "forward", "linear_activation_forward", l, f"Forward, layer {l}: the activation",
        (f"A{l} = {activation}({Z})",), ((f"A{l}", f"= {activation} of", Z),), (f"A{l}",),
        "written",
    )  # fmt: skip


def _backward(l: int, depth: int) -> Iterator[Moment]:
    dZ, Z, W, A = f"dZ{l}", f"Z{l}", f"W{l}", f"A{l - 1}"
    activation = activation_of(l, depth)
    slope = "1 where Z > 0, else 0" if activation == "relu" else f"A{l} (1 - A{l})"
    yield Moment(
        "backward", "linear_activation_backward", l, f"Backward, layer {l}: through the activation",
        (f"{dZ} = dA{l} * {activation}'({Z}), where {activation}' is {slope}",),
        ((dZ, "=", f"dA{l}", f"* {activation}' of", Z),), (dZ,), "read",
    )  # fmt: skip
    yield Moment(
        "backward", "linear_backward", l, f"Backward, layer {l}: through the weights",
        (f"d{W} = (1/m) {dZ} {A}ᵀ", f"db{l} = (1/m) Σ {dZ} over the points", f"d{A} = {W}ᵀ {dZ}"),
        (
            (f"d{W}", "= 1/m ·", dZ, "·", f"{A}ᵀ"),
            (f"db{l}", "= 1/m · row sums of", dZ),
            (f"d{A}", "=", f"{W}ᵀ", "·", dZ),
        ),
        (f"d{W}", f"db{l}", f"d{A}"), "read",
    )  # fmt: skip


def _update(l: int) -> Moment:
    names = (f"W{l}", f"b{l}")
    return Moment(
        "update", "update_parameters", l, f"Update, layer {l}: each parameter against its gradient",
        tuple(f"new {name} = {name} - alpha d{name}" for name in names),
        tuple((f"{name}{NEW}", "=", name, "- alpha ·", f"d{name}") for name in names),
        tuple(f"{name}{NEW}" for name in names),
    )  # fmt: skip
