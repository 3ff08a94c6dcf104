"""What learners write for NeuralNetwork: wrong answers, and right ones often refused."""

import copy

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.compute_cost import compute_cost
from solutions.initialize_parameters_deep import initialize_parameters_deep
from solutions.L_model_backward import L_model_backward
from solutions.L_model_forward import L_model_forward
from solutions.update_parameters import update_parameters


class RightNetwork:
    """What each answer below shares with a right one; it differs in a method or two."""

    def __init__(self, layer_dims, learning_rate):
        self.parameters = initialize_parameters_deep(layer_dims)
        self.learning_rate = learning_rate
        self.costs = []
        self.zero_grad()

    def zero_grad(self):
        self.grads = {"d" + key: np.zeros_like(p) for key, p in self.parameters.items()}

    def forward(self, X):
        self.AL, self.caches = L_model_forward(X, self.parameters)
        return self.AL

    def backward(self, Y):
        new = L_model_backward(self.AL, Y, self.caches)
        for key in self.grads:
            self.grads[key] = self.grads[key] + new[key]

    def step(self):
        self.parameters = update_parameters(self.parameters, self.grads, self.learning_rate)

    def fit(self, X, Y, num_iterations):
        for i in range(num_iterations):
            self.zero_grad()
            self.costs.append(compute_cost(self.forward(X), Y))
            self.backward(Y)
            self.step()

    def predict(self, X):
        return np.where(L_model_forward(X, self.parameters)[0] > 0.5, 1.0, 0.0)


@misconception(
    "`backward` replaces the gradients. They should add up until someone calls `zero_grad`, as they "
    "do in the frameworks.",
    caught_by="test_network_gradients_add_up",
)
class GradientsReplaced(RightNetwork):
    def backward(self, Y):
        self.grads = L_model_backward(self.AL, Y, self.caches)


