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
    "The mask is turned round: what comes through is where the mask is 0. A 1 means that a unit"
    " is kept; comparing the mask with keep_prob keeps the zeros, too.",
    caught_by="test_forward_mask",
)
def mask_turned_round(A, keep_prob, mask):
    return A * (1 - mask) / keep_prob


@misconception(
    "Everything is scaled, and nothing is silenced: the mask has no effect.",
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
    "The caller's activations have changed: `*=` and `[:] =` write into the very array that the"
    " caller holds, and the cache may need it.",
    caught_by="test_forward_inputs_unchanged",
)
def changed_in_place(A, keep_prob, mask):
    A *= mask
    A /= keep_prob
    return A


@misconception(
    "The mask comes back as well. The answer is A alone: whoever calls has the mask.",
    caught_by="test_forward_mask",
)
def pair_returned(A, keep_prob, mask):
    return A * mask / keep_prob, mask


@misconception(
    "A comes back as it was: neither is anything silenced, nor anything scaled.",
    caught_by="test_forward_scale",
)
def nothing_done(A, keep_prob, mask):
    return A.copy()


@misconception(
    "Everything is multiplied by keep_prob, and nothing is silenced. That is what other books do "
    "without dropout, after the training.",
    caught_by="test_forward_mask",
)
def scaled_down_only(A, keep_prob, mask):
    return A * keep_prob


@misconception(
    "It is divided by 1 - keep_prob, the share that is silenced, which is 0 where everything is "
    "kept. To make up for what is silenced, divide by the share that is kept.",
    caught_by="test_forward_scale",
)
def divided_by_the_rest_even_if_0(A, keep_prob, mask):
    return A * mask / (1 - keep_prob)


@misconception(
    "The kept numbers are multiplied by 1 - keep_prob, which is 0 where everything is kept. Divide "
    "by the share that is kept.",
    caught_by="test_forward_scale",
)
def multiplied_by_the_rest(A, keep_prob, mask):
    return A * mask * (1 - keep_prob)


@misconception(
    "It is divided by the root of keep_prob. To keep the mean, divide by keep_prob itself.",
    caught_by="test_forward_scale",
)
def root_of_keep_prob(A, keep_prob, mask):
    return A * mask / np.sqrt(keep_prob)


@misconception(
    "The mask is added. It is a factor: what is multiplied by 0 is silent.",
    caught_by="test_forward_mask",
)
def mask_added(A, keep_prob, mask):
    return (A + mask) / keep_prob


@misconception(
    "The mask is subtracted. It is a factor: what is multiplied by 0 is silent.",
    caught_by="test_forward_mask",
)
def mask_subtracted(A, keep_prob, mask):
    return (A - mask) / keep_prob


@misconception(
    "What the mask silences comes through as it was, and only what it keeps is scaled. Where the "
    "mask is 0, the answer is 0.",
    caught_by="test_forward_mask",
)
def silenced_not_zero(A, keep_prob, mask):
    return np.where(mask == 1, A / keep_prob, A)


@misconception(
    "What the mask silences is scaled, and what it keeps comes through as it was: the two have "
    "changed places, and what is silenced should become 0.",
    caught_by="test_forward_mask",
)
def silenced_scaled(A, keep_prob, mask):
    return np.where(mask == 1, A, A / keep_prob)


@misconception(
    "The mask of the first example is used for all. Each example has its own column of the mask.",
    caught_by="test_forward_mask",
)
def mask_of_the_first_example(A, keep_prob, mask):
    return A * mask[:, :1] / keep_prob


@misconception(
    "The mask of the first unit is used for all. Each unit has its own row of the mask.",
    caught_by="test_forward_mask",
)
def mask_of_the_first_unit(A, keep_prob, mask):
    return A * mask[:1] / keep_prob


@misconception(
    "Each unit is divided by the share of its own examples that are kept. The factor is keep_prob, "
    "the same for all.",
    caught_by="test_forward_scale",
)
def share_of_each_unit(A, keep_prob, mask):
    share = np.mean(mask, axis=1, keepdims=True)
    return A * mask / np.where(share > 0, share, 1)


@misconception(
    "Each example is divided by the share of its units that are kept. The factor is keep_prob, the "
    "same for all.",
    caught_by="test_forward_scale",
)
def share_of_each_example(A, keep_prob, mask):
    share = np.mean(mask, axis=0, keepdims=True)
    return A * mask / np.where(share > 0, share, 1)


@misconception(
    "It is divided by the number of entries that are kept. Divide by keep_prob, the probability.",
    caught_by="test_forward_scale",
)
def divided_by_the_number_kept(A, keep_prob, mask):
    return A * mask / np.sum(mask)


@misconception(
    "This is the mask, divided by keep_prob. It is a factor of A.",
    caught_by="test_forward_scale",
)
def scaled_mask_returned(A, keep_prob, mask):
    return mask / keep_prob


@misconception(
    "This is the mask. It is a factor of A.",
    caught_by="test_forward_scale",
)
def mask_returned(A, keep_prob, mask):
    return mask.copy()


@misconception(
    "Only the entries that are kept come back, one after the other. The others become 0, and the "
    "shape stays.",
    caught_by="test_forward_mask",
)
def only_kept_ones(A, keep_prob, mask):
    return A[mask == 1] / keep_prob


@misconception(
    "It is multiplied as matrices are. The mask meets the numbers entry by entry.",
    caught_by="test_forward_mask",
)
def product_of_matrices(A, keep_prob, mask):
    return A @ mask.T / keep_prob


@misconception(
    "What is silenced is what is small, as if A were compared with keep_prob. Which units are"
    " silenced is in the mask.",
    caught_by="test_forward_mask",
)
def kept_by_size(A, keep_prob, mask):
    return A * (A < keep_prob) / keep_prob


@misconception(
    "keep_prob is 0.5 in every call: the one that the caller passes has no effect.",
    caught_by="test_forward_scale",
)
def written_out_one_half(A, keep_prob, mask):
    return A * mask / 0.5


@misconception(
    "keep_prob is 0.8 in every call: the one that the caller passes has no effect.",
    caught_by="test_forward_scale",
)
def written_out_0_8(A, keep_prob, mask):
    return A * mask / 0.8


@misconception(
    "The mask is turned round, as when it is compared with keep_prob: it is drawn already. And"
    " the answer is A alone, without the mask.",
    caught_by="test_forward_mask",
)
def pair_of_a_mask_compared(A, keep_prob, mask):
    D = (mask < keep_prob).astype(int)
    return A * D / keep_prob, D


@misconception(
    "The division by keep_prob is missing. And the answer is A alone: whoever calls has the mask.",
    caught_by="test_forward_scale",
)
def pair_not_scaled(A, keep_prob, mask):
    return A * mask, mask


@misconception(
    "A whole unit is silenced, for all examples, as soon as its row of the mask has a 0. Each entry"
    " of the mask is for its own place alone.",
    caught_by="test_forward_mask",
)
def whole_units(A, keep_prob, mask):
    return A * mask.all(axis=1, keepdims=True) / keep_prob


@misconception(
    "A whole example is silenced, in all units, as soon as its column of the mask has a 0. Each"
    " entry of the mask is for its own place alone.",
    caught_by="test_forward_mask",
)
def whole_examples(A, keep_prob, mask):
    return A * mask.all(axis=0, keepdims=True) / keep_prob


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
