"""Answers to the ten functions that are right for numbers of a common size only."""

from tests.wrong_by_kind.declared import Wrong, begun, changed, ended


def _clipped(name: str, what: str, arguments: str, most: tuple[float, ...]) -> list[Wrong]:
    """Return answers whose input ``what`` is clipped."""
    return [
        begun(name, f"{what} clipped at {m}", f"{what} = np.clip({what}, {-m}, {m})") for m in most
    ] + [
        ended(
            name,
            f"the first value clipped at {m}",
            f"first, *rest = right({arguments})",
            f"return (np.clip(first, {-m}, {m}), *rest)",
        )
        for m in most
    ]


def _in_grads(title: str, new: str) -> Wrong:
    return ended(
        "L_model_backward",
        title,
        f"return {{k: {new} for k, a in right(AL, Y, caches).items()}}",
    )


ANSWERS = [
    *_clipped("linear_forward", "A", "A, W, b", (1, 5, 10, 20, 50, 500)),
    *_clipped("linear_backward", "dZ", "dZ, cache", (1, 5, 10, 20, 50, 500)),
    *_clipped("linear_activation_backward", "dA", "dA, cache, activation", (1, 5, 10, 20, 50, 500)),
    *(
        begun(name, f"W clipped at {m}", line.format(m))
        for name, line in (
            ("linear_forward", "W = np.clip(W, -{0}, {0})"),
            ("linear_activation_forward", "W = np.clip(W, -{0}, {0})"),
            ("L_model_forward",
             "parameters = {{k: np.clip(a, -{0}, {0}) for k, a in parameters.items()}}"),
            ("linear_backward", "cache = cache[0], np.clip(cache[1], -{0}, {0}), cache[2]"),
            ("linear_activation_backward",
             "cache = (cache[0][0], np.clip(cache[0][1], -{0}, {0}), cache[0][2]), cache[1]"),
        )
        for m in (1, 5, 10)
    ),
    *(
        begun(name, f"b clipped at {m}", f"b = np.clip(b, {-m}, {m})")
        for name in ("linear_forward", "linear_activation_forward")
        for m in (1, 5, 10)
    ),
    *(
        begun(name, f"A_prev clipped at {m}", line.format(m))
        for name, line in (
            ("linear_backward", "cache = (np.clip(cache[0], -{0}, {0}), *cache[1:])"),
            ("linear_activation_backward",
             "cache = (np.clip(cache[0][0], -{0}, {0}), *cache[0][1:]), cache[1]"),
        )
        for m in (1, 5, 10, 50)
    ),
    begun("linear_forward", "A without its sign", "A = np.abs(A)"),
    begun("linear_forward", "A from 0 on", "A = np.maximum(A, 0)"),
    changed("linear_forward", "Z clipped at 100", "W @ A + b", "np.clip(W @ A + b, -100, 100)"),
    changed("linear_forward", "ReLU already", "W @ A + b", "np.maximum(W @ A + b, 0)"),
    changed("linear_forward", "Z rounded", "W @ A + b", "np.round(W @ A + b, 3)"),
    *(
        changed("linear_activation_forward", f"ReLU capped at {m}", "relu(Z)",
                f"(np.clip(Z, 0, {m}), Z)")
        for m in (1, 6, 10, 20, 50, 100)
    ),
    *(
        changed("linear_activation_forward", f"leaky ReLU, {slope}", "relu(Z)",
                f"(np.where(Z > 0, Z, {slope} * Z), Z)")
        for slope in (0.2, 0.01, 1e-3, 1e-4)
    ),
    *(
        changed("linear_activation_forward", f"Z clipped at {m} in the cache",
                "return A, (linear_cache, activation_cache)",
                f"return A, (linear_cache, np.clip(activation_cache, {-m}, {m}))")
        for m in (5, 10)
    ),
    *(
        changed("linear_activation_forward", f"the sigmoid between {eps} and 1 - {eps}",
                "sigmoid(Z)", f"(np.clip(sigmoid(Z)[0], {eps}, 1 - {eps}), Z)")
        for eps in (0.05, 0.01, 1e-3, 1e-4)
    ),
    *(
        changed("L_model_forward", f"AL between {eps} and 1 - {eps}", "return AL, caches",
                f"return np.clip(AL, {eps}, 1 - {eps}), caches")
        for eps in (0.05, 0.01, 1e-3, 1e-4)
    ),
    *(
        changed("L_model_forward", f"A clipped at {m}", "        caches.append(cache)",
                f"        A = np.minimum(A, {m})\n        caches.append(cache)")
        for m in (1, 5, 10, 20, 50, 100, 500)
    ),
    *(
        begun("L_model_forward", f"X clipped at {m}", f"X = np.clip(X, {-m}, {m})")
        for m in (1, 3, 10, 50)
    ),
    *(
        begun("compute_cost", f"AL between {eps} and 1 - {eps}",
              f"AL = np.clip(AL, {eps}, 1 - {eps})")
        for eps in (0.1, 0.05, 0.01, 1e-3, 1e-4)
    ),
    *(
        begun("compute_cost", f"AL at least {eps}", f"AL = np.maximum(AL, {eps})")
        for eps in (0.05, 0.01, 1e-4)
    ),
    *(
        begun("compute_cost", f"AL at most 1 - {eps}", f"AL = np.minimum(AL, 1 - {eps})")
        for eps in (0.05, 0.01, 1e-4)
    ),
    *(
        ended("compute_cost", f"a cost of at most {m}", f"return min(right(AL, Y), {m})")
        for m in (1, 2, 5, 10)
    ),
    *(
        ended("compute_cost", f"rounded to {n} decimals", f"return round(right(AL, Y), {n})")
        for n in (2, 4)
    ),
    ended("compute_cost", "the logarithm of the product",
          "return float(-np.log(np.prod(np.where(Y == 1, AL, 1 - AL))) / Y.shape[1])"),
    ended("compute_cost", "the logarithm of two products",
          "of_1, of_0 = np.prod(AL ** Y), np.prod((1 - AL) ** (1 - Y))",
          "return float(-(np.log(of_1) + np.log(of_0)) / Y.shape[1])"),
    ended("compute_cost", "the logarithm of the mean",
          "return float(-np.log(np.mean(np.where(Y == 1, AL, 1 - AL))))"),
    ended("compute_cost", "only the first hundred examples",
          "return right(AL[:, :100], Y[:, :100])"),
    *(
        begun(name, f"{what} below 0.001 taken for 0", f"{what} = np.where(abs({what}) < 1e-3, 0, {what})")
        for name, what in (("linear_backward", "dZ"), ("linear_activation_backward", "dA"))
    ),
    changed("linear_backward", "dW clipped at 100", "return dA_prev, dW",
            "return dA_prev, np.clip(dW, -100, 100)"),
    changed("linear_backward", "db clipped at 5", "dW, db\n", "dW, np.clip(db, -5, 5)\n"),
    changed("linear_backward", "db clipped at 10", "dW, db\n", "dW, np.clip(db, -10, 10)\n"),
    *(
        changed("linear_activation_backward", f"leaky slope {slope}", "relu_backward(dA, Z)",
                f"dA * np.where(Z > 0, 1, {slope})")
        for slope in (0.2, 0.01, 1e-3, 1e-4)
    ),
    *(
        changed("linear_activation_backward", f"ReLU's slope up to {m}", "relu_backward(dA, Z)",
                f"relu_backward(dA, Z) * (Z < {m})")
        for m in (1, 6, 10)
    ),
    *(
        changed("linear_activation_backward", f"the sigmoid's slope at least {eps}",
                "sigmoid_backward(dA, Z)",
                f"dA * np.maximum(sigmoid_backward(np.ones_like(Z), Z), {eps})")
        for eps in (0.05, 0.01, 1e-3)
    ),
    changed("linear_activation_backward", "only positive dA through ReLU",
            "relu_backward(dA, Z)", "relu_backward(np.maximum(dA, 0), Z)"),
    *(
        begun("L_model_backward", f"AL between {eps} and 1 - {eps}",
              f"AL = np.clip(AL, {eps}, 1 - {eps})")
        for eps in (0.1, 0.05, 0.01, 1e-3, 1e-4)
    ),
    *(
        begun("L_model_backward", f"AL at least {eps}", f"AL = np.maximum(AL, {eps})")
        for eps in (0.05, 0.01, 1e-4)
    ),
    *(
        begun("L_model_backward", f"AL at most 1 - {eps}", f"AL = np.minimum(AL, 1 - {eps})")
        for eps in (0.05, 0.01, 1e-4)
    ),
    *(
        changed("L_model_backward", f"dA clipped at {m} on its way",
                "        dA, dW, db = ",
                f"        dA = np.clip(dA, {-m}, {m})\n        dA, dW, db = ")
        for m in (0.5, 1, 5, 10, 50, 100)
    ),
    *(
        changed("L_model_backward", f"dA of hidden layers clipped at {m} on its way",
                "        activation = ",
                f"        dA = np.clip(dA, {-m}, {m})\n        activation = ")
        for m in (0.5, 1, 5, 10)
    ),
    *(_in_grads(f"gradients clipped at {m}", f"np.clip(a, {-m}, {m})") for m in (0.5, 1, 5, 10)),
    *(
        _in_grads(f"dW and db clipped at {m}", f"np.clip(a, {-m}, {m}) if k[1] != 'A' else a")
        for m in (1, 5, 10)
    ),
    *(
        _in_grads(f"each gradient of at most the length {m}",
                  f"a * min(1, {m} / np.linalg.norm(a))")
        for m in (1, 5, 10)
    ),
    *(
        begun("update_parameters", f"gradients clipped at {m}",
              f"grads = {{k: np.clip(a, {-m}, {m}) for k, a in grads.items()}}")
        for m in (1, 5, 10, 50, 100)
    ),
    *(
        begun("update_parameters", f"each gradient of at most the length {m}",
              f"grads = {{k: a * min(1, {m} / np.linalg.norm(a)) for k, a in grads.items()}}")
        for m in (1, 5, 10, 100)
    ),
    *(
        begun("update_parameters", f"a rate of at most {m}",
              f"learning_rate = min(learning_rate, {m})")
        for m in (0.1, 0.5, 1)
    ),
    *(
        begun("update_parameters", f"a rate of at least {m}",
              f"learning_rate = max(learning_rate, {m})")
        for m in (1e-2, 1e-3)
    ),
    *(
        ended("update_parameters", f"parameters clipped at {m}",
              "new = right(params, grads, learning_rate)",
              f"return {{k: np.clip(a, {-m}, {m}) for k, a in new.items()}}")
        for m in (1, 10, 100)
    ),
    ended("update_parameters", "parameters rounded",
          "new = right(params, grads, learning_rate)",
          "return {k: np.round(a, 4) for k, a in new.items()}"),
    begun("update_parameters", "small gradients left out",
          "grads = {k: np.where(np.abs(a) < 1e-3, 0, a) for k, a in grads.items()}"),
    *(
        changed("initialize_parameters", f"b2 as long as {n} at most", "np.zeros((n_y, 1))",
                f"np.zeros((min(n_y, {n}), 1))")
        for n in ("n_x", "n_h")
    ),
    changed("initialize_parameters", "b1 as long as n_x at most", "np.zeros((n_h, 1))",
            "np.zeros((min(n_h, n_x), 1))"),
    *(
        changed(name, f"weights ({sizes}) clipped at {m}", f"np.random.randn({sizes}) * 0.01",
                f"np.clip(np.random.randn({sizes}) * 0.01, {-m}, {m})")
        for name, sizes in (
            ("initialize_parameters", "n_h, n_x"),
            ("initialize_parameters", "n_y, n_h"),
            ("initialize_parameters_deep", "layer_dims[l], layer_dims[l - 1]"),
        )
        for m in (0.01, 0.02, 0.03)
    ),
]  # fmt: skip
