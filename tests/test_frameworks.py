"""Our gradients against three frameworks: live where they are installed, else their record."""

import json
from importlib.util import find_spec

import numpy as np
import pytest

from solutions.NeuralNetwork import NeuralNetwork
from solutions.Value import Value
from tests.kernels import execute_file
from tests.record_frameworks import (
    EXPRESSIONS,
    NAMES,
    NUMBERS,
    PATH,
    by_the_lesson,
    network,
    slopes_by_pytorch,
)
from tests.reference import reference
from workbook import framework
from workbook.course.exercises import find
from workbook.learn.check.display import AskedWronglyError
from workbook.learn.workspace import frameworks

RECORD = json.loads(PATH.read_text(encoding="utf-8"))
LAB = find("meet_the_frameworks")

each_framework = pytest.mark.parametrize("name", NAMES)
each_expression = pytest.mark.parametrize("expression", EXPRESSIONS)


def installed(name):
    """Return the framework, or skip the test with the reason."""
    if find_spec(name) is None:
        pytest.skip(f"{NAMES[name]} is not installed; its record is tested")
    module = framework(name)
    if module is None:
        pytest.skip(f"{NAMES[name]} cannot be imported here; its record is tested")
    return module


def close(got, want):
    np.testing.assert_allclose(got, want, rtol=1e-11, atol=1e-14)


def our_gradients(X, Y, parameters):
    AL, caches = reference.L_model_forward(X, parameters)
    return reference.L_model_backward(AL, Y, caches)


def our_slopes(expression, numbers):
    a, b = map(Value, numbers)
    result = eval(expression, {"a": a, "b": b})
    result.backward()
    return [result.data, a.grad, b.grad]


# The record, everywhere


def recorded_network():
    arrays = {key: np.array(rows) for key, rows in RECORD["network"].items()}
    return arrays.pop("X"), arrays.pop("Y"), arrays


def test_the_record_is_of_the_network_that_is_tested_live():
    for recorded, now in zip(recorded_network(), network(), strict=True):
        for key in recorded if isinstance(recorded, dict) else [...]:
            close(recorded[key], now[key])


@each_framework
def test_gradients_are_those_that_a_framework_has_found(name):
    recorded = RECORD["found"][NAMES[name]]
    assert recorded["version"]
    X, Y, parameters = recorded_network()
    ours = our_gradients(X, Y, parameters)
    assert recorded["gradients"].keys() == {f"d{key}" for key in parameters}
    for key, want in recorded["gradients"].items():
        assert np.abs(want).max() > 1e-4
        close(ours[key], want)


@each_expression
def test_the_slopes_of_a_value_are_those_that_pytorch_has_found(expression):
    for numbers, want in zip(NUMBERS, RECORD["slopes"][expression], strict=True):
        close(our_slopes(expression, numbers), want)


# The frameworks themselves, where they are


@each_framework
def test_the_lessons_gradients_are_ours(name, capsys):
    module = installed(name)
    X, Y, parameters = network()
    theirs = by_the_lesson(name, X, Y, parameters)
    assert module.__version__ in capsys.readouterr().out
    ours = our_gradients(X, Y, parameters)
    net = NeuralNetwork([3, 5, 4, 1], 0.1)
    net.parameters = parameters
    net.forward(X)
    net.backward(Y)
    for key, want in theirs.items():
        assert want.dtype == np.float64
        close(ours[key], want)
        close(net.grads[key], want)
        close(RECORD["found"][NAMES[name]]["gradients"][key], want)


@each_expression
def test_pytorch_finds_the_slopes_of_the_record(expression):
    torch = installed("torch")
    for numbers, want in zip(NUMBERS, RECORD["slopes"][expression], strict=True):
        close(slopes_by_pytorch(torch, expression, numbers), want)


def test_gradients_add_up_as_in_pytorch():
    torch = installed("torch")
    x, t = Value(1.5), torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
    for one in (x, t):
        y = (one * 2) ** 2
        more = {"retain_graph": True} if one is t else {}
        y.backward(**more)
        y.backward(**more)
        (one * 5).backward()
    assert x.grad == t.grad.item() == 2 * 12 + 5


