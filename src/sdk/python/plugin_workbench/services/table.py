"""Handlers by name, of which a plugin has one each."""

from __future__ import annotations

import threading
from typing import Any, Callable, Dict, Optional

from .._process.link import Link
from ..calls import Call
from ..registration import Registration

Handler = Callable[..., Any]


class Table:
    """What is registered under one kind of name, with the host's consent."""

    def __init__(self, link: Link, what: str, area: str) -> None:
        self._link = link
        self._what = what
        self._area = area
        self._lock = threading.Lock()
        self._handlers: Dict[Any, Any] = {}

    def add(self, key: Any, handler: Any, params: Dict[str, Any], name: Dict[str, Any]) -> Registration:
        """
        :param params: of the registration
        :param name: params that name it when it is taken back
        """
        with self._lock:
            if key in self._handlers:
                raise ValueError(f"This plugin has registered the {self._what} {key!r} already.")
            self._handlers[key] = handler

        def forget() -> bool:
            with self._lock:
                return self._handlers.pop(key, None) is not None

        def undo() -> Optional[Call[Any]]:
            return self._link.call(f"{self._area}/unregister", name) if forget() else None

        accepted = self._link.register(f"{self._area}/register", params, lambda: forget() and None)
        return Registration(accepted, undo)

    def find(self, key: Any) -> Any:
        """``None`` when there is none."""
        return self._handlers.get(key)


def require_callable(handler: Any, what: str) -> None:
    """:raises TypeError: when it can't be called"""
    if not callable(handler):
        raise TypeError(f"The handler of {what} can't be called.")
