"""What learners write for early_stopping: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The epochs in vain are counted all together, and the waiting is never set back. Those in a"
    " row count, since the lowest cost.",
    caught_by="test_waiting_begins_anew",
)
def waiting_not_reset(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited += 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "A cost equal to the lowest counts as an improvement. On a plateau the training would then go "
    "on for ever.",
    caught_by="test_waiting_begins_anew",
)
def equal_counts_as_better(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost <= best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "It waits one epoch too long: when patience epochs have passed in vain, it is over.",
    caught_by="test_stops_after_patience",
)
def one_epoch_too_late(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited > patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "Each cost is compared with the one before. What counts is the lowest so far: costs that go "
    "up and down may get nowhere.",
    caught_by="test_waiting_begins_anew",
)
def compared_with_the_epoch_before(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < costs[epoch - 1]:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "The best epoch is searched among all costs, those after the stop too, which nobody would "
    "have seen.",
    caught_by="test_best_epoch",
)
def best_of_all(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return int(np.argmin(costs)), epoch
    return best_epoch, len(costs) - 1


@misconception(
    "The epoch of the stop comes back as the best one. By then the cost has risen for a while: "
    "the best one lies before.",
    caught_by="test_best_epoch",
)
def stop_for_best(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "The two epochs are exchanged: first the best one, then that of the stop.",
    caught_by="test_best_epoch",
)
def order_exchanged(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return epoch, best_epoch
    return len(costs) - 1, best_epoch


@misconception(
    "The highest cost is taken for the best. That is right for an accuracy; a cost should be low.",
    caught_by="test_best_epoch",
)
def highest_for_lowest(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost > best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "Where patience never runs out, nothing is returned. Then the training has gone on to the "
    "last epoch.",
    caught_by="test_stops_after_patience",
)
def end_without_answer(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch


@misconception(
    "The epochs are counted from 1. Epoch 0 is the first, as the first cost of the list has the "
    "index 0.",
    caught_by="test_best_epoch",
)
def counted_from_1(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch + 1, epoch + 1
    return best_epoch + 1, len(costs)


@misconception(
    "It stops at the first epoch without a new lowest cost. Costs go up and down: patience says "
    "for how long to bear it.",
    caught_by="test_stops_after_patience",
)
def stops_at_the_first_rise(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= 1:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "It stops one epoch too early: patience epochs may pass in vain, and the last of them is still "
    "run.",
    caught_by="test_stops_after_patience",
)
def one_epoch_too_early(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited + 1 >= patience and waited > 0:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "It stops too early while the first epoch is the lowest: does that epoch count as one in vain?"
    " The waiting begins after it.",
    caught_by="test_stops_after_patience",
)
def first_epoch_counts_as_waiting(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "No cost ever counts as a new lowest, not even the first: is the lowest taken to be 0 at "
    "first?",
    caught_by="test_best_epoch",
)
def lowest_begins_at_0(costs, patience):
    best, best_epoch, waited = 0.0, 0, 0
    for epoch, cost in enumerate(costs):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "The lowest cost comes back, and not its epoch. Both parts of the answer are numbers of "
    "epochs.",
    caught_by="test_best_epoch",
)
def costs_returned(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best, epoch
    return best, len(costs) - 1


@misconception(
    "The costs come back, and not their epochs. Both parts of the answer are numbers of epochs.",
    caught_by="test_best_epoch",
)
def both_costs_returned(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best, cost
    return best, costs[-1]


@misconception(
    "Where patience never runs out, the stop is one epoch after the last. Epochs are counted from "
    "0, so the last one is one less than their number.",
    caught_by="test_stops_after_patience",
)
def end_one_too_late(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs)


@misconception(
    "Where patience never runs out, the epoch of the stop is the best one. The training has gone"
    " on to the last epoch.",
    caught_by="test_stops_after_patience",
)
def end_is_best(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, best_epoch


@misconception(
    "Where patience never runs out, the stop is told as -1. Then the training has gone on to the "
    "last epoch: its number is wanted.",
    caught_by="test_stops_after_patience",
)
def end_is_minus_one(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, -1


@misconception(
    "Where patience never runs out, there is no epoch of the stop. Then the training has gone on "
    "to the last epoch.",
    caught_by="test_stops_after_patience",
)
def end_is_none(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, None


@misconception(
    "Where patience never runs out, the last epoch is told as the best one, too.",
    caught_by="test_best_epoch_is_the_first",
)
def end_as_best_of_nothing(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return len(costs) - 1, len(costs) - 1


@misconception(
    "Where patience never runs out, the stop lies beyond the last epoch: it is the best epoch"
    " plus patience, whether there are so many or not.",
    caught_by="test_stops_after_patience",
)
def best_plus_patience(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, best_epoch + patience


@misconception(
    "It never stops: patience has no effect, and all epochs are run.",
    caught_by="test_stops_after_patience",
)
def never_stops(costs, patience):
    best_epoch = 0
    for epoch, cost in enumerate(costs):
        if cost < costs[best_epoch]:
            best_epoch = epoch
    return best_epoch, len(costs) - 1


@misconception(
    "The last of several equal lowest costs is told as the best epoch. It is the first that has "
    "it.",
    caught_by="test_best_epoch_is_the_first",
)
def equal_moves_the_best(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost <= best:
            waited = 0 if cost < best else waited + 1
            best, best_epoch = cost, epoch
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "Training stops in the epoch whose number is patience, wherever the best one lies. What is"
    " waited for is counted from the last new lowest cost.",
    caught_by="test_stops_after_patience",
)
def stop_at_patience(costs, patience):
    stop_epoch = min(patience, len(costs) - 1)
    return int(np.argmin(costs[: stop_epoch + 1])), stop_epoch


@misconception(
    "An epoch with a cost equal to the lowest is not counted as one in vain, or sets the waiting "
    "back to 0. It counts like the others: on a plateau the training would go on for ever.",
    caught_by="test_waiting_begins_anew",
)
def equal_sets_the_waiting_back(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
        waited = 0 if cost <= best else waited + 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "It waits for rises in a row: every epoch that is better than the one before sets the waiting "
    "back. Only a new lowest cost does.",
    caught_by="test_waiting_begins_anew",
)
def rises_in_a_row(costs, patience):
    best_epoch, waited = 0, 0
    for epoch in range(1, len(costs)):
        if costs[epoch] < costs[best_epoch]:
            best_epoch = epoch
        waited = 0 if costs[epoch] < costs[epoch - 1] else waited + 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "Each cost is compared with the one patience epochs before. What counts is the lowest so far, "
    "and how long ago that was.",
    caught_by="test_waiting_begins_anew",
)
def compared_with_patience_ago(costs, patience):
    for epoch in range(patience, len(costs)):
        if costs[epoch] >= costs[epoch - patience]:
            best = min(range(epoch + 1), key=lambda i: costs[i])
            return best, epoch
    return min(range(len(costs)), key=lambda i: costs[i]), len(costs) - 1


@misconception(
    "The best epoch is taken as that of the stop, less patience. Where patience never runs out, "
    "that is another epoch.",
    caught_by="test_best_epoch_is_the_first",
)
def stop_minus_patience(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return len(costs) - 1 - patience, len(costs) - 1


@misconception(
    "Only the epoch of the stop comes back. The best epoch is wanted as well, before it.",
    caught_by="test_best_epoch",
)
def only_the_stop(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return epoch
    return len(costs) - 1


@misconception(
    "Only the best epoch comes back. The epoch of the stop is wanted as well, after it.",
    caught_by="test_stops_after_patience",
)
def only_the_best(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch
    return best_epoch


@misconception(
    "The best epoch is always told one too high: epochs are counted from 0.",
    caught_by="test_best_epoch",
)
def best_counted_from_the_waiting(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch + 1, epoch
    return best_epoch + 1, len(costs) - 1


@misconception(
    "The epoch of the stop is always told one too high: epochs are counted from 0.",
    caught_by="test_stops_after_patience",
)
def stop_counted_from_1(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch + 1
    return best_epoch, len(costs)


@misconception(
    "Each cost is compared with the first one. What counts is the lowest so far.",
    caught_by="test_waiting_begins_anew",
)
def first_epoch_only_compared(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < costs[0]:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "It waits for two epochs whatever patience is: the one that the caller passes has no effect.",
    caught_by="test_stops_after_patience",
)
def patience_of_two(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= 2:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "The best epoch is told as that of the stop, too. The epochs in vain after it were run as "
    "well.",
    caught_by="test_stops_after_patience",
)
def stop_before_the_waiting(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, best_epoch
    return best_epoch, len(costs) - 1


@misconception(
    "The stop is told one epoch too early: the last epoch in vain was run, too.",
    caught_by="test_stops_after_patience",
)
def stop_one_too_early(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch - 1
    return best_epoch, len(costs) - 1


@misconception(
    "The second part is how long was waited, and not at which epoch training stops.",
    caught_by="test_stops_after_patience",
)
def number_of_epochs_waited(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, waited
    return best_epoch, waited


@misconception(
    "The costs up to the stop come back. The two numbers of epochs are wanted.",
    caught_by="test_best_epoch",
)
def list_of_costs(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return costs[: epoch + 1]
    return list(costs)


@misconception(
    "No cost after the first one counts as a new lowest: is the lowest taken to be 0 at first?",
    caught_by="test_best_epoch",
)
def lowest_begins_at_0_after_the_first(costs, patience):
    best, best_epoch, waited = 0.0, 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "Every epoch counts as a new lowest, so the last one is told as the best and the training "
    "never stops. Compare each cost with the lowest so far.",
    caught_by="test_best_epoch",
)
def every_epoch_is_better(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost == cost:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "Where training stops early, the two epochs are exchanged: first the best one, then that of "
    "the stop.",
    caught_by="test_best_epoch",
)
def order_exchanged_at_the_stop(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return epoch, best_epoch
    return best_epoch, len(costs) - 1


@misconception(
    "Where patience never runs out, the two epochs are exchanged: first the best one, then that of "
    "the stop.",
    caught_by="test_stops_after_patience",
)
def order_exchanged_at_the_end(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return len(costs) - 1, best_epoch


@misconception(
    "Where patience never runs out, the stop is one epoch before the last. The last of n epochs "
    "has the number n - 1.",
    caught_by="test_stops_after_patience",
)
def end_one_too_early(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 2


@misconception(
    "A small improvement counts as none. Lower is lower, by however little.",
    caught_by="test_waiting_begins_anew",
)
def small_improvement_counts_as_none(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best - 0.001:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "Costs above 1 are never a new lowest, as if the lowest were 1 at first. The first cost is"
    " the lowest at first, whatever it is.",
    caught_by="test_best_epoch",
)
def lowest_begins_at_1(costs, patience):
    best, best_epoch, waited = 1.0, 0, 0
    for epoch, cost in enumerate(costs):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "The two epochs are exchanged: first the best one, then that of the stop. And where patience"
    " never runs out, the stop is told one epoch after the last.",
    caught_by="test_best_epoch",
)
def order_exchanged_and_end_too_late(costs, patience):
    best, best_epoch, waited = costs[0], 0, 0
    for epoch, cost in enumerate(costs[1:], start=1):
        if cost < best:
            best, best_epoch = cost, epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return epoch, best_epoch
    return len(costs), best_epoch


@misconception(
    "The lowest of all costs is taken for the best, and the stop is counted from there. What comes"
    " after the stop, nobody has seen.",
    caught_by="test_best_epoch",
)
def lowest_of_all_and_patience(costs, patience):
    best_epoch = int(np.argmin(costs))
    return best_epoch, min(best_epoch + patience, len(costs) - 1)


@misconception(
    "It goes on when patience has run out: later costs still change the best epoch, and the stop."
    " The first time that patience runs out is the end.",
    caught_by="test_stops_after_patience",
)
def goes_on_after_the_stop(costs, patience):
    best_epoch, stop = 0, len(costs) - 1
    for epoch, cost in enumerate(costs):
        if cost < costs[best_epoch]:
            best_epoch = epoch
        if epoch - best_epoch >= patience:
            stop = epoch
    return best_epoch, stop


@misconception(
    "The best epoch counts as the first of those in vain, so it stops one epoch too early. The"
    " waiting begins after it.",
    caught_by="test_stops_after_patience",
)
def best_epoch_counts_as_waiting(costs, patience):
    best_epoch, waited = 0, 1
    for epoch in range(1, len(costs)):
        if costs[epoch] < costs[best_epoch]:
            best_epoch, waited = epoch, 1
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "Epoch 0 is never the best one. Epochs count from 0, and the first cost may be the lowest.",
    caught_by="test_best_epoch_is_the_first",
)
def first_epoch_never_the_best(costs, patience):
    best_epoch = min(1, len(costs) - 1)
    for epoch in range(1, len(costs)):
        if costs[epoch] < costs[best_epoch]:
            best_epoch = epoch
        if epoch - best_epoch == patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@misconception(
    "Costs of 1 and more are never the lowest, as if the lowest were 1 at first: epoch 0 stays the"
    " best one until a cost is below 1.",
    caught_by="test_best_epoch",
)
def lowest_begins_at_1_and_waits_from_0(costs, patience):
    best, best_epoch = 1.0, 0
    for epoch, cost in enumerate(costs):
        if cost < best:
            best, best_epoch = cost, epoch
        if epoch - best_epoch >= patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


@accepted("argmin of the costs so far, a list for the tuple")
def argmin_of_the_past(costs, patience):
    for epoch in range(len(costs)):
        best = np.argmin(costs[: epoch + 1])
        if epoch - best >= patience:
            break
    return [best, epoch]


@accepted("infinity to begin with, and a counter")
def counter(costs, patience):
    lowest, best, waiting = float("inf"), -1, 0
    epoch = 0
    while epoch < len(costs):
        if costs[epoch] < lowest:
            lowest, best, waiting = costs[epoch], epoch, 0
        else:
            waiting += 1
            if waiting == patience:
                return best, epoch
        epoch += 1
    return best, epoch - 1


@accepted("type annotations, a print, a helper function")
def annotations(costs: list, patience: int) -> tuple:
    def best_until(epoch: int) -> int:
        return min(range(epoch + 1), key=lambda i: costs[i])

    stop: int = 0
    while stop < len(costs) - 1 and stop - best_until(stop) < patience:
        stop += 1
    print("stop", stop)
    return best_until(stop), stop
