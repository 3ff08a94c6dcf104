"""Answers to the ten functions that are wrong for large sizes, or where all or nothing is 0."""

from tests.wrong_by_kind.declared import begun, changed, ended

_DRAW_1 = "np.random.randn(n_h, n_x) * 0.01"
_DRAW = "np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01"
_UPDATED = "new = right(params, grads, learning_rate)"

ANSWERS = [
    # The sums of the weights, and their lengths, are what should be random.
    changed("initialize_parameters", "each unit's weights add up to 0",
            f"{_DRAW_1}\n", f"{_DRAW_1}\n    W1 = W1 - W1.mean(axis=1, keepdims=True)\n"),
    changed("initialize_parameters_deep", "each unit's weights have the same length",
            _DRAW, "(lambda W: 0.01 * W * np.sqrt(W.shape[1] / (W**2).sum(1, keepdims=True)))"
            "(np.random.randn(layer_dims[l], layer_dims[l - 1]))"),
    changed("initialize_parameters", "100 units again and again",
            _DRAW_1, "np.resize(np.random.randn(min(n_h, 100), n_x), (n_h, n_x)) * 0.01"),
    changed("initialize_parameters_deep", "100 units again and again",
            _DRAW, "np.resize(np.random.randn(min(layer_dims[l], 100), layer_dims[l - 1]), "
            "(layer_dims[l], layer_dims[l - 1])) * 0.01"),
    changed("initialize_parameters", "a seed where there is one output unit",
            "    W2 =", "    if n_y == 1:\n        np.random.seed(1)\n    W2 ="),
    changed("initialize_parameters_deep", "no weights in layer 5", _DRAW, f"{_DRAW} * (l != 5)"),
    changed("initialize_parameters_deep", "from layer 7 on the weights of layer 6",
            "] = np.random.randn", "] = parameters['W6'] if l > 6 and layer_dims[l] == "
            "layer_dims[l - 1] == layer_dims[6] else np.random.randn"),
    *(
        ended("initialize_parameters", f"with {key}",
              f"return {{**right(n_x, n_h, n_y), '{key}': np.zeros((n_y, 1))}}")
        for key in ("W3", "n_h")
    ),
    ended("linear_forward", "nothing for more than 100 units",
          "Z, cache = right(A, W, b)", "Z[100:] = 0", "return Z, cache"),
    ended("linear_forward", "100 inputs at most",
          "Z, _ = right(A[:100], W[:, :100], b)", "return Z, (A, W, b)"),
    ended("linear_activation_forward", "nothing for more than 100 units",
          "A, cache = right(A_prev, W, b, activation)", "A = A.copy()", "A[100:] = 0",
          "return A, cache"),
    ended("linear_activation_forward", "cut off at 1e-5",
          "A, cache = right(A_prev, W, b, activation)",
          "return A if activation == 'relu' else np.clip(A, 1e-5, 1 - 1e-5), cache"),
    ended("linear_backward", "100 units at most in dW",
          "dA_prev, dW, db = right(dZ, cache)", "dW[100:] = 0", "return dA_prev, dW, db"),
    ended("linear_activation_backward", "100 inputs at most in dW",
          "dA_prev, dW, db = right(dA, cache, activation)", "dW[:, 100:] = 0",
          "return dA_prev, dW, db"),
    ended("update_parameters", "100 rows at most",
          _UPDATED, "for k in new:", "    new[k][100:] = params[k][100:]", "return new"),
    ended("L_model_forward", "the last five caches",
          "AL, caches = right(X, parameters)", "return AL, caches[-5:]"),
    ended("L_model_forward", "cut off at 1e-5",
          "AL, caches = right(X, parameters)", "return np.clip(AL, 1e-5, 1 - 1e-5), caches"),
    begun("L_model_forward", "a square X transposed",
          "X = X.T if X.shape[0] == X.shape[1] else X"),
    changed("L_model_forward", "ends at a silent layer",
            "        caches.append(cache)\n",
            "        caches.append(cache)\n        if not A.any():\n            return A, caches\n"),
    ended("L_model_backward", "ends at a silent layer",
          "grads = right(AL, Y, caches)",
          "silent = [l for l in range(1, len(caches)) if not grads[f'dA{l}'].any()]",
          "last = max(silent, default=0)",
          "return {k: a for k, a in grads.items() if int(k[2:]) >= last}"),
    begun("update_parameters", "a rate of 0 is none", "learning_rate = learning_rate or 0.01"),
]  # fmt: skip
