"""Displays its script as every kind of output that a browser, or JupyterLab, knows to show."""

import nbformat

from tests.attacks.suite import Attack

SCRIPT = '<script>attack_script()</script><img src=x onerror="attack_script()">'
LINK = (
    "[open](&#106;avascript:attack_script()) <javascript:attack_script()> ![x](https://attacker/)"
)
KINDS = (
    "text/html", "text/markdown", "text/latex", "text/xml", "application/xhtml+xml",
    "application/pdf", "application/javascript", "application/json", "application/vdom.v1+json",
    "application/vnd.vega.v5+json", "application/vnd.plotly.v1+json", "application/geo+json",
    "application/vnd.jupyter.widget-view+json", "image/svg+xml", "image/gif", "image/webp",
    "video/mp4", "audio/mpeg", "application/octet-stream",
)  # fmt: skip


def change(notebook, target):
    cell = nbformat.v4.new_code_cell("1")
    for kind in KINDS:
        for text in (SCRIPT, LINK, f"$\\href{{javascript:attack_script()}}{{x}}$ {SCRIPT}"):
            data = {kind: [text], "text/plain": text}
            cell.outputs.append(nbformat.v4.new_output("execute_result", data, execution_count=1))
    data = {"data": {"text/html": SCRIPT}, "name": SCRIPT, "text": SCRIPT}
    cell.outputs += [
        nbformat.from_dict({"output_type": kind, **data}) for kind in ("clear", SCRIPT)
    ]
    notebook.cells += [cell, nbformat.v4.new_markdown_cell(LINK), nbformat.v4.new_raw_cell(SCRIPT)]


ATTACK = Attack(
    harm="a script in what the instructor opens",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
