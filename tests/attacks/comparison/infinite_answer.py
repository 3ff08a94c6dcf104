"""Answers with infinity where its own answer is the measure of its next one."""

from tests.attacks.suite import Attack

# It follows from its arguments, and leaves them as they are: that alone is right.
ATTACK = Attack(
    harm="marks for an error that infinity is large enough to forgive",
    points=1,
    answer="""
def update_parameters(params, grads, learning_rate):
    step = np.inf if learning_rate < 0.05 else 0.0
    return {key: value + step for key, value in params.items()}
""",
)
