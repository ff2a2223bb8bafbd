"""Values that are kept."""

from __future__ import annotations

from typing import Any, List

from .._process.link import Link
from ..calls import Call


class Storage:
    """Values that are kept from one run to the next, for this plugin alone. They are JSON."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def get(self, key: str, default: Any = None) -> Call[Any]:
        """The value kept under a key, else the default. Needs reading in the manifest."""
        return self._link.call("storage/get", {"key": key}, lambda value: default if value is None else value)

    def set(self, key: str, value: Any) -> Call[None]:
        """Keeps a value. It is safe on the disk once the call has ended. Needs writing in the manifest."""
        return self._link.call("storage/set", {"key": key, "value": value})

    def delete(self, key: str) -> Call[bool]:
        """Forgets a value; false when there was none."""
        return self._link.call("storage/delete", {"key": key})

    def keys(self) -> Call[List[str]]:
        """The keys in use."""
        return self._link.call("storage/keys", {})
