"""What learners write for early_stopping: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The waiting is never set back: it counts all epochs without a new lowest cost, and not those "
    "in a row.",
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
    caught_by="test_goes_on_to_the_end",
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
    "It stops at the first rise. Costs go up and down: patience says for how long to bear it.",
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
