"""Hooks and chains of middleware, in which several plugins take part."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, TypeVar, Union

from .._process.link import Link
from ..calls import Call
from ..registration import Registration
from .params import optional
from .table import Table, require_callable

H = TypeVar("H", bound=Callable[..., Any])


class Hooks:
    """Places where plugins are asked, each in its turn: lower priorities first."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._table = Table(link, "hook", "hooks")

    def register(
        self, hook: str, handler: Optional[H] = None, *, priority: Optional[float] = None
    ) -> Union[Registration, Callable[[H], H]]:
        """
        Takes part in a hook: ``handler(value, call)`` returns the value for the next one. Without a handler it is a
        decorator.
        """

        def add(function: Any) -> Registration:
            require_callable(function, f'hook "{hook}"')
            return self._table.add(hook, function, optional(hook=hook, priority=priority), {"hook": hook})

        return add(handler) if handler is not None else _decorator(add)

    def run(self, hook: str, value: Any = None) -> Call[Any]:
        """Hands a value from handler to handler; ends with what the last one returned."""
        return self._link.call_during("hooks/run", {"hook": hook, "value": value})

    def collect(self, hook: str, value: Any = None) -> Call[List[Dict[str, Any]]]:
        """
        Hands the same value to all handlers; ends with ``{"plugin": …, "value": …}`` of each, or ``{"plugin": …,
        "error": {"code": …, "message": …}}``.
        """
        return self._link.call_during("hooks/run", {"hook": hook, "value": value, "mode": "collect"})

    def _find(self, hook: str) -> Any:
        return self._table.find(hook)


class Middleware:
    """Chains in which each plugin decides whether and with what the next one is asked: lower priorities outermost."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._table = Table(link, "chain", "middleware")

    def use(
        self, chain: str, handler: Optional[H] = None, *, priority: Optional[float] = None
    ) -> Union[Registration, Callable[[H], H]]:
        """
        Takes part in a chain: ``handler(value, next, call)``. ``next(value)`` is a call that ends with what the rest of
        the chain made of it; without an argument it hands on the value the handler got. Without it the chain is cut
        short. What the handler returns goes to the one before. Without a handler this is a decorator.
        """

        def add(function: Any) -> Registration:
            require_callable(function, f'chain "{chain}"')
            return self._table.add(chain, function, optional(chain=chain, priority=priority), {"chain": chain})

        return add(handler) if handler is not None else _decorator(add)

    def run(self, chain: str, value: Any = None) -> Call[Any]:
        """Sends a value through the chain; ends with what came of it."""
        return self._link.call_during("middleware/run", {"chain": chain, "value": value})

    def _find(self, chain: str) -> Any:
        return self._table.find(chain)

    def _next(self, run: str, given: Any) -> Callable[..., Call[Any]]:
        return lambda value=given: self._link.call("middleware/next", {"run": run, "value": value})


def _decorator(add: Callable[[Any], Registration]) -> Callable[[H], H]:
    def decorate(function: H) -> H:
        add(function)
        return function

    return decorate
