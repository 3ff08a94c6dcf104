"""What learners write for L_layer_model: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.compute_cost import compute_cost
from solutions.initialize_parameters_deep import initialize_parameters_deep
from solutions.L_model_backward import L_model_backward
from solutions.L_model_forward import L_model_forward
from solutions.update_parameters import update_parameters


@misconception(
    "What update_parameters returns is not kept, so every iteration starts from the first "
    "parameters. It makes new arrays: give them a name and go on with them.",
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
    "The parameters are initialised anew in every iteration: what the step before has learned is "
    "lost. Initialise once, before the loop.",
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
    "The forward pass runs once, before the loop, so every step uses the gradient of the first "
    "parameters. After each step the network has to be run again.",
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
    "One iteration is missing: a range that begins at 1 has one step fewer than num_iterations.",
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
    "The `return` stands inside the loop: the first iteration is the last one.",
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
    "The last step is taken back: what is returned are the parameters before it.",
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
    "Only every hundredth cost is kept. Here the list holds one for each iteration, so that the "
    "curve can be drawn step by step.",
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
    "Only the last cost is returned, and not the list of all: one number shows no curve.",
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
    "The learning rate that was given is not used: a number written out in its place makes every "
    "call the same.",
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
