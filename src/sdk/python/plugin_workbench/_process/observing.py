"""What plugin code tries past the host, and the sandbox does not let it."""

from __future__ import annotations

import os
import sys
import threading
from typing import Any, Callable, Optional, Set, Tuple

#: Attempts that are told at most; a plugin that tries more tells nothing new.
MOST_TOLD = 2000

#: Attempts that are looked at most, so that a plugin which opens very many files is not slowed down for good.
MOST_SEEN = 20000

#: Events about paths that are changed: how many of their first arguments are such.
_CHANGES = {
    "os.remove": 1,
    "os.rename": 2,
    "os.mkdir": 1,
    "os.rmdir": 1,
    "os.truncate": 1,
    "os.chmod": 1,
    "os.chown": 1,
    "os.utime": 1,
    "os.setxattr": 1,
    "os.removexattr": 1,
}
_READS = frozenset({"os.listdir", "os.scandir", "os.chdir", "os.listxattr", "os.getxattr"})

Report = Callable[[str, str, str], None]


def observe_attempts(report: Report) -> None:
    """
    Tells each attempt once. Python's audit events come before the attempt: whether the sandbox lets it is looked up.
    What C extensions do by themselves goes unseen.

    :param report: gets scope, action and resource
    """
    observer = _Observer(report)
    sys.addaudithook(observer.hear)


class _Observer:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._seen: Set[Tuple[str, str]] = set()
        self._told = 0
        # A look at a file, and the report, are attempts, too.
        self._busy = threading.local()

    def hear(self, event: str, args: Tuple[Any, ...]) -> None:
        """The audit hook. It must not raise: what it raises would fail the attempt."""
        if event == "open":
            action = "write" if _is_writing(args[1], args[2]) else "read"
            self._file(action, args[0])
        elif event in _CHANGES:
            for path in args[: _CHANGES[event]]:
                self._file("write", path)
        elif event in _READS:
            self._file("read", args[0])
        elif event in ("os.link", "os.symlink"):
            self._file("write", args[1])
        elif event == "subprocess.Popen":
            self._program(args[0])
        elif event == "socket.connect":
            self._address(args[1])
        elif event == "socket.getaddrinfo":
            self._address(args[:2])

    def _file(self, action: str, path: Any) -> None:
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        # Python itself looks for compiled modules, and would keep them: that is no wish of the plugin's.
        if isinstance(path, str) and path and "\0" not in path and "__pycache__" not in path:
            self._consider("filesystem", action, path, lambda file: _is_open(file, action))

    def _program(self, path: Any) -> None:
        # A bare name is looked for on the path first; what that opens is told by itself.
        if isinstance(path, str) and "/" in path and "\0" not in path:
            self._consider("filesystem", "read", path, lambda file: os.access(file, os.R_OK | os.X_OK))

    def _address(self, address: Any) -> None:
        if not isinstance(address, tuple) or len(address) < 2:
            return
        host, port = address[:2]
        if isinstance(host, bytes):
            host = host.decode("ascii", "replace")
        # The plugin's own proxy, and its own machine, are within the sandbox.
        if not isinstance(host, str) or not host or host == "localhost" or host.startswith("127.") or host == "::1":
            return
        self._consider("network", "connect", f"{host}:{port}" if port else host, None)

    def _consider(self, scope: str, action: str, resource: str, is_open: Optional[Callable[[str], bool]]) -> None:
        if getattr(self._busy, "value", False) or (action, resource) in self._seen:
            return
        if self._told >= MOST_TOLD or len(self._seen) >= MOST_SEEN:
            return
        self._busy.value = True
        try:
            self._seen.add((action, resource))
            if is_open is not None:
                resource = os.path.abspath(resource)
                if is_open(resource):
                    return
            self._told += 1
            self._report(scope, action, resource)
        except Exception:
            # It is a hint; the attempt goes on as if nobody had looked.
            pass
        finally:
            self._busy.value = False


def _is_writing(mode: Any, flags: Any) -> bool:
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))


def _is_open(file: str, action: str) -> bool:
    """Whether the sandbox lets the plugin do it. What is not there can be refused as well: it can't tell which."""
    if os.path.lexists(file):
        return os.access(file, os.W_OK if action == "write" else os.R_OK)
    if action == "read":
        return False
    folder = os.path.dirname(file)
    return os.path.isdir(folder) and os.access(folder, os.W_OK)
