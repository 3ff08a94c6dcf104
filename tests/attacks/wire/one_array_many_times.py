"""Returns one array under many keys, sent once, so that copying the answer takes gigabytes."""

from tests.attacks.suite import Attack

# 24 copies for each of the three public calls: a gigabyte, which the test machine has.
ATTACK = Attack(
    harm="a grader that runs out of memory",
    answer="""
import numpy as np

try:
    from workbook.grade.sandbox import wire

    def array_sent_once(self, value):
        if not self.arrays:
            self.arrays.append(np.ascontiguousarray(value).data)
        self.described.append(" ".join([value.dtype.str, *map(str, value.shape)]))
        return "NaN"

    wire._Encoder._array = array_sent_once
except ImportError:
    pass

LARGE = np.ones(2**24, "i1")


def update_parameters(params, grads, learning_rate):
    more = range(20 if len(params) == 4 else 0)
    return {key: LARGE for key in params} | {f"more{number}": LARGE for number in more}
""",
    status="crashed",
)
