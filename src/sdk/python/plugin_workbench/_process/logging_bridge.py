"""Leads Python's own ``logging`` to the plugin's log, as soon as the plugin uses it."""

from __future__ import annotations

import sys
from typing import Any, Callable


def bridge_logging(log: Callable[[str, str], None]) -> None:
    """Gives the root logger a handler when ``logging`` is imported; nothing is imported for it."""
    if "logging" in sys.modules:
        _install(log)
    else:
        sys.meta_path.insert(0, _Watcher(log))


class _Watcher:
    def __init__(self, log: Callable[[str, str], None]) -> None:
        self._log = log

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name != "logging":
            return None
        sys.meta_path.remove(self)  # type: ignore[arg-type]
        import importlib.util

        spec = importlib.util.find_spec("logging")
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module
        log = self._log

        def exec_module(module: Any) -> None:
            execute(module)
            _install(log)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def _install(log: Callable[[str, str], None]) -> None:
    import logging

    class WireHandler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            try:
                log(_level(record.levelno), self.format(record))
            except Exception:
                self.handleError(record)

    logging.root.addHandler(WireHandler())
    # The host shows what a person wants to see; nothing is held back here.
    logging.root.setLevel(logging.DEBUG)
    # Its own chatter about selectors is no news of the plugin.
    logging.getLogger("asyncio").setLevel(logging.WARNING)


def _level(number: int) -> str:
    if number >= 40:
        return "error"
    if number >= 30:
        return "warn"
    return "info" if number >= 20 else "debug"
