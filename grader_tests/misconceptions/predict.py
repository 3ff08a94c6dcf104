"""What learners write for predict: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.L_model_forward import L_model_forward


@misconception(
    "These are the network's own numbers between 0 and 1. A prediction is a decision: 1 or 0, by "
    "the side of 0.5 on which the number lies.",
    caught_by="test_predict_numbers",
)
def probabilities(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return AL


@misconception(
    "Every answer is 1. The network's numbers all lie above 0, so a threshold of 0, rounding up,"
    " or a second sigmoid says 1 to each of them: between the two answers lies 0.5.",
    caught_by="test_predict_threshold",
)
def threshold_at_zero(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return (AL > 0).astype(float)


@misconception(
    "The two answers have changed places: a large output means 1.",
    caught_by="test_predict_threshold",
)
def answers_swapped(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return np.where(AL > 0.5, 0.0, 1.0)


@misconception(
    "The outputs are compared with their own mean. Then an answer depends on which other examples "
    "are in the batch; the threshold is 0.5, whatever the batch.",
    caught_by="test_predict_threshold",
)
def threshold_at_the_mean(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return (AL > AL.mean()).astype(float)


@misconception(
    "Every answer is 0, whatever the network says. Cutting its numbers off at the decimal point "
    "does that, and so does argmax: the largest of one output unit is always number 0.",
    caught_by="test_predict_threshold",
)
def argmax_of_one_unit(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return np.argmax(AL, axis=0).reshape(1, -1).astype(float)


@misconception(
    "The predictions have lost an axis: they are a row of shape (1, m), like Y. A flat array and "
    "a row are compared differently from what one expects.",
    caught_by="test_predict_numbers",
)
def flat(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return (AL > 0.5).astype(float).ravel()


@misconception(
    "The predictions stand in a column, (m, 1). Examples are columns everywhere in this course, so "
    "their answers form a row; a column compared with a row gives an m by m table.",
    caught_by="test_predict_numbers",
)
def column(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return (AL > 0.5).astype(float).T


@misconception(
    "True and False are no numbers yet: one array of them cannot be subtracted from another. Turn"
    " them into 1 and 0.",
    caught_by="test_predict_numbers",
)
def true_and_false(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return AL > 0.5


@misconception(
    "Only the first examples get an answer, as many as there are features, and the others stay 0. "
    "X.shape[0] counts the features.",
    caught_by="test_predict_threshold",
)
def loop_over_features(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    predictions = np.zeros((1, X.shape[1]))
    for i in range(min(X.shape)):
        if i < X.shape[0] and AL[0, i] > 0.5:
            predictions[0, i] = 1
    return predictions


@misconception(
    "A tuple is compared: L_model_forward returns two things, AL and the caches, and sigmoid two, "
    "A and Z. Take them apart before comparing.",
    caught_by="test_predict_threshold",
)
def pair_not_taken_apart(X, parameters):
    AL = L_model_forward(X, parameters)
    return (AL > 0.5).astype(float)


@misconception(
    "One number comes back for all examples, from their mean. Each example gets an answer of its "
    "own.",
    caught_by="test_predict_numbers",
)
def one_answer_for_all(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return float(AL.mean() > 0.5)


@misconception(
    "The two answers are 1 and -1. Here they are 1 and 0, as in Y.",
    caught_by="test_predict_threshold",
)
def minus_one_for_zero(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return np.where(AL > 0.5, 1.0, -1.0)


@misconception(
    "Where the answer should be 1 stands the network's own number: what is small has become 0, and "
    "the rest is left as it was. A decision is 1 or 0.",
    caught_by="test_predict_threshold",
)
def cut_off_numbers(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return AL * (AL > 0.5)


@misconception(
    "Where the network says more than 0.5 stands 1, and the rest is left as it was. A decision is "
    "1 or 0.",
    caught_by="test_predict_threshold",
)
def ones_and_probabilities(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return np.where(AL > 0.5, 1.0, AL)


@misconception(
    "The caches come back beside the predictions. Only the predictions are wanted.",
    caught_by="test_predict_numbers",
)
def pair_returned(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return (AL > 0.5).astype(float), caches


@misconception(
    "Only the first example gets an answer, and the others stay 0. Does `return` stand inside the "
    "loop, or does the loop run over the rows of AL, of which there is one?",
    caught_by="test_predict_threshold",
)
def first_example_only(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    predictions = np.zeros(AL.shape)
    for i in range(AL.shape[0]):
        predictions[0, i] = AL[0, i] > 0.5
    return predictions


@misconception(
    "The last example stays without an answer. Count the examples that the loop visits.",
    caught_by="test_predict_threshold",
)
def last_example_left_out(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    predictions = np.zeros(AL.shape)
    for i in range(AL.shape[1] - 1):
        if AL[0, i] > 0.5:
            predictions[0, i] = 1
    return predictions


@misconception(
    "One number comes back: the share of the examples that are answered with 1. Each example's own "
    "answer is wanted.",
    caught_by="test_predict_numbers",
)
def share_of_ones(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return np.mean(AL > 0.5)


@misconception(
    "One number comes back: how many examples are answered with 1. Each example's own answer is "
    "wanted.",
    caught_by="test_predict_numbers",
)
def number_of_ones(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return np.sum(AL > 0.5)


@misconception(
    "This tells at which places the answer is 1. An answer for every example is wanted, 0 as well "
    "as 1.",
    caught_by="test_predict_numbers",
)
def places_of_the_ones(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return np.where(AL > 0.5)[1]


@misconception(
    "Some answers above 0.5 become 0: what is compared is smaller than AL, or the threshold is"
    " higher. It is AL that is compared with 0.5, and not Z, which is 0 there.",
    caught_by="test_predict_threshold",
)
def pre_activation_compared(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    Z = caches[-1][1]
    return (Z > 0.5).astype(float)


@misconception(
    "The activations of the layer before the last are compared. The network's answer is what its "
    "last layer gives.",
    caught_by="test_predict_numbers",
)
def hidden_layer_compared(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    A_prev = caches[-1][0][0]
    return (A_prev > 0.5).astype(float)


@misconception(
    "The answers come in a plain list. They are an array of shape (1, m), like Y.",
    caught_by="test_predict_numbers",
)
def a_list(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    predictions = []
    for a in AL[0]:
        predictions.append(1 if a > 0.5 else 0)
    return predictions


@accepted("np.round, and whole numbers")
def rounded(X, parameters):
    AL, _ = L_model_forward(X, parameters)
    return np.round(AL).astype(int)


@accepted("a loop over the examples")
def loop_over_examples(X, parameters):
    AL, _ = L_model_forward(X, parameters)
    predictions = np.zeros((1, AL.shape[1]))
    for i in range(AL.shape[1]):
        predictions[0, i] = 1 if AL[0, i] > 0.5 else 0
    return predictions


@accepted("exactly 0.5 counts as 1, as it may")
def at_least_one_half(X, parameters):
    return np.where(L_model_forward(X, parameters)[0] >= 0.5, 1, 0)
