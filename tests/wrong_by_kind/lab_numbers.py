"""Answers to the labs' functions that are right in a range of numbers or sizes only."""

from tests.wrong_by_kind.declared import Wrong, begun, changed

_COSTS = ("cost_with_l1", "cost_with_l2")
_GRADIENTS = ("l1_gradients", "l2_gradients")

ANSWERS: list[Wrong] = [
    changed("clip_by_norm", "short below a thousandth", "norm <= max_norm", "norm <= max(max_norm, 1e-3)"),
    *(begun(name, "a small lambd counts as 0", "lambd = lambd if lambd >= 1e-3 else 0") for name in _COSTS),
    *(changed(name, "weights told by their shape", 'key.startswith("W")', "array.shape[1] > 1") for name in (*_COSTS, *_GRADIENTS)),
    *(
        changed(name, "biases by their place", '= grads[f"d{key}"]', '= grads[f"d{key}" if key[0] == "W" else [k for k in grads if k[1] != "A"][list(parameters).index(key)]]')
        for name in _GRADIENTS
    ),
    changed("early_stopping", "a cost of 0 is none", "if cost <", "if not costs[best_epoch] or cost <"),
    changed("l1_gradients", "turned where square", "np.sign(array)", "np.sign(array.T if len(array) == len(array.T) else array)"),
    changed("l2_gradients", "turned where square", "m * array", "m * (array.T if len(array) == len(array.T) else array)"),
    changed("l2_gradients", "the layer before, if it fits", "m * array", "m * next((a for k, a in parameters.items() if k == f'W{int(key[1:]) - 1}' and a.shape == array.shape), array)"),
    changed("l2_gradients", "a quotient of whole numbers", "lambd / m", "(lambd // m if isinstance(lambd, int) else lambd / m)"),
    changed("l2_gradients", "a slope that outlives the call", "def l2", "_slopes = {}\n\n\ndef l2", "lambd / m * array", "_slopes.setdefault((key, array.shape), lambd / m * array)"),
    begun("accumulate_gradients", "equal sizes, by the first and the last", "sizes = [1] * len(sizes) if sizes[0] == sizes[-1] else sizes"),
    changed("update_with_momentum", "the gradient itself for beta 0", "beta * v[f\"d{key}\"] + (1 - beta) * grads[f\"d{key}\"]", "grads[f\"d{key}\"] if beta == 0 else beta * v[f\"d{key}\"] + (1 - beta) * grads[f\"d{key}\"]"),
    changed("NeuralNetwork", "fit ends where the cost rises", "self.costs.append(compute_cost(AL, Y))", "self.costs.append(compute_cost(AL, Y))\n            if self.costs[-2:] == sorted(self.costs[-2:]) and len(self.costs) > 1:\n                break"),
    changed("NeuralNetwork", "a second backward finds nothing", "for key, total in self.grads.items()}", "for key, total in self.grads.items()}\n        self.caches = None"),
]  # fmt: skip
