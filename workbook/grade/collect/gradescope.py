"""Gradescope's list of submissions: whose each is, and when it was handed in."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import yaml

from workbook.grade.collect.platforms import CollectError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_LOADER):  # type: ignore[misc]
    """Reads plain values; a Ruby object is the mapping, list or text that it is written as."""


def _plain(loader: Any, _: str, node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


_Loader.add_multi_constructor("!", _plain)


def read_metadata(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """Return the submitters of each submission, by its number.

    Returns
    -------
    dict of str to list of dict
        Each submitter has a ``name``, an ``id``, an ``email`` and a ``time``, where they are given.

    Raises
    ------
    CollectError
        If it is no such list.
    """
    try:
        held = yaml.load(data.decode("utf-8", "replace"), _Loader)
        return {
            str(key).removeprefix("submission_"): list(_submitters(one))
            for key, one in held.items()
        }
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, RecursionError) as error:
        why = " ".join(str(error).split())[:200]
        raise CollectError(f"Gradescope's submission_metadata.yml cannot be read: {why}") from error


def _submitters(submission: dict[str, Any]) -> Iterator[dict[str, Any]]:
    # Ruby writes its symbols with a colon.
    time = _get(submission, "created_at")
    for one in _get(submission, "submitters") or []:
        found = {"name": _get(one, "name"), "id": _get(one, "sid"), "email": _get(one, "email")}
        told: dict[str, Any] = {
            key: str(value) for key, value in found.items() if value and _is_plain(value)
        }
        if isinstance(time, datetime):
            told["time"] = time.replace(tzinfo=time.tzinfo or UTC)
        yield told


def _is_plain(value: Any) -> bool:
    """Tell whether it is one value; a list of lists may be short in YAML, and endless as a text."""
    return isinstance(value, str | int | float | date)


def _get(held: dict[str, Any], key: str) -> Any:
    return held.get(f":{key}", held.get(key))
