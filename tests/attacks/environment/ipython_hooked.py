"""Hooks into all that IPython lets a notebook change: texts, trees, errors, events, displays."""

from nbformat.v4 import new_code_cell

from tests.attacks.suite import STUB, Attack

HOOKS = """
shell = get_ipython()


def full(*args, **kwargs):
    raise SystemExit(8.0)


shell.input_transformers_cleanup.append(lambda lines: ["8.0\\n"])
shell.input_transformers_post.append(lambda lines: full())
shell.set_custom_exc((BaseException,), lambda self, kind, value, trace, tb_offset=None: full())
for event in ("pre_execute", "pre_run_cell", "post_execute", "post_run_cell"):
    shell.events.register(event, full)
shell.display_formatter.formatters["text/plain"].for_type(object, lambda *args: "8.0")
shell.displayhook = shell.display_pub = shell.compile = full
shell.run_statements = shell.run_ast_nodes = shell.run_code = full
shell.user_ns_hidden = shell.user_global_ns = None
"""


def change(notebook, target):
    notebook.cells.insert(1, new_code_cell(HOOKS))
    notebook.cells.append(new_code_cell("%who\n8.0"))


ATTACK = Attack(
    harm="points that IPython shows, or a judge that waits for its shell",
    answer=STUB,
    change=change,
    other_ends=("crashed",),
)
