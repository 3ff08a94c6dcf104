"""What learners write for clip_by_norm: wrong answers, and right ones often refused."""

import copy

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "Each array is clipped on its own. The layers then shrink by different factors, and the "
    "gradient points somewhere else: it is one vector with one length.",
    caught_by="test_clip_keeps_the_direction",
)
def each_array_alone(grads, max_norm):
    clipped = {}
    for key, array in grads.items():
        norm = np.linalg.norm(array)
        if not key.startswith("dA"):
            clipped[key] = array * max_norm / norm if norm > max_norm else array
    return clipped


@misconception(
    "Each entry is cut off at max_norm. That is clipping by value: it bends the direction, and the "
    "length can still be anything.",
    caught_by="test_clip_shortens_to_max_norm",
)
def by_value(grads, max_norm):
    return {
        key: np.clip(array, -max_norm, max_norm)
        for key, array in grads.items()
        if not key.startswith("dA")
    }


@misconception(
    "Short gradients are stretched to max_norm, too. It is an upper limit: what is shorter stays"
    " as it is.",
    caught_by="test_clip_leaves_short_gradients",
)
def stretched_too(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    if norm == 0:
        return kept
    return {key: array * max_norm / norm for key, array in kept.items()}


@misconception(
    "The gradients of the activations, dA, are counted in the length. They belong to no parameter, "
    "and no step is taken along them.",
    caught_by="test_clip_shortens_to_max_norm",
)
def activations_counted(grads, max_norm):
    norm = np.sqrt(sum(np.sum(array**2) for array in grads.values()))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {key: array * factor for key, array in grads.items() if not key.startswith("dA")}


@misconception(
    "The biases are left out: they do not count in the length, and they are not shortened. They "
    "are parameters like the weights.",
    caught_by="test_clip_shortens_to_max_norm",
)
def biases_left_out(grads, max_norm):
    norm = np.sqrt(sum(np.sum(a**2) for key, a in grads.items() if key.startswith("dW")))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    mine = {key: array for key, array in grads.items() if not key.startswith("dA")}
    return {k: a * factor if k.startswith("dW") else a for k, a in mine.items()}


@misconception(
    "The gradient is shortened by the sum of its squares and not by its length, which is the root "
    "of it.",
    caught_by="test_clip_shortens_to_max_norm",
)
def root_missing(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = sum(np.sum(array**2) for array in kept.values())
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "The lengths of the arrays are added up. Lengths add as in Pythagoras: the squares are added, "
    "and the root is taken at the end.",
    caught_by="test_clip_shortens_to_max_norm",
)
def lengths_added(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = sum(np.linalg.norm(array) for array in kept.values())
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "Gradients that are too long are divided by their length alone: they get the length 1, "
    "whatever max_norm is.",
    caught_by="test_clip_shortens_to_max_norm",
)
def length_one(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    return {key: array / norm if norm > max_norm else array for key, array in kept.items()}


@misconception(
    "The caller's arrays have changed: `*=`, `/=` and `[:] =` write into the very arrays that the"
    " caller holds. Make new ones.",
    caught_by="test_clip_inputs_unchanged",
)
def changed_in_place(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    if norm > max_norm:
        for array in kept.values():
            array *= max_norm / norm
    return kept


@misconception(
    "The biases do not count in the length, though they are shortened like the weights. The length "
    "is that of all parameters' gradients.",
    caught_by="test_clip_shortens_to_max_norm",
)
def biases_not_counted(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(kept[key] ** 2) for key in kept if key[1] == "W"))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "The biases are not shortened, so the direction changes: every entry is multiplied by the same "
    "factor.",
    caught_by="test_clip_keeps_the_direction",
)
def biases_not_shortened(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {key: array * factor if key[1] == "W" else array for key, array in kept.items()}


@misconception(
    "The gradients of the biases do not come back. They are shortened like those of the weights.",
    caught_by="test_clip_keeps_the_direction",
)
def biases_missing(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {key: array * factor for key, array in kept.items() if key[1] == "W"}


@misconception(
    "Each layer is clipped on its own, weights and biases together. The layers then shrink by "
    "different factors: the gradient of the whole network is one vector with one length.",
    caught_by="test_clip_keeps_the_direction",
)
def each_layer_alone(grads, max_norm):
    clipped = {}
    for l in range(1, len([key for key in grads if key.startswith("dW")]) + 1):
        dW, db = grads[f"dW{l}"], grads[f"db{l}"]
        norm = np.sqrt(np.sum(dW**2) + np.sum(db**2))
        factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
        clipped[f"dW{l}"], clipped[f"db{l}"] = dW * factor, db * factor
    return clipped


@misconception(
    "Each array gets the length max_norm by itself. The gradient of the whole network is one "
    "vector, and only its length is looked at.",
    caught_by="test_clip_keeps_the_direction",
)
def each_array_stretched(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    return {k: a * max_norm / max(np.linalg.norm(a), 1e-300) for k, a in kept.items()}


@misconception(
    "The length is taken to be that of the longest array. All arrays together are one vector: the "
    "squares of all are added.",
    caught_by="test_clip_shortens_to_max_norm",
)
def longest_array(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = max(np.linalg.norm(array) for array in kept.values())
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "The largest entry is taken for the length. The length is the root of the sum of all squares.",
    caught_by="test_clip_shortens_to_max_norm",
)
def largest_entry(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = max(np.max(np.abs(array)) for array in kept.values())
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "The length is taken from the mean of the squares. It is their sum that stands under the root.",
    caught_by="test_clip_shortens_to_max_norm",
)
def mean_square(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(np.mean(np.concatenate([array.ravel() for array in kept.values()]) ** 2))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "The absolute values are added up. The length is the root of the sum of the squares.",
    caught_by="test_clip_shortens_to_max_norm",
)
def sum_of_absolute_values(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = sum(np.sum(np.abs(array)) for array in kept.values())
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "The entries are added before they are squared, so those of opposite sign cancel. Square each "
    "entry first.",
    caught_by="test_clip_shortens_to_max_norm",
)
def signs_cancel(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array) ** 2 for array in kept.values()))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "The factor is turned round: a gradient that is too long is multiplied by its length over "
    "max_norm, and grows.",
    caught_by="test_clip_shortens_to_max_norm",
)
def factor_turned_round(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    factor = norm / max_norm if norm > max_norm else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "Gradients that are too long are divided by max_norm, whatever their length is. The factor "
    "depends on the length as well.",
    caught_by="test_clip_shortens_to_max_norm",
)
def divided_by_max_norm(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    factor = 1 / max_norm if norm > max_norm else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "Gradients that are too long are multiplied by max_norm, whatever their length is. The factor "
    "depends on the length as well.",
    caught_by="test_clip_shortens_to_max_norm",
)
def multiplied_by_max_norm(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    factor = max_norm if norm > max_norm else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "It is the short gradients that are stretched to max_norm, and the long ones stay as they are. "
    "max_norm is an upper limit.",
    caught_by="test_clip_shortens_to_max_norm",
)
def comparison_turned_round(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    factor = max_norm / norm if 0 < norm < max_norm else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "Gradients that are too long become 0. They keep their direction, and get the length max_norm.",
    caught_by="test_clip_shortens_to_max_norm",
)
def long_ones_set_to_zero(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    factor = 0.0 if norm > max_norm else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "Nothing is shortened: the gradients come back as they were.",
    caught_by="test_clip_shortens_to_max_norm",
)
def not_clipped(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    return {key: array.copy() for key, array in kept.items()}


@misconception(
    "Only the last layer counts in the length. All parameters together are one vector.",
    caught_by="test_clip_shortens_to_max_norm",
)
def last_layer_counted_only(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    L = len(kept) // 2
    norm = np.sqrt(np.sum(kept[f"dW{L}"] ** 2) + np.sum(kept[f"db{L}"] ** 2))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "Only the first layer counts in the length. All parameters together are one vector.",
    caught_by="test_clip_shortens_to_max_norm",
)
def first_layer_counted_only(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(np.sum(kept["dW1"] ** 2) + np.sum(kept["db1"] ** 2))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "The length comes back as well. Only the gradients are wanted.",
    caught_by="test_clip_keeps_the_direction",
)
def norm_returned_too(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {key: array * factor for key, array in kept.items()}, norm


@misconception(
    "Long gradients get the length root of max_norm. The length is a root already: it should "
    "become max_norm itself.",
    caught_by="test_clip_shortens_to_max_norm",
)
def root_of_max_norm(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    factor = np.sqrt(max_norm) / norm if norm > max_norm else 1.0
    return {key: array * factor for key, array in kept.items()}


@misconception(
    "Each entry is cut off at 1, whatever max_norm is. That bends the direction: every entry is "
    "multiplied by the same factor.",
    caught_by="test_clip_keeps_the_direction",
)
def clipped_entries_at_1(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    return {key: np.clip(array, -1, 1) for key, array in kept.items()}


@misconception(
    "None of the keys that are asked for is there. Each gradient stands under its own key, such"
    " as dW1.",
    caught_by="test_clip_keeps_the_direction",
)
def nothing_stored(grads, max_norm):
    return {}


@misconception(
    "It is not told rightly which gradients are too long, as when the square of their length is"
    " compared with max_norm. Compare the length.",
    caught_by="test_clip_leaves_short_gradients",
)
def square_compared(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    square = sum(np.sum(array**2) for array in kept.values())
    factor = max_norm / np.sqrt(square) if square > max_norm else 1.0
    return {key: array * factor for key, array in kept.items()}


@accepted("a tiny number added to the length, as frameworks do")
def tiny_number_added(grads, max_norm):
    keys = [key for key in grads if key[:2] in ("dW", "db")]
    length = np.sqrt(sum(np.square(grads[key]).sum() for key in keys))
    factor = max_norm / (length + 1e-6)
    return {key: grads[key] * factor if factor < 1 else grads[key].copy() for key in keys}


@accepted("one long vector, np.linalg.norm; the dA stay in the answer, untouched")
def one_long_vector(grads, max_norm):
    keys = [key for key in grads if not key.startswith("dA")]
    norm = np.linalg.norm(np.concatenate([grads[key].ravel() for key in keys]))
    factor = max_norm / max(norm, max_norm)
    return {key: grads[key] * factor if key in keys else grads[key] for key in grads}


@accepted("a deep copy that is changed in place")
def deep_copy(grads, max_norm):
    clipped = copy.deepcopy(grads)
    L = sum(key.startswith("dW") for key in grads)
    keys = [f"d{letter}{l}" for l in range(1, L + 1) for letter in "Wb"]
    total = 0.0
    for key in keys:
        total += np.linalg.norm(clipped[key]) ** 2
    if total > max_norm**2:
        for key in keys:
            clipped[key] *= max_norm / total**0.5
    return clipped


@accepted("type annotations, a print, hypot")
def with_hypot(grads: dict, max_norm: float) -> dict:
    norm = 0.0
    for key, array in grads.items():
        if key[1] in "Wb":
            norm = np.hypot(norm, np.sqrt(np.vdot(array, array)))
    print("norm", norm)
    scale: float = 1.0 if norm <= max_norm else float(max_norm / norm)
    return {key: np.multiply(scale, array) for key, array in grads.items() if key[1] in "Wb"}
