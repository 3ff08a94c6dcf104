"""What learners write for decayed_learning_rate: wrong answers, and right ones often refused."""

import math

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The intervals are not rounded down, so the rate falls a little in every epoch. Within an "
    "interval it should stay the same.",
    caught_by="test_rate_falls_in_stairs",
)
def not_rounded(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 / (1 + decay_rate * epoch / time_interval)


@misconception(
    "The 1 in the denominator is missing: at epoch 0 that divides by zero.",
    caught_by="test_rate_falls",
)
def one_missing(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 / (decay_rate * (epoch // time_interval))


@misconception(
    "time_interval is not used, so the rate falls in every epoch.",
    caught_by="test_rate_falls_in_stairs",
)
def interval_not_used(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 / (1 + decay_rate * epoch)


@misconception(
    "The rate grows: it is multiplied where it should be divided.",
    caught_by="test_rate_falls",
)
def grows(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 * (1 + decay_rate * (epoch // time_interval))


@misconception(
    "This is exponential decay, another schedule: there each stair is the same fraction of the "
    "one before. Here the rate falls like 1 over the epoch.",
    caught_by="test_rate_falls",
)
def exponential(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 * math.exp(-decay_rate * (epoch // time_interval))


@misconception(
    "The epoch is counted from 1 here, so the first epoch no longer has the rate of the start.",
    caught_by="test_rate_falls",
)
def epoch_counted_from_1(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 / (1 + decay_rate * ((epoch + 1) // time_interval))


@misconception(
    "The parentheses around the denominator are missing, so only its first term divides.",
    caught_by="test_rate_falls",
)
def parentheses_missing(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 / 1 + decay_rate * (epoch // time_interval)


@accepted("math.floor of the quotient")
def floor(learning_rate0, decay_rate, epoch, time_interval=1):
    k = math.floor(epoch / time_interval)
    return learning_rate0 / (1 + decay_rate * k)


@accepted("int, and a power of -1")
def power(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 * (1 + decay_rate * int(epoch / time_interval)) ** -1


@accepted("divmod, type annotations, a print")
def annotations(
    learning_rate0: float, decay_rate: float, epoch: int, time_interval: int = 1
) -> float:
    stairs, _ = divmod(epoch, time_interval)
    print(stairs)
    return learning_rate0 * 1.0 / (1.0 + stairs * decay_rate)
