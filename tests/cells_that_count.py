"""Cells of a notebook that decide on its answer, in ways that learners write them."""

NAME = "linear_forward"


def defined(body="return W @ A + b, (A, W, b)"):
    return f"def {NAME}(A, W, b):\n    {body}"


def scaled(factor):
    """Return a definition that is right if the factor is 1."""
    return defined(f"return {factor} * (W @ A) + b, (A, W, b)")


RIGHT = defined()
LAMBDA = "lambda A, W, b: (W @ A + b, (A, W, b))"

# Cells above the check; all are right answers when they have run in a kernel.
COUNTS = {
    "a value from a call": ['EPS = float("1e-12")', scaled("(1 + EPS)")],
    "a value from another": ["from math import sqrt\na = sqrt(4)\nb2 = a - 1", scaled("b2")],
    "a table that a loop fills": [
        "table = {}\nfor i in range(3):\n    table[i] = float(i)",
        scaled("table[1]"),
    ],
    "a list that grows": [
        "ones = []",
        "while len(ones) < 3:\n    ones.append(len(ones) / len(ones) if ones else 1)",
        scaled("ones[2]"),
    ],
    "an augmented assignment": ["k = 3", "k -= 2", scaled("k")],
    "a name deleted and given anew": ["k = 5", "del k\nk = 1", scaled("k")],
    "a guard": ["if 1 < 2:\n    k = 1\nelse:\n    k = 2", scaled("k")],
    "__main__": [f"if __name__ == '__main__':\n    {NAME} = {LAMBDA}"],
    "a package that may be missing": [
        "try:\n    import no_such_package as xp\nexcept ImportError:\n    import numpy as xp",
        defined("return xp.dot(W, A) + b, (A, W, b)"),
    ],
    "a package that is missing and not used": [
        f"import no_such_package\n{defined('return W @ A + b, (A, W, b)')}",
        "no_such_package.plot()",
    ],
    "a package that is missing where it is not called": [
        "import no_such_package",
        defined("return (no_such_package.dot(W, A) if A is None else W @ A + b), (A, W, b)"),
    ],
    "a lambda": [f"{NAME} = {LAMBDA}"],
    "an alias": [f"def mine(A, W, b):\n    return W @ A + b, (A, W, b)\n{NAME} = mine"],
    "partial": [
        "from functools import partial\ndef of(k, A, W, b):\n    return k * W @ A + b, (A, W, b)",
        f"{NAME} = partial(of, 1)",
    ],
    "a decorator without wraps": [
        "def loud(f):\n    def inner(*args):\n        return f(*args)\n    return inner",
        f"@loud\n{RIGHT}",
    ],
    "a decorator that counts": [
        "calls = [0]\ndef counted(f):\n    def inner(*args):\n        calls[0] += 1\n"
        "        return f(*args)\n    return inner",
        f"@counted\n{RIGHT}",
    ],
    "a callable object": [
        "class Layer:\n    def __call__(self, A, W, b):\n        return W @ A + b, (A, W, b)",
        f"{NAME} = Layer()",
    ],
    "a method": [
        "class Layer:\n    def go(self, A, W, b):\n        return W @ A + b, (A, W, b)",
        f"layer = Layer()\n{NAME} = layer.go",
    ],
    "a method set later": [
        "class Layer:\n    pass",
        "setattr(Layer, 'go', staticmethod(lambda A, W, b: (W @ A + b, (A, W, b))))",
        defined("return Layer.go(A, W, b)"),
    ],
    "an attribute set later": ["class Layer:\n    k = 2", "Layer.k = 1", scaled("Layer.k")],
    "a metaclass": [
        "class Meta(type):\n    def __getattr__(cls, name):\n        return 1",
        "class K(metaclass=Meta):\n    pass",
        scaled("K.any"),
    ],
    "a dataclass with postponed annotations": [
        "from __future__ import annotations",
        "import dataclasses\n@dataclasses.dataclass\nclass Pair:\n    Z: Array\n    k: float = 1.0",
        "def linear_forward(A: Array, W: Array, b: Array) -> Pair:\n"
        "    return Pair(W @ A + b).Z, (A, W, b)",
    ],
    "a name that a function sets": [
        "def set_up():\n    global k\n    k = 1",
        "set_up()",
        scaled("k"),
    ],
    "a function that defines it": [
        f"def define():\n    global {NAME}\n    {NAME} = {LAMBDA}",
        "define()",
    ],
    "globals": ["globals()['k'] = 1", scaled("k")],
    "exec": ["exec('k = 1')", scaled("k")],
    "a star": ["from math import *", scaled("cos(0)")],
    "with": ["import io\nwith io.StringIO('1') as file:\n    k = int(file.read())", scaled("k")],
    "unpacking and a walrus": ["k, *rest = 1, 2\nif (n := 1):\n    pass", scaled("k * n")],
    "a helper in place": [
        "def fill(table):\n    table[0] = 1\ntable = [0]",
        "fill(table)",
        scaled("table[0]"),
    ],
    "timed": ["%%time\nk = 1", "%time n = 1", scaled("k * n")],
    "below what fails": [f"1 / 0\n{RIGHT}"],
    "below a shell line": [f"!pip install -q numpy\n%matplotlib inline\n{RIGHT}"],
    "a module that a cell writes": [
        "%%writefile my_linear.py\nK = 0\n",
        f"%%writefile -a my_linear.py\n{RIGHT}",
        f"from my_linear import {NAME}",
    ],
    "a package that cells write": [
        "%mkdir -p parts/inner",
        f"%%writefile parts/inner/linear.py\nfrom ..k import k\n{scaled('k')}",
        "%%writefile parts/k.py\nk = 1\n",
        f"from parts.inner.linear import {NAME}",
    ],
    "a module that is written anew": [
        "%%writefile my_linear.py\nk = 0\n",
        "import importlib\nimport my_linear",
        "%%writefile my_linear.py\nk = 1\n\n\n\n",
        f"importlib.reload(my_linear)\n{scaled('my_linear.k')}",
    ],
    "a nested function and a comprehension": [
        "def outer(A, W, b):\n    def inner():\n        return [k * one for one in W]\n"
        "    return inner()\nimport numpy as np\nk = np.float64(1)",
        defined("return np.array(outer(A, W, b)) @ A + b, (A, W, b)"),
    ],
    "operator": [
        "import operator as op",
        "f = op.matmul",
        defined("return op.add(f(W, A), b), (A, W, b)"),
    ],
    "a closure": [
        "def make():\n    n = 0\n    def inner(A, W, b):\n        nonlocal n\n        n += 1\n"
        "        return W @ A + b, (A, W, b)\n    return inner",
        "linear_forward = make()",
    ],
    "try and finally": ["try:\n    k = int('1')\nfinally:\n    print('x')", scaled("k")],
    "a named tuple": [
        "from typing import NamedTuple\nclass Cache(NamedTuple):\n    A: object\n    W: object\n"
        "    b: object",
        defined("return W @ A + b, Cache(A, W, b)"),
    ],
    "match": ["match 1:\n    case 1:\n        k = 1", scaled("k")],
    "class registry": [
        "ops = {}\nclass Base:\n    def __init_subclass__(cls):\n        ops[cls.__name__] = cls",
        "class Times(Base):\n    @staticmethod\n    def go(A, W):\n        return W @ A",
        defined("return ops['Times'].go(A, W) + b, (A, W, b)"),
    ],
    "a class that lists its subclasses": [
        "class Base:\n    all = {}\n    def __init_subclass__(cls, name):\n"
        "        Base.all[name] = cls",
        "class Times(Base, name='times'):\n    @staticmethod\n    def go(A, W):\n"
        "        return W @ A",
        defined("return Base.all['times'].go(A, W) + b, (A, W, b)"),
    ],
    "decorator registry": [
        "ops = {}\ndef register(f):\n    ops[f.__name__] = f\n    return f",
        "@register\ndef times(A, W):\n    return W @ A",
        defined("return ops['times'](A, W) + b, (A, W, b)"),
    ],
    "singledispatch": [
        "from functools import singledispatch\n@singledispatch\ndef go(x):\n    raise TypeError",
        "import numpy as np\n@go.register\ndef _(x: np.ndarray):\n    return x",
        defined("return go(W @ A + b), (A, W, b)"),
    ],
    "vectorize": [
        "import numpy as np\nsame = np.vectorize(lambda x: x)",
        defined("return same(W @ A + b), (A, W, b)"),
    ],
    "a module made by hand": ["import types\nm = types.ModuleType('m')\nm.k = 1", scaled("m.k")],
    "a function added to NumPy": [
        "import numpy as np\nnp.times = lambda a, b: a @ b",
        defined("return np.times(W, A) + b, (A, W, b)"),
    ],
    "an extension of IPython": ["%load_ext autoreload\n%autoreload 2", RIGHT],
    "capture": ["%%capture out\nk = 1", scaled("k")],
    "a definition that builds on the one above": [
        defined("return W @ A, (A, W, b)"),
        "_old = linear_forward",
        defined("return _old(A, W, b)[0] + b, (A, W, b)"),
    ],
    "a recursive helper": [
        "def rec(n):\n    return 1 if n == 0 else rec(n - 1)",
        scaled("rec(3)"),
    ],
    "enum": ["from enum import Enum\nclass E(Enum):\n    ONE = 1", scaled("E.ONE.value")],
    "await": ["import asyncio\nasync def k():\n    return 1\nv = await k()", scaled("v")],
    "a default that is computed": [
        "def linear_forward(A, W, b, k=len('x')):\n    return k * W @ A + b, (A, W, b)"
    ],
    "a dictionary updated": ["conf = dict(k=2)", "conf.update(k=1)", scaled("conf['k']")],
    "a dictionary updated in place": ["conf = {'k': 2}", "conf |= {'k': 1}", scaled("conf['k']")],
    "heapq": ["import heapq\nh = [3]", "heapq.heappush(h, 1)", scaled("h[0]")],
    "np.copyto": ["import numpy as np\nk = np.zeros(1)", "np.copyto(k, 1)", scaled("k")],
    "an output array": ["import numpy as np\nk = np.zeros(1)", "np.add(k, 1, out=k)", scaled("k")],
    "an output array, the result kept": [
        "import numpy as np\nk = np.zeros(1)",
        "_ = np.add(k, 1, out=k)",
        scaled("k"),
    ],
    "a helper in place, the result kept": [
        "def fill(t):\n    t[0] = 1\n    return t\nk = [3]",
        "other = fill(k)",
        scaled("k[0]"),
    ],
    "another name for the same list": ["k = [3]\nsame = k", "same[0] = 1", scaled("k[0]")],
    "an attribute that a function sets": [
        "class S:\n    k = 3\ns = S()",
        "def setk():\n    s.k = 1\nsetk()",
        scaled("s.k"),
    ],
    "a lambda that changes a list": [
        "k = [3]\nadd = lambda x: k.insert(0, x)",
        "add(1)",
        scaled("k[0]"),
    ],
    "a function handed over": [
        "k = [3]\ndef put(x):\n    k[0] = x",
        "any(map(put, [1]))",
        scaled("k[0]"),
    ],
    "a callback": [
        "import contextlib\nk = []",
        "with contextlib.ExitStack() as stack:\n    stack.callback(lambda: k.append(1))",
        scaled("k[0]"),
    ],
    "a thread": [
        "import threading\nk = [3]\ndef put():\n    k[0] = 1",
        "t = threading.Thread(target=put)\nt.start()\nt.join()",
        scaled("k[0]"),
    ],
    "a class of threads": [
        "import threading\nk = [3]\nclass T(threading.Thread):\n    def run(self):\n"
        "        k.insert(0, 1)",
        "t = T()\nt.start()\nt.join()",
        scaled("k[0]"),
    ],
    "a thread of a lambda": [
        "import queue, threading\nq = queue.Queue()",
        "t = threading.Thread(target=lambda: q.put(1))\nt.start()",
        "k = q.get(timeout=5)",
        scaled("k"),
    ],
    "a pool of threads": [
        "from concurrent.futures import ThreadPoolExecutor\nk = [3]\ndef put(x):\n    k[0] = x",
        "with ThreadPoolExecutor() as pool:\n    pool.submit(put, 1)",
        scaled("k[0]"),
    ],
}

