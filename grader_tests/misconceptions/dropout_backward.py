"""What learners write for dropout_backward: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The division by keep_prob is missing. Forward, what was kept was divided by it; by the chain "
    "rule its gradient is, too.",
    caught_by="test_backward_scale",
)
def not_scaled(dA, keep_prob, mask):
    return dA * mask


@misconception(
    "The gradient is multiplied by keep_prob. Forward there was a division; by the chain rule the "
    "same factor comes again.",
    caught_by="test_backward_scale",
)
def multiplied(dA, keep_prob, mask):
    return dA * mask * keep_prob


@misconception(
    "The gradient is divided by the share that is silenced, not by the share that is kept.",
    caught_by="test_backward_scale",
)
def divided_by_the_rest(dA, keep_prob, mask):
    return dA * mask / (1 - keep_prob if keep_prob < 1 else 1)


@misconception(
    "The mask is turned round: gradients pass where the unit was kept.",
    caught_by="test_backward_mask",
)
def mask_turned_round(dA, keep_prob, mask):
    return dA * (1 - mask) / keep_prob


@misconception(
    "The gradient passes everywhere: a silenced unit had no part in the answer, so it gets no "
    "gradient.",
    caught_by="test_backward_mask",
)
def mask_not_used(dA, keep_prob, mask):
    return dA / keep_prob


@misconception(
    "The gradient is divided by the share that this mask happens to keep. The factor is "
    "keep_prob, as it was forward.",
    caught_by="test_backward_scale",
)
def share_of_this_mask(dA, keep_prob, mask):
    return dA * mask / np.mean(mask)


@misconception(
    "The division by keep_prob is done twice.",
    caught_by="test_backward_scale",
)
def divided_twice(dA, keep_prob, mask):
    return dA * (mask / keep_prob) / keep_prob


@misconception(
    "The gradient is silenced where it is small. Which unit was silenced is in the mask.",
    caught_by="test_backward_mask",
)
def zeros_by_value(dA, keep_prob, mask):
    return np.where(np.abs(dA) > np.quantile(np.abs(dA), 1 - keep_prob), dA, 0) / keep_prob


@misconception(
    "The caller's gradient has changed: `*=` writes into the very array that the caller holds.",
    caught_by="test_backward_inputs_unchanged",
)
def changed_in_place(dA, keep_prob, mask):
    dA *= mask
    dA /= keep_prob
    return dA


@accepted("np.where")
def where(dA, keep_prob, mask):
    return np.where(mask == 1, dA / keep_prob, 0.0)


@accepted("the mask scaled first, np.multiply")
def scaled_mask(dA, keep_prob, mask):
    scale = mask / keep_prob
    return np.multiply(dA, scale)


@accepted("a copy that is changed, type annotations, a print")
def annotations(dA: np.ndarray, keep_prob: float, mask: np.ndarray) -> np.ndarray:
    print("kept", mask.sum())
    out = dA.copy()
    out[mask == 0] = 0
    out *= 1 / keep_prob
    return out
