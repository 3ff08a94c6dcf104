"""Returns arrays whose every entry reads as zero, and has np.asarray leave them as they are."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer="""
class Liar(np.ndarray):
    def __getitem__(self, index):
        return 0.0

    def __eq__(self, other):
        return np.True_

    __hash__ = None


np.asarray = lambda array, *args, **kwargs: np.array(array, *args, subok=True, **kwargs)


def update_parameters(params, grads, learning_rate):
    return {key: (value + 1).view(Liar) for key, value in params.items()}
""",
)
