"""What learners write for NeuralNetwork: wrong answers, and right ones often refused."""

import copy

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.compute_cost import compute_cost
from solutions.initialize_parameters_deep import initialize_parameters_deep
from solutions.L_model_backward import L_model_backward
from solutions.L_model_forward import L_model_forward
from solutions.linear_activation_forward import linear_activation_forward
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
    "The gradients of a second `backward` replace those of the first. They should add up until "
    "someone calls `zero_grad`, as they do in the frameworks.",
    caught_by="test_network_gradients_add_up",
)
class GradientsReplaced(RightNetwork):
    def backward(self, Y):
        new = L_model_backward(self.AL, Y, self.caches)
        self.grads = {key: new[key] for key in self.grads}


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
    "The parameters stay as they are in `fit`, and all costs are the same: it makes no step, or there "
    "is nothing to step by. Are the gradients set to zero between `backward` and `step`?"
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
    "After a second `fit` the costs of the first are gone. It goes on from where the network was,"
    " and so does the list.",
    caught_by="test_network_fit",
)
class CostsThrownAway(RightNetwork):
    def fit(self, X, Y, num_iterations):
        self.costs = []
        super().fit(X, Y, num_iterations)


@misconception(
    "Two networks share one dictionary of gradients, as where it belongs to the class or is a"
    " default argument. What belongs to a single network is made anew in `__init__`, or set with"
    " `self.grads = ...`.",
    caught_by="test_network_unchanged",
)
class GradientsShared(RightNetwork):
    grads = {}

    def zero_grad(self):
        self.grads.clear()
        for key in self.parameters:
            self.grads["d" + key] = np.zeros_like(self.parameters[key])


