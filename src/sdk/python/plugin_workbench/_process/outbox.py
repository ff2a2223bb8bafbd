"""Writes messages to the host without ever making the reader wait."""

from __future__ import annotations

import threading
from collections import deque
from typing import Any, Deque

from .pacing import TokenBucket

#: Requests and notifications a second. The host hangs up above 5000; a plugin in a hurry is slowed down here instead.
PACE = 4000
#: As seconds of the pace: what may go out at once after a quiet time.
BURST_SECONDS = 1.5
#: Messages that may wait for the pace before a thread that sends more is made to wait, too.
PATIENCE = 2000


class Outbox:
    """
    Sends in the caller's thread while the socket takes it at once, else in a thread of its own: were the reader to wait
    for the host to read, both might wait for good.
    """

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._dontwait = _flag("MSG_DONTWAIT")
        self._bucket = TokenBucket(PACE, PACE * BURST_SECONDS)
        self._changed = threading.Condition(threading.Lock())
        #: What the socket did not take at once, in order.
        self._backlog: Deque[bytes] = deque()
        #: Requests and notifications that wait for the pace.
        self._paced: Deque[bytes] = deque()
        self._writer: Any = None
        self._writing = False
        self._closed = False

    def answer(self, data: bytes) -> None:
        """Sends an answer, which waits for nothing."""
        with self._changed:
            self._write(data)

    def post(self, data: bytes, *, may_wait: bool) -> None:
        """Sends a request or notification as soon as the pace allows, in order."""
        with self._changed:
            if not self._paced and self._bucket.take():
                self._write(data)
                return
            self._paced.append(data)
            self._wake_writer()
            if may_wait:
                self._changed.wait_for(lambda: len(self._paced) < PATIENCE or self._closed)

    def flush(self, timeout: float) -> None:
        """Waits until everything has gone out, at most so many seconds. For a last word."""
        with self._changed:
            self._changed.wait_for(lambda: not self._backlog and not self._paced and not self._writing, timeout)

    def close(self) -> None:
        """Drops what waits."""
        with self._changed:
            self._closed = True
            self._backlog.clear()
            self._paced.clear()
            self._changed.notify_all()

    def _write(self, data: bytes) -> None:
        if self._closed:
            return
        if self._backlog or self._writing:
            self._backlog.append(data)
            return
        try:
            sent = self._socket.send(data, self._dontwait)
        except BlockingIOError:
            sent = 0
        except OSError:
            # The host is gone; whoever reads notices and ends the process.
            return
        if sent < len(data):
            self._backlog.append(data[sent:])
            self._wake_writer()

    def _wake_writer(self) -> None:
        if self._writer is None:
            self._writer = threading.Thread(target=self._run, name="workbench-writer", daemon=True)
            self._writer.start()
        self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._closed and not self._backlog:
                    if self._paced:
                        if self._bucket.take():
                            self._backlog.append(self._paced.popleft())
                            break
                        self._changed.wait(self._bucket.wait())
                    else:
                        self._changed.wait()
                if self._closed:
                    return
                data = self._backlog.popleft()
                self._writing = True
            try:
                self._socket.sendall(data)
            except OSError:
                self.close()
                return
            with self._changed:
                self._writing = False
                self._changed.notify_all()


def _flag(name: str) -> int:
    import _socket

    return int(getattr(_socket, name))
