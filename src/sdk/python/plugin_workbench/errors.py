"""The errors that calls to the host end with."""

from __future__ import annotations

from typing import Any, Optional


class PluginError(Exception):
    """
    A failure that a plugin tells its callers about, in whatever language they are. Any other exception will do, too; one
    that has ``code`` and ``details`` like this one hands them on.
    """

    def __init__(self, message: str, *, code: Optional[str] = None, details: Any = None) -> None:
        super().__init__(message)
        #: A word of the plugin's own for this failure, such as ``NO_SUCH_CUSTOMER``.
        self.code = code
        #: JSON that explains it to a program.
        self.details = details


class PluginCallError(Exception):
    """A call to the host that failed."""

    def __init__(self, message: str, *, method: str, code: int, data: Any = None) -> None:
        super().__init__(message)
        #: What the plugin called: ``storage/set``, ``commands/execute``…
        self.method = method
        #: The number of the error in the protocol.
        self.code = code
        #: More about it, as the host or the plugin that was called sent it.
        self.data = data

    def _detail(self, name: str) -> Any:
        return self.data.get(name) if isinstance(self.data, dict) else None


class PermissionDeniedError(PluginCallError):
    """A call that the plugin's manifest does not grant."""

    @property
    def scope(self) -> str:
        """What it is about: ``storage``, ``network``…"""
        return str(self._detail("scope") or "")

    @property
    def action(self) -> str:
        """What was to be done: ``read``, ``write``…"""
        return str(self._detail("action") or "")

    @property
    def resource(self) -> str:
        """What it was to be done to."""
        return str(self._detail("resource") or "")

    @property
    def grant(self) -> str:
        """The line to add to the manifest."""
        return str(self._detail("grant") or "")


class CallCancelledError(PluginCallError):
    """The call was cancelled: by this plugin, or because whoever called this plugin gave up."""


class DeadlineExceededError(PluginCallError):
    """The call was not answered in time."""


class RemoteError(PluginCallError):
    """Code of the plugin that was called raised an error."""

    @property
    def name(self) -> str:
        """What kind of error it was, in the words of the other plugin's language."""
        return str(self._detail("name") or "")

    @property
    def error_code(self) -> Optional[str]:
        """The other plugin's own word for the failure."""
        return self._detail("code")

    @property
    def details(self) -> Any:
        """What explains it to a program."""
        return self._detail("details")

    @property
    def plugin(self) -> Optional[str]:
        """The plugin whose failure it is."""
        return self._detail("plugin")


class LimitExceededError(PluginCallError):
    """Something was too large, or there was too much of it."""


class UnknownCommandError(PluginCallError):
    """No running plugin answers to that command or method."""


class UnknownPluginError(PluginCallError):
    """No plugin of that id is running."""


class NotFoundError(PluginCallError):
    """There is no such file, segment or provider."""


class UnavailableError(PluginCallError):
    """The host, or the editor it belongs to, has no such service."""


class InvalidCallError(PluginCallError, ValueError):
    """What was passed can't be sent: it is no JSON, or not what the call takes."""


class ConnectionClosedError(PluginCallError):
    """The other side went away before it answered."""


_KINDS = {
    -32001: PermissionDeniedError,
    -32002: CallCancelledError,
    -32003: DeadlineExceededError,
    -32004: RemoteError,
    -32005: LimitExceededError,
    -32006: UnknownCommandError,
    -32007: ConnectionClosedError,
    -32008: UnknownPluginError,
    -32009: NotFoundError,
    -32010: UnavailableError,
    -32602: InvalidCallError,
}

#: What the protocol calls the errors that plugins tell by a word.
CODE_NAMES = {
    -32005: "LimitExceeded",
    -32006: "UnknownCommand",
    -32007: "ConnectionClosed",
    -32008: "UnknownPlugin",
    -32009: "NotFound",
    -32010: "Unavailable",
    -32600: "InvalidRequest",
    -32601: "MethodNotFound",
    -32602: "InvalidParams",
    -32603: "InternalError",
}


def call_error(method: Optional[str], code: int, message: str, data: Any = None) -> PluginCallError:
    """The error of an answer, of the kind that its code stands for."""
    return _KINDS.get(code, PluginCallError)(message, method=method or "", code=code, data=data)
