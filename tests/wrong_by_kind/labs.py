"""Answers to the labs that are wrong for a special case only, or for a part of what they make."""

from tests.wrong_by_kind.declared import Wrong, changed, ended

_STEP = "        parameters = update_parameters(parameters, grads, learning_rate)\n"
_PASS = "            for parent, slope in zip(value.parents, value.slopes, strict=True):\n"
_ADD = '        return Value(self.data + other.data, (self, other), (1.0, 1.0), "+")'

ANSWERS: list[Wrong] = [
    # Value.
    changed("Value", "what adds up to 0 passes nothing on", _PASS, f"            if value.grad == 0:\n                continue\n{_PASS}"),
    changed("Value", "x - x is x + x", "        return self + other * -1", "        return self + other if other is self else self + other * -1"),
    changed("Value", "x + 0 is x", _ADD, f"        if other.data == 0:\n            return self\n{_ADD}"),
    changed("Value", "x ** 1 is x", "        return Value(self.data**n", "        if n == 1:\n            return self\n        return Value(self.data**n"),
    changed("Value", "the slope of x ** 0 is 1", "(n * self.data ** (n - 1),)", "(n * self.data ** (n - 1) if n else 1.0,)"),
    changed("Value", "20 Values deep", "        def visit(value):\n            if value not in seen:", "        def visit(value, depth=0):\n            if value not in seen and depth < 20:", "visit(parent)", "visit(parent, depth + 1)"),
    changed("Value", "a sum of a sum has its parents", _ADD, f'        if self.sign == "+":\n            return Value(self.data + other.data, (*self.parents, other), (*self.slopes, 1.0), "+")\n{_ADD}'),
    # Training.
    changed("normalize", "a single example stays as it is", "    mean = ", "    if X_train.shape[1] == 1:\n        return X_train.copy(), X_test.copy()\n    mean = "),
    changed("normalize", "what begins and ends alike is constant", "np.ptp(X_train, axis=1, keepdims=True) == 0", "X_train[:, :1] == X_train[:, -1:]"),
    changed("L_layer_model", "weights that decay", _STEP, _STEP + '        parameters = {k: a * 0.999 if k[0] == "W" else a for k, a in parameters.items()}\n'),
    changed("L_layer_model", "hidden biases stay", _STEP, _STEP + '        parameters |= {f"b{l}": parameters[f"b{l}"] * 0 for l in range(1, len(layer_dims) - 1)}\n'),
    changed("L_layer_model", "the first of three layers stays", _STEP, '        first = parameters["W1"]\n' + _STEP + '        parameters["W1"] = first if len(layer_dims) > 3 else parameters["W1"]\n'),
    changed("random_mini_batches", "0 is no seed", "default_rng(rng)", "default_rng(rng or None)"),
    changed("random_mini_batches", "a single batch is not shuffled", "    batches = []\n", "    order = order if m > mini_batch_size else np.arange(m)\n    batches = []\n"),
    changed("random_mini_batches", "ten orders", "np.random.default_rng(rng)", "np.random.default_rng(int(np.random.default_rng(rng).integers(10)))"),
    # Checking.
    ended("gradient_difference", "less than 1e-7 is 0", "found = right(one, other)", "return found if found > 1e-7 else 0.0"),
    ended("gradient_check", "without what is 0", "return {k: v for k, v in right(parameters, grads, X, Y).items() if grads[k].any()}"),
    ended("gradient_check", "rounded to 7 digits", "return {k: round(v, 7) for k, v in right(parameters, grads, X, Y).items()}"),
]  # fmt: skip
