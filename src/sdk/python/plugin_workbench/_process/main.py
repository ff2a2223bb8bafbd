"""The process: its wire, its threads, and how it ends."""

from __future__ import annotations

import os
import sys
import threading
from typing import Any, List, Optional

from .link import Link
from .logging_bridge import bridge_logging
from .observing import observe_attempts
from .peer import Peer
from .places import stack_of
from .runner import Runner
from .session import Session

WIRE = 3

#: How long the last words of a process that ends may take, in seconds.
LAST_WORDS = 1.0


def main(arguments: List[str]) -> None:
    """Speaks with the host on file descriptor 3 and lives as long as that connection."""
    socket = _open_wire()
    for folder in arguments:
        _add_packages(folder)
    process = _Process(socket)
    process.run()


def _open_wire() -> Any:
    import _socket

    try:
        os.set_inheritable(WIRE, False)
        return _socket.socket(fileno=WIRE)
    except OSError:
        sys.stderr.write("This program is started by a plugin host, with a socket as file descriptor 3.\n")
        sys.exit(2)


def _add_packages(folder: str) -> None:
    """What is installed for the plugin can be imported; `.pth` files in it count."""
    import site

    site.addsitedir(folder)


class _Process:
    def __init__(self, socket: Any) -> None:
        self._ending = threading.Lock()
        runner = Runner(self._exit, self._loop_error)
        self._runner = runner
        self._session = Session(runner, self._answer, self._refuse)
        self._peer = Peer(
            socket,
            on_request=self._session.handle,
            on_notification=self._session.notice,
            on_close=lambda: _leave(0),
            on_unseen=self._session.log_unseen,
        )
        link = Link(self._peer)
        self._link = link
        self._session.link = link
        threading.excepthook = self._thread_error
        sys.excepthook = lambda _kind, error, _trace: self._crash(error)
        bridge_logging(self._log)

    def run(self) -> None:
        self._peer.start()
        observe_attempts(self._observed)
        try:
            self._runner.main.run()
        except SystemExit as error:
            self._exit(error)
        except BaseException as error:
            self._crash(error)

    def _answer(self, request_id: Any, result: Any) -> None:
        self._peer.answer(request_id, result)

    def _refuse(self, request_id: Any, code: int, message: str, data: Any = None) -> None:
        self._peer.refuse(request_id, code, message, data)

    def _observed(self, scope: str, action: str, resource: str) -> None:
        self._peer.hint("observed", {"scope": scope, "action": action, "resource": resource})

    def _log(self, level: str, message: str) -> None:
        self._link.log(level, message)

    def _thread_error(self, details: Any) -> None:
        if details.exc_value is not None and not isinstance(details.exc_value, SystemExit):
            self._crash(details.exc_value)

    def _loop_error(self, details: Any) -> None:
        error = details.get("exception")
        if isinstance(error, BaseException) and not isinstance(error, SystemExit):
            self._crash(error)
        else:
            self._link.log("warn", str(details.get("message")))

    def _crash(self, error: BaseException) -> None:
        """Nobody handles it: the process says so, and ends."""
        if not self._ending.acquire(blocking=False):
            return
        place = self._session.place_of(error)
        where = f" at {place['file']}:{place['line']}:{place['column']}" if place else "."
        try:
            self._link.log("error", f"The plugin crashed{where}\n{stack_of(error)}")
            self._peer.flush(LAST_WORDS)
        finally:
            _leave(1)

    def _exit(self, error: SystemExit) -> None:
        """The plugin asked for the end, by `sys.exit`."""
        code: Optional[Any] = error.code
        if code is not None and not isinstance(code, int):
            sys.stderr.write(f"{code}\n")
            code = 1
        self._peer.flush(LAST_WORDS)
        _leave(code or 0)


def _leave(code: int) -> None:
    """Ends at once, whatever other threads do."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
    os._exit(code)
