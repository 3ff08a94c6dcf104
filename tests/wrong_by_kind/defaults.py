"""Answers whose optional arguments have another default, another name or another place."""

from tests.wrong_by_kind.declared import Wrong, changed

_HEADS = {
    "update_with_momentum": ("beta=0.9",),
    "update_with_rmsprop": ("beta=0.9", "eps=1e-8"),
    "update_with_adam": ("beta1=0.9", "beta2=0.999", "eps=1e-8"),
    "decayed_learning_rate": ("time_interval=1",),
}

_OTHERS = {
    "beta": ("0.99", "0.5", "0.0", "1.9"),
    "beta1": ("0.99", "0.999", "0.0"),
    "beta2": ("0.9", "0.99", "0.9999", "0.0"),
    "eps": ("1e-7", "1e-6", "1e-9", "1e-10", "0.0", "1e-5"),
    "time_interval": ("2", "10", "100", "1000"),
}

ANSWERS: list[Wrong] = []

for _name, _arguments in _HEADS.items():
    for _argument in _arguments:
        _which, _value = _argument.split("=")
        ANSWERS += [
            changed(_name, f"{_which}={other}", _argument, f"{_which}={other}")
            for other in _OTHERS[_which]
        ]
        ANSWERS += [
            changed(_name, f"{_which} has another name", _argument, f"other={_value}",
                    "### BEGIN SOLUTION", f"### BEGIN SOLUTION\n    {_which} = other"),
            changed(_name, f"{_which} is not looked at", "### BEGIN SOLUTION",
                    f"### BEGIN SOLUTION\n    {_which} = {_value}"),
        ]  # fmt: skip
    # Nothing left out may be missing; and each may be given by position.
    ANSWERS += [
        changed(_name, "no defaults", ", ".join(_arguments), ", ".join(
            one.split("=")[0] for one in _arguments)),
        changed(_name, "by keyword only", ", ".join(_arguments), "*, " + ", ".join(_arguments)),
    ]  # fmt: skip
    if len(_arguments) > 1:
        ANSWERS.append(
            changed(
                _name, "in another order", ", ".join(_arguments), ", ".join(reversed(_arguments))
            )
        )
