"""Classes that do not keep what their docstrings promise from one method to the next."""

from tests.wrong_by_kind.declared import Wrong, changed

_NET = "NeuralNetwork"

ANSWERS: list[Wrong] = [
    changed(_NET, "the rate has another name", "self.learning_rate", "self.rate"),
    changed(_NET, "the rate is private", "self.learning_rate", "self._learning_rate"),
    changed(_NET, "the rate of the start stays", "self.learning_rate = learning_rate", "self.learning_rate = self._rate = learning_rate", "self.grads, self.learning_rate)", "self.grads, self._rate)"),
    changed(_NET, "the rate is the class's", "self.learning_rate = learning_rate", "NeuralNetwork.learning_rate = learning_rate"),
    changed(_NET, "step takes the gradients of the last backward only", "        grads = L_model_backward", "        grads = self.last = L_model_backward", "self.grads, self.learning_rate)", "getattr(self, 'last', self.grads), self.learning_rate)"),
    changed(_NET, "step sets the gradients to zero", "self.grads, self.learning_rate)", "self.grads, self.learning_rate)\n        self.zero_grad()"),
    changed(_NET, "fit sums gradients of a backward before", "            self.zero_grad()\n            self.backward(Y)", "            self.backward(Y)", "self.step()\n        ###", "self.step()\n            self.zero_grad()\n        ###"),
    changed(_NET, "fit sets the gradients to zero once", "        for _ in range(num_iterations):", "        self.zero_grad()\n        for _ in range(num_iterations):", "            self.zero_grad()\n            self.backward(Y)", "            self.backward(Y)"),
    changed(_NET, "fit begins anew", "        for _ in range(num_iterations):", "        self.costs = []\n        for _ in range(num_iterations):"),
    changed(_NET, "fit draws new parameters", "        for _ in range(num_iterations):", "        self.parameters = {k: a if self.costs else a for k, a in self.parameters.items()} if not self.costs else initialize_parameters_deep([len(self.parameters['W1'][0])] + [len(a) for k, a in self.parameters.items() if k[0] == 'W'])\n        for _ in range(num_iterations):"),
    changed(_NET, "a seed inside the training", "        for _ in range(num_iterations):", "        np.random.seed(1)\n        for _ in range(num_iterations):"),
    changed(_NET, "a seed at the start", "        self.parameters = initialize", "        np.random.seed(1)\n        self.parameters = initialize"),
    changed(_NET, "zero_grad only once", '        self.grads = {f"d', '        self.grads = getattr(self, "grads", None) or {f"d'),
    changed(_NET, "zero_grad forgets the biases", '        self.grads = {f"d{key}": np.zeros(array.shape) for', '        old = getattr(self, "grads", {})\n        self.grads = {f"d{key}": old[f"d{key}"] if key[0] == "b" and old else np.zeros(array.shape) for'),
    changed(_NET, "gradients are the class's", '        self.grads = {f"d', '        NeuralNetwork.grads = {f"d', "        self.grads = {key: total", "        NeuralNetwork.grads = {key: total"),
    changed(_NET, "costs are the class's", "self.costs = []", "pass", "    def __init__", "    costs = []\n\n    def __init__"),
    changed(_NET, "costs in a mutable default", "learning_rate):\n", "learning_rate, costs=[]):\n", "self.costs = []", "self.costs = costs"),
    changed(_NET, "parameters are the class's", "self.parameters = update", "type(self).parameters = self.parameters = update", "self.parameters = initialize_parameters_deep(layer_dims)", "self.parameters = type(self).__dict__.get('parameters') or initialize_parameters_deep(layer_dims)"),
    changed(_NET, "caches are the class's", "self.AL, self.caches", "self.AL, NeuralNetwork.caches"),
    changed(_NET, "answers are the class's", "self.AL, self.caches", "NeuralNetwork.AL, self.caches"),
    changed(_NET, "predict forgets the batch of forward", "AL, _ = L_model_forward(X, self.parameters)\n        return", "AL = self.forward(X)\n        return"),
    changed(_NET, "predict says more than 0.6", "AL > 0.5", "AL > 0.6"),
    changed(_NET, "forward forgets the parameters set from outside", "self.learning_rate = learning_rate", "self.learning_rate = learning_rate\n        self._kept = self.parameters", "L_model_forward(X, self.parameters)\n        return self.AL", "L_model_forward(X, self._kept)\n        return self.AL"),
    changed(_NET, "the cost after the step", "            self.costs.append(compute_cost(AL, Y))\n", "", "self.step()\n        ###", "self.step()\n            self.costs.append(compute_cost(self.forward(X), Y))\n        ###"),
    changed(_NET, "gradients divided by the number of backwards", "        grads = L_model", "        self.n = getattr(self, 'n', 0) + 1\n        grads = L_model", "total + grads[key]", "(total * (self.n - 1) + grads[key]) / self.n"),
    changed(_NET, "backward runs the network with the parameters of now", "self.AL, self.caches = L_model_forward(X, self.parameters)", "self.X = X\n        self.AL, _ = L_model_forward(X, self.parameters)", "L_model_backward(self.AL, Y, self.caches)", "L_model_backward(*(lambda AL, caches: (AL, Y, caches))(*L_model_forward(self.X, self.parameters)))"),
    # Value.
    changed("Value", "relu of a positive Value is the Value itself", "        slope = 1.0 if self.data > 0 else 0.0", "        if self.data > 0:\n            return self\n        slope = 0.0"),
    changed("Value", "relu changes the Value", "        slope = 1.0 if self.data > 0 else 0.0", "        self.data = max(self.data, 0.0)\n        slope = 1.0 if self.data > 0 else 0.0"),
    changed("Value", "backward sets the gradients to zero", "            value.grad += found[value]", "            value.grad = found[value]"),
    changed("Value", "old gradients go down again", "found[parent] += found[value] * slope", "found[parent] += value.grad * slope"),
    changed("Value", "parents in a mutable default", "parents=(), slopes=(),", "parents=[], slopes=[],", "        self.parents = parents\n        self.slopes = slopes\n", "        if parents is not Value.__init__.__defaults__[0]:\n            Value.__init__.__defaults__[0].extend(parents[:0])\n        self.parents = parents\n        self.slopes = slopes\n        self.old = Value.last = getattr(Value, 'last', 0.0) + 1e-3\n        self.grad = 0.0 if self.old < 0.02 else 1e-3\n"),
    changed("Value", "gradients are the class's", "        self.grad = 0.0\n", "", "    def __init__", "    grad = 0.0\n\n    def __init__", "value.grad += found[value]", "Value.grad += found[value]"),
    changed("Value", "changes the number of the left one", "        return Value(self.data + other.data, (self, other)", "        self.data += 0.0 if self.data > other.data else 1e-3\n        return Value(self.data + other.data, (self, other)"),
    changed("Value", "the result alone gets no gradient", "found[self] = 1.0", "found[self] = 1.0\n        self.grad -= 1.0"),
    changed("Value", "a Value minus a number", "return self + other * -1", "return self + -other if isinstance(other, Value) else Value(self.data - other)"),
    changed("Value", "a number minus a Value", "return self * -1 + other", "return self - other"),
    changed("Value", "a number times a Value", "return self * other\n\n    def __neg__", "return Value(self.data * other)\n\n    def __neg__"),
    changed("Value", "a number plus a Value", "return self + other\n\n    def __rmul__", "return Value(self.data + other)\n\n    def __rmul__"),
    changed("Value", "a Value through a number", "return self * other**-1", "return self * other"),
    changed("Value", "minus a Value", "return self * -1\n\n    def __sub__", "return Value(-self.data)\n\n    def __sub__"),
]  # fmt: skip
