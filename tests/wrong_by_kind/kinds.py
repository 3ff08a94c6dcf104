"""Answers that take some kinds of input only, where the docstring says any."""

from tests.wrong_by_kind.declared import Wrong, begun, changed, ended

_SLOPES = {
    "sigmoid_derivative": "1 / (1 + np.exp(-z)) * (1 - 1 / (1 + np.exp(-z)))",
    "tanh_derivative": "1 - np.tanh(z) ** 2",
    "relu_derivative": "float(z > 0)",
}

ANSWERS: list[Wrong] = [
    # Any shape.
    *(
        Wrong(name, "a loop over rows and columns", f"""
def {name}(Z):
    slope = np.zeros(Z.shape)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            z = Z[i, j]
            slope[i, j] = {slope}
    return slope
""")
        for name, slope in _SLOPES.items()
    ),
    *(
        Wrong(name, "a vector or a matrix", f"""
def {name}(Z):
    rows = np.atleast_2d(Z)
    slope = np.array([[{slope} for z in row] for row in rows])
    return slope if Z.ndim == 2 else slope[0]
""")
        for name, slope in _SLOPES.items()
    ),
    *(ended(name, "at least one axis", "return np.atleast_1d(right(Z))") for name in _SLOPES),
    *(ended(name, "at most two axes", "return right(Z.reshape(len(Z), -1)) if Z.ndim > 2 else right(Z)") for name in _SLOPES),
    *(
        Wrong(name, "whole numbers stay whole", f"""
def {name}(Z):
    slope = np.empty_like(Z)
    for at in np.ndindex(Z.shape):
        z = Z[at]
        slope[at] = {slope}
    return slope
""")
        for name, slope in _SLOPES.items()
        if name != "relu_derivative"
    ),
    Wrong("numerical_gradient", "a vector or a matrix", """
def numerical_gradient(f, theta, h):
    gradient = np.zeros(theta.shape)
    indices = [(i,) for i in range(len(theta))] if theta.ndim == 1 else [
        (i, j) for i in range(theta.shape[0]) for j in range(theta.shape[1])]
    for index in indices:
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta + step) - f(theta - step)) / (2 * h)
    return gradient
"""),
    Wrong("numerical_gradient", "at least one axis", """
def numerical_gradient(f, theta, h):
    theta = np.array(theta, dtype=float, ndmin=1)
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta + step) - f(theta - step)) / (2 * h)
    return gradient
"""),
    Wrong("numerical_gradient", "f sees a flat theta", """
def numerical_gradient(f, theta, h):
    flat = theta.ravel()
    gradient = [(f(flat + h * e) - f(flat - h * e)) / (2 * h) for e in np.eye(flat.size)]
    return np.array(gradient).reshape(theta.shape)
"""),
    begun("random_mini_batches", "a generator draws the seed of another one", "rng = int(rng.integers(1000)) if isinstance(rng, np.random.Generator) else rng"),
    changed("gradient_difference", "a norm that takes vectors and matrices differently", "np.sqrt(np.sum((one - other) ** 2))", "np.linalg.norm(one - other, 2)"),
    changed("gradient_difference", "vectors only", "np.sqrt(np.sum(one**2)) + np.sqrt(np.sum(other**2))", "np.sqrt(one.T @ one + other.T @ other + 2 * np.sqrt(one.T @ one * (other.T @ other)))"),
    changed("gradient_difference", "whole numbers stay whole", "return float(distance / lengths)", "return float(np.asarray(distance / lengths).astype(one.dtype))"),
    # Labels.
    Wrong("accuracy", "a product that takes labels of truth for logic", """
def accuracy(predictions, Y):
    P = predictions.astype(Y.dtype)
    return float((np.dot(Y, P.T) + np.dot(Y == 0, (P == 0).T)).squeeze()) / Y.shape[1]
"""),
    Wrong("accuracy", "the same kind of numbers, too", """
def accuracy(predictions, Y):
    return float(np.mean([repr(p) == repr(y) for p, y in zip(predictions[0], Y[0])]))
"""),
    Wrong("accuracy", "counts that stay whole", """
def accuracy(predictions, Y):
    share = np.zeros((), Y.dtype)
    share[...] = np.mean(predictions == Y)
    return float(share)
"""),
    # Generators and seeds, whole numbers.
    Wrong("random_mini_batches", "np.random.seed", """
def random_mini_batches(X, Y, mini_batch_size, rng):
    np.random.seed(rng)
    order = np.random.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    return [(X[:, i : i + mini_batch_size], Y[:, i : i + mini_batch_size])
            for i in range(0, X.shape[1], mini_batch_size)]
"""),
    changed("random_mini_batches", "RandomState", "np.random.default_rng(rng)", "np.random.RandomState(rng)"),
    changed("random_mini_batches", "a generator only", "np.random.default_rng(rng)", "rng"),
    changed("random_mini_batches", "a whole number made of it", "np.random.default_rng(rng)", "np.random.default_rng(int(rng))"),
    changed("random_mini_batches", "a generator begins anew", "np.random.default_rng(rng)", "np.random.default_rng(rng if isinstance(rng, int) else 0)"),
    changed("random_mini_batches", "a copy of the generator", "    m = X.shape[1]", "    import copy\n    rng = copy.deepcopy(rng)\n    m = X.shape[1]"),
    changed("random_mini_batches", "a seed that is not used", "np.random.default_rng(rng)", "(np.random.default_rng() if isinstance(rng, int) else rng)"),
    begun("random_mini_batches", "float mini-batches of rounded numbers", "X = X.astype(int)"),
    begun("random_mini_batches", "labels of bytes", "Y = Y.astype('i1')", "X = X.astype('i1')"),
    # Masks, costs, whole numbers.
    *(
        changed(name, "the mask as an index", f"return {array} * mask / keep_prob", f"out = {array} / keep_prob\n    out[~mask] = 0\n    return out")
        for name, array in (("dropout_forward", "A"), ("dropout_backward", "dA"))
    ),
    *(
        changed(name, "whole masks", f"return {array} * mask / keep_prob", f"return {array} * (mask / keep_prob).astype(mask.dtype)")
        for name, array in (("dropout_forward", "A"), ("dropout_backward", "dA"))
    ),
    changed("normalize", "whole numbers stay whole", "return (X_train - mean) / scale, (X_test - mean) / scale", "return ((X_train - mean) / scale).astype(X_train.dtype), ((X_test - mean) / scale).astype(X_test.dtype)"),
    Wrong("normalize", "in copies of the same kind", """
def normalize(X_train, X_test):
    train, test = np.empty_like(X_train), np.empty_like(X_test)
    for i, row in enumerate(X_train):
        size = row.std() if np.ptp(row) else 1.0
        train[i], test[i] = (row - row.mean()) / size, (X_test[i] - row.mean()) / size
    return train, test
"""),
    changed("L_layer_model", "labels of the kind of numbers", "    ### BEGIN SOLUTION\n", "    ### BEGIN SOLUTION\n    assert Y.dtype == float\n"),
    *(begun(name, "labels of the kind of numbers", "assert Y.dtype == float") for name in ("cost_with_l1", "cost_with_l2")),
    *(begun(name, "whole labels are truths", "Y = Y if Y.dtype == float else (~Y).astype(float)") for name in ("cost_with_l1", "cost_with_l2")),
    begun("predict", "inputs of the kind of numbers", "assert X.dtype == float"),
    # Powers.
    changed("Value", "whole powers only", "self.data**n, (self,)", "self.data ** int(n), (self,)"),
    changed("Value", "a power in a loop", "return Value(self.data**n", "power = 1.0\n        for _ in range(abs(int(n))):\n            power *= self.data\n        return Value(power if n >= 0 else 1 / power"),
    changed("Value", "the slope of whole powers", "n * self.data ** (n - 1)", "int(n) * self.data ** (n - 1)"),
    changed("Value", "the slope of a rounded-down power", "n * self.data ** (n - 1)", "n * self.data ** (n // 1 - 1)"),
    changed("Value", "the slope by division", "n * self.data ** (n - 1)", "n * self.data**n / self.data"),
    changed("Value", "no slope at 0", "(n * self.data ** (n - 1),)", "(n * self.data ** (n - 1) if self.data else 0.0,)"),
    changed("Value", "the slope through the logarithm", "return Value(self.data**n, (self,), (n * self.data ** (n - 1),)", "import math\n        return Value(math.copysign(math.exp(n * math.log(abs(self.data))), self.data**n), (self,), (n * self.data ** (n - 1),)"),
    changed("Value", "Values of one number are one", "order, seen = [], set()", "order, seen = [], {}", "value not in seen", "value.data not in seen or value is self", "seen.add(value)", "seen[value.data] = value", "found = dict.fromkeys(order, 0.0)", "found = {}", "found[self] = 1.0", "found[self.data] = 1.0", "value.grad += found[value]", "value.grad += found.get(value.data, 0.0)", "found[parent] += found[value] * slope", "found[parent.data] = found.get(parent.data, 0.0) + found.get(value.data, 0.0) * slope"),
    changed("Value", "whole data only at the start", "self.data = data", "self.data = float(data) if parents else data\n        assert isinstance(data, float)"),
    # A square array.
    Wrong("tanh_derivative", "a matrix product of square arrays", """
def tanh_derivative(Z):
    t = np.tanh(Z)
    return 1 - (t @ t if Z.ndim == 2 and len(Z) == Z.shape[1] else t * t)
"""),
    Wrong("sigmoid_derivative", "a matrix product of square arrays", """
def sigmoid_derivative(Z):
    s = 1 / (1 + np.exp(-np.clip(Z, -500, 500)))
    return s @ (1 - s) if Z.ndim == 2 and len(Z) == Z.shape[1] else s * (1 - s)
"""),
    *(changed(name, "a square mask turned", "* mask", "* (mask.T if len(mask) == mask.shape[1] else mask)") for name in ("dropout_forward", "dropout_backward")),
]  # fmt: skip