@misconception(
    "`fit` forgets to set the gradients to zero: each step still drags along those of all steps "
    "before it.",
    caught_by="test_network_fit",
)
class NeverZeroed(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for i in range(num_iterations):
            self.costs.append(compute_cost(self.forward(X), Y))
            self.backward(Y)
            self.step()


NO_STEP = (
    "The parameters stay as they are in `fit`, and all costs are the same: it makes no step, or the "
    "gradients are set to zero between `backward` and `step`, so that there is nothing to step by."
)


@misconception(NO_STEP, caught_by="test_network_fit")
class NeverStepped(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for i in range(num_iterations):
            self.zero_grad()
            self.costs.append(compute_cost(self.forward(X), Y))
            self.backward(Y)


@misconception(NO_STEP, caught_by="test_network_fit")
class ZeroedBeforeTheStep(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for i in range(num_iterations):
            self.costs.append(compute_cost(self.forward(X), Y))
            self.backward(Y)
            self.zero_grad()
            self.step()


@misconception(
    "The cost is taken after the step. `costs` should tell what each step found before it.",
    caught_by="test_network_fit",
)
class CostAfterTheStep(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for i in range(num_iterations):
            self.zero_grad()
            self.forward(X)
            self.backward(Y)
            self.step()
            self.costs.append(compute_cost(L_model_forward(X, self.parameters)[0], Y))


@misconception(
    "A second `fit` throws away the costs of the first. It goes on from where the network was, and "
    "so does the list.",
    caught_by="test_network_fit",
)
class CostsThrownAway(RightNetwork):
    def fit(self, X, Y, num_iterations):
        self.costs = []
        super().fit(X, Y, num_iterations)


@misconception(
    "The dictionary of gradients belongs to the class, so all networks share one. What belongs to a "
    "single network is made in `__init__`, or set with `self.grads = ...`.",
    caught_by="test_network_unchanged",
)
class GradientsShared(RightNetwork):
    grads = {}

    def zero_grad(self):
        self.grads.clear()
        for key in self.parameters:
            self.grads["d" + key] = np.zeros_like(self.parameters[key])


@misconception(
    "The step goes uphill: the gradient points to where the cost grows.",
    caught_by="test_network_step",
)
class Uphill(RightNetwork):
    def step(self):
        for key in self.parameters:
            self.parameters[key] = self.parameters[key] + self.learning_rate * self.grads[f"d{key}"]


@misconception(
    "The learning rate that the network was made with is not used in `step`.",
    caught_by="test_network_step",
)
class LearningRateIgnored(RightNetwork):
    def step(self):
        self.parameters = update_parameters(self.parameters, self.grads, 0.1)


@misconception(
    "`step` also sets the gradients to zero. That is `zero_grad`'s work: whoever calls `step` may "
    "still want to look at them.",
    caught_by="test_network_step",
)
class StepZeroes(RightNetwork):
    def step(self):
        self.parameters = update_parameters(self.parameters, self.grads, self.learning_rate)
        self.zero_grad()


@misconception(
    "The gradients of the activations are added up, too. They have one column an example, so two "
    "batches of different sizes do not fit: only those of the parameters add up.",
    caught_by="test_network_gradients_add_up",
)
class ActivationsAddedUp(RightNetwork):
    def backward(self, Y):
        for key, gradient in L_model_backward(self.AL, Y, self.caches).items():
            self.grads[key] = self.grads.get(key, 0) + gradient


@misconception(
    "`zero_grad` empties the dictionary. Whoever looks up a gradient before the next `backward` "
    "finds no key: zeros of the right shape are there to be used.",
    caught_by="test_network_starts",
)
class Emptied(RightNetwork):
    def zero_grad(self):
        self.grads = {}

    def backward(self, Y):
        new = L_model_backward(self.AL, Y, self.caches)
        for key in self.parameters:
            self.grads["d" + key] = self.grads.get("d" + key, 0) + new["d" + key]


@misconception(
    "`forward` keeps nothing for `backward`: the caches end with the call, unless they become "
    "attributes of the network.",
    caught_by="test_network_backward",
)
class NothingKept(RightNetwork):
    def forward(self, X):
        AL, caches = L_model_forward(X, self.parameters)
        return AL


@misconception(
    "`predict` runs `forward`, which overwrites what `backward` needs: a look at other examples in "
    "between spoils the gradients.",
    caught_by="test_network_predict",
)
class PredictForgets(RightNetwork):
    def predict(self, X):
        return np.where(self.forward(X) > 0.5, 1.0, 0.0)


@misconception(
    "`predict` returns probabilities. The prediction is 1 or 0: on which side of one half are they?",
    caught_by="test_network_predict",
)
class Probabilities(RightNetwork):
    def predict(self, X):
        return L_model_forward(X, self.parameters)[0]


@accepted("gradients added in place, parameters changed in place, and a loop over the keys")
class InPlace:
    def __init__(self, layer_dims, learning_rate):
        self.parameters = initialize_parameters_deep(layer_dims)
        self.grads = {}
        for key in self.parameters:
            self.grads["d" + key] = np.zeros(self.parameters[key].shape)
        self.learning_rate = learning_rate
        self.costs = []

    def zero_grad(self):
        for gradient in self.grads.values():
            gradient[:] = 0

    def forward(self, X):
        self.last = L_model_forward(X, self.parameters)
        return self.last[0]

    def backward(self, Y):
        new = L_model_backward(self.last[0], Y, self.last[1])
        for key in self.grads:
            self.grads[key] += new[key]

    def step(self):
        for key in self.parameters:
            self.parameters[key] -= self.learning_rate * self.grads["d" + key]

    def fit(self, X, Y, num_iterations):
        for _ in range(num_iterations):
            cost = compute_cost(self.forward(X), Y)
            self.costs.append(cost)
            self.zero_grad()
            self.backward(Y)
            self.step()
        return self.costs

    def predict(self, X):
        return 1 * (L_model_forward(X, self.parameters)[0] > 0.5)


@accepted("the gradients of the activations are kept beside, properties, more attributes")
class WithProperties(RightNetwork):
    def __init__(self, layer_dims, learning_rate=0.01):
        self.layer_dims = tuple(layer_dims)
        super().__init__(layer_dims, learning_rate)

    @property
    def depth(self):
        return len(self.layer_dims) - 1

    def backward(self, Y):
        new = L_model_backward(self.AL, Y, self.caches)
        for l in range(1, self.depth + 1):
            for key in (f"dW{l}", f"db{l}"):
                self.grads[key] = np.add(self.grads[key], new[key])
        self.grads.update({f"dA{l}": new[f"dA{l}"] for l in range(self.depth)})


@accepted("prints, type annotations, a cost as a NumPy number, a copy in predict")
class Talkative(RightNetwork):
    def fit(self, X: np.ndarray, Y: np.ndarray, num_iterations: int) -> None:
        for i in range(num_iterations):
            self.zero_grad()
            cost = np.float64(compute_cost(self.forward(X), Y))
            print(f"iteration {i}: {cost:.4f}")
            self.costs += [cost]
            self.backward(Y)
            self.step()

    def predict(self, X: np.ndarray) -> np.ndarray:
        asked = copy.deepcopy(self)
        return (asked.forward(X) > 0.5).astype(float)
