"""Commands that people and other plugins run."""

from __future__ import annotations

from typing import Any, Callable, Optional, TypeVar, Union, overload

from .._process.link import Link
from ..calls import Call
from ..registration import Registration
from .table import Table, require_callable

#: Answers a command: ``handler(args, call)``, or with fewer arguments. What it returns must be JSON.
Handler = Callable[..., Any]
H = TypeVar("H", bound=Handler)


class Commands:
    """Commands that people and other plugins run."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._table = Table(link, "command", "commands")

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
        return self._link.call_during("commands/execute", {"id": id, "args": args})

    def _add(self, id: str, handler: Handler) -> Registration:
        require_callable(handler, f'command "{id}"')
        return self._table.add(id, handler, {"id": id}, {"id": id})

    def _find(self, id: str) -> Optional[Handler]:
        return self._table.find(id)
