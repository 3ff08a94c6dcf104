"""Answers that keep something between calls, share an array, or hand the caller's own back."""

from tests.wrong_by_kind.declared import Wrong, begun, changed, container, ended

#: For each function that returns a dictionary or a list: the line that makes it, and its end.
_CONTAINERS = {
    "initialize_xavier": ("parameters = {}", "layer_dims):"),
    "initialize_he": ("parameters = {}", "layer_dims):"),
    "L_layer_model": ("costs = []", "num_iterations):"),
    "random_mini_batches": ("batches = []", "rng):"),
    "gradient_check": ("differences = {}", "X, Y):"),
    "l2_gradients": ("penalized = {}", "lambd, m):"),
    "l1_gradients": ("penalized = {}", "lambd, m):"),
}

ANSWERS: list[Wrong] = []

for _name, (_line, _end) in _CONTAINERS.items():
    ANSWERS += container(_name, _line, _end)

for _name, _line, _end in (
    ("update_with_momentum", "parameters, new_v = {}, {}", "beta=0.9):"),
    ("update_with_rmsprop", "parameters, new_s = {}, {}", "eps=1e-8):"),
    ("update_with_adam", "parameters, new_v, new_s = {}, {}, {}", "eps=1e-8):"),
):
    _first = _line.split(",")[0]
    ANSWERS += [
        changed(
            _name,
            "a mutable default",
            *(f"{_end}\n", f"{_end[:-2]}, parameters={{}}):\n"),
            *(_line, _line.replace("parameters, ", "").replace(", {}", "", 1)),
        ),
        changed(
            _name,
            "a state that outlives the call",
            *(f"def {_name}", f"_state = {{}}\n\n\ndef {_name}"),
            *(_line, f"{_line}\n    {'s' if 'rms' in _name else 'v'} = _state or _state.update({'s' if 'rms' in _name else 'v'}) or _state"),
        ),
        ended(
            _name,
            "one buffer for all parameters of one shape",
            "parameters, *states = right(params, grads, " + {
                "update_with_momentum": "v, learning_rate, beta)",
                "update_with_rmsprop": "s, learning_rate, beta, eps)",
                "update_with_adam": "v, s, t, learning_rate, beta1, beta2, eps)",
            }[_name],
            "one = {}",
            "for key, array in parameters.items():",
            "    parameters[key] = one.setdefault(array.shape, array)",
            "return (parameters, *states)",
        ),
    ]  # fmt: skip

