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
    "Short gradients are stretched to max_norm, too. It is an upper limit: what is shorter stays as "
    "it is.",
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
    "The biases are left out of the length, or are not shortened. They are parameters like the "
    "weights.",
    caught_by="test_clip_shortens_to_max_norm",
)
def biases_left_out(grads, max_norm):
    norm = np.sqrt(sum(np.sum(a**2) for key, a in grads.items() if key.startswith("dW")))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    mine = {key: array for key, array in grads.items() if not key.startswith("dA")}
    return {k: a * factor if k.startswith("dW") else a for k, a in mine.items()}


@misconception(
    "The root is missing: the sum of the squares is compared with max_norm, which is a length.",
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
    "Gradients that are too long are divided by their length alone: they get the length 1, whatever "
    "max_norm is.",
    caught_by="test_clip_shortens_to_max_norm",
)
def length_one(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    return {key: array / norm if norm > max_norm else array for key, array in kept.items()}


@misconception(
    "The caller's arrays have changed: `*=` writes into the very arrays that the caller holds.",
    caught_by="test_clip_inputs_unchanged",
)
def changed_in_place(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[:2] in ("dW", "db")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    if norm > max_norm:
        for array in kept.values():
            array *= max_norm / norm
    return kept


@accepted("a tiny number added to the length, as frameworks do")
def tiny_number_added(grads, max_norm):
    keys = [key for key in grads if key[:2] in ("dW", "db")]
    length = np.sqrt(sum(np.square(grads[key]).sum() for key in keys))
    factor = max_norm / (length + 1e-6)
    return {key: grads[key] * factor if factor < 1 else grads[key] for key in keys}


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
