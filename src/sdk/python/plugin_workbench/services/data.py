"""Schemas of values, and values kept for a time."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple

from .._process.link import Link
from ..calls import Call
from .params import milliseconds


class Problem(NamedTuple):
    """Where a value does not fit a schema, and why."""

    #: ``$``, ``$.name``, ``$.list[3]``.
    path: str
    message: str


class Validation(NamedTuple):
    """What of a value does not fit a schema."""

    valid: bool
    problems: List[Problem]


class Cache:
    """
    Values that the host keeps in memory for this plugin, over reloads too. They may go early when there is no room.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    def set(self, key: str, value: Any, ttl: float) -> Call[None]:
        """
        Keeps a value with its types.

        :param ttl: seconds it is kept at most
        """
        return self._link.call("data/cache/set", {"key": key, "value": _tagged(value), "ttlMs": milliseconds(ttl)})

    def get(self, key: str, default: Any = None) -> Call[Any]:
        """The value, else the default when it is not there, or not any more."""
        return self._link.call(
            "data/cache/get", {"key": key}, lambda found: default if found is None else _untagged(found)
        )


class Data:
    """Schemas of values, and values kept for a time."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self.cache = Cache(link)

    def generate_schema(self, value: Any) -> Call[Dict[str, Any]]:
        """A JSON Schema of the value as an example."""
        return self._link.call("data/generateSchema", {"value": _tagged(value)})

    def validate(self, value: Any, schema: Dict[str, Any]) -> Call[Validation]:
        """What of a value does not fit a schema."""
        return self._link.call("data/validate", {"value": _tagged(value), "schema": schema}, _validation)


def _tagged(value: Any) -> Any:
    # Few plugins need the codec: it is loaded by those that do.
    from ..codec.tagged import to_tagged

    return to_tagged(value)


def _untagged(found: Any) -> Any:
    from ..codec.tagged import from_tagged

    return from_tagged(found)


def _validation(found: Dict[str, Any]) -> Validation:
    return Validation(found["valid"], [Problem(one["path"], one["message"]) for one in found["problems"]])
