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
    "The mask is turned round: where it is 1 the unit was kept, and there the gradient is to"
    " pass. Comparing the mask with keep_prob keeps the zeros.",
    caught_by="test_backward_mask",
)
def mask_turned_round(dA, keep_prob, mask):
    return dA * (1 - mask) / keep_prob


@misconception(
    "The gradient passes where a unit was silenced: it had no part in the answer there, so it "
    "should get no gradient.",
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
    "The caller's gradient has changed: `*=` and `[:] =` write into the very array that the caller "
    "holds.",
    caught_by="test_backward_inputs_unchanged",
)
def changed_in_place(dA, keep_prob, mask):
    dA *= mask
    dA /= keep_prob
    return dA


@misconception(
    "The mask comes back as well. The answer is dA alone: whoever calls has the mask.",
    caught_by="test_backward_mask",
)
def pair_returned(dA, keep_prob, mask):
    return dA * mask / keep_prob, mask


@misconception(
    "dA comes back as it was: neither is anything silenced, nor anything scaled.",
    caught_by="test_backward_scale",
)
def nothing_done(dA, keep_prob, mask):
    return dA.copy()


@misconception(
    "Everything is multiplied by keep_prob, and nothing is silenced. That is what other books do "
    "without dropout, after the training.",
    caught_by="test_backward_mask",
)
def scaled_down_only(dA, keep_prob, mask):
    return dA * keep_prob


@misconception(
    "It is divided by 1 - keep_prob, the share that is silenced, which is 0 where everything is "
    "kept. Forward it was divided by the share that is kept, and so it is here.",
    caught_by="test_backward_scale",
)
def divided_by_the_rest_even_if_0(dA, keep_prob, mask):
    return dA * mask / (1 - keep_prob)


@misconception(
    "The kept numbers are multiplied by 1 - keep_prob, which is 0 where everything is kept. Divide "
    "by the share that is kept.",
    caught_by="test_backward_scale",
)
def multiplied_by_the_rest(dA, keep_prob, mask):
    return dA * mask * (1 - keep_prob)


@misconception(
    "It is divided by the root of keep_prob. Forward it was divided by keep_prob itself, and so it is "
    "here.",
    caught_by="test_backward_scale",
)
def root_of_keep_prob(dA, keep_prob, mask):
    return dA * mask / np.sqrt(keep_prob)


@misconception(
    "The mask is added. It is a factor: what is multiplied by 0 is silent.",
    caught_by="test_backward_mask",
)
def mask_added(dA, keep_prob, mask):
    return (dA + mask) / keep_prob


@misconception(
    "The mask is subtracted. It is a factor: what is multiplied by 0 is silent.",
    caught_by="test_backward_mask",
)
def mask_subtracted(dA, keep_prob, mask):
    return (dA - mask) / keep_prob


@misconception(
    "What the mask silences comes through as it was, and only what it keeps is scaled. Where the "
    "mask is 0, the answer is 0.",
    caught_by="test_backward_mask",
)
def silenced_not_zero(dA, keep_prob, mask):
    return np.where(mask == 1, dA / keep_prob, dA)


@misconception(
    "What the mask silences is scaled, and what it keeps comes through as it was: the two have "
    "changed places, and what is silenced should become 0.",
    caught_by="test_backward_mask",
)
def silenced_scaled(dA, keep_prob, mask):
    return np.where(mask == 1, dA, dA / keep_prob)


@misconception(
    "The mask of the first example is used for all. Each example has its own column of the mask.",
    caught_by="test_backward_mask",
)
def mask_of_the_first_example(dA, keep_prob, mask):
    return dA * mask[:, :1] / keep_prob


@misconception(
    "The mask of the first unit is used for all. Each unit has its own row of the mask.",
    caught_by="test_backward_mask",
)
def mask_of_the_first_unit(dA, keep_prob, mask):
    return dA * mask[:1] / keep_prob


@misconception(
    "Each unit is divided by the share of its own examples that are kept. The factor is keep_prob, "
    "the same for all.",
    caught_by="test_backward_scale",
)
def share_of_each_unit(dA, keep_prob, mask):
    share = np.mean(mask, axis=1, keepdims=True)
    return dA * mask / np.where(share > 0, share, 1)


@misconception(
    "Each example is divided by the share of its units that are kept. The factor is keep_prob, the "
    "same for all.",
    caught_by="test_backward_scale",
)
def share_of_each_example(dA, keep_prob, mask):
    share = np.mean(mask, axis=0, keepdims=True)
    return dA * mask / np.where(share > 0, share, 1)


@misconception(
    "It is divided by the number of entries that are kept. Divide by keep_prob, the probability.",
    caught_by="test_backward_scale",
)
def divided_by_the_number_kept(dA, keep_prob, mask):
    return dA * mask / np.sum(mask)


@misconception(
    "This is the mask, divided by keep_prob. It is a factor of dA.",
    caught_by="test_backward_scale",
)
def scaled_mask_returned(dA, keep_prob, mask):
    return mask / keep_prob


@misconception(
    "This is the mask. It is a factor of dA.",
    caught_by="test_backward_scale",
)
def mask_returned(dA, keep_prob, mask):
    return mask.copy()


@misconception(
    "Only the entries that are kept come back, one after the other. The others become 0, and the "
    "shape stays.",
    caught_by="test_backward_mask",
)
def only_kept_ones(dA, keep_prob, mask):
    return dA[mask == 1] / keep_prob


@misconception(
    "It is multiplied as matrices are. The mask meets the numbers entry by entry.",
    caught_by="test_backward_mask",
)
def product_of_matrices(dA, keep_prob, mask):
    return dA @ mask.T / keep_prob


@misconception(
    "What is silenced is what is small, as if dA were compared with keep_prob. Which units are"
    " silenced is in the mask.",
    caught_by="test_backward_mask",
)
def kept_by_size(dA, keep_prob, mask):
    return dA * (dA < keep_prob) / keep_prob


@misconception(
    "keep_prob is 0.5 in every call: the one that the caller passes has no effect.",
    caught_by="test_backward_scale",
)
def written_out_one_half(dA, keep_prob, mask):
    return dA * mask / 0.5


@misconception(
    "keep_prob is 0.8 in every call: the one that the caller passes has no effect.",
    caught_by="test_backward_scale",
)
def written_out_0_8(dA, keep_prob, mask):
    return dA * mask / 0.8


@misconception(
    "The mask is turned round, as when it is compared with keep_prob: it is drawn already. And"
    " the answer is dA alone, without the mask.",
    caught_by="test_backward_mask",
)
def pair_of_a_mask_compared(dA, keep_prob, mask):
    D = (mask < keep_prob).astype(int)
    return dA * D / keep_prob, D


@misconception(
    "The division by keep_prob is missing. And the answer is dA alone: whoever calls has the mask.",
    caught_by="test_backward_scale",
)
def pair_not_scaled(dA, keep_prob, mask):
    return dA * mask, mask


@misconception(
    "A whole unit is silenced, for all examples, as soon as its row of the mask has a 0. Each entry"
    " of the mask is for its own place alone.",
    caught_by="test_backward_mask",
)
def whole_units(dA, keep_prob, mask):
    return dA * mask.all(axis=1, keepdims=True) / keep_prob


@misconception(
    "A whole example is silenced, in all units, as soon as its column of the mask has a 0. Each"
    " entry of the mask is for its own place alone.",
    caught_by="test_backward_mask",
)
def whole_examples(dA, keep_prob, mask):
    return dA * mask.all(axis=0, keepdims=True) / keep_prob


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
