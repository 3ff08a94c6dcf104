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
    "Everything is answered with 1: what a sigmoid gives is always above 0. Between the two "
    "answers lies 0.5.",
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
    "argmax looks for the largest of several output units. Here there is one unit, so the largest "
    "is always number 0.",
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
    "True and False are no numbers yet: one cannot subtract them, and 1 - predictions fails. "
    "Turn them into 1 and 0.",
    caught_by="test_predict_numbers",
)
def true_and_false(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return AL > 0.5


@misconception(
    "The loop runs over the features: X.shape[0] counts those. Only as many predictions are made, "
    "and the others stay 0, or there are not so many.",
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
    "L_model_forward returns two things, AL and the caches: take them apart before comparing.",
    caught_by="test_predict_threshold",
)
def pair_not_taken_apart(X, parameters):
    AL = L_model_forward(X, parameters)
    return (AL > 0.5).astype(float)


@misconception(
    "A single answer is given for all examples, by their mean. Each example gets its own.",
    caught_by="test_predict_numbers",
)
def one_answer_for_all(X, parameters):
    AL, caches = L_model_forward(X, parameters)
    return float(AL.mean() > 0.5)


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


@accepted("0.5 itself counts as 1")
def at_least_one_half(X, parameters):
    return np.where(L_model_forward(X, parameters)[0] >= 0.5, 1, 0)