@misconception(
    "The hidden layers have the sigmoid. It belongs to the last layer alone; the others have ReLU,"
    " as in L_model_forward.",
    caught_by="test_network_forward",
)
class SigmoidInEveryLayer(RightNetwork):
    def forward(self, X):
        self.AL, self.caches = X, []
        for l in range(1, len(self.parameters) // 2 + 1):
            W, b = self.parameters[f"W{l}"], self.parameters[f"b{l}"]
            self.AL, cache = linear_activation_forward(self.AL, W, b, "sigmoid")
            self.caches.append(cache)
        return self.AL


@misconception(
    "The step goes uphill: the gradient points to where the cost grows.",
    caught_by="test_network_step",
)
class Uphill(RightNetwork):
    def step(self):
        for key in self.parameters:
            self.parameters[key] = self.parameters[key] + self.learning_rate * self.grads[f"d{key}"]


@misconception(
    "The learning rate is 0.1 in every step: the one that the network was made with has no effect.",
    caught_by="test_network_step",
)
class LearningRateIgnored(RightNetwork):
    def step(self):
        self.parameters = update_parameters(self.parameters, self.grads, 0.1)


@misconception(
    "After `step` the gradients are zero. That is `zero_grad`'s work: whoever calls `step` may "
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
    "After `zero_grad` no gradient stands under its key, such as dW1. Whoever looks one up before "
    "the next `backward` finds none: zeros of the right shape are there to be used.",
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
    "`backward` does not find what it needs of `forward`: the caches end with the call, unless"
    " they become attributes of the network.",
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
    "`predict` returns probabilities. The prediction is 1 or 0: on which side of one half are "
    "they?",
    caught_by="test_network_predict",
)
class Probabilities(RightNetwork):
    def predict(self, X):
        return L_model_forward(X, self.parameters)[0]


@misconception(
    "`fit` sets the gradients to zero once, before its loop: each step still drags along those of "
    "the steps before it in this `fit`.",
    caught_by="test_network_fit",
)
class ZeroedOnce(RightNetwork):
    def fit(self, X, Y, num_iterations):
        self.zero_grad()
        for i in range(num_iterations):
            self.costs.append(compute_cost(self.forward(X), Y))
            self.backward(Y)
            self.step()


@misconception(
    "After `zero_grad` the gradients are plain zeros. They are arrays of zeros, each of the shape "
    "of its parameter.",
    caught_by="test_network_starts",
)
class ZeroGradNumbers(RightNetwork):
    def zero_grad(self):
        self.grads = {"d" + key: 0.0 for key in self.parameters}


@misconception(
    "`zero_grad` leaves the gradients as they were. After it they are all zeros.",
    caught_by="test_network_gradients_add_up",
)
class ZeroGradDoesNothing(RightNetwork):
    def zero_grad(self):
        if not hasattr(self, "grads"):
            self.grads = {"d" + key: np.zeros_like(p) for key, p in self.parameters.items()}


@misconception(
    "`zero_grad` leaves the gradients of the biases as they were. All gradients become zeros.",
    caught_by="test_network_gradients_add_up",
)
class ZeroGradWeightsOnly(RightNetwork):
    def zero_grad(self):
        old = getattr(self, "grads", {})
        self.grads = {"d" + key: np.zeros_like(p) for key, p in self.parameters.items()}
        self.grads.update({key: value for key, value in old.items() if key.startswith("db")})


@misconception(
    "`forward` returns the caches as well. It keeps them for `backward`, and returns AL alone.",
    caught_by="test_network_forward",
)
class ForwardPair(RightNetwork):
    def forward(self, X):
        self.AL, self.caches = L_model_forward(X, self.parameters)
        return self.AL, self.caches


@misconception(
    "`forward` returns 0 and 1. It returns the network's own numbers; the decision is the work of "
    "`predict`.",
    caught_by="test_network_forward",
)
class ForwardPredicts(RightNetwork):
    def forward(self, X):
        self.AL, self.caches = L_model_forward(X, self.parameters)
        return (self.AL > 0.5).astype(float)


@misconception(
    "`backward` uses what the first `forward` has kept. Each call of `forward` takes the place of "
    "the one before.",
    caught_by="test_network_gradients_add_up",
)
class FirstForwardKept(RightNetwork):
    def forward(self, X):
        AL, caches = L_model_forward(X, self.parameters)
        if not hasattr(self, "AL"):
            self.AL, self.caches = AL, caches
        return AL


@misconception(
    "`backward` takes the mean of the new gradients and those that are there. They add up.",
    caught_by="test_network_backward",
)
class BackwardMean(RightNetwork):
    def backward(self, Y):
        new = L_model_backward(self.AL, Y, self.caches)
        for key in self.grads:
            self.grads[key] = (self.grads[key] + new[key]) / 2


@misconception(
    "`backward` subtracts the gradients. They add up; the minus belongs to the step.",
    caught_by="test_network_backward",
)
class BackwardSubtracts(RightNetwork):
    def backward(self, Y):
        new = L_model_backward(self.AL, Y, self.caches)
        for key in self.grads:
            self.grads[key] = self.grads[key] - new[key]


@misconception(
    "`backward` divides the gradients by the number of examples once more. They are means already.",
    caught_by="test_network_backward",
)
class BackwardDividesAgain(RightNetwork):
    def backward(self, Y):
        new = L_model_backward(self.AL, Y, self.caches)
        for key in self.grads:
            self.grads[key] = self.grads[key] + new[key] / Y.shape[1]


@misconception(
    "`backward` multiplies the gradients by the number of examples. They are means, and stay so.",
    caught_by="test_network_backward",
)
class BackwardTimesM(RightNetwork):
    def backward(self, Y):
        new = L_model_backward(self.AL, Y, self.caches)
        for key in self.grads:
            self.grads[key] = self.grads[key] + new[key] * Y.shape[1]


@misconception(
    "`backward` adds the new gradients twice.",
    caught_by="test_network_backward",
)
class BackwardTwice(RightNetwork):
    def backward(self, Y):
        new = L_model_backward(self.AL, Y, self.caches)
        for key in self.grads:
            self.grads[key] = self.grads[key] + 2 * new[key]


@misconception(
    "`backward` adds up the gradients of the weights only; those of the biases stay zero.",
    caught_by="test_network_backward",
)
class BackwardWeightsOnly(RightNetwork):
    def backward(self, Y):
        new = L_model_backward(self.AL, Y, self.caches)
        for key in self.grads:
            if key.startswith("dW"):
                self.grads[key] = self.grads[key] + new[key]


@misconception(
    "`step` leaves the parameters as they were. What update_parameters returns are the new ones: "
    "keep them as the network's.",
    caught_by="test_network_step",
)
class StepThrownAway(RightNetwork):
    def step(self):
        update_parameters(self.parameters, self.grads, self.learning_rate)


@misconception(
    "`step` moves the weights only. The biases learn as well.",
    caught_by="test_network_step",
)
class StepWeightsOnly(RightNetwork):
    def step(self):
        new = update_parameters(self.parameters, self.grads, self.learning_rate)
        self.parameters = {k: new[k] if k[0] == "W" else p for k, p in self.parameters.items()}


@misconception(
    "`step` leaves the last layer as it was. Which layer does it visit last?",
    caught_by="test_network_step",
)
class StepWithoutLastLayer(RightNetwork):
    def step(self):
        for l in range(1, len(self.parameters) // 2):
            for key in (f"W{l}", f"b{l}"):
                step = self.learning_rate * self.grads["d" + key]
                self.parameters[key] = self.parameters[key] - step


@misconception(
    "`step` moves the parameters by the whole gradient: the learning rate is not in it.",
    caught_by="test_network_step",
)
class StepWithoutRate(RightNetwork):
    def step(self):
        self.parameters = update_parameters(self.parameters, self.grads, 1.0)


@misconception(
    "Each step is twice as long as the gradient and the learning rate say.",
    caught_by="test_network_step",
)
class StepTwice(RightNetwork):
    def step(self):
        self.parameters = update_parameters(self.parameters, self.grads, 2 * self.learning_rate)


@misconception(
    "`fit` makes one iteration too few. Where does the loop begin, and where does it end?",
    caught_by="test_network_fit",
)
class OneIterationFewer(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for i in range(1, num_iterations):
            self.zero_grad()
            self.costs.append(compute_cost(self.forward(X), Y))
            self.backward(Y)
            self.step()


@misconception(
    "`fit` makes one iteration too many. Where does the loop begin, and where does it end?",
    caught_by="test_network_fit",
)
class OneIterationMore(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for i in range(num_iterations + 1):
            self.zero_grad()
            self.costs.append(compute_cost(self.forward(X), Y))
            self.backward(Y)
            self.step()


@misconception(
    "`fit` makes one iteration only. Does `return` stand inside the loop?",
    caught_by="test_network_fit",
)
class StopsAfterTheFirst(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for i in range(num_iterations):
            self.zero_grad()
            self.costs.append(compute_cost(self.forward(X), Y))
            self.backward(Y)
            self.step()
            return self.costs


@misconception(
    "`fit` goes twice as far in each iteration as its gradients and the learning rate say. Is "
    "`step` or `backward` called twice?",
    caught_by="test_network_fit",
)
class TwoStepsEach(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for i in range(num_iterations):
            self.zero_grad()
            self.costs.append(compute_cost(self.forward(X), Y))
            self.backward(Y)
            self.step()
            self.step()


@misconception(
    "`fit` keeps no costs: `costs` stays empty.",
    caught_by="test_network_fit",
)
class CostsNotKept(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for i in range(num_iterations):
            self.zero_grad()
            self.forward(X)
            self.backward(Y)
            self.step()


@misconception(
    "`fit` keeps one cost for all its iterations, the last one. Each iteration has its own.",
    caught_by="test_network_fit",
)
class LastCostOnly(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for i in range(num_iterations):
            self.zero_grad()
            cost = compute_cost(self.forward(X), Y)
            self.backward(Y)
            self.step()
        self.costs.append(cost)


@misconception(
    "`fit` keeps the first cost only, as with `% 10` or `% 100`. The list holds one for each"
    " iteration.",
    caught_by="test_network_fit",
)
class FirstCostOnly(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for i in range(num_iterations):
            self.zero_grad()
            cost = compute_cost(self.forward(X), Y)
            self.backward(Y)
            self.step()
            if i % 100 == 0:
                self.costs.append(cost)


@misconception(
    "`costs` is the last cost, a single number. It is the list of all.",
    caught_by="test_network_fit",
)
class CostIsANumber(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for i in range(num_iterations):
            self.zero_grad()
            self.costs = compute_cost(self.forward(X), Y)
            self.backward(Y)
            self.step()


@misconception(
    "The costs of each `fit` come as a list inside the list. Each cost is an entry of its own: "
    "`append` puts a whole list in as one.",
    caught_by="test_network_fit",
)
class CostsInAListOfTheirOwn(RightNetwork):
    def fit(self, X, Y, num_iterations):
        costs = []
        for i in range(num_iterations):
            self.zero_grad()
            costs.append(compute_cost(self.forward(X), Y))
            self.backward(Y)
            self.step()
        self.costs.append(costs)


@misconception(
    "`fit` keeps one cost too many: that after its last step. A cost belongs to each iteration, "
    "before its step.",
    caught_by="test_network_fit",
)
class LastCostToo(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for i in range(num_iterations):
            self.zero_grad()
            self.costs.append(compute_cost(self.forward(X), Y))
            self.backward(Y)
            self.step()
        self.costs.append(compute_cost(self.forward(X), Y))


@misconception(
    "The predictions have lost an axis: they are a row of shape (1, m), like Y.",
    caught_by="test_network_predict",
)
class PredictFlat(RightNetwork):
    def predict(self, X):
        return np.where(L_model_forward(X, self.parameters)[0] > 0.5, 1.0, 0.0).ravel()


@misconception(
    "`predict` has exchanged the two answers: a large output means 1.",
    caught_by="test_network_predict",
)
class PredictSwapped(RightNetwork):
    def predict(self, X):
        return np.where(L_model_forward(X, self.parameters)[0] > 0.5, 0.0, 1.0)


@misconception(
    "`predict` returns True and False. They are no numbers yet: turn them into 1 and 0.",
    caught_by="test_network_predict",
)
class PredictBooleans(RightNetwork):
    def predict(self, X):
        return L_model_forward(X, self.parameters)[0] > 0.5


@misconception(
    "`predict` answers 1 to everything: the network's numbers all lie above 0. Between the two "
    "answers lies 0.5.",
    caught_by="test_network_predict",
)
class PredictOne(RightNetwork):
    def predict(self, X):
        return np.where(L_model_forward(X, self.parameters)[0] > 0, 1.0, 0.0)


@misconception(
    "`predict` answers 0 to everything. Cutting numbers off at the decimal point does that, and so "
    "does argmax, of a single output unit.",
    caught_by="test_network_predict",
)
class PredictZero(RightNetwork):
    def predict(self, X):
        return L_model_forward(X, self.parameters)[0].astype(int).astype(float)


@misconception(
    "`predict` answers for what `forward` has seen last, whatever X it is given.",
    caught_by="test_network_predict",
)
class PredictLearnt(RightNetwork):
    def predict(self, X):
        return np.where(self.AL > 0.5, 1.0, 0.0)


@misconception(
    "`predict` gives one number for all examples. Each gets its own.",
    caught_by="test_network_predict",
)
class PredictMean(RightNetwork):
    def predict(self, X):
        return float(np.mean(L_model_forward(X, self.parameters)[0] > 0.5))


@misconception(
    "`backward` leaves the gradients at zero. What it finds is to be added to `grads`.",
    caught_by="test_network_backward",
)
class BackwardNothing(RightNetwork):
    def backward(self, Y):
        new = L_model_backward(self.AL, Y, self.caches)
        for key in self.grads:
            self.grads[key] = self.grads[key] * new[key]


@misconception(
    "In its first step `fit` still uses what an earlier `backward` has left. The gradients have to "
    "be zero before each iteration adds its own.",
    caught_by="test_network_fit",
)
class ZeroedAtTheEnd(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for i in range(num_iterations):
            self.costs.append(compute_cost(self.forward(X), Y))
            self.backward(Y)
            self.step()
            self.zero_grad()


@misconception(
    "The step is divided by the number of examples once more. The gradients are means already.",
    caught_by="test_network_step",
)
class StepDividesAgain(RightNetwork):
    def step(self):
        rate = self.learning_rate / self.AL.shape[1]
        self.parameters = update_parameters(self.parameters, self.grads, rate)


@misconception(
    "`fit` forgets to set the gradients to zero: each step still drags along those of all steps "
    "before it. And a second `fit` throws away the costs of the first.",
    caught_by="test_network_fit",
)
class NeverZeroedAndCostsThrownAway(RightNetwork):
    def fit(self, X, Y, num_iterations):
        self.costs = []
        for i in range(num_iterations):
            self.costs.append(compute_cost(self.forward(X), Y))
            self.backward(Y)
            self.step()


@misconception(
    "`fit` goes through the examples one by one, and makes a step for each. An iteration makes"
    " one step, for all examples together.",
    caught_by="test_network_fit",
)
class StepForEachExample(RightNetwork):
    def fit(self, X, Y, num_iterations):
        for _ in range(num_iterations):
            self.costs.append(compute_cost(self.forward(X), Y))
            for i in range(X.shape[1]):
                self.zero_grad()
                self.forward(X[:, i : i + 1])
                self.backward(Y[:, i : i + 1])
                self.step()


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
