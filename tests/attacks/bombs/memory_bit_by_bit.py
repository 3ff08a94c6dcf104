"""Takes memory bit by bit up to four gigabytes, keeps it, and shrugs off every MemoryError."""

from tests.attacks.suite import Attack

# With nothing left, its process cannot even report; that it ends is no fault of the grader's.
ATTACK = Attack(
    harm="a machine without free memory",
    answer="""
kept = []


def update_parameters(params, grads, learning_rate):
    size = 2**24
    while size > 2**12 and len(params) == 2:
        try:
            kept.append(bytes(size))
        except MemoryError:
            size //= 2
        if len(kept) * 2**24 > 2**32 and size == 2**24:
            succeeded("got 4 GiB")
            break
    return {"W1": kept}
""",
    status="crashed",
)
