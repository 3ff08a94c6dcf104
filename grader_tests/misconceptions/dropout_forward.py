"""What learners write for dropout_forward: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The division by keep_prob is missing, so the layer is quieter during training than later, "
    "when nothing is silenced.",
    caught_by="test_forward_scale",
)
def not_scaled(A, keep_prob, mask):
    return A * mask


@misconception(
    "The kept activations are multiplied by keep_prob, which makes them quieter still. What was "
    "silenced is to be made up for.",
    caught_by="test_forward_scale",
)
def multiplied(A, keep_prob, mask):
    return A * mask * keep_prob


@misconception(
    "The kept activations are divided by the share that is silenced. To keep the mean, divide by "
    "the share that is kept.",
    caught_by="test_forward_scale",
)
def divided_by_the_rest(A, keep_prob, mask):
    return A * mask / (1 - keep_prob if keep_prob < 1 else 1)


@misconception(
    "The mask is turned round: 1 means that a unit is kept.",
    caught_by="test_forward_mask",
)
def mask_turned_round(A, keep_prob, mask):
    return A * (1 - mask) / keep_prob


@misconception(
    "Everything is scaled, and nothing is silenced: the mask is not used.",
    caught_by="test_forward_mask",
)
def mask_not_used(A, keep_prob, mask):
    return A / keep_prob


@misconception(
    "The activations are divided by the share that this mask happens to keep. The factor is "
    "keep_prob, the same for every mask.",
    caught_by="test_forward_scale",
)
def share_of_this_mask(A, keep_prob, mask):
    return A * mask / np.mean(mask)


@misconception(
    "The division by keep_prob is done twice.",
    caught_by="test_forward_scale",
)
def divided_twice(A, keep_prob, mask):
    return A * (mask / keep_prob) / keep_prob


@misconception(
    "The caller's activations have changed: `*=` writes into the very array that the caller "
    "holds, and the cache may need it.",
    caught_by="test_forward_inputs_unchanged",
)
def changed_in_place(A, keep_prob, mask):
    A *= mask
    A /= keep_prob
    return A


@accepted("np.where")
def where(A, keep_prob, mask):
    return np.where(mask == 1, A / keep_prob, 0.0)


@accepted("the mask scaled first, np.multiply")
def scaled_mask(A, keep_prob, mask):
    scale = mask / keep_prob
    return np.multiply(A, scale)


@accepted("a copy that is changed, type annotations, a print")
def annotations(A: np.ndarray, keep_prob: float, mask: np.ndarray) -> np.ndarray:
    print("kept", mask.sum())
    out = A.copy()
    out[mask == 0] = 0
    out *= 1 / keep_prob
    return out
