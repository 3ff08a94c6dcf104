"""What learners write for normalize: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The test set is normalised with its own mean and deviation. A network must meet new examples"
    " through the same glasses as those it learned from: use the training set's numbers for both.",
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
    "A feature that is constant in the training set has the deviation 0, and dividing by it gives "
    "nan or inf, which then spread through the whole network. Such a feature must not be divided.",
    caught_by="test_normalize_constant_feature",
)
def constant_feature_divided_by_zero(X_train, X_test):
    mean, spread = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "The test set comes back as it was. Is anything done to it? If X_train was overwritten, its"
    " mean and deviation are 0 and 1: the test set belongs on the scale of the training set as it"
    " was.",
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


@misconception(
    "From the test set no mean is taken away; only its scale is right. If X_train was overwritten "
    "when it was centred, its mean is 0 by now: keep the mean before that.",
    caught_by="test_normalize_test",
)
def only_the_test_set_not_centred(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return (X_train - mean) / spread, X_test / spread


@misconception(
    "The test set is centred, and not divided. It is divided by the deviation of the training set "
    "as it was at first.",
    caught_by="test_normalize_test",
)
def only_the_test_set_not_scaled(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return (X_train - mean) / spread, X_test - mean


@misconception(
    "The test set loses its own mean, and is divided by the deviation of the training set. Both "
    "numbers come from the training set.",
    caught_by="test_normalize_test",
)
def own_mean_of_the_test_set(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    own = X_test.mean(axis=1, keepdims=True)
    return (X_train - mean) / spread, (X_test - own) / spread


@misconception(
    "The test set is divided by its own deviation. The mean and the deviation both come from the "
    "training set.",
    caught_by="test_normalize_test",
)
def own_deviation_of_the_test_set(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    own = X_test.std(axis=1, keepdims=True)
    return (X_train - mean) / spread, (X_test - mean) / np.where(own == 0, 1, own)


@misconception(
    "Mean and deviation of the test set are used for both sets. They come from the training set: "
    "of the test set nothing may be known.",
    caught_by="test_normalize_train",
)
def statistics_of_the_test_set(X_train, X_test):
    mean, spread = X_test.mean(axis=1, keepdims=True), X_test.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "Mean and deviation are taken over each example (axis 0). A feature is a row here: they are "
    "taken along the row, over the examples.",
    caught_by="test_normalize_train",
)
def training_columns_for_both(X_train, X_test):
    mean = X_train.mean(axis=0, keepdims=True)
    spread = X_train.std(axis=0, keepdims=True)
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "Each feature has its own mean, and all share one deviation: without an axis, NumPy takes it "
    "over the whole array.",
    caught_by="test_normalize_train",
)
def one_deviation_for_all(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = np.std(X_train)
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "All features share one mean, taken over the whole array, and each has its own deviation. The "
    "mean is one for each feature, too.",
    caught_by="test_normalize_train",
)
def one_mean_own_deviations(X_train, X_test):
    spread = X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    mean = np.mean(X_train)
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "In the place of the deviation 0 stands 1e-8: what is constant in the training set and differs "
    "in the test set is blown up a hundred million times. Such a feature is not divided at all.",
    caught_by="test_normalize_constant_feature",
)
def tiny_number_in_the_divisor(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    return (X_train - mean) / (spread + 1e-8), (X_test - mean) / (spread + 1e-8)


@misconception(
    "In the place of the deviation 0 stands 1e-7: what is constant in the training set and differs "
    "in the test set is blown up ten million times. Such a feature is not divided at all.",
    caught_by="test_normalize_constant_feature",
)
def tiny_number_1e_7(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    return (X_train - mean) / (spread + 1e-7), (X_test - mean) / (spread + 1e-7)


@misconception(
    "In the place of the deviation 0 stands 1e-10: what is constant in the training set and "
    "differs in the test set is blown up ten thousand million times. Such a feature is not divided "
    "at all.",
    caught_by="test_normalize_constant_feature",
)
def tiny_number_1e_10(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    return (X_train - mean) / (spread + 1e-10), (X_test - mean) / (spread + 1e-10)


@misconception(
    "In the place of the deviation 0 stands 1e-4, as from 1e-8 under the root: what is constant in "
    "the training set and differs in the test set is blown up ten thousand times. Such a feature "
    "is not divided at all.",
    caught_by="test_normalize_constant_feature",
)
def tiny_number_under_the_root(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = np.sqrt(X_train.var(axis=1, keepdims=True) + 1e-8)
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "In the place of the deviation 0 stands 3e-3, as from 1e-5 under the root: what is constant in "
    "the training set and differs in the test set is blown up three hundred times. Such a feature "
    "is not divided at all.",
    caught_by="test_normalize_constant_feature",
)
def larger_number_under_the_root(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = np.sqrt(X_train.var(axis=1, keepdims=True) + 1e-5)
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "A feature that is constant in the training set becomes 0 in the test set, too, whatever it is "
    "there. Its mean is taken away, and it is not divided: what it differs by stays.",
    caught_by="test_normalize_constant_feature",
)
def constant_feature_set_to_zero(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    constant = spread == 0
    spread = np.where(constant, 1, spread)
    return (
        np.where(constant, 0, (X_train - mean) / spread),
        np.where(constant, 0, (X_test - mean) / spread),
    )


@misconception(
    "A feature that is constant in the training set is left as it was. It is not divided, and its "
    "mean is taken away like any other's.",
    caught_by="test_normalize_constant_feature",
)
def constant_feature_left_alone(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    constant = spread == 0
    spread = np.where(constant, 1, spread)
    mean = np.where(constant, 0, mean)
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "It is divided by the range, from the smallest to the largest. Here it is the standard "
    "deviation that becomes 1.",
    caught_by="test_normalize_train",
)
def by_the_range(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = np.ptp(X_train, axis=1, keepdims=True)
    spread[spread == 0] = 1
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "Each feature is divided by its largest value, and no mean is taken away. Here each gets mean "
    "0 and deviation 1.",
    caught_by="test_normalize_train",
)
def by_the_largest(X_train, X_test):
    largest = np.max(np.abs(X_train), axis=1, keepdims=True)
    return X_train / largest, X_test / largest


@misconception(
    "Each feature is divided by its length, the root of the sum of squares. The deviation is the "
    "root of their mean: m stands under the root.",
    caught_by="test_normalize_train",
)
def by_the_length(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.sum((X_train - mean) ** 2, axis=1, keepdims=True))
    spread[spread == 0] = 1
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "Each feature is divided by its length, and no mean is taken away. Here each gets mean 0 and "
    "deviation 1.",
    caught_by="test_normalize_train",
)
def rows_of_length_one(X_train, X_test):
    length = np.linalg.norm(X_train, axis=1, keepdims=True)
    return X_train / length, X_test / length


@misconception(
    "The deviation is measured from 0, as the root of the mean square. It is measured from the "
    "mean: take the mean away first.",
    caught_by="test_normalize_train",
)
def deviation_around_zero(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.mean(X_train**2, axis=1, keepdims=True))
    spread[spread == 0] = 1
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "Only the mean is divided by the deviation: without parentheses the division comes before the "
    "subtraction.",
    caught_by="test_normalize_train",
)
def parentheses_missing(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return X_train - mean / spread, X_test - mean / spread


@misconception(
    "It is divided first, and then the mean of the undivided numbers is taken away. The mean goes "
    "first.",
    caught_by="test_normalize_train",
)
def divided_before_centred(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return X_train / spread - mean, X_test / spread - mean


@misconception(
    "It is multiplied by the deviation. To make the deviation 1, divide by it.",
    caught_by="test_normalize_train",
)
def multiplied_by_deviation(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return (X_train - mean) * spread, (X_test - mean) * spread


@misconception(
    "The signs are turned round: the numbers are taken from the mean, and not the mean from the "
    "numbers.",
    caught_by="test_normalize_train",
)
def sign_turned(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return (mean - X_train) / spread, (mean - X_test) / spread


@misconception(
    "The median is taken away. It is the mean that should become 0.",
    caught_by="test_normalize_train",
)
def median_for_mean(X_train, X_test):
    mean = np.median(X_train, axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "The two sets come back in the other order: X_train is first.",
    caught_by="test_normalize_train",
)
def order_exchanged(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return (X_test - mean) / spread, (X_train - mean) / spread


@misconception(
    "Only the training set comes back. The test set is wanted as well.",
    caught_by="test_normalize_test",
)
def training_set_alone_returned(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return (X_train - mean) / spread


@misconception(
    "Mean and deviation come back as well. The answer has two parts: X_train and X_test.",
    caught_by="test_normalize_train",
)
def statistics_returned(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return (X_train - mean) / spread, (X_test - mean) / spread, mean, spread


@misconception(
    "Each example is divided by its own length. Here each feature gets mean 0 and deviation 1, "
    "over the examples of the training set.",
    caught_by="test_normalize_train",
)
def examples_of_length_one(X_train, X_test):
    return tuple(X / np.linalg.norm(X, axis=0, keepdims=True) for X in (X_train, X_test))


@misconception(
    "The test set is scaled as with a mean of 0 and a deviation of 1, which X_train has once it"
    " is normalised: take both from X_train as it was. And a constant feature is divided by a tiny"
    " number, which blows it up in the test set: it is not to be divided.",
    caught_by="test_normalize_test",
)
def overwritten_and_tiny_number(X_train, X_test):
    mean, spread = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
    X_train = (X_train - mean) / (spread + 1e-8)
    mean, spread = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
    return X_train, (X_test - mean) / (spread + 1e-8)


@misconception(
    "Everything is divided by 255, as one does with the pixels of pictures. Here each feature gets "
    "mean 0 and deviation 1.",
    caught_by="test_normalize_train",
)
def divided_by_255(X_train, X_test):
    return X_train / 255.0, X_test / 255.0


@misconception(
    "Each set is scaled to the range from 0 to 1, by its smallest and largest number of all. Here "
    "each feature gets mean 0 and deviation 1, by the training set's numbers.",
    caught_by="test_normalize_train",
)
def whole_range_of_each_set(X_train, X_test):
    return tuple((X - X.min()) / (X.max() - X.min()) for X in (X_train, X_test))


@misconception(
    "Everything is scaled by the smallest and the largest number of the training set. Here each "
    "feature gets mean 0 and deviation 1.",
    caught_by="test_normalize_train",
)
def whole_range_of_the_training_set(X_train, X_test):
    low, high = X_train.min(), X_train.max()
    return (X_train - low) / (high - low), (X_test - low) / (high - low)


@misconception(
    "The test set is normalised with its own mean and deviation: use the training set's numbers "
    "for both. And nothing keeps a constant feature from being divided by 0.",
    caught_by="test_normalize_test",
)
def each_set_by_itself_zero(X_train, X_test):
    answers = []
    for X in (X_train, X_test):
        mean, spread = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
        answers.append((X - mean) / (spread))
    return tuple(answers)


@misconception(
    "It is divided by the variance, the square of the deviation. And nothing keeps a constant "
    "feature from being divided by 0.",
    caught_by="test_normalize_train",
)
def variance_zero(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.var(axis=1, keepdims=True)
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "The deviation divides by m - 1 (ddof=1). Here it is the plain one, which divides by m. And "
    "nothing keeps a constant feature from being divided by 0.",
    caught_by="test_normalize_train",
)
def m_minus_1_zero(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True, ddof=1)
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "It is divided by the deviation, but the mean is not taken away first. And nothing keeps a "
    "constant feature from being divided by 0.",
    caught_by="test_normalize_train",
)
def only_divided_zero(X_train, X_test):
    spread = X_train.std(axis=1, keepdims=True)
    return X_train / spread, X_test / spread


@misconception(
    "The features are scaled to the range from 0 to 1: here each gets mean 0 and deviation 1. And "
    "nothing keeps a constant feature from being divided by 0.",
    caught_by="test_normalize_train",
)
def between_zero_and_one_zero(X_train, X_test):
    low = X_train.min(axis=1, keepdims=True)
    width = X_train.max(axis=1, keepdims=True) - low
    return (X_train - low) / width, (X_test - low) / width


@misconception(
    "The test set comes back as it was: it belongs on the scale of the training set. And nothing "
    "keeps a constant feature from being divided by 0.",
    caught_by="test_normalize_test",
)
def only_the_training_set_zero(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True)
    return (X_train - mean) / spread, X_test.copy()


@misconception(
    "It is divided by the variance, the square of the deviation. And a constant feature is divided "
    "by a tiny number, which blows it up in the test set: it is not to be divided.",
    caught_by="test_normalize_train",
)
def variance_tiny(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.var(axis=1, keepdims=True) + 1e-8
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "The deviation divides by m - 1 (ddof=1). Here it is the plain one, which divides by m. And a "
    "constant feature is divided by a tiny number, which blows it up in the test set: it is not to "
    "be divided.",
    caught_by="test_normalize_train",
)
def m_minus_1_tiny(X_train, X_test):
    mean = X_train.mean(axis=1, keepdims=True)
    spread = X_train.std(axis=1, keepdims=True, ddof=1) + 1e-8
    return (X_train - mean) / spread, (X_test - mean) / spread


@misconception(
    "It is divided by the deviation, but the mean is not taken away first. And a constant feature "
    "is divided by a tiny number, which blows it up in the test set: it is not to be divided.",
    caught_by="test_normalize_train",
)
def only_divided_tiny(X_train, X_test):
    spread = X_train.std(axis=1, keepdims=True) + 1e-8
    return X_train / spread, X_test / spread


@misconception(
    "The features are scaled to the range from 0 to 1: here each gets mean 0 and deviation 1. And "
    "a constant feature is divided by a tiny number, which blows it up in the test set: it is not "
    "to be divided.",
    caught_by="test_normalize_train",
)
def between_zero_and_one_tiny(X_train, X_test):
    low = X_train.min(axis=1, keepdims=True)
    width = X_train.max(axis=1, keepdims=True) - low + 1e-8
    return (X_train - low) / width, (X_test - low) / width


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
