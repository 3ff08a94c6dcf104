"""Reference solution of find_mistakes."""

import numpy as np


def find_mistakes(candidate):
    """Test a candidate for linear_backward, and say what is wrong with it.

    The gradients are compared with slopes of the cost that is the mean over the examples of the
    sum of dZ times Z. It is linear in each array, so a long step has no error. Each layer is given
    twice, with another one of the same shapes between.

    Parameters
    ----------
    candidate : callable
        candidate(dZ, (A_prev, W, b)) should return dA_prev, dW and db, as linear_backward does.
        It may be called 200 times, each time with at most 2,000 numbers.

    Returns
    -------
    findings : list of str
        A sentence for each mistake that was found; empty if the candidate is right.
    """

    ### BEGIN SOLUTION
    def slopes(dZ, cache):
        measured = []
        for place, array in enumerate(cache):
            slope = np.zeros(array.shape)
            for index in np.ndindex(array.shape):
                A, W, b = moved = [one.copy() for one in cache]
                moved[place][index] += 1.0
                up = np.vdot(dZ, W @ A + b)
                moved[place][index] -= 2.0
                slope[index] = (up - np.vdot(dZ, W @ A + b)) / 2
            measured.append(slope if place == 0 else slope / dZ.shape[1])
        return measured

    findings = []
    rng = np.random.default_rng(17)
    for n_prev, n_l, m, size in (
        *((2, 3, 4, 1.0), (2, 3, 1, 1.0)),
        *((2, 1, 3, 1e6), (1, 2, 3, 1e-6)),
    ):
        layers = []
        for _ in range(2):
            dZ = size * rng.standard_normal((n_l, m))
            shapes = (n_prev, m), (n_l, n_prev), (n_l, 1)
            cache = [rng.standard_normal(shape) for shape in shapes]
            layers.append((dZ, cache, slopes(dZ, cache)))
        # The third call is the first one again.
        for call, (dZ, cache, right) in enumerate((*layers, layers[0]), start=1):
            where = f"call {call}, {n_prev} inputs, {n_l} units, m = {m}, dZ of size {size:g}"
            given = [array.copy() for array in (dZ, *cache)]
            try:
                answer = candidate(given[0], tuple(given[1:]))
                for name, got, want in zip(("dA_prev", "dW", "db"), answer, right, strict=True):
                    if np.shape(got) != want.shape:
                        findings.append(f"{where}: {name} has shape {np.shape(got)}")
                    elif not np.abs(got - want).max() <= 1e-6 * np.abs(want).max():
                        findings.append(f"{where}: {name} is not the slope of the cost")
            except Exception as error:
                findings.append(f"{where}: it ends with {type(error).__name__}")
            if not all(map(np.array_equal, given, (dZ, *cache))):
                findings.append(f"{where}: it changes its inputs")
    return findings
    ### END SOLUTION
