"""The plugin's log."""

from __future__ import annotations

from typing import Any

from .._process.link import Link
from .._process.places import stack_of


class Log:
    """
    Writes to the plugin's log in the host. Further arguments are put into the message as ``%`` does, like in
    Python's ``logging``, which ends up here as well.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    def debug(self, message: Any, *args: Any) -> None:
        """For whoever develops the plugin."""
        self._write("debug", message, args)

    def info(self, message: Any, *args: Any) -> None:
        """For whoever uses it."""
        self._write("info", message, args)

    def warning(self, message: Any, *args: Any) -> None:
        """For what is odd, and goes on all the same."""
        self._write("warn", message, args)

    #: The same as :meth:`warning`.
    warn = warning

    def error(self, message: Any, *args: Any) -> None:
        """For what went wrong; an exception is written with its traceback."""
        self._write("error", message, args)

    def exception(self, message: Any, *args: Any) -> None:
        """Like :meth:`error`, with the traceback of the exception that is being handled."""
        import sys

        error = sys.exc_info()[1]
        text = _format(message, args)
        self._link.log("error", text if error is None else f"{text}\n{stack_of(error)}")

    def _write(self, level: str, message: Any, args: "tuple[Any, ...]") -> None:
        self._link.log(level, _format(message, args))


def _format(message: Any, args: "tuple[Any, ...]") -> str:
    if isinstance(message, BaseException):
        return stack_of(message)
    text = message if isinstance(message, str) else str(message)
    if not args:
        return text
    try:
        return text % (args[0] if len(args) == 1 and isinstance(args[0], dict) else args)
    except (TypeError, ValueError, KeyError):
        # A log line is worth more than its form.
        return " ".join([text, *map(repr, args)])
