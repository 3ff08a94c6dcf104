"""Ends the hidden tests with an exception of its own, and wipes it from the cell's result."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer="""
class Enough(BaseException):
    pass


def wipe(result):
    result.error_before_exec = result.error_in_exec = None


shell = get_ipython()
shell.events.register("post_run_cell", wipe)
shell.set_custom_exc((BaseException,), lambda *error, tb_offset=None: None)
shell.showtraceback = lambda *args, **kwargs: None


def update_parameters(params, grads, learning_rate):
    raise Enough
""",
)
