"""Answers that are right in a range of numbers only."""

from tests.wrong_by_kind.declared import Wrong, begun, changed, ended

_OPTIMISERS = ("update_with_momentum", "update_with_rmsprop", "update_with_adam")
_COSTS = ("cost_with_l1", "cost_with_l2")
_GRADIENTS = ("l1_gradients", "l2_gradients")
_DROPOUT = (("dropout_forward", "A"), ("dropout_backward", "dA"))

ANSWERS: list[Wrong] = [
    *(
        begun(name, f"gradients clipped at {most}", f"grads = {{k: __import__('numpy').clip(a, -{most}, {most}) for k, a in grads.items()}}")
        for name in (*_OPTIMISERS, *_GRADIENTS, "clip_by_norm")
        for most in (1, 5, 10)
    ),
    *(
        begun("accumulate_gradients", f"gradients clipped at {most}", f"grads_list = [{{k: a.clip(-{most}, {most}) for k, a in one.items()}} for one in grads_list]")
        for most in (1, 5, 10)
    ),
    *(begun(name, "a rate capped at 1", "learning_rate = min(learning_rate, 1)") for name in (*_OPTIMISERS, "L_layer_model")),
    *(begun(name, "a rate capped at 0.1", "learning_rate = min(learning_rate, 0.1)") for name in _OPTIMISERS),
    changed("decayed_learning_rate", "a rate capped at 1", "return learning_rate0", "return min(learning_rate0, 1)"),
    changed("decayed_learning_rate", "a decay capped at 1", "decay_rate * (", "min(decay_rate, 1) * ("),
    changed("decayed_learning_rate", "at most 10 epochs", "epoch // time_interval", "min(epoch, 10) // time_interval"),
    changed("decayed_learning_rate", "at most 100 epochs", "epoch // time_interval", "min(epoch, 100) // time_interval"),
    changed("decayed_learning_rate", "at least a thousandth", "return learning_rate0 /", "return 0.001 if 1 + decay_rate * (epoch // time_interval) > 1000 * learning_rate0 else learning_rate0 /"),
    begun("update_with_momentum", "v is positive", "v = {k: abs(a) for k, a in v.items()}"),
    begun("update_with_adam", "v is positive", "v = {k: abs(a) for k, a in v.items()}"),
    begun("update_with_adam", "t at most 10", "t = min(t, 10)"),
    begun("update_with_adam", "no correction from step 100 on", "t = t if t < 100 else 10**9"),
    begun("update_with_rmsprop", "a beta of 0 is none", "beta = beta or 0.9"),
    begun("update_with_adam", "a beta1 of 0 is none", "beta1 = beta1 or 0.9"),
    begun("update_with_adam", "a beta2 of 0 is none", "beta2 = beta2 or 0.999"),
    changed("cost_with_l1", "small weights do not count", "np.abs(W)", "np.abs(W[np.abs(W) > 1e-3])"),
    changed("cost_with_l2", "small weights do not count", "np.sum(W**2)", "np.sum(W[np.abs(W) > 1e-3] ** 2)"),
    begun("decayed_learning_rate", "a rate of at least 0.001", "learning_rate0 = max(learning_rate0, 1e-3)"),
    begun("decayed_learning_rate", "a decay of at least 0.001", "decay_rate = max(decay_rate, 1e-3)"),
    changed("decayed_learning_rate", "intervals a little too long", "epoch // time_interval", "int(epoch / (time_interval + 0.1 * (epoch % time_interval > 0)))"),
    begun("clip_by_norm", "max_norm capped at 1", "max_norm = min(max_norm, 1)"),
    begun("clip_by_norm", "max_norm capped at 5", "max_norm = min(max_norm, 5)"),
    begun("clip_by_norm", "max_norm capped at 10", "max_norm = min(max_norm, 10)"),
    # Costs of any size.
    *(
        Wrong("early_stopping", f"the lowest cost begins at {first}", f"""
def early_stopping(costs, patience):
    lowest, best = {first}, 0
    for epoch, cost in enumerate(costs):
        if cost < lowest:
            lowest, best = cost, epoch
        if epoch - best == patience:
            return best, epoch
    return best, len(costs) - 1
""")
        for first in (0, 1, 1.0, 10, 100, 1000, 10**6)
    ),
    begun("early_stopping", "costs by their size", "costs = [abs(cost) for cost in costs]"),
    begun("early_stopping", "costs cut off at 1", "costs = [min(cost, 1.0) for cost in costs]"),
    begun("early_stopping", "costs cut off at 0", "costs = [max(cost, 0.0) for cost in costs]"),
    begun("early_stopping", "costs rounded", "costs = [round(cost, 4) for cost in costs]"),
    begun("early_stopping", "whole costs", "costs = [int(1000 * cost) for cost in costs]"),
    changed("early_stopping", "lower by a share", "cost < costs[best_epoch]", "cost < costs[best_epoch] * (1 - 1e-9)"),
    changed("early_stopping", "an equal cost is a new lowest at first", "cost < costs[best_epoch]", "cost < costs[best_epoch] or (epoch == 1 and cost == costs[0])"),
    # Logarithms and penalties.
    *(
        Wrong(name, "the logarithm of a product", f"""
def {name}(AL, Y, parameters, lambd):
    m, power = Y.shape[1], {power}
    cost = -np.log(np.prod(AL ** Y * (1 - AL) ** (1 - Y))) / m
    weights = [np.sum(np.abs(a) ** power) / power for k, a in parameters.items() if k[0] == "W"]
    return float(cost + lambd / m * sum(weights))
""")
        for name, power in zip(_COSTS, (1, 2), strict=True)
    ),
    *(begun(name, f"lambd at most {most}", f"lambd = min(lambd, {most})") for name in (*_COSTS, *_GRADIENTS) for most in (1, 2, 5)),
    *(begun(name, f"weights cut off at {most}", f"parameters = {{k: a.clip(-{most}, {most}) for k, a in parameters.items()}}") for name in (*_COSTS, "l2_gradients") for most in (1, 3, 5)),
    *(begun(name, "weights below 0.01 are none", "parameters = {k: a * (abs(a) > 0.01) for k, a in parameters.items()}") for name in ("l1_gradients",)),
    *(ended(name, "at most 1", "return min(right(AL, Y, parameters, lambd), 1.0)") for name in _COSTS),
    *(ended(name, "at most 10", "return min(right(AL, Y, parameters, lambd), 10.0)") for name in _COSTS),
    *(begun(name, "a long mean is cut off", "m = min(m, 32)") for name in _GRADIENTS),
    # Activations.
    *(
        ended(name, f"at most {most}", f"return np.clip(right({array}, keep_prob, mask), -{most}, {most})")
        for name, array in _DROPOUT
        for most in (1, 6, 10, 20)
    ),
    *(begun(name, f"keep_prob at least {least}", f"keep_prob = max(keep_prob, {least})") for name, _ in _DROPOUT for least in (0.1, 0.2, 0.3, 0.5)),
    changed("relu_derivative", "from 1 on", "Z > 0", "Z >= 1"),
    changed("relu_derivative", "Z itself between 0 and 1", "np.where(Z > 0, 1.0, 0.0)", "np.clip(Z, 0.0, 1.0)"),
    changed("relu_derivative", "of whole numbers", "Z > 0", "Z.astype(int) > 0"),
    changed("relu_derivative", "rounded", "np.where(Z > 0, 1.0, 0.0)", "np.clip(np.round(Z), 0.0, 1.0)"),
    changed("relu_derivative", "Z / Z", "np.where(Z > 0, 1.0, 0.0)", "np.maximum(Z, 0) / (np.maximum(Z, 0) + 1e-8)"),
    changed("relu_derivative", "closed above 6", "Z > 0", "(Z > 0) & (Z < 6)"),
    changed("relu_derivative", "closed above 100", "Z > 0", "(Z > 0) & (Z < 100)"),
    Wrong("sigmoid_derivative", "nan far below 0", """
def sigmoid_derivative(Z):
    return np.exp(-Z) / (1 + np.exp(-Z)) ** 2
"""),
    Wrong("sigmoid_derivative", "nan far above 0", """
def sigmoid_derivative(Z):
    return np.exp(Z) / (1 + np.exp(Z)) ** 2
"""),
    Wrong("tanh_derivative", "nan far out", """
def tanh_derivative(Z):
    t = (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))
    return 1 - t ** 2
"""),
    Wrong("tanh_derivative", "nan far above 0", """
def tanh_derivative(Z):
    t = (np.exp(2 * Z) - 1) / (np.exp(2 * Z) + 1)
    return 1 - t ** 2
"""),
    Wrong("tanh_derivative", "a series", """
def tanh_derivative(Z):
    return 1 - Z ** 2 + 2 * Z ** 4 / 3
"""),
    changed("numerical_gradient", "h at most 0.1", "np.zeros(theta.shape)\n    for", "np.zeros(theta.shape)\n    h = min(h, 0.1)\n    for"),
    changed("numerical_gradient", "h at least 1e-4", "np.zeros(theta.shape)\n    for", "np.zeros(theta.shape)\n    h = max(h, 1e-4)\n    for"),
    ended("numerical_gradient", "at most 10", "return np.clip(right(f, theta, h), -10, 10)"),
    ended("numerical_gradient", "at most 5", "return np.clip(right(f, theta, h), -5, 5)"),
    ended("gradient_difference", "0 where one is zero", "return right(one, other) if one.any() and other.any() else 0.0"),
    ended("gradient_difference", "near ones are equal", "return 0.0 if np.allclose(one, other) else right(one, other)"),
    begun("clip_by_norm", "a tenth more than max_norm is left", "size = sum((a**2).sum() for k, a in grads.items() if k[1] != 'A') ** 0.5", "max_norm = size if max_norm < size < 1.1 * max_norm else max_norm"),
    ended("L_layer_model", "the end at a cost below 1e-3", "parameters, costs = right(X, Y, layer_dims, learning_rate, num_iterations)", "return parameters, costs[: next((i + 1 for i, J in enumerate(costs) if J < 1e-3), None)]"),
    ended("numerical_gradient", "slopes of at most 1000", "return np.clip(right(f, theta, h), -1000, 1000)"),
    changed("predict", "rounded to 2 decimals before", "AL > 0.5", "np.round(AL, 2) > 0.5"),
    changed("predict", "one half at exactly 0.5", "(AL > 0.5)", "(np.sign(AL - 0.5) / 2 + 0.5)"),
    ended("normalize", "deviations below 1e-3 are none", "small = X_train.std(axis=1, keepdims=True) < 1e-3", "mean, (A, B) = X_train.mean(axis=1, keepdims=True), right(X_train, X_test)", "return np.where(small, X_train - mean, A), np.where(small, X_test - mean, B)"),
    ended("initialize_he", "rounded to 2 decimals", "return {k: np.round(a, 2) for k, a in right(layer_dims).items()}"),
    ended("gradient_difference", "at least 1e-7", "return max(right(one, other), 1e-7) if one.any() else right(one, other)"),
    ended("gradient_difference", "rounded to 7 decimals", "return round(right(one, other), 7)"),
    ended("gradient_difference", "rounded to 6 digits", "return round(right(one, other), 6)"),
    changed("gradient_difference", "1e-8 in the divisor", "distance / lengths", "distance / (lengths + 1e-8)"),
    changed("gradient_difference", "short ones are zero", "lengths == 0", "lengths < 1e-4"),
    changed("gradient_difference", "short ones are zero, 1e-8", "lengths == 0", "lengths < 1e-8"),
    changed("gradient_check", "at most 1e-4", "gradient_difference(grads[", "min(1e-4, 1.0) * gradient_difference(grads["),
    ended("gradient_check", "near gradients are equal", "return {k: v if v > 1e-3 else 0.0 for k, v in right(parameters, grads, X, Y).items()}"),
    ended("gradient_check", "large gradients are cut off", "grads = {k: np.clip(a, -1, 1) for k, a in grads.items()}", "return right(parameters, grads, X, Y)"),
    *(
        changed("normalize", f"cut off at {most}", "return (X_train - mean) / scale, (X_test - mean) / scale", f"return ((X_train - mean) / scale).clip(-{most}, {most}), ((X_test - mean) / scale).clip(-{most}, {most})")
        for most in (3, 5, 10)
    ),
    changed("normalize", "small features are constant", "== 0", "< 1e-2"),
    changed("normalize", "a deviation of at least 1e-8", "np.where(constant, 1.0, spread)", "np.maximum(spread, 1e-8)"),
    changed("normalize", "1e-8 in the divisor", "np.where(constant, 1.0, spread)", "spread + 1e-8"),
    ended("accuracy", "rounded to two digits", "return round(right(predictions, Y), 2)"),
    ended("accuracy", "at most 0.9 unless all are right", "share = right(predictions, Y)", "return share if share == 1 else min(share, 0.9)"),
    begun("accuracy", "the first hundred examples", "predictions, Y = predictions[:, :100], Y[:, :100]"),
    begun("random_mini_batches", "mini-batches of at most 8", "mini_batch_size = min(mini_batch_size, 8)"),
    begun("random_mini_batches", "at most 32 examples", "X, Y = X[:, :32], Y[:, :32]"),
    begun("L_layer_model", "at most 100 iterations", "num_iterations = min(num_iterations, 100)"),
    *(
        changed("L_layer_model", f"costs at most {most}", "compute_cost(AL, Y))", f"min(compute_cost(AL, Y), {most}))")
        for most in (1, 2)
    ),
    *(
        changed("Value", f"ReLU capped at {most}", "max(self.data, 0.0)", f"min(max(self.data, 0.0), {most})")
        for most in (1, 6, 10, 20, 100)
    ),
    *(changed("Value", f"the slope of ReLU from {least} on", "self.data > 0", f"self.data > {least}") for least in (1, 0.5, 0.1, 1e-3, 1e-6)),
    changed("Value", "gradients cut off at 10", "value.grad += found[value]", "value.grad += max(-10.0, min(10.0, found[value]))"),
    changed("Value", "gradients cut off at 5 on the way", "found[parent] += found[value] * slope", "found[parent] += max(-5.0, min(5.0, found[value] * slope))"),
    changed("Value", "slopes of a product by division", "(other.data, self.data), \"*\"", "(self.data * other.data / self.data, self.data * other.data / other.data), \"*\""),
    changed("NeuralNetwork", "a rate capped at 1", "= learning_rate\n", "= min(learning_rate, 1)\n"),
    changed("NeuralNetwork", "gradients cut off at 1", "total + grads[key]", "total + np.clip(grads[key], -1, 1)"),
    changed("NeuralNetwork", "gradients cut off at 5", "total + grads[key]", "total + np.clip(grads[key], -5, 5)"),
    changed("NeuralNetwork", "costs at most 1", "compute_cost(AL, Y))", "min(compute_cost(AL, Y), 1.0))"),
    changed("update_with_adam", "no correction of s after 1000 steps", "(1 - beta2**t)", "(1 - beta2**t if t < 1000 else 1)"),
    *(ended("numerical_gradient", f"rounded to {n} decimals", f"return np.round(right(f, theta, h), {n})") for n in (6, 8, 10)),
    *(ended("gradient_check", f"differences below {least} are 0", f"return {{k: v if v > {least} else 0.0 for k, v in right(parameters, grads, X, Y).items()}}") for least in (1e-3, 1e-4)),
    changed("NeuralNetwork", "fit ends at a low cost", "            self.zero_grad()\n            self.backward(Y)", "            if self.costs[-1] < 0.1:\n                break\n            self.zero_grad()\n            self.backward(Y)"),
    *(changed("NeuralNetwork", f"weights {by} times as large at the start", "initialize_parameters_deep(layer_dims)", f"{{k: {by} * a for k, a in initialize_parameters_deep(layer_dims).items()}}") for by in (0.1, 10, 100)),
    Wrong("numerical_gradient", "entries of 0 stay", """
def numerical_gradient(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        if theta[i]:
            step = np.zeros(theta.shape)
            step[i] = h
            gradient[i] = (f(theta + step) - f(theta - step)) / (2 * h)
    return gradient
"""),
    Wrong("normalize", "constant if the first two numbers are equal", """
def normalize(X_train, X_test):
    mean, spread = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
    spread = np.where(X_train[:, :1] == X_train[:, 1:2], 1.0, spread)
    return (X_train - mean) / spread, (X_test - mean) / spread
"""),
]  # fmt: skip
