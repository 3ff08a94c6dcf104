"""Why a mutant is as right as the reference, although its outcome may differ: a line for each."""

from fnmatch import fnmatchcase

#: By function and mutant, in which * stands for anything.
PROOFS = {
    ("initialize_*", "turned: *"): "the numbers may be drawn in any order",
    ("initialize_*", "entries [[]::-1]: *"): "the numbers may be drawn in any order",
    ("initialize_*", "sign turned: np.random.randn*"): "the normal distribution is symmetric",
    ("initialize_parameters", "state: results of earlier calls*"): "each call has the same keys",
    ("initialize_xavier", "divisor ? 1 in layer 1: *"): "one layer has too few weights to tell",
    ("initialize_xavier", "result: capped at 5"): "a weight is as large once in a million",
    ("initialize_he", "result: capped at [56]"): "a weight is as large once in thousands",
    ("predict", ">=: AL > 0.5"): "an answer of exactly 0.5 may count either way",
    ("*", "Y: refuses booleans"): "Y is promised as numbers, each 0 or 1",
    ("NeuralNetwork", ">=: predict: AL > 0.5"): "an answer of exactly 0.5 may count either way",
    ("linear_activation_backward", "derivative from 0: *"): "at exactly 0 any slope is accepted",
    ("linear_activation_backward", "derivative half at 0: *"): "at exactly 0 any slope is accepted",
    ("gradient_check", "*e-0? for: 1e-05"): "another step differs by less than its own error",
    ("gradient_check", "state: buffer of each shape"): "it returns numbers, no arrays",
    ("find_mistakes", "state: buffer of each shape"): "it returns texts, no arrays",
    ("gradient_check", "0.0001 for: 1e-05"): "another step differs by less than its own error",
}


def proof(name: str, mutant: str) -> str:
    """Return why a mutant of a function is right, or ""."""
    found = (
        why
        for (function, rule), why in PROOFS.items()
        if fnmatchcase(name, function) and fnmatchcase(mutant, rule)
    )
    return next(found, "")
