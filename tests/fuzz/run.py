"""Run a fuzzer with a corpus made from real messages."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import atheris

# What a mutation is unlikely to find by itself.
_WORDS = (
    *('{"pairs":[[', '{"scalar":"<f4"}', '{"other":"a zip"}'),
    *('{"list":[', '{"tuple":[', '{"dict":{', '{"array":"'),
    *('{"array":"<f8 2"}', '{"array":"|b1 3"}', '{"array":"<c16"}', '{"array":"|u1 0 2"}'),
    *("null", "true", "false", "NaN", "Infinity", "-Infinity", "-0.0", "1e999", "\\ud800"),
    *("18446744073709551616", "-18446744073709551615", "returned", "earlier"),
)


def fuzz(target: Callable[[bytes], None], seeds: Iterable[bytes], **more: Any) -> None:
    """Give a function inputs without end, or as the command line says; begin with these.

    Parameters
    ----------
    target : callable
        The function.
    seeds : iterable of bytes
        The first inputs.
    **more : dict
        Passed on to `atheris.Setup`.
    """
    with TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for number, seed in enumerate(seeds):
            Path(corpus, f"seed-{number}").write_bytes(seed)
        words = Path(folder, "words")
        quoted = (word.replace("\\", "\\\\").replace('"', '\\"') for word in _WORDS)
        words.write_text("".join(f'"{word}"\n' for word in quoted))
        # libFuzzer writes what it finds to the first folder, so one's own must come before ours.
        atheris.Setup([*sys.argv, f"-dict={words}", str(corpus)], target, **more)
        atheris.Fuzz()
