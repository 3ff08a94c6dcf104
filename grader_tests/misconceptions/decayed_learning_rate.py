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
    "The 1 in the denominator is missing: after the first interval the rate is divided by "
    "decay_rate alone.",
    caught_by="test_rate_falls",
)
def one_missing_but_at_first(learning_rate0, decay_rate, epoch, time_interval=1):
    intervals = epoch // time_interval
    return learning_rate0 / (decay_rate * intervals) if intervals else learning_rate0


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
    "This is exponential decay, another schedule: there each stair is the same fraction of the one "
    "before. Here the rate falls like 1 over the epoch.",
    caught_by="test_rate_falls",
)
def exponential(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 * math.exp(-decay_rate * (epoch // time_interval))


@misconception(
    "The epoch is counted from 1 here, so the rate falls one epoch too early.",
    caught_by="test_rate_falls",
)
def epoch_counted_from_1(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 / (1 + decay_rate * ((epoch + 1) // time_interval))


@misconception(
    "Only the first term of the denominator divides, as without parentheses around it.",
    caught_by="test_rate_falls",
)
def parentheses_missing(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 / 1 + decay_rate * (epoch // time_interval)


@misconception(
    "The number of intervals is rounded to the nearest. Count those that have passed.",
    caught_by="test_rate_falls_in_stairs",
)
def rounded_to_the_nearest(learning_rate0, decay_rate, epoch, time_interval=1):
    k = round(epoch / time_interval)
    return learning_rate0 / (1 + decay_rate * k)


@misconception(
    "The number of intervals is rounded up. Count those that have passed.",
    caught_by="test_rate_falls_in_stairs",
)
def rounded_up(learning_rate0, decay_rate, epoch, time_interval=1):
    k = math.ceil(epoch / time_interval)
    return learning_rate0 / (1 + decay_rate * k)


@misconception(
    "The rate comes out as if the whole product were rounded down, as where `*` comes before"
    " `//`. Only epoch divided by time_interval should be.",
    caught_by="test_rate_falls",
)
def product_rounded_down(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 / (1 + decay_rate * epoch // time_interval)


@misconception(
    "The epoch's place in its interval is taken (`%`), and not the number of intervals that have "
    "passed: the rate goes up again at each new one.",
    caught_by="test_rate_falls",
)
def remainder(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 / (1 + decay_rate * (epoch % time_interval))


@misconception(
    "The number of whole intervals is multiplied by their length again. One interval lowers the "
    "rate as much as one step of k.",
    caught_by="test_rate_falls_in_stairs",
)
def epochs_of_the_whole_intervals(learning_rate0, decay_rate, epoch, time_interval=1):
    k = epoch // time_interval
    return learning_rate0 / (1 + decay_rate * k * time_interval)


@misconception(
    "The rate is lowered only in epochs that time_interval divides, and is the first one again in "
    "between. Between them it stays where it was.",
    caught_by="test_rate_falls_in_stairs",
)
def only_where_it_divides(learning_rate0, decay_rate, epoch, time_interval=1):
    if epoch % time_interval != 0:
        return learning_rate0
    return learning_rate0 / (1 + decay_rate * (epoch // time_interval))


@misconception(
    "This is exponential decay: the rate is multiplied by decay_rate again and again. Here it "
    "falls like 1 over the epoch.",
    caught_by="test_rate_falls",
)
def power_of_decay_rate(learning_rate0, decay_rate, epoch, time_interval=1):
    k = epoch // time_interval
    return learning_rate0 * decay_rate**k


@misconception(
    "This is exponential decay: each stair takes the same share of what is left. Here the rate "
    "falls like 1 over the epoch.",
    caught_by="test_rate_falls",
)
def power_of_one_minus(learning_rate0, decay_rate, epoch, time_interval=1):
    k = epoch // time_interval
    return learning_rate0 * (1 - decay_rate) ** k


@misconception(
    "1 + decay_rate is raised to a power. The number of intervals is a factor of decay_rate.",
    caught_by="test_rate_falls",
)
def power_of_the_denominator(learning_rate0, decay_rate, epoch, time_interval=1):
    k = epoch // time_interval
    return learning_rate0 / (1 + decay_rate) ** k


@misconception(
    "The rate falls along a straight line, and below 0 in the end. Here it falls like 1 over the "
    "epoch.",
    caught_by="test_rate_falls",
)
def straight_down(learning_rate0, decay_rate, epoch, time_interval=1):
    k = epoch // time_interval
    return learning_rate0 * (1 - decay_rate * k)


@misconception(
    "The rate falls with the root of the number of intervals. It is the number itself.",
    caught_by="test_rate_falls",
)
def root_of_the_epoch(learning_rate0, decay_rate, epoch, time_interval=1):
    k = epoch // time_interval
    return learning_rate0 / (1 + decay_rate * math.sqrt(k))


@misconception(
    "The first learning rate is missing: this is the share of it that is left.",
    caught_by="test_rate_falls",
)
def no_learning_rate(learning_rate0, decay_rate, epoch, time_interval=1):
    k = epoch // time_interval
    return 1 / (1 + decay_rate * k)


@misconception(
    "decay_rate is not used: the first rate is divided by the number of intervals and 1.",
    caught_by="test_rate_falls",
)
def decay_rate_not_used(learning_rate0, decay_rate, epoch, time_interval=1):
    k = epoch // time_interval
    return learning_rate0 / (1 + k)


@misconception(
    "The rate stays the first one in every epoch.",
    caught_by="test_rate_falls",
)
def always_the_first(learning_rate0, decay_rate, epoch, time_interval=1):
    k = epoch // time_interval
    return learning_rate0


@misconception(
    "Only the 1 and decay_rate divide, and the number of intervals multiplies, as without"
    " parentheses.",
    caught_by="test_rate_falls",
)
def product_divides(learning_rate0, decay_rate, epoch, time_interval=1):
    k = epoch // time_interval
    return learning_rate0 / (1 + decay_rate) * k


@misconception(
    "The intervals are counted from 1, so the first one is lowered already.",
    caught_by="test_rate_falls",
)
def epoch_plus_one_over_interval(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 / (1 + decay_rate * (epoch // time_interval + 1))


@misconception(
    "There is a minus in the denominator: the rate grows, and then jumps below 0.",
    caught_by="test_rate_falls",
)
def minus_for_plus(learning_rate0, decay_rate, epoch, time_interval=1):
    k = epoch // time_interval
    return learning_rate0 / (1 - decay_rate * k)


@misconception(
    "The rate is rounded. Small rates then have hardly a digit left.",
    caught_by="test_rate_falls",
)
def rounded_result(learning_rate0, decay_rate, epoch, time_interval=1):
    k = epoch // time_interval
    return round(learning_rate0 / (1 + decay_rate * k), 2)


@misconception(
    "time_interval is divided by the epoch. It is the other way round: how often does the interval "
    "fit into the epoch?",
    caught_by="test_rate_falls",
)
def interval_and_epoch_exchanged(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 / (1 + decay_rate * (time_interval // max(epoch, 1)))


@misconception(
    "This is exponential decay, and the intervals are not rounded down. Here the rate falls like 1 "
    "over the epoch, in stairs.",
    caught_by="test_rate_falls",
)
def power_of_decay_rate_not_rounded(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 * decay_rate ** (epoch / time_interval)


@misconception(
    "This is exponential decay, and it falls in every epoch a little. Here the rate falls like 1 "
    "over the epoch, in stairs.",
    caught_by="test_rate_falls",
)
def exponential_not_rounded(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 * math.exp(-decay_rate * epoch / time_interval)


@misconception(
    "This is exponential decay, and time_interval is not used. Here the rate falls like 1 over the "
    "epoch, in stairs.",
    caught_by="test_rate_falls",
)
def exponential_in_every_epoch(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 * math.exp(-decay_rate * epoch)


@misconception(
    "The rate is divided anew for each interval, by 1 + decay_rate, then by 1 + 2 decay_rate and"
    " so on, and the divisors multiply up. The first rate is divided once.",
    caught_by="test_rate_falls",
)
def divided_anew_in_each_interval(learning_rate0, decay_rate, epoch, time_interval):
    rate = learning_rate0
    for k in range(1, epoch // time_interval + 1):
        rate /= 1 + decay_rate * k
    return rate


@misconception(
    "time_interval is divided by the epoch, in all epochs but 0. It is the other way round: how"
    " often does the interval fit into the epoch?",
    caught_by="test_rate_falls",
)
def exchanged_but_for_epoch_0(learning_rate0, decay_rate, epoch, time_interval):
    return learning_rate0 / (1 + decay_rate * (time_interval // epoch if epoch else 0))


@misconception(
    "The rate falls one epoch late, as if the first epoch were 1. Epochs count from 0.",
    caught_by="test_rate_falls",
)
def one_epoch_late(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 / (1 + decay_rate * (max(epoch - 1, 0) // time_interval))


@misconception(
    "The rate falls one interval late: once an interval has passed, k is 1.",
    caught_by="test_rate_falls",
)
def one_interval_late(learning_rate0, decay_rate, epoch, time_interval=1):
    return learning_rate0 / (1 + decay_rate * max(epoch // time_interval - 1, 0))


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
