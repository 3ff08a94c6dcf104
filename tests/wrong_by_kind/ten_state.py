"""Answers to the ten functions that keep something between calls, or share an array."""

from tests.wrong_by_kind.declared import Wrong, changed, container, ended

_ARGUMENTS = {
    "initialize_parameters": "n_x, n_h, n_y",
    "initialize_parameters_deep": "layer_dims",
    "linear_forward": "A, W, b",
    "linear_activation_forward": "A_prev, W, b, activation",
    "L_model_forward": "X, parameters",
    "compute_cost": "AL, Y",
    "linear_backward": "dZ, cache",
    "linear_activation_backward": "dA, cache, activation",
    "L_model_backward": "AL, Y, caches",
    "update_parameters": "params, grads, learning_rate",
}

# The inputs and their sizes as a text, and one buffer for each array of an answer.
_HELPERS = """
def sizes(value):
    if isinstance(value, dict):
        return {key: sizes(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [sizes(one) for one in value]
    return np.shape(value) if isinstance(value, np.ndarray) else value


def kept(place, value):
    if isinstance(value, np.ndarray):
        buffer = buffers.setdefault((place, value.shape), np.empty(value.shape))
        buffer[...] = value
        return buffer
    if isinstance(value, dict):
        return {key: kept((place, key), one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(kept((place, at), one) for at, one in enumerate(value))
    return value


buffers, answers, calls = {}, {}, []
"""

# An initialiser that draws the weights of layer l, with n rows and p columns, in some way.
_INITIALISER = """
ALL = np.random.randn(200, 200)


def initialize_parameters_deep(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n, p = layer_dims[l], layer_dims[l - 1]
        parameters[f"W{l}"] = 0.01 * DRAW
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters
"""


def _with_helpers(name: str, title: str, *lines: str) -> Wrong:
    wrong = ended(name, title, *lines)
    return wrong._replace(source=_HELPERS + wrong.source)


def _of_each(name: str, arguments: str) -> list[Wrong]:
    found = [
        _with_helpers(
            name,
            "remembers answers by the sizes of the inputs",
            f"key = repr(sizes(({arguments},)))",
            "if key not in answers:",
            f"    answers[key] = right({arguments})",
            "return answers[key]",
        ),
        _with_helpers(
            name,
            "gives every second call the answer of the call before",
            "calls.append(1)",
            f"answers[len(calls) % 2] = right({arguments})",
            "return answers[1]",
        ),
    ]
    if name != "compute_cost":
        found.append(
            _with_helpers(
                name,
                "one buffer for all answers of one shape",
                f"return kept('', right({arguments}))",
            )
        )
    return found


ANSWERS = [
    *(one for name, arguments in _ARGUMENTS.items() for one in _of_each(name, arguments)),
    *container("initialize_parameters_deep", "parameters = {}", "layer_dims):"),
    *container("L_model_forward", "caches = []", "parameters):"),
    *container("L_model_backward", "grads = {}", "caches):"),
    changed(
        "initialize_parameters",
        "a mutable default",
        *("n_y):\n", "n_y, parameters={}):\n"),
        *("    return {", "    parameters |= {"),
        *("    ### END SOLUTION", "    return parameters\n    ### END SOLUTION"),
    ),
    changed(
        "update_parameters",
        "a mutable default",
        *("learning_rate):\n", "learning_rate, new={}):\n"),
        *("    return {", "    new |= {"),
        *("    ### END SOLUTION", "    return new\n    ### END SOLUTION"),
    ),
    changed(
        "initialize_parameters",
        "one array of zeros for both layers",
        *("b1 = np.zeros((n_h, 1))", "zeros = np.zeros((max(n_h, n_y), 1))\n    b1 = zeros[:n_h]"),
        *("b2 = np.zeros((n_y, 1))", "b2 = zeros[:n_y]"),
    ),
    changed(
        "initialize_parameters",
        "the same weights for both layers of one size",
        *("W2 = np", "W2 = W1 if W1.shape == (n_y, n_h) else np"),
    ),
    ended(
        "initialize_parameters_deep",
        "one array of zeros for all layers of one size",
        "parameters, zeros = right(layer_dims), {}",
        "for key, array in parameters.items():",
        "    if key[0] == 'b':",
        "        parameters[key] = zeros.setdefault(array.shape, array)",
        "return parameters",
    ),
    ended(
        "initialize_parameters_deep",
        "the same weights for all layers of one size",
        "parameters, same = right(layer_dims), {}",
        "for key, array in parameters.items():",
        "    parameters[key] = same.setdefault(array.shape, array).copy()",
        "return parameters",
    ),
    *(
        Wrong(
            "initialize_parameters_deep",
            title,
            _INITIALISER.replace("DRAW", draw),
        )
        for title, draw in (
            ("slices of numbers that are drawn once", "ALL[:n, :p]"),
            ("a generator from one seed", "np.random.default_rng(3).standard_normal((n, p))"),
            ("a seed from the sizes", "np.random.RandomState(n * p).randn(n, p)"),
            ("a seed from the layer", "np.random.default_rng(l).standard_normal((n, p))"),
        )
    ),
    ended(
        "L_model_backward",
        "one array for all gradients of one shape",
        "grads, buffers = {}, {}",
        "for key, array in right(AL, Y, caches).items():",
        "    grads[key] = buffers.setdefault(array.shape, np.empty_like(array))",
        "    grads[key][...] = array",
        "return grads",
    ),
    ended(
        "update_parameters",
        "one array for all parameters of one shape",
        "new, buffers = {}, {}",
        "for key, array in right(params, grads, learning_rate).items():",
        "    new[key] = buffers.setdefault(array.shape, np.empty_like(array))",
        "    new[key][...] = array",
        "return new",
    ),
    ended(
        "update_parameters",
        "the caller's own dictionary at a rate of 0",
        "return params if learning_rate == 0 else right(params, grads, learning_rate)",
    ),
    ended(
        "update_parameters",
        "the caller's own array where its gradient is 0",
        "new = right(params, grads, learning_rate)",
        "return {k: new[k] if grads[f'd{k}'].any() else params[k] for k in new}",
    ),
    changed(
        "L_model_forward",
        "the number of layers of the first call",
        *("L = len(parameters) // 2", "L = kept.setdefault('L', len(parameters) // 2)"),
        *("def L_model_forward", "kept = {}\n\n\ndef L_model_forward"),
    ),
    changed(
        "linear_backward",
        "the number of examples of the first call",
        *("m = A_prev.shape[1]", "m = kept.setdefault('m', A_prev.shape[1])"),
        *("def linear_backward", "kept = {}\n\n\ndef linear_backward"),
    ),
    changed(
        "compute_cost",
        "the number of examples of the first call",
        *("m = Y.shape[1]", "m = kept.setdefault('m', Y.shape[1])"),
        *("def compute_cost", "kept = {}\n\n\ndef compute_cost"),
    ),
]
