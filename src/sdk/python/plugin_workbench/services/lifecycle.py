"""Functions to call at turns of the plugin's life."""

from __future__ import annotations

from typing import Any, Callable, List

from ..registration import Registration

Step = Callable[[], Any]


class Lifecycle:
    """Functions to call when the plugin has been activated, and before it ends."""

    def __init__(self) -> None:
        self._activated: List[Step] = []
        self._deactivated: List[Step] = []

    def on_activate(self, handler: Step) -> Registration:
        """Called after ``activate``, before the first command. A failure fails the activation."""
        return _add(self._activated, handler)

    def on_deactivate(self, handler: Step) -> Registration:
        """Called before the plugin ends, after its own ``deactivate``; the last one first."""
        return _add(self._deactivated, handler)


class Permissions:
    """What the plugin may do can change while it runs: people give, narrow and take back, and grants expire."""

    def __init__(self, call: Callable[..., None]) -> None:
        self._call = call
        self._listeners: List[Step] = []

    def on_change(self, listener: Step) -> Registration:
        """Calls the listener after each change."""
        return _add(self._listeners, listener)

    def _changed(self) -> None:
        for listener in list(self._listeners):
            self._call(listener)


def _add(steps: List[Step], handler: Step) -> Registration:
    steps.append(handler)

    def undo() -> None:
        if handler in steps:
            steps.remove(handler)

    return Registration(None, undo)
