"""Messages between plugins."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence

from .._process.link import Link
from ..calls import Call
from ..registration import Registration
from .params import milliseconds, optional, with_args


class Message(NamedTuple):
    """A message as it came from another plugin."""

    id: str
    #: Milliseconds since 1970, by the host's clock.
    timestamp: float
    #: Id of the plugin that sent it.
    source: str
    #: Ids of those it is for; empty for everyone who listens.
    to: "tuple[str, ...]"
    type: str
    method: Optional[str]
    data: Any
    #: Id of a message that this one refers to.
    correlation: Optional[str]


class Plugins:
    """The other plugins."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def call(
        self,
        plugin: str,
        method: str,
        args: Any = None,
        *,
        timeout: Optional[float] = None,
        id: Optional[str] = None,
        correlation: Optional[str] = None,
        typed: bool = False,
    ) -> Call[Any]:
        """
        Calls a method of another plugin, in whatever language it is written. What its code raises comes back as a
        :class:`~plugin_workbench.RemoteError`.

        :param timeout: seconds; 30 when not given
        :param id: of the message; the host makes one when not given
        :param correlation: id of a message that this one refers to
        :param typed: arguments and result keep their types: ``int`` of 64 bits, ``bytes``, ``datetime``, NaN
        """
        more = optional(timeout=milliseconds(timeout), id=id, correlation=correlation)
        params = {"plugin": plugin, "method": method, **more}
        return self._link.call_during("messages/call", *with_args(params, args, typed))


class Messages:
    """Messages between plugins."""

    def __init__(self, link: Link, call: Callable[..., None]) -> None:
        self._link = link
        self._call = call
        self._listeners: List[Callable[..., Any]] = []

    def broadcast(
        self, method: str, data: Any = None, *, to: Optional[Sequence[str]] = None, correlation: Optional[str] = None
    ) -> Call[int]:
        """Tells every plugin that listens, or those of the ids; ends with the number of plugins it was handed to."""
        more = optional(to=None if to is None else list(to), correlation=correlation)
        return self._link.call("messages/broadcast", {"method": method, "data": data, **more})

    def on_message(self, handler: Callable[..., Any]) -> Registration:
        """Calls the handler with each :class:`Message` that another plugin broadcasts."""
        first = not self._listeners
        self._listeners.append(handler)

        def forget() -> bool:
            if handler in self._listeners:
                self._listeners.remove(handler)
            return not self._listeners

        def undo() -> Optional[Call[Any]]:
            return self._link.call("messages/unlisten", {}) if forget() else None

        accepted = self._link.register("messages/listen", {}, lambda: forget() and None) if first else None
        return Registration(accepted, undo)

    def _deliver(self, message: Dict[str, Any]) -> None:
        made = Message(
            message["id"],
            message["timestamp"],
            message["from"],
            tuple(message["to"]),
            message["type"],
            message.get("method"),
            message.get("data"),
            message.get("correlation"),
        )
        for listener in list(self._listeners):
            self._call(listener, made)
