"""What learners write for linear_activation_forward: wrong answers, and right ones refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.linear_forward import linear_forward
from workbook import relu, sigmoid


@misconception(
    "The two activations have changed places: the layer gets ReLU where it asked for the "
    "sigmoid, and the other way round.",
    caught_by="test_sigmoid",
)
def branches_swapped(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "ReLU is applied even where `activation` asks for the sigmoid. Is there a branch for the"
    " sigmoid, is it ever taken, and which function does it call?",
    caught_by="test_sigmoid",
)
def relu_always(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "The sigmoid is applied even where `activation` asks for ReLU. Is there a branch for ReLU, is"
    " it ever taken, and which function does it call?",
    caught_by="test_relu",
)
def sigmoid_always(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = sigmoid(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "A is cached where Z belongs. The backward pass takes the activation's slope at the "
    "pre-activation, the value before it.",
    caught_by="test_activation_cache",
)
def A_cached_for_Z(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, _ = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (linear_cache, A)


@misconception(
    "The two parts of the cache have changed places: the linear part comes first, as it is "
    "computed first.",
    caught_by="test_linear_cache",
)
def cache_reversed(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (activation_cache, linear_cache)


@misconception(
    "The cache is flat, four arrays in a row. It has two entries: the linear cache, itself a "
    "tuple, and the activation cache.",
    caught_by="test_linear_cache",
)
def cache_flat(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (*linear_cache, activation_cache)


@misconception(
    "sigmoid and relu each return a pair, the activation and its cache. Here the whole pair is "
    "returned as A.",
    caught_by="test_sigmoid",
)
def pair_not_unpacked(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A = sigmoid(Z)
    else:
        A = relu(Z)
    return A, (linear_cache, Z)


@misconception(
    "What is returned as A is Z: no activation takes effect. Without it, many layers can do "
    "no more than a single linear one.",
    caught_by="test_relu",
)
def activation_never_applied(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    return Z, (linear_cache, Z)


@misconception(
    "The activation is that of the layer's input. It belongs after the linear part: first the"
    " weighted sum, then the activation.",
    caught_by="test_relu",
)
def activation_of_the_input(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, _ = sigmoid(A_prev) if activation == "sigmoid" else relu(A_prev)
    return A, (linear_cache, Z)


@misconception(
    "Python looks for something called `b` inside an array and finds nothing. Does a dot stand"
    " where a comma belongs?",
    caught_by="test_sigmoid",
)
def dot_for_comma(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W.b)
    A, activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "tanh is applied where the sigmoid is asked for. It runs from -1 to 1; the sigmoid runs "
    "from 0 to 1 and can stand for a probability.",
    caught_by="test_sigmoid",
)
def tanh_for_the_sigmoid(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = np.tanh(Z), Z
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "The sigmoid falls where it should rise, as with the wrong sign in its exponent: a large "
    "Z must give an answer near 1.",
    caught_by="test_sigmoid",
)
def sign_in_the_exponent(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = 1 / (1 + np.exp(Z)), Z
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "The sigmoid's values lie above 1, as if the exponential stood beside the fraction and not"
    " under it. Python divides before it adds, so see whether a bracket is missing.",
    caught_by="test_sigmoid",
)
def bracket_of_the_sigmoid(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = 1 / 1 + np.exp(-Z), Z
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "The sigmoid is replaced by the softmax over the units of the layer. Here each unit "
    "answers for itself, and answers need not add up to 1.",
    caught_by="test_sigmoid",
)
def softmax_for_the_sigmoid(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = np.exp(Z) / np.sum(np.exp(Z), axis=0, keepdims=True), Z
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "Where Z is negative, a hundredth of it comes through: this is a leaky ReLU. ReLU gives "
    "exactly 0 there.",
    caught_by="test_relu",
)
def leaky_relu(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = np.where(Z > 0, Z, 0.01 * Z), Z
    return A, (linear_cache, activation_cache)


@misconception(
    "A ReLU layer gives only zeros and ones: that is ReLU's derivative. Where Z is positive, "
    "Z itself goes on.",
    caught_by="test_relu",
)
def derivative_of_relu(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = (Z > 0).astype(float), Z
    return A, (linear_cache, activation_cache)


@misconception(
    "A ReLU layer lets the negative part through and blocks the positive one. It is the other"
    " way round: what is above 0 stays.",
    caught_by="test_relu",
)
def relu_upside_down(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = np.minimum(0, Z), Z
    return A, (linear_cache, activation_cache)


@misconception(
    "A ReLU layer gives the size of Z without its sign. ReLU does not mirror the negative "
    "part: it gives 0 there.",
    caught_by="test_relu",
)
def absolute_value_for_relu(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = np.abs(Z), Z
    return A, (linear_cache, activation_cache)


@misconception(
    "Both activations are applied, one to the result of the other. A layer has one "
    "activation: `activation` says which.",
    caught_by="test_sigmoid",
)
def both_activations(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = relu(Z)
    A, _ = sigmoid(A)
    return A, (linear_cache, activation_cache)


@misconception(
    "A and Z have changed places, in the answer and in the cache. sigmoid and relu return a "
    "pair: first the activations, then their cache.",
    caught_by="test_activation_cache",
)
def pair_unpacked_the_other_way(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        activation_cache, A = sigmoid(Z)
    else:
        activation_cache, A = relu(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "In a ReLU layer, A is cached where Z belongs, as happens when Z itself is set to 0 where"
    " it is negative. The backward pass needs Z as it was before the activation.",
    caught_by="test_activation_cache",
)
def Z_overwritten_by_relu(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        Z[Z < 0] = 0
        return Z, (linear_cache, Z)
    A, activation_cache = sigmoid(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "For a ReLU layer, None is returned. Is a branch taken there, and does it have a `return`?"
    " `activation` is exactly relu or sigmoid, in small letters.",
    caught_by="test_relu",
)
def no_branch_for_relu(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
        return A, (linear_cache, activation_cache)
    elif activation == "ReLU":
        A, activation_cache = relu(Z)
        return A, (linear_cache, activation_cache)


@misconception(
    "For a sigmoid layer, None is returned. Is a branch taken there, and does it have a `return`?"
    " `activation` is exactly relu or sigmoid, in small letters.",
    caught_by="test_sigmoid",
)
def no_branch_for_sigmoid(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        A, activation_cache = relu(Z)
        return A, (linear_cache, activation_cache)
    elif activation == "Sigmoid":
        A, activation_cache = sigmoid(Z)
        return A, (linear_cache, activation_cache)


@misconception(
    "The whole pair that sigmoid or relu returns is in the cache. Its first entry is the "
    "answer; the activation cache is the second alone.",
    caught_by="test_activation_cache",
)
def pair_in_the_cache(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    A = activation_cache[0]
    return A, (linear_cache, activation_cache)


@misconception(
    "The cache is the linear cache alone. Going backward, the activation's derivative needs "
    "Z: the cache has two parts.",
    caught_by="test_activation_cache",
)
def only_the_linear_cache(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A, linear_cache


@misconception(
    "The cache is Z alone. Going backward, the linear part needs its own cache as well: the "
    "cache has two parts.",
    caught_by="test_linear_cache",
)
def only_the_activation_cache(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A, activation_cache


@misconception(
    "The linear cache holds this layer's own A where its input belongs. The gradient of W "
    "needs what W was multiplied with.",
    caught_by="test_linear_cache",
)
def A_cached_for_A_prev(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A, ((A, W, b), activation_cache)


@misconception(
    "The linear cache holds the inputs and W in the wrong order, as if linear_forward got W where"
    " it expects the activations. Arguments go by their position.",
    caught_by="test_linear_cache",
)
def arguments_in_another_order(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(W, A_prev, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "b is subtracted, in Z and so in A. A bias is added to the weighted sum; whether it "
    "raises or lowers it is up to its own sign.",
    caught_by="test_activation_cache",
)
def b_subtracted(A_prev, W, b, activation):
    Z = np.dot(W, A_prev) - b
    linear_cache = (A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "The name of the activation is cached where Z belongs. The backward pass is told the name"
    " again; what it needs from here is Z.",
    caught_by="test_activation_cache",
)
def name_in_the_cache(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation)


@misconception(
    "ReLU is capped at 1. Only the sigmoid has an upper end: what is above 0 goes through "
    "ReLU as it is, however large.",
    caught_by="test_relu",
)
def relu_capped_at_1(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = np.clip(Z, 0, 1), Z
    return A, (linear_cache, activation_cache)


@misconception(
    "b has no part in Z, nor in A. Each unit adds its own bias to its weighted sum before the"
    " activation.",
    caught_by="test_activation_cache",
)
def b_left_out(A_prev, W, b, activation):
    Z = np.dot(W, A_prev)
    linear_cache = (A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "A and the cache have changed places. The result comes first, then the cache.",
    caught_by="test_sigmoid",
)
def cache_returned_first(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return (linear_cache, activation_cache), A


@misconception(
    "Only A is returned. The backward pass needs the cache as well: two values come back, A "
    "and the cache.",
    caught_by="test_linear_cache",
)
def only_A_returned(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A


@accepted("sigmoid and relu written inline, and no call of linear_forward")
def all_inline(A_prev, W, b, activation):
    Z = np.dot(W, A_prev) + b
    if activation == "sigmoid":
        A = 1 / (1 + np.exp(-Z))
    elif activation == "relu":
        A = Z * (Z > 0)
    return A, ((A_prev, W, b), Z)


@accepted("a list for each tuple")
def lists_for_tuples(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = np.maximum(Z, 0) if activation == "relu" else sigmoid(Z)[0]
    return [A, [list(linear_cache), Z]]


@accepted("a dictionary of functions, a print and type annotations")
def table_print_and_annotations(A_prev, W, b, activation: str) -> tuple:
    functions = {"sigmoid": sigmoid, "relu": relu}
    Z, linear_cache = linear_forward(A=A_prev, W=W, b=b)
    A, activation_cache = functions[activation](Z)
    print(activation, A.shape)
    cache = (linear_cache, activation_cache)
    return A, cache


@accepted("copies in the cache")
def copies_in_the_cache(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = np.where(Z > 0, Z, 0.0) if activation == "relu" else 0.5 * (1 + np.tanh(Z / 2))
    return A, (tuple(array.copy() for array in linear_cache), Z.copy())


@accepted("one formula for each activation, chosen by match")
def match_statement(A_prev, W, b, activation):
    Z = (A_prev.T @ W.T).T + b
    match activation:
        case "relu":
            A = (np.abs(Z) + Z) / 2
        case "sigmoid":
            A = np.exp(-np.logaddexp(0, -Z))
    return A, [[A_prev, W, b], Z]


@accepted("an array that is filled where the unit is active, and keyword arguments")
def filled_where_active(A_prev, W, b, activation="relu"):
    Z, linear_cache = linear_forward(W=W, A=A_prev, b=b)
    A = np.zeros_like(Z)
    if activation == "relu":
        A[Z > 0] = Z[Z > 0]
    else:
        A[:] = sigmoid(Z)[0]
    return A, (linear_cache, Z)