# Right answers where the package is installed; here it is not, so that a kernel's check fails.
MISSING = {
    "annotations": [
        "import no_such_package as nsp",
        "def linear_forward(A: nsp.Array, *W: 'nsp.Array', **b: nsp.Array) -> nsp.Array:\n"
        "    return W[0] @ A + W[1], (A, *W)",
    ],
    "annotations of a class": [
        "import no_such_package as nsp\nfrom dataclasses import dataclass",
        "@dataclass\nclass Layer:\n    W: nsp.Array\n    def go(self, A: nsp.Array):\n"
        "        return self.W @ A",
        defined("Z: nsp.Array = Layer(W).go(A) + b\n    return Z, (A, W, b)"),
    ],
    "a name for annotations": [
        "import no_such_package as nsp",
        "from typing import Union\nArray = Union[nsp.Array, int]\nMany = list[Array]",
        "def linear_forward(A: Many, W: Array, b: Array):\n    return W @ A + b, (A, W, b)",
    ],
    "a decorator": [f"from no_such_package import jit\n@jit\n{RIGHT}"],
    "a decorator that is called": [
        "import no_such_package.compiler, functools",
        "@functools.partial(no_such_package.compiler.jit, cache=True)\n@functools.lru_cache\n"
        "@no_such_package.jit(fast=True)\ndef one():\n    return 1",
        scaled("one()"),
    ],
    "a decorator inside": [
        "from no_such_package import jit",
        defined("@jit\n    def go():\n        return W @ A + b\n    return go(), (A, W, b)"),
    ],
    "a decorator by another name": [
        "import no_such_package\nfast = no_such_package.jit(cache=True)",
        f"@fast\n{RIGHT}",
    ],
    "a decorator that may be missing": [
        "try:\n    from no_such_package import jit\nexcept ImportError:\n    pass",
        f"@jit\n{RIGHT}",
    ],
    "a star": [f"from no_such_package import *\n@jit\n{RIGHT}"],
    "a default": [
        "import no_such_package as nsp",
        "def linear_forward(A, W, b, dtype=nsp.float64, *, device=nsp.device('cpu'), k=1):\n"
        "    return k * (W @ A) + b, (A, W, b)",
    ],
}

# Above the check, too; the answer is wrong when they have run in a kernel.
SPOILS = {
    "a helper rebound": ["def k():\n    return 1", scaled("k()"), "k = lambda: 2"],
    "a name deleted": ["k = 1", scaled("k"), "del k"],
    "a second definition": [RIGHT, defined("return W @ A - b, (A, W, b)")],
    "rebound to something else": [RIGHT, f"{NAME} = lambda A, W, b: (A, (A, W, b))"],
    "strict warnings": [
        "import warnings\nwarnings.simplefilter('error')",
        defined("warnings.warn('careful')\n    return W @ A + b, (A, W, b)"),
    ],
    "strict errors": [
        "import numpy as np\nold = np.seterr(all='raise')",
        defined("np.log(np.zeros(1))\n    return W @ A + b, (A, W, b)"),
    ],
}
