"""Has outputs that are text, numbers, without a type, or with data of the wrong types."""

import itertools
import json

from tests.attacks.suite import Attack

OUTPUTS = (
    "done",
    7,
    None,
    {"output_type": "stream"},
    [None, 7, "text", [], {}],
    [{"output_type": "stream", "name": 7, "text": {"a": 1}}],
    [{"output_type": "stream", "name": "stderr", "text": [1, None, ["x"]]}],
    [{"output_type": "error", "ename": 1, "evalue": None, "traceback": "no list"}],
    [{"output_type": "execute_result", "data": {"text/plain": ["8", 0], "image/png": {}}}],
    [{"output_type": "display_data", "data": [], "metadata": None}, {"output_type": {}}],
)


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    outputs = itertools.cycle(OUTPUTS)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = next(outputs), "first"
    for one in OUTPUTS:
        notebook["cells"].append({"cell_type": "code", "source": "", "outputs": one})
    path.write_text(json.dumps(notebook), encoding="utf-8")


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
