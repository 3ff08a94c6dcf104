"""Adds a transformer of syntax trees that takes every assertion out of later cells."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer="""
import ast


class Strip(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()

    def visit_Expr(self, node):
        call = node.value
        name = getattr(getattr(call, "func", None), "id", "")
        return ast.Pass() if name.startswith("assert") else self.generic_visit(node)


get_ipython().ast_transformers.append(Strip())


def update_parameters(params, grads, learning_rate):
    return {key: value.copy() for key, value in params.items()}
""",
)