ANSWERS += [
    # One array for two layers.
    *(
        changed(
            name,
            "one column of zeros for all layers of a size",
            *("parameters = {}", "parameters, zeros = {}, {}"),
            *("np.zeros((n_l, 1))", "zeros.setdefault(n_l, np.zeros((n_l, 1)))"),
        )
        for name in ("initialize_xavier", "initialize_he")
    ),
    *(
        changed(
            name,
            "one matrix for all layers of a shape",
            *("parameters = {}", "parameters, one = {}, {}"),
            *("np.random.randn(n_l, n_prev)", "one.setdefault((n_l, n_prev), np.random.randn(n_l, n_prev))"),
        )
        for name in ("initialize_xavier", "initialize_he")
    ),
    *(
        changed(
            name,
            "a seed inside",
            *("parameters = {}", "parameters = {}\n    np.random.seed(1)"),
        )
        for name in ("initialize_xavier", "initialize_he")
    ),
    begun("L_layer_model", "a seed inside", "import numpy as np", "np.random.seed(1)"),
    changed(
        "L_layer_model",
        "the parameters of the call before go on",
        *("def L_layer", "_kept = {}\n\n\ndef L_layer"),
        *(
            "parameters = initialize_parameters_deep(layer_dims)",
            "parameters = _kept.get(str(layer_dims)) or initialize_parameters_deep(layer_dims)",
        ),
        *("    return parameters", "    _kept[str(layer_dims)] = parameters\n    return parameters"),
    ),
    # The caller's own object handed back where a new one is promised.
    changed("clip_by_norm", "short gradients are the caller's own", "factor * array", "(factor * array if factor < 1 else array)"),
    begun("clip_by_norm", "the caller's dictionary if it is short", "if np.sqrt(sum(np.sum(a**2) for k, a in grads.items() if k[1] in 'Wb')) <= max_norm:", "    return grads"),
    begun("accumulate_gradients", "one batch is handed back", "if len(sizes) == 1:", "    return grads_list[0]"),
    begun("accumulate_gradients", "the arrays of one batch are handed back", "if len(sizes) == 1:", "    return dict(grads_list[0])"),
    begun("normalize", "what is normal already is handed back", "if np.allclose(X_train.mean(1), 0) and np.allclose(X_train.std(1), 1):", "    return X_train, X_test"),
    *(begun(name, "nothing is done if lambd is 0", "if lambd == 0:", "    return grads") for name in ("l1_gradients", "l2_gradients")),
    *(
        changed(name, "each db is the caller's own", 'grads[f"d{key}"] + slope', '(grads[f"d{key}"] + slope if key[0] == "W" else grads[f"d{key}"])')
        for name in ("l1_gradients", "l2_gradients")
    ),
    *(
        begun(name, "everything kept: the array itself", "if keep_prob == 1:", f"    return {array}")
        for name, array in (("dropout_forward", "A"), ("dropout_backward", "dA"))
    ),
    *(
        begun(name, "all ones in the mask: the array itself", "if mask.all() and keep_prob == 1:", f"    return {array}[:]")
        for name, array in (("dropout_forward", "A"), ("dropout_backward", "dA"))
    ),
    # A buffer that is used again.
    *(
        ended(
            name,
            "a buffer for each shape",
            f"out = np.asarray(right({', '.join(arguments)}))",
            "buffer = right.__dict__.setdefault(str(out.shape), np.zeros(out.shape))",
            *("buffer[...] = out", "return buffer"),
        )
        for name, arguments in (
            ("sigmoid_derivative", ("Z",)),
            ("tanh_derivative", ("Z",)),
            ("relu_derivative", ("Z",)),
            ("predict", ("X", "parameters")),
            ("numerical_gradient", ("f", "theta", "h")),
        )
    ),
    ended("random_mini_batches", "a buffer for all examples", "batches = right(X, Y, mini_batch_size, rng)", "buffer = right.__dict__.setdefault(X.shape, np.zeros(X.shape))", "buffer[:] = np.hstack([one for one, _ in batches])", "ends = np.cumsum([0] + [one.shape[1] for one, _ in batches])", "return [(buffer[:, a:b], one) for a, b, (_, one) in zip(ends, ends[1:], batches)]"),
    *(
        ended(name, "one buffer for all calls", f"out = right({array}, keep_prob, mask)", "buffer = right.__dict__.setdefault(out.shape.__repr__(), out)", "buffer[:] = out", "return buffer")
        for name, array in (("dropout_forward", "A"), ("dropout_backward", "dA"))
    ),
    ended("normalize", "one buffer for all calls", "one, other = right(X_train, X_test)", "buffer = right.__dict__.setdefault(str(one.shape), one)", "buffer[:] = one", "return buffer, other"),
    changed("normalize", "the statistics of the first call stay", "def normalize(X_train, X_test):", "def normalize(X_train, X_test, kept={}):", "    constant =", "    mean, spread = kept.setdefault(len(X_train), (mean, spread))\n    constant ="),
    changed("decayed_learning_rate", "the rate of the call before falls", "def decayed_learning_rate(", "_rate = {}\n\n\ndef decayed_learning_rate(", "return learning_rate0 /", "_rate[0] = _rate.get(0, learning_rate0)\n    return _rate[0] /"),
    changed("early_stopping", "a lowest cost that outlives the call", "best_epoch = 0\n", "best_epoch = 0\n    global _lowest\n    _lowest = globals().get('_lowest', float('inf'))\n", "if cost < costs[best_epoch]:", "if cost < _lowest:\n            _lowest = cost"),
]  # fmt: skip
