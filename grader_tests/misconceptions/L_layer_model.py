"""What learners write for L_layer_model: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.compute_cost import compute_cost
from solutions.initialize_parameters_deep import initialize_parameters_deep
from solutions.L_model_backward import L_model_backward
from solutions.L_model_forward import L_model_forward
from solutions.update_parameters import update_parameters


@misconception(
    "The last bias stays 0, and where it alone can learn, all costs are equal: no step reaches it. "
    "update_parameters changes nothing in place. What it returns are the new parameters, the "
    "biases of all layers among them: give them a name and go on with them.",
    caught_by="test_model_steps",
)
def update_thrown_away(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        update_parameters(parameters, L_model_backward(AL, Y, caches), learning_rate)
    return parameters, costs


@misconception(
    "Every iteration starts from parameters that have learned nothing, as if they were"
    " initialised in each. Initialise once, before the loop, and go on with what the step returns.",
    caught_by="test_model_steps",
)
def initialised_in_the_loop(X, Y, layer_dims, learning_rate, num_iterations):
    costs = []
    for i in range(num_iterations):
        parameters = initialize_parameters_deep(layer_dims)
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "Every step uses the gradient of the first parameters, and every cost is theirs. After each "
    "step the network has to be run again, with the new parameters.",
    caught_by="test_model_steps",
)
def forward_before_the_loop(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    AL, caches = L_model_forward(X, parameters)
    for i in range(num_iterations):
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "One iteration is missing: num_iterations - 1 of them are made. Where does the loop begin, and "
    "where does it end?",
    caught_by="test_model_steps",
)
def one_iteration_fewer(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(1, num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "Only the first iteration is made. Does `return` stand inside the loop?",
    caught_by="test_model_steps",
)
def return_in_the_loop(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        return parameters, costs


@misconception(
    "One step is missing in the parameters that come back: the last one is taken back, or another "
    "one is left out.",
    caught_by="test_model_steps",
)
def parameters_before_the_last_step(X, Y, layer_dims, learning_rate, num_iterations):
    updated, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        parameters = updated
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        updated = update_parameters(parameters, L_model_backward(AL, Y, caches), learning_rate)
    return parameters, costs


@misconception(
    "Each cost is taken after its step. The cost of an iteration is that of the forward pass it "
    "begins with: the first one is that of the network that has learned nothing.",
    caught_by="test_model_costs",
)
def costs_after_the_step(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        costs.append(compute_cost(L_model_forward(X, parameters)[0], Y))
    return parameters, costs


@misconception(
    "Only the first cost and the last one are kept, as where a cost is kept every 100 iterations"
    " and at the end. Here the list holds one for each iteration.",
    caught_by="test_model_costs",
)
def every_hundredth_cost_and_the_last(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        if i % 100 == 0 or i == num_iterations - 1:
            costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "Only the first cost is kept, as with `% 10` or `% 100`. Here the list holds one for each"
    " iteration, so that the curve can be drawn step by step.",
    caught_by="test_model_costs",
)
def every_hundredth_cost(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        if i % 100 == 0:
            costs.append(cost)
    return parameters, costs


@misconception(
    "The last cost is returned as a number, and not the list of all: one number shows no curve.",
    caught_by="test_model_costs",
)
def only_the_last_cost(X, Y, layer_dims, learning_rate, num_iterations):
    parameters = initialize_parameters_deep(layer_dims)
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, cost


@misconception(
    "The learning rate is 0.0075 in every call: the one that the caller passes has no effect.",
    caught_by="test_model_steps",
)
def learning_rate_written_out(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        parameters = update_parameters(parameters, L_model_backward(AL, Y, caches), 0.0075)
    return parameters, costs


@misconception(
    "The parameters alone are returned: the list of costs is missing.",
    caught_by="test_model_costs",
)
def costs_not_returned(X, Y, layer_dims, learning_rate, num_iterations):
    parameters = initialize_parameters_deep(layer_dims)
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters


@misconception(
    "The network is always one of two layers, whatever layer_dims says: the layers in between "
    "are left out.",
    caught_by="test_model_keys_and_shapes",
)
def always_two_layers(X, Y, layer_dims, learning_rate, num_iterations):
    dims = [layer_dims[0], layer_dims[1], layer_dims[-1]]
    parameters, costs = initialize_parameters_deep(dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "One iteration too many: num_iterations + 1 of them are made. Where does the loop begin, and"
    " where does it end?",
    caught_by="test_model_steps",
)
def one_iteration_more(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations + 1):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "There is one cost too many: that of the network after its last step. A cost belongs to each "
    "iteration, taken before its step.",
    caught_by="test_model_costs",
)
def last_cost_too(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    costs.append(compute_cost(L_model_forward(X, parameters)[0], Y))
    return parameters, costs


@misconception(
    "Each iteration goes twice as far as its gradient and the learning rate say. Are the "
    "parameters updated twice?",
    caught_by="test_model_steps",
)
def two_steps_each(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "The step is m times too short: the mean over the examples is in the gradients already, so the "
    "learning rate is not divided.",
    caught_by="test_model_steps",
)
def divided_by_m_again(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate / X.shape[1])
    return parameters, costs


@misconception(
    "The step is m times too long: the gradients are means over the examples, and stay so.",
    caught_by="test_model_steps",
)
def multiplied_by_m(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate * X.shape[1])
    return parameters, costs


@misconception(
    "The steps go uphill: the costs grow. update_parameters subtracts already, so the learning"
    " rate goes in with its own sign.",
    caught_by="test_model_steps",
)
def uphill(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, -learning_rate)
    return parameters, costs


@misconception(
    "The learning rate is 0.01 in every call: the one that the caller passes has no effect.",
    caught_by="test_model_steps",
)
def learning_rate_001(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, 0.01)
    return parameters, costs


@misconception(
    "The learning rate is 0.1 in every call: the one that the caller passes has no effect.",
    caught_by="test_model_steps",
)
def learning_rate_01(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, 0.1)
    return parameters, costs


@misconception(
    "The learning rate is 1 in every call: the one that the caller passes has no effect.",
    caught_by="test_model_steps",
)
def learning_rate_1(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, 1)
    return parameters, costs


@misconception(
    "The learning rate shrinks from one iteration to the next, as 1 / (1 + i). Here it stays the "
    "same for all steps.",
    caught_by="test_model_steps",
)
def learning_rate_halved(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate / (1 + i))
    return parameters, costs


@misconception(
    "Only the costs come back: the trained parameters are missing.",
    caught_by="test_model_keys_and_shapes",
)
def costs_alone(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return costs


@misconception(
    "Only the last cost is in the list. Is it appended in every iteration, and to the same list?",
    caught_by="test_model_costs",
)
def list_made_anew(X, Y, layer_dims, learning_rate, num_iterations):
    parameters = initialize_parameters_deep(layer_dims)
    for i in range(num_iterations):
        costs = []
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "The list of costs is empty. Each iteration adds its cost.",
    caught_by="test_model_costs",
)
def no_costs(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "The gradients are computed once, for the first parameters, and every step uses them. The "
    "costs move on, and the gradients stay: they belong inside the loop.",
    caught_by="test_model_steps",
)
def gradients_before_the_loop(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    AL, caches = L_model_forward(X, parameters)
    grads = L_model_backward(AL, Y, caches)
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "The last gradients come back as well. The answer has two parts: the parameters and the costs.",
    caught_by="test_model_costs",
)
def gradients_returned(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs, grads


@misconception(
    "Each cost is added to those before it: the list holds running sums, which only grow.",
    caught_by="test_model_costs",
)
def costs_added_up(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    total = 0
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        total += compute_cost(AL, Y)
        costs.append(total)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "The costs are sums over the examples: each is m times too large. compute_cost gives the mean.",
    caught_by="test_model_costs",
)
def cost_of_each_example(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "The costs are rounded. Rounding is for showing them; the list should hold what compute_cost "
    "gives.",
    caught_by="test_model_costs",
)
def costs_rounded(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(round(compute_cost(AL, Y), 2))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "The cost of the untrained network is kept twice: before the loop, and again by the first "
    "iteration.",
    caught_by="test_model_costs",
)
def cost_once_before(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    AL, caches = L_model_forward(X, parameters)
    costs.append(compute_cost(AL, Y))
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "Each entry of the list is a pair of the iteration and its cost. The list holds the costs "
    "alone.",
    caught_by="test_model_costs",
)
def costs_as_pairs(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append((i, compute_cost(AL, Y)))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "The first cost is not in the list: an iteration with number 0 is an iteration, too.",
    caught_by="test_model_costs",
)
def last_iteration_left_out_of_the_costs(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        if i > 0:
            costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


@misconception(
    "The first step is right, and each later one too long, as if the gradients of all iterations"
    " were added up. A step takes the gradients of its own iteration.",
    caught_by="test_model_steps",
)
def gradients_added_up(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs, total = initialize_parameters_deep(layer_dims), [], {}
    for _ in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        total = {key: total.get(key, 0.0) + gradient for key, gradient in grads.items()}
        parameters = update_parameters(parameters, total, learning_rate)
    return parameters, costs


@misconception(
    "The learning rate is halved from one iteration to the next. Here it stays the same for all"
    " steps.",
    caught_by="test_model_steps",
)
def learning_rate_halved_each_time(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = initialize_parameters_deep(layer_dims), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate / 2**i)
    return parameters, costs


@accepted("a while loop, and costs in an array")
def while_loop_and_array(X, Y, layer_dims, learning_rate, num_iterations):
    parameters = initialize_parameters_deep(layer_dims)
    costs, i = np.zeros(num_iterations), 0
    while i < num_iterations:
        AL, caches = L_model_forward(X, parameters)
        costs[i] = compute_cost(AL, Y)
        parameters = update_parameters(parameters, L_model_backward(AL, Y, caches), learning_rate)
        i += 1
    return parameters, costs


@accepted("a print every ten iterations, and the cost after the gradients")
def printing(X, Y, layer_dims, learning_rate, num_iterations):
    costs = []
    parameters = initialize_parameters_deep(layer_dims=layer_dims)
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        grads = L_model_backward(AL, Y, caches)
        cost = compute_cost(AL, Y)
        if i % 10 == 0:
            print(f"iteration {i}: {cost}")
        costs.append(cost)
        parameters = update_parameters(parameters, grads, learning_rate)
    return [parameters, tuple(costs)]


@accepted("initial weights of one's own")
def own_initial_weights(X, Y, layer_dims, learning_rate, num_iterations):
    rng = np.random.default_rng()
    parameters, costs = {}, []
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = 0.01 * rng.standard_normal((layer_dims[l], layer_dims[l - 1]))
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        costs += [compute_cost(AL, Y)]
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs
