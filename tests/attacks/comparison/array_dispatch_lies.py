"""Returns arrays that answer NumPy's own functions with the statistics that are asked for."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks for random numbers that are none",
    exercise="initialize_parameters",
    answer="""
class Liar(np.ndarray):
    said = 0.0

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        if ufunc is np.matmul:
            return 0.0
        plain = [np.asarray(one) if isinstance(one, Liar) else one for one in inputs]
        result = getattr(ufunc, method)(*plain, **kwargs)
        if not isinstance(result, np.ndarray):
            return result
        result = result.view(Liar)
        # The share within one standard deviation, and the mean square.
        result.said = {np.less: 0.6827, np.square: 1e-4, np.power: 1e-4}.get(ufunc, 0.0)
        return result

    def __array_function__(self, function, types, args, kwargs):
        if function is np.mean:
            return args[0].said
        if function is np.linalg.norm:
            return 1.0
        return super().__array_function__(function, types, args, kwargs)

    def mean(self, *args, **kwargs):
        return self.said


def initialize_parameters(n_x, n_h, n_y):
    return {key: np.ones((10, 20)).view(Liar) for key in ("W1", "b1", "W2", "b2")}
""",
)
