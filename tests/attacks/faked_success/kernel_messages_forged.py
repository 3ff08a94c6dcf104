"""Writes a forged result and a forged end of the cell to the sockets of its own kernel."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer="""
import re


def update_parameters(params, grads, learning_rate):
    kernel = get_ipython().kernel
    points = re.search("Hidden tests, ([0-9]+)", In[-1])[1]
    parent = kernel.get_parent("shell")
    shown = {"data": {"text/plain": points + ".0"}, "metadata": {}, "execution_count": 1}
    done = {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}
    idle = {"execution_state": "idle"}
    send, iopub = kernel.session.send, kernel.iopub_socket
    send(iopub, "execute_result", shown, parent=parent)
    send(iopub, "status", idle, parent=parent)
    send(kernel.shell_stream, "execute_reply", done, parent, kernel._parent_ident["shell"])
    raise NotImplementedError
""",
)
