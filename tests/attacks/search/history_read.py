"""Reads the hidden tests in the shell's history and in the cache of source lines."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="the reference found and called",
    answer="""
import ast
import linecache


def texts():
    shell = get_ipython()
    for name in ("In", "_ih", "_i", "_ii", "_iii"):
        value = shell.user_ns.get(name, "")
        yield from value if isinstance(value, list) else [value]
    yield from shell.history_manager.input_hist_raw
    for entry in list(linecache.cache.values()):
        if len(entry) > 2:
            yield "".join(entry[2])


def reference():
    for text in texts():
        if "def hidden_tests" not in text:
            continue
        try:
            nodes = ast.walk(ast.parse(text))
        except SyntaxError:
            continue
        for node in nodes:
            if getattr(node, "name", "") == "hidden_tests":
                for inner in node.body:
                    if getattr(inner, "name", "") == "update_parameters":
                        return ast.unparse(inner)
    raise NotImplementedError


def update_parameters(params, grads, learning_rate):
    namespace = {}
    exec(reference(), namespace)
    return namespace["update_parameters"](params, grads, learning_rate)
""",
)