def test_a_step_without_zero_grad_is_pytorchs_step_without_it():
    torch = installed("torch")
    X, Y, parameters = network()
    net = NeuralNetwork([3, 5, 4, 1], 0.3)
    net.parameters = parameters
    leaves = {key: torch.tensor(p.tolist(), dtype=torch.float64, requires_grad=True)
              for key, p in parameters.items()}  # fmt: skip
    optimizer = torch.optim.SGD(leaves.values(), lr=0.3)
    for _ in range(3):
        net.forward(X)
        net.backward(Y)
        net.step()
        A = torch.tensor(X.tolist(), dtype=torch.float64)
        for l in (1, 2, 3):
            Z = leaves[f"W{l}"] @ A + leaves[f"b{l}"]
            A = torch.relu(Z) if l < 3 else torch.sigmoid(Z)
        target = torch.tensor(Y.tolist(), dtype=torch.float64)
        torch.nn.functional.binary_cross_entropy(A, target).backward()
        optimizer.step()
    for key, leaf in leaves.items():
        close(net.parameters[key], leaf.tolist())


# Where one is missing


def missing(monkeypatch, error):
    def refuse(name):
        raise error

    monkeypatch.setattr(frameworks, "import_module", refuse)


@each_framework
def test_a_missing_framework_is_skipped_with_a_sentence(name, monkeypatch, capsys):
    missing(monkeypatch, ModuleNotFoundError(f"No module named {name!r}", name=name))
    assert by_the_lesson(name, *network()) is None
    assert capsys.readouterr().out == (
        f"{NAMES[name]} is not installed here, so this part is skipped. To see it, run "
        f"`pip install {name}` in a terminal, restart the kernel, and run all cells.\n"
    )


@each_framework
def test_in_a_browser_no_terminal_is_named(name, monkeypatch, capsys):
    missing(monkeypatch, ModuleNotFoundError(f"No module named {name!r}", name=name))
    monkeypatch.setattr("sys.platform", "emscripten")
    assert framework(name) is None
    assert capsys.readouterr().out == (
        f"There is no {NAMES[name]} in a browser's Python, so this part is skipped. To see it, run "
        f"this notebook in JupyterLab on your computer, after `pip install {name}`.\n"
    )


@pytest.mark.parametrize(
    "error",
    [
        ImportError("libtorch.so: cannot open shared object file"),
        # What is missing is something that the framework needs.
        ModuleNotFoundError("No module named 'jaxlib'", name="jaxlib"),
    ],
    ids=["broken", "incomplete"],
)
def test_a_broken_framework_says_what_is_wrong(error, monkeypatch, capsys):
    missing(monkeypatch, error)
    assert framework("torch") is None
    said = capsys.readouterr().out
    assert said.startswith("PyTorch is installed but cannot be imported, so this part is skipped")
    assert str(error) in said


def test_a_framework_of_another_name():
    with pytest.raises(AskedWronglyError, match="no framework 'keras' here; there are torch"):
        framework("keras")


@pytest.mark.slow
def test_the_lab_runs_without_any_framework(solved, tmp_path):
    """Modules that are not there, whatever is installed: the rest of the lab goes on."""
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    for name in NAMES:
        text = f"raise ModuleNotFoundError('No module named {name}', name={name!r})\n"
        (hidden / f"{name}.py").write_text(text, encoding="utf-8")
    notebook = execute_file(solved / LAB.notebook_path, PYTHONPATH=str(hidden))
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", ())]
    assert not [f"{o.ename}: {o.evalue}" for o in outputs if o.output_type == "error"]
    said = "".join(o.text for o in outputs if o.output_type == "stream")
    assert said.count("is not installed here, so this part is skipped") == len(NAMES)
    assert "finite differences" in said
    assert "This picture needs PyTorch." in said
