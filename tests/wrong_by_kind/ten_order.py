"""Answers to the ten functions that take arrays by position, or stop to work at the tenth layer."""

from tests.wrong_by_kind.declared import Wrong, begun, changed, ended

#: Ways to find what belongs to layer l, or to a key, that are right for some dictionaries only.
_FORWARD = {
    "parameters by position": (
        "arrays = list(parameters.values())",
        "parameters = {f'{c}{l}': arrays[2 * l - 2 + (c == 'b')]"
        " for l in range(1, len(arrays) // 2 + 1) for c in 'Wb'}",
    ),
    "the W by position": (
        "some = [a for k, a in parameters.items() if k[0] == 'W']",
        "parameters = {**parameters, **{f'W{l}': W for l, W in enumerate(some, 1)}}",
    ),
    "the b by position": (
        "some = [a for k, a in parameters.items() if k[0] == 'b']",
        "parameters = {**parameters, **{f'b{l}': b for l, b in enumerate(some, 1)}}",
    ),
    "keys sorted as text": (
        "keys = sorted(k for k in parameters if k[0] == 'W')",
        "parameters = {f'{c}{l}': parameters[c + k[1:]] for l, k in enumerate(keys, 1)"
        " for c in 'Wb'}",
    ),
    "the last digit": (
        "parameters = {k: parameters[k[0] + str(int(k[1:]) % 10)] if k[-1] != '0'"
        " else parameters[k] for k in parameters}",
    ),
    "the first digit": ("parameters = {k: parameters[k[:2]] for k in parameters}",),
}


def _backward(title: str, *lines: str) -> Wrong:
    return ended("L_model_backward", title, "grads = right(AL, Y, caches)", *lines)


ANSWERS = [
    *(begun("L_model_forward", title, *lines) for title, lines in _FORWARD.items()),
    changed("L_model_forward", "L is the last key's number", "len(parameters) // 2",
            "int(list(parameters)[-1][1:])"),
    changed("L_model_forward", "L is the last key's last digit", "len(parameters) // 2",
            "int(list(parameters)[-1][-1])"),
    changed("L_model_forward", "L is the largest key's number", "len(parameters) // 2",
            "int(max(parameters)[1:])"),
    changed("L_model_forward", "L is at most 9", "len(parameters) // 2",
            "min(len(parameters) // 2, 9)"),
    changed("L_model_forward", "L is at most 4", "len(parameters) // 2",
            "min(len(parameters) // 2, 4)"),
    changed("L_model_forward", "keys with one digit",
            '[f"W{l}"], parameters[f"b{l}"]', '[f"W{l % 10 or l}"], parameters[f"b{l % 10 or l}"]'),
    *(
        changed("L_model_backward", f"d{letter} under the last digit of its layer",
                f'[f"d{letter}{{{l}}}"]', f'[f"d{letter}{{({l}) % 10}}"]')
        for letter, l in (("A", "l - 1"), ("W", "l"), ("b", "l"))
    ),
    _backward("all keys with one digit", "return {k[:2] + k[-1]: a for k, a in grads.items()}"),
    _backward("only nine layers",
              "return {k: a for k, a in grads.items() if int(k[2:]) < 10}"),
    changed("L_model_backward", "at most four layers", "range(L, 0, -1)",
            "range(L, max(L - 4, 0), -1)"),
    changed("initialize_parameters_deep", "W under the last digit of its layer",
            'f"W{l}"', 'f"W{l % 10}"'),
    changed("initialize_parameters_deep", "b under the last digit of its layer",
            'f"b{l}"', 'f"b{l % 10}"'),
    changed("initialize_parameters_deep", "at most nine layers",
            "range(1, len(layer_dims))", "range(1, min(len(layer_dims), 10))"),
    changed("initialize_parameters_deep", "at most four layers",
            "range(1, len(layer_dims))", "range(1, min(len(layer_dims), 5))"),
    *(
        changed("update_parameters", title, 'grads[f"d{key}"]', new)
        for title, new in (
            ("the last digit of the key", "grads['d' + key[0] + key[-1]]"),
            ("the first digit of the key", "grads['d' + key[:2]]"),
            ("gradients by position",
             "[a for k, a in grads.items() if k[1] != 'A'][list(params).index(key)]"),
            ("the first gradients by position", "list(grads.values())[list(params).index(key)]"),
            ("gradients of one letter by position",
             "[a for k, a in grads.items() if k[1] == key[0]]"
             "[[k for k in params if k[0] == key[0]].index(key)]"),
            ("gradients of one letter from behind",
             "[a for k, a in grads.items() if k[1] == key[0]][::-1][int(key[1:]) - 1]"),
            ("all sorted",
             "grads[sorted(k for k in grads if k[1] != 'A')[list(params).index(key)]]"),
        )
    ),
    changed("update_parameters", "the last digit counts the layers",
            *("{key: value", "{key: params[key]"),
            *("for key, value in params.items()}",
              "for l in range(1, int(list(params)[-1][-1]) + 1) for key in (f'W{l}', f'b{l}')}")),
    *(
        begun("update_parameters", f"d{c} of layer l {step} where it has the shape of {c}",
              f"near = {{k: grads.get(f'd{{k[0]}}{{int(k[1:]) {step}}}') for k in params}}",
              f"grads = {{f'd{{k}}': near[k] if k[0] == '{c}' and np.shape(near[k]) == a.shape"
              " else grads[f'd{k}'] for k, a in params.items()}")
        for c in "Wb"
        for step in ("+ 1", "- 1")
    ),
    changed("update_parameters", "at most nine layers",
            "params.items()}", "params.items() if len(key) < 3}"),
    changed("update_parameters", "at most four layers",
            "params.items()}", "params.items() if key[1:] < '5' and len(key) < 3}"),
    changed("update_parameters", "L from all the gradients, a third",
            *("{key: value", "{key: params[key]"),
            *("for key, value in params.items()}",
              "for l in range(1, len(grads) // 2 + 1) for key in (f'W{l}', f'b{l}')}")),
]  # fmt: skip
