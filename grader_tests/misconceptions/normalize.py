"""What learners write for normalize: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The test set is normalised with its own mean and deviation. A network must meet new examples "
    "through the same glasses as those it learned from: use the training set's numbers for both.",
    caught_by="test_normalize_test",
)
def each_set_by_itself(X_train, X_test):
    answers = []
    for X in (X_train, X_test):
        mean, spread = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
        answers.append((X - mean) / np.where(spread == 0, 1, spread))
    return tuple(answers)


@misconception(
    "Mean and deviation are taken over both sets together, so the test set leaks into what the "
    "network learns from. Only the training set may be looked at.",
    caught_by="test_normalize_train",
)
def statistics_of_both(X_train, X_test):
    both = np.hstack([X_train, X_test])
    mean, spread = both.mean(axis=1, keepdims=True), both.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "Each example is normalised by itself (axis 0). A feature is a row here: take its mean and "
    "deviation along the row, over the examples.",
    caught_by="test_normalize_train",
)
def each_example_by_itself(X_train, X_test):
    return tuple((X - X.mean(axis=0)) / X.std(axis=0) for X in (X_train, X_test))


@misconception(
    "One mean and one deviation are used for all features. Each feature has its own: without an "
    "axis, NumPy takes them over the whole array.",
    caught_by="test_normalize_train",
)
def one_mean_for_all(X_train, X_test):
    return tuple((X - X_train.mean()) / X_train.std() for X in (X_train, X_test))


@misconception(
    "The mean has lost its axis (see keepdims): as a flat array it is subtracted along the wrong "
    "axis, or cannot be subtracted at all.",
    caught_by="test_normalize_train",
)
def without_keepdims(X_train, X_test):
    mean, spread = X_train.mean(axis=1), X_train.std(axis=1)
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "It is divided by the variance. The variance is the square of the deviation: the result then "
    "has not the deviation 1.",
    caught_by="test_normalize_train",
)
def variance_for_deviation(X_train, X_test):
    mean, spread = X_train.mean(axis=1, keepdims=True), X_train.var(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "The mean is taken away, but nothing is divided: features of large numbers still drown the "
    "others.",
    caught_by="test_normalize_train",
)
def only_centred(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    return X_train - mean, X_test - mean


@misconception(
    "It is divided by the deviation, but the mean is not taken away first.",
    caught_by="test_normalize_train",
)
def only_divided(X_train, X_test):
    spread = X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return X_train / spread, X_test / spread


@misconception(
    "A feature that is constant has the deviation 0, and dividing by it gives nan or inf, which "
    "then spread through the whole network. Such a feature must not be divided.",
    caught_by="test_normalize_constant_feature",
)
def constant_feature_divided_by_zero(X_train, X_test):
    mean, spread = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "The test set comes back as it was. The network must see it on the same scale as the examples "
    "it learned from.",
    caught_by="test_normalize_test",
)
def only_the_training_set(X_train, X_test):
    mean, spread = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return (X_train - mean) / spread, X_test.copy()


@misconception(
    "The features are scaled to the range from 0 to 1. That is another rule (min-max scaling): "
    "here each gets mean 0 and deviation 1.",
    caught_by="test_normalize_train",
)
def between_zero_and_one(X_train, X_test):
    low = X_train.min(axis=1, keepdims=True)
    width = X_train.max(axis=1, keepdims=True) - low
    width[width == 0] = 1
    return (X_train - low) / width, (X_test - low) / width


@misconception(
    "The deviation divides by m - 1 (ddof=1). Here it is the plain one, which divides by m: with "
    "few examples that is another number.",
    caught_by="test_normalize_train",
)
def deviation_with_m_minus_1(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True, ddof=1)
    spread[spread == 0] = 1
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "The caller's arrays are changed in place: who looks at the raw data afterwards finds other "
    "numbers. Make new arrays.",
    caught_by="test_normalize_inputs_unchanged",
)
def changed_in_place(X_train, X_test):
    mean, spread = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    X_train -= mean
    X_test -= mean
    X_train /= spread
    X_test /= spread
    return X_train, X_test


@accepted("a tiny number added to the deviation against division by 0")
def tiny_number_added(X_train, X_test):
    mean, spread = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
    return (X_train - mean) / np.where(spread == 0, 1, spread + 1e-12), (X_test - mean) / np.where(
        spread == 0, 1, spread + 1e-12
    )


@accepted("a loop over the features")
def loop_over_features(X_train, X_test):
    train, test = X_train.astype(float), X_test.astype(float)
    for i in range(len(train)):
        mean, spread = np.mean(X_train[i]), np.sqrt(np.var(X_train[i]))
        train[i] -= mean
        test[i] -= mean
        if spread > 0:
            train[i] /= spread
            test[i] /= spread
    return train, test


@accepted("reshaped statistics, and a list for the tuple")
def reshaped_statistics(X_train: np.ndarray, X_test: np.ndarray) -> list:
    mean = np.sum(X_train, 1).reshape(-1, 1) / X_train.shape[1]
    spread = np.sqrt(np.sum((X_train - mean) ** 2, 1) / X_train.shape[1])[:, None]
    spread = np.array([[s] if s > 0 else [1.0] for s in spread[:, 0]])
    return [(X_train - mean) / spread, (X_test - mean) / spread]
