"""Answers that take parameters by their position, or stop to work at the tenth layer."""

from tests.wrong_by_kind.declared import Wrong, begun, changed

_RULES = {
    "update_with_momentum": (("params", "grads", "v"), "learning_rate, beta"),
    "update_with_rmsprop": (("params", "grads", "s"), "learning_rate, beta, eps"),
    "update_with_adam": (("params", "grads", "v", "s"), "t, learning_rate, beta1, beta2, eps"),
}


def _paired(name: str, chosen: str) -> Wrong:
    """Return an optimiser that takes one of its dictionaries by position."""
    return changed(
        name,
        f"{chosen} by position",
        "    ### BEGIN SOLUTION\n",
        f"    ### BEGIN SOLUTION\n    {chosen} = dict(zip([f'd{{k}}' for k in params], "
        f"[a for k, a in {chosen}.items() if k[:2] != 'dA']))\n",
    )


ANSWERS = [
    *(_paired(name, chosen) for name, (inputs, _) in _RULES.items() for chosen in inputs[1:]),
    *(
        changed(
            name,
            "all sorted and paired",
            "    ### BEGIN SOLUTION\n",
            "    ### BEGIN SOLUTION\n    params = dict(sorted(params.items(), key=lambda one: one[0][-1]))\n"
            + "".join(
                f"    {one} = dict(zip([f'd{{k}}' for k in params], [{one}[k] for k in sorted({one}, "
                "key=lambda k: (len(k), k[2:], k)) if k[:2] != 'dA']))\n"
                for one in inputs[1:]
            ),
        )
        for name, (inputs, _) in _RULES.items()
    ),
    *(
        changed(
            name,
            "one digit of a key is the layer",
            "for key, value in params.items():",
            "for key, value in ((k[0] + k[1], params[k[0] + k[1]]) for k in params):",
        )
        for name in _RULES
    ),
    *(
        changed(
            name,
            "at most nine layers",
            "for key, value in params.items():",
            "for key, value in ((k, a) for k, a in params.items() if len(k) == 2):",
        )
        for name in _RULES
    ),
    *(
        changed(
            name,
            "the last digit of a key is the layer",
            "for key, value in params.items():",
            "for key, value in ((k[0] + k[-1], params[k[0] + k[-1]]) for k in params if k[-1] != '0'):",
        )
        for name in _RULES
    ),
    # Keys of the penalties.
    *(
        changed(
            name,
            "each second array is a weight matrix",
            *(
                '[array for key, array in parameters.items() if key.startswith("W")]',
                "list(parameters.values())[::2]",
            ),
        )
        for name in ("cost_with_l1", "cost_with_l2")
    ),
    *(
        changed(
            name,
            "at most nine layers",
            *('if key.startswith("W")]', 'if key.startswith("W") and len(key) == 2]'),
        )
        for name in ("cost_with_l1", "cost_with_l2")
    ),
    *(
        changed(
            name,
            "the first two letters are the key",
            *(
                'if key.startswith("W")]',
                'if key.startswith("W")]\n    weights = list({id(parameters[k[:2]]): '
                'parameters[k[:2]] for k in parameters if k[0] == "W"}.values())',
            ),
        )
        for name in ("cost_with_l1", "cost_with_l2")
    ),
    *(
        changed(
            name,
            "gradients by position",
            "    ### BEGIN SOLUTION\n",
            "    ### BEGIN SOLUTION\n    grads = dict(zip([f'd{k}' for k in parameters], "
            "[a for k, a in grads.items() if k[:2] != 'dA']))\n",
        )
        for name in ("l1_gradients", "l2_gradients")
    ),
    *(
        changed(name, "at most nine layers", "parameters.items():", "list(parameters.items())[:18]:")
        for name in ("l1_gradients", "l2_gradients")
    ),
    *(
        changed(
            name,
            "the layer is one digit",
            'array if key.startswith("W")' if name == "l2_gradients" else 'np.sign(array) if key.startswith("W")',
            'parameters["W" + key[1]][: len(array)] if key.startswith("W")'
            if name == "l2_gradients"
            else 'np.sign(parameters["W" + key[1]]) if key.startswith("W")',
        )
        for name in ("l1_gradients", "l2_gradients")
    ),
    *(
        changed(name, "at most nine layers", "for l in range(1, len(layer_dims)):", "for l in range(1, min(len(layer_dims), 10)):")
        for name in ("initialize_xavier", "initialize_he")
    ),
    *(
        changed(name, "one digit in the key", '{l}"]', '{str(l)[0]}"]')
        for name in ("initialize_xavier", "initialize_he")
    ),
    changed("clip_by_norm", "at most nine layers", 'key.startswith(("dW", "db"))', 'key.startswith(("dW", "db")) and len(key) == 3'),
    changed("clip_by_norm", "the length of the first nine layers", "for array in kept.values()", "for key, array in kept.items() if len(key) == 3"),
    changed("clip_by_norm", "each second array counts", "for array in kept.values()", "for array in list(kept.values())[::2]"),
    begun("clip_by_norm", "the layers are a third of the keys", "grads = {f'd{c}{l + 1}': grads[f'd{c}{l + 1}'] for l in range(len(grads) // 3) for c in 'Wb'}"),
    changed("accumulate_gradients", "at most nine layers", 'key.startswith(("dW", "db"))', 'key.startswith(("dW", "db")) and len(key) == 3'),
    changed("accumulate_gradients", "batches by position", "grads[key] for grads, size", "list(grads.values())[list(grads_list[0]).index(key)] for grads, size"),
    changed("accumulate_gradients", "at most nine batches", "zip(grads_list, sizes, strict=True)", "zip(grads_list[:9], sizes[:9])"),
    changed("gradient_check", "gradients by position", "    ### BEGIN SOLUTION\n", "    ### BEGIN SOLUTION\n    grads = dict(zip([f'd{k}' for k in parameters], [a for k, a in grads.items() if k[:2] != 'dA']))\n"),
    changed("gradient_check", "parameters by position", "    ### BEGIN SOLUTION\n", "    ### BEGIN SOLUTION\n    names = [f'{c}{l + 1}' for l in range(len(parameters) // 2) for c in 'Wb']\n    parameters = dict(zip(names, parameters.values()))\n"),
    changed("gradient_check", "keys are sorted", 'stacks[f"W{l}"] @ A + stacks[f"b{l}"]', 'stacks[sorted(k for k in stacks if k[0] == "W")[l - 1]] @ A + stacks[sorted(k for k in stacks if k[0] == "b")[l - 1]]'),
    changed("gradient_check", "at most nine layers", 'differences[f"d{key}"] = ', 'differences[f"d{key}"[:3]] = '),
    Wrong("predict", "parameters by position", """
from workbook import relu, sigmoid

def predict(X, parameters):
    A, arrays = X, list(parameters.values())
    for W, b in zip(arrays[:-2:2], arrays[1:-2:2]):
        A = np.maximum(W @ A + b, 0)
    return (sigmoid(arrays[-2] @ A + arrays[-1])[0] > 0.5).astype(float)
"""),
    Wrong("predict", "keys are sorted", """
from workbook import relu, sigmoid

def predict(X, parameters):
    A = X
    Ws, bs = (sorted(k for k in parameters if k[0] == letter) for letter in "Wb")
    for W, b in zip(Ws[:-1], bs[:-1]):
        A = np.maximum(parameters[W] @ A + parameters[b], 0)
    return (sigmoid(parameters[Ws[-1]] @ A + parameters[bs[-1]])[0] > 0.5).astype(float)
"""),
    Wrong("predict", "the last key's last digit is the number of layers", """
from workbook import relu, sigmoid

def predict(X, parameters):
    A, L = X, max(int(k[-1]) for k in parameters)
    for l in range(1, L):
        A = np.maximum(parameters[f"W{l}"] @ A + parameters[f"b{l}"], 0)
    return (sigmoid(parameters[f"W{L}"] @ A + parameters[f"b{L}"])[0] > 0.5).astype(float)
"""),
    changed("NeuralNetwork", "gradients by position", "{key: total + grads[key] for key, total in self.grads.items()}", "{key: total + new for (key, total), new in zip(self.grads.items(), [a for k, a in sorted(grads.items(), key=lambda o: o[0][-1]) if k[1] != 'A'][::1])}"),
    changed("NeuralNetwork", "at most nine layers", "for key, total in self.grads.items()", "for key, total in self.grads.items() if len(key) == 3"),
    changed("L_layer_model", "at most nine layers", "layer_dims)\n    costs", "layer_dims[:9] + layer_dims[-1:])\n    costs"),
]  # fmt: skip
