"""Announcements between plugins."""

from __future__ import annotations

import threading
from typing import Any, Callable, Dict, List, NamedTuple, Optional, TypeVar, Union, overload

from .._process.link import Link
from ..calls import Call
from ..registration import Registration

#: Hears of an event: ``handler(data, event)``, or with fewer arguments.
Listener = Callable[..., Any]
L = TypeVar("L", bound=Listener)


class Event(NamedTuple):
    """Where an event came from."""

    name: str
    #: Id of the plugin that announced it.
    source: str
    data: Any
    #: What was listened to: the name, or the pattern that it matches.
    pattern: str


class _Subscription:
    def __init__(self, handler: Listener, once: bool) -> None:
        self.handler = handler
        self.once = once


class Events:
    """Announcements between plugins, by name. In a pattern ``*`` is one part between dots, ``**`` any number."""

    def __init__(self, link: Link, call: Callable[..., None]) -> None:
        self._link = link
        self._call = call
        self._lock = threading.Lock()
        self._subscriptions: Dict[str, List[_Subscription]] = {}

    @overload
    def on(self, name: str, handler: Listener) -> Registration: ...

    @overload
    def on(self, name: str) -> Callable[[L], L]: ...

    def on(self, name: str, handler: Optional[Listener] = None) -> Union[Registration, Callable[[L], L]]:
        """
        Calls the handler whenever the event is announced; without one it is a decorator. Handlers that are not
        ``async`` run one after another. What one raises is logged.
        """
        if handler is not None:
            return self._add(name, handler, once=False)

        def decorate(function: L) -> L:
            self._add(name, function, once=False)
            return function

        return decorate

    def once(self, name: str, handler: Listener) -> Registration:
        """Calls the handler the next time only."""
        return self._add(name, handler, once=True)

    def off(self, name: str, handler: Optional[Listener] = None) -> Call[Any]:
        """Takes back ``on`` or ``once``; without a handler, all for that name."""
        with self._lock:
            known = [s for s in self._subscriptions.get(name, []) if handler is None or s.handler == handler]
        last: Optional[Call[Any]] = None
        for subscription in known:
            last = self._remove(name, subscription) or last
        return Registration(last, lambda: None).accepted

    def emit(self, name: str, data: Any = None) -> Call[None]:
        """Announces an event to every plugin that listens. Ends once the host has passed it on."""
        return self._link.call("events/emit", {"name": name, "data": data})

    def _add(self, name: str, handler: Listener, *, once: bool) -> Registration:
        if not callable(handler):
            raise TypeError(f'The handler of event "{name}" can\'t be called.')
        subscription = _Subscription(handler, once)
        with self._lock:
            known = self._subscriptions.setdefault(name, [])
            known.append(subscription)
            first = len(known) == 1

        def refused() -> None:
            with self._lock:
                self._subscriptions.pop(name, None)

        accepted = self._link.register("events/subscribe", {"name": name}, refused) if first else None
        return Registration(accepted, lambda: self._remove(name, subscription))

    def _remove(self, name: str, subscription: _Subscription) -> Optional[Call[Any]]:
        with self._lock:
            known = self._subscriptions.get(name, [])
            if subscription not in known:
                return None
            known.remove(subscription)
            if known:
                return None
            del self._subscriptions[name]
        return self._link.call("events/unsubscribe", {"name": name})

    def _deliver(self, params: Any) -> None:
        name = params["name"]
        for pattern in params.get("patterns") or [name]:
            with self._lock:
                known = list(self._subscriptions.get(pattern, []))
            event = Event(name, params["from"], params.get("data"), pattern)
            for subscription in known:
                if subscription.once:
                    self._remove(pattern, subscription)
                self._call(subscription.handler, event.data, event)
