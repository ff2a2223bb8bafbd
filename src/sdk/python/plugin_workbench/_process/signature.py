"""What functions of a plugin take, and whether they are ``async``."""

from __future__ import annotations

from typing import Any

_CO_VARARGS = 0x04
_CO_COROUTINE = 0x80


def positional(function: Any) -> int:
    """How many positional arguments can be passed; 99 when it takes any number. A bound ``self`` does not count."""
    bound = 1 if getattr(function, "__self__", None) is not None else 0
    plain = getattr(function, "__func__", function)
    code = getattr(plain, "__code__", None)
    if code is not None and not hasattr(plain, "__wrapped__"):
        return 99 if code.co_flags & _CO_VARARGS else code.co_argcount - bound
    # Rare: a callable object, a partial, a decorated function.
    import inspect

    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return 1
    if any(p.kind is p.VAR_POSITIONAL for p in parameters):
        return 99
    return sum(p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in parameters)


def is_async(function: Any) -> bool:
    """True for what is known to make a coroutine. Others may still return one."""
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    if code is None:
        code = getattr(getattr(type(function), "__call__", None), "__code__", None)
    return code is not None and bool(code.co_flags & _CO_COROUTINE)
