"""``python -m tests.fuzz submissions|wire|grading --minutes 10`` looks for what breaks a promise.

It prints the smallest example that it finds, and ends with 1; with 0 if it finds none.
"""

import argparse
import random
import sys


def main() -> int:
    """Fuzz; return the exit status."""
    # The processes of a grading that are to be killed import this module, and need nothing of it.
    from tests.fuzz.fuzzers import FUZZERS, fuzz

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("what", choices=sorted(FUZZERS))
    parser.add_argument(
        "--minutes", type=float, default=10, help="how long, about, of a processor's time (10)"
    )
    parser.add_argument("--seed", type=int, help="the seed that an earlier run has printed")
    chosen = parser.parse_args()
    seed = random.randrange(2**32) if chosen.seed is None else chosen.seed
    print(f"{chosen.what}, {chosen.minutes:g} minutes, --seed {seed}", flush=True)
    tried, found = fuzz(chosen.what, 60 * chosen.minutes, seed)
    print(f"{tried} examples: {found or 'nothing found'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
