"""What a plugin has registered, and can take back."""

from __future__ import annotations

from typing import Any, Callable, Optional

from .calls import Call


class Registration:
    """
    A handler that answers from now on. The host is asked on the way: when it refuses during ``activate``, the
    activation fails with the reason; to know earlier, wait for :attr:`accepted`.
    """

    def __init__(self, accepted: Optional[Call[Any]], undo: Callable[[], Optional[Call[Any]]]) -> None:
        #: Ends when the host has agreed, or with the error of its refusal.
        self.accepted: Call[Any] = accepted or _settled("registered")
        self._undo: Optional[Callable[[], Optional[Call[Any]]]] = undo

    def dispose(self) -> Call[Any]:
        """Takes it back; a second time does nothing. The call ends when the host knows."""
        undo, self._undo = self._undo, None
        return (undo() if undo is not None else None) or _settled("dispose")

    def __enter__(self) -> "Registration":
        return self

    def __exit__(self, *_: Any) -> None:
        self.dispose()


def _settled(method: str) -> Call[Any]:
    call: Call[Any] = Call(method)
    call._settle(None, None)
    return call
