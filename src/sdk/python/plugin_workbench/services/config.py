"""The plugin's settings."""

from __future__ import annotations

import copy
import threading
from typing import Any, Callable, Dict, List, NamedTuple

from .._process.link import Link
from ..calls import Call
from ..registration import Registration


class ConfigChange(NamedTuple):
    """A setting that was changed."""

    key: str
    #: The new value; ``None`` when the setting is gone.
    value: Any
    #: The value before; ``None`` when there was none.
    previous: Any


class Config:
    """The plugin's settings. Reading is immediate; the host keeps them current."""

    def __init__(self, link: Link, call: Callable[..., None]) -> None:
        self._link = link
        self._call = call
        self._lock = threading.Lock()
        self._values: Dict[str, Any] = {}
        self._listeners: List[Callable[..., Any]] = []

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a setting, or the default when it has none."""
        return copy.deepcopy(self._values[key]) if key in self._values else default

    def get_all(self) -> Dict[str, Any]:
        """All settings, as a copy."""
        return copy.deepcopy(self._values)

    def __getitem__(self, key: str) -> Any:
        return copy.deepcopy(self._values[key])

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def set(self, key: str, value: Any) -> Call[None]:
        """Changes a setting, for good."""

        def stored(_: Any) -> None:
            self._replace({**self._values, key: copy.deepcopy(value)})

        return self._link.call("config/set", {"key": key, "value": value}, stored)

    def on_change(self, listener: Callable[..., Any]) -> Registration:
        """Calls the listener with a :class:`ConfigChange` after each change of a setting, whoever made it."""
        self._listeners.append(listener)

        def undo() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return Registration(None, undo)

    def _replace(self, values: Dict[str, Any]) -> None:
        with self._lock:
            before, self._values = self._values, values
            listeners = list(self._listeners)
        for key in {**before, **values}:
            old, new = before.get(key), values.get(key)
            # JSON tells true from 1, Python does not.
            if (key in before) != (key in values) or type(old) is not type(new) or old != new:
                for listener in listeners:
                    self._call(listener, ConfigChange(key, new, old))
