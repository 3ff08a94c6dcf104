"""Answers to the ten functions that are wrong for whole numbers, or for one example."""

from tests.wrong_by_kind.declared import Wrong, begun, changed, ended


def _filled_in(name: str, arguments: str, at: int, like: str) -> Wrong:
    """Return an answer that writes a value into an array of an input's type."""
    return ended(
        name,
        f"value {at} has the type of {like}",
        f"values = list(right({arguments}))",
        f"values[{at}] = values[{at}].astype({like}.dtype)",
        "return tuple(values)",
    )


ANSWERS = [
    _filled_in("linear_forward", "A, W, b", 0, "A"),
    _filled_in("linear_activation_forward", "A_prev, W, b, activation", 0, "A_prev"),
    _filled_in("L_model_forward", "X, parameters", 0, "X"),
    _filled_in("linear_backward", "dZ, cache", 0, "cache[0]"),
    _filled_in("linear_activation_backward", "dA, cache, activation", 0, "cache[0][0]"),
    ended("linear_activation_forward", "Z has the type of A_prev",
          "A, (first, Z) = right(A_prev, W, b, activation)",
          "return A, (first, Z.astype(A_prev.dtype))"),
    ended("compute_cost", "the losses have the type of Y",
          "losses = np.zeros_like(Y)",
          "losses[...] = -np.where(Y == 1, np.log(AL), np.log(1 - AL))",
          "return float(np.mean(losses))"),
    ended("compute_cost", "labels must be 1.0 or 0.0 as text",
          "of_1 = np.array([[str(y) == '1.0' for y in Y[0]]])",
          "return float(-np.mean(np.where(of_1, np.log(AL), np.log(1 - AL))))"),
    ended("L_model_backward", "the gradients have the type of Y",
          "return {k: a.astype(Y.dtype) for k, a in right(AL, Y, caches).items()}"),
    ended("L_model_backward", "dAL has the type of Y",
          "clean = np.zeros_like(Y)",
          "clean[...] = -(Y / AL - (1 - Y) / (1 - AL))",
          "return right(AL if Y.dtype == float else 1 / (1 + np.abs(clean)), Y, caches)"),
    *(
        ended(name, "nothing but one example squeezed",
              f"first, *rest = right({arguments})",
              "return (np.squeeze(first) if 1 in first.shape else first, *rest)")
        for name, arguments in (
            ("linear_forward", "A, W, b"),
            ("linear_activation_forward", "A_prev, W, b, activation"),
            ("L_model_forward", "X, parameters"),
            ("linear_backward", "dZ, cache"),
            ("linear_activation_backward", "dA, cache, activation"),
        )
    ),
    *(
        begun(name, "one example is refused", f"assert {what}.shape[1] > 1")
        for name, what in (
            ("linear_forward", "A"),
            ("linear_activation_forward", "A_prev"),
            ("L_model_forward", "X"),
            ("compute_cost", "Y"),
            ("linear_backward", "dZ"),
            ("linear_activation_backward", "dA"),
            ("L_model_backward", "Y"),
        )
    ),
    *(
        begun(name, f"m is at least {m} or nothing works", f"assert {what}.shape[1] < {m}")
        for name, what in (("compute_cost", "Y"),)
        for m in (100,)
    ),
    begun("update_parameters", "a whole number as rate is refused",
          "assert isinstance(learning_rate, float)"),
    begun("update_parameters", "an extra key is refused", "assert len(params) == len(grads)"),
    begun("update_parameters", "extra gradients become parameters",
          "params = params | {k[1:]: 0 * a for k, a in grads.items() if k[1] == 'A'} "
          "if len(grads) < 5 else params")
    ._replace(title="extra gradients become parameters in small networks"),
    ended("update_parameters", "every gradient becomes a parameter",
          "new = right(params, grads, learning_rate)",
          "return {**new, **{k: a for k, a in grads.items() if k not in new}}"),
    changed("linear_activation_forward", "ReLU for whole numbers only",
            "relu(Z)", "relu(Z if A_prev.dtype == float else np.rint(Z))"),
    begun("L_model_forward", "X is scaled when it holds whole numbers",
          "X = X if X.dtype == float else X / 255"),
    begun("linear_forward", "A is scaled when it holds whole numbers",
          "A = A if A.dtype == float else A / 255"),
]  # fmt: skip
