"""How the services reach the host."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional

from ..calls import Call, _current
from .peer import Peer
from .places import caller_place

#: Longest log message, in characters.
MAX_LOG = 64 * 1024

LEVELS = ("debug", "info", "warn", "error")


class Link:
    """Calls to the host, the log, and the list of what must succeed for the activation to succeed."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer
        self._registrations: Optional[List[Call[Any]]] = []

    def call(self, method: str, params: Any, read: Optional[Callable[[Any], Any]] = None) -> Call[Any]:
        """Asks the host."""
        return self._peer.call(method, params, caller_place(), read)

    def call_during(
        self, method: str, params: Dict[str, Any], read: Optional[Callable[[Any], Any]] = None
    ) -> Call[Any]:
        """Asks the host for work of other plugins, on behalf of the call that is being answered here, if there is one."""
        invocation = _current.get()
        if invocation is not None and invocation._token is not None:
            params = {**params, "during": invocation._token}
        return self.call(method, params, read)

    def register(self, method: str, params: Any, undo: Callable[[], None]) -> Call[Any]:
        """
        Asks the host for something the plugin need not wait for. During the activation a refusal fails it; later it is
        logged, unless the plugin does look.

        :param undo: runs when the host refuses
        """
        call = self.call(method, params)

        def finished() -> None:
            if call._error is not None:
                undo()

        call._when_done(finished)
        if self._registrations is not None:
            self._registrations.append(call)
        return call

    def settle(self) -> None:
        """Waits for what was registered so far. :raises PluginCallError: the first refusal, with its place"""
        done = 0
        try:
            while self._registrations is not None and done < len(self._registrations):
                call = self._registrations[done]
                done += 1
                try:
                    call.result()
                except BaseException as error:
                    error._workbench_place = call._place  # type: ignore[attr-defined]
                    raise
        finally:
            for call in (self._registrations or [])[done:]:
                call._seen = True
            self._registrations = None

    def log(self, level: str, message: str) -> None:
        """Writes to the plugin's log; what is too long is cut."""
        text = message if len(message) <= MAX_LOG else f"{message[:MAX_LOG]}… (cut)"
        self._peer.notify("log", {"level": level, "message": text})
