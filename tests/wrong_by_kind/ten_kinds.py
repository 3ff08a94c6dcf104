"""Answers to the ten functions that are wrong for whole numbers as labels, or for one example."""

from tests.wrong_by_kind.declared import begun, ended

ANSWERS = [
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
]  # fmt: skip
