"""Commands that people and other plugins run."""

from __future__ import annotations

import threading
from typing import Any, Callable, Dict, Optional, TypeVar, Union, overload

from .._process.link import Link
from ..calls import Call
from ..registration import Registration

#: Answers a command: ``handler(args, call)``, or with fewer arguments. What it returns must be JSON.
Handler = Callable[..., Any]
H = TypeVar("H", bound=Handler)


class Commands:
    """Commands that people and other plugins run."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._lock = threading.Lock()
        self._handlers: Dict[str, Handler] = {}

    @overload
    def register(self, id: str, handler: Handler) -> Registration: ...

    @overload
    def register(self, id: str) -> Callable[[H], H]: ...

    def register(self, id: str, handler: Optional[Handler] = None) -> Union[Registration, Callable[[H], H]]:
        """
        Answers a command from now on. Without a handler it is a decorator::

            @context.commands.register("greet")
            def greet(args, call):
                return f"Hello, {args['name']}!"

        The handler takes the arguments of the call and the :class:`~plugin_workbench.Invocation`, or only as many of
        these as it declares. A plain function runs in a thread of its own, an ``async`` one in the event loop.

        :raises ValueError: when this plugin has registered the id already
        """
        if handler is None:

            def decorate(function: H) -> H:
                self._add(id, function)
                return function

            return decorate
        return self._add(id, handler)

    def execute(self, id: str, args: Any = None) -> Call[Any]:
        """
        Runs a command of this plugin or another one.

        :param id: the command's id, or ``plugin:id`` to say whose
        """
        return self._link.call("commands/execute", {"id": id, "args": args})

    def _add(self, id: str, handler: Handler) -> Registration:
        if not callable(handler):
            raise TypeError(f'The handler of command "{id}" can\'t be called.')
        with self._lock:
            if id in self._handlers:
                raise ValueError(f'This plugin has registered the command "{id}" already.')
            self._handlers[id] = handler

        def forget() -> bool:
            with self._lock:
                return self._handlers.pop(id, None) is not None

        def undo() -> Optional[Call[Any]]:
            return self._link.call("commands/unregister", {"id": id}) if forget() else None

        return Registration(self._link.register("commands/register", {"id": id}, lambda: forget() and None), undo)

    def _find(self, id: str) -> Optional[Handler]:
        return self._handlers.get(id)
