"""Calls under way: those the plugin makes (:class:`Call`) and those it answers (:class:`Invocation`)."""

from __future__ import annotations

import sys
import threading
import time
from contextvars import ContextVar
from typing import Any, Callable, Dict, Generator, Generic, List, Optional, TypeVar

from .errors import CallCancelledError

T = TypeVar("T")

#: The call that is being answered here: what is asked of the host meanwhile is asked on its behalf.
_current: "ContextVar[Optional[Invocation]]" = ContextVar("plugin_workbench_invocation", default=None)

#: Threads that must not wait: the event loop's, and the one that reads what the host sends.
_busy_threads: "set[int]" = set()


class Call(Generic[T]):
    """
    A call to the host. It is on its way already, whether anybody waits for it or not.

    ``await`` it in a coroutine; anywhere else :meth:`result` waits. When it fails and nobody looks, the error is logged.
    """

    __slots__ = ("method", "_value", "_error", "_done", "_seen", "_lock", "_callbacks", "_cancel", "_place", "_report")

    def __init__(
        self,
        method: str,
        *,
        cancel: Optional[Callable[[], None]] = None,
        place: Any = None,
        report: Optional[Callable[[BaseException], None]] = None,
    ) -> None:
        #: What is called, in the words of the protocol.
        self.method = method
        self._value: Any = None
        self._error: Optional[BaseException] = None
        self._done = False
        self._seen = False
        self._lock = threading.Lock()
        self._callbacks: List[Callable[[], None]] = []
        self._cancel = cancel
        self._place = place
        self._report = report

    def done(self) -> bool:
        """True once it has been answered, has failed or was cancelled."""
        return self._done

    def cancel(self) -> None:
        """Gives up: the host is told to stop working on it, and whoever waits gets a :class:`CallCancelledError`."""
        error = CallCancelledError(f"{self.method} was cancelled.", method=self.method, code=-32002)
        if self._settle(None, error, seen=True) and self._cancel is not None:
            self._cancel()

    def result(self, timeout: Optional[float] = None) -> T:
        """
        Waits for the answer. Not for coroutines: they ``await`` the call.

        :param timeout: seconds; the call goes on when they are over
        :raises PluginCallError: of the kind that says why it failed
        :raises TimeoutError: when the time is over
        """
        # Whether the answer is there by chance makes no difference: what works once must work always.
        if not self._seen and threading.get_ident() in _busy_threads:
            raise RuntimeError(f"This thread must not wait for {self.method}: await it instead.")
        if not self._done:
            self._wait(timeout)
        return self._take()

    def __await__(self) -> Generator[Any, None, T]:
        if not self._done:
            import asyncio

            loop = asyncio.get_running_loop()
            future = loop.create_future()

            def wake() -> None:
                if not future.done():
                    future.set_result(None)

            self._when_done(lambda: loop.call_soon_threadsafe(wake))
            try:
                yield from future.__await__()
            except asyncio.CancelledError:
                self.cancel()
                raise
        return self._take()

    def _take(self) -> T:
        self._seen = True
        if self._error is not None:
            raise self._error
        return self._value

    def _wait(self, timeout: Optional[float]) -> None:
        waiter = threading.Lock()
        waiter.acquire()
        self._when_done(waiter.release)
        invocation = _current.get()
        if invocation is not None:
            invocation._begin_wait(self)
        try:
            if not waiter.acquire(timeout=-1 if timeout is None else timeout):
                raise TimeoutError(f"{self.method} was not answered within {timeout} s.")
        finally:
            if invocation is not None:
                invocation._end_wait()

    def _when_done(self, callback: Callable[[], None]) -> None:
        with self._lock:
            if not self._done:
                self._callbacks.append(callback)
                return
        callback()

    def _settle(self, value: Any, error: Optional[BaseException], *, seen: bool = False) -> bool:
        with self._lock:
            if self._done:
                return False
            self._value, self._error, self._done, self._seen = value, error, True, self._seen or seen
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()
        return True

    def __del__(self) -> None:
        if self._error is not None and not self._seen and self._report is not None and not sys.is_finalizing():
            self._report(self._error)


class Invocation:
    """A call that the plugin answers; the second argument of a handler that takes two."""

    def __init__(self, method: str, params: Dict[str, Any]) -> None:
        deadline = params.get("deadline")
        caller = params.get("caller") or {}
        #: The command, method, hook or chain that was called.
        self.method = method
        #: Id of the plugin that calls; ``None`` for a person or the host itself.
        self.caller: Optional[str] = caller.get("plugin")
        #: Id of the message that carries the call, and what it refers to; ``None`` when no plugin calls.
        self.message: Optional[str] = caller.get("message")
        self.correlation: Optional[str] = caller.get("correlation")
        #: Set when the caller has given up or the deadline has passed: stop, nobody wants the answer any more.
        self.cancelled = threading.Event()
        self._token: Optional[str] = params.get("call")
        self._due = None if deadline is None else time.monotonic() + deadline / 1000
        self._lock = threading.Lock()
        self._waiting_for: Optional[Call[Any]] = None
        self._on_cancel: Optional[Callable[[], None]] = None

    @property
    def remaining(self) -> Optional[float]:
        """Seconds left to answer; ``None`` when there is no deadline."""
        return None if self._due is None else max(0.0, self._due - time.monotonic())

    def wait(self, seconds: float) -> bool:
        """Sleeps, but not beyond a cancellation; true when the call was cancelled. For handlers without ``async``."""
        return self.cancelled.wait(seconds)

    def raise_if_cancelled(self) -> None:
        """:raises CallCancelledError: when nobody wants the answer any more"""
        if self.cancelled.is_set():
            raise CallCancelledError(f"{self.method} was cancelled.", method=self.method, code=-32002)

    def _cancel(self) -> None:
        with self._lock:
            self.cancelled.set()
            waiting, on_cancel = self._waiting_for, self._on_cancel
        if waiting is not None:
            waiting.cancel()
        if on_cancel is not None:
            on_cancel()

    def _set_on_cancel(self, callback: Callable[[], None]) -> None:
        with self._lock:
            self._on_cancel = callback
            late = self.cancelled.is_set()
        if late:
            callback()

    def _begin_wait(self, call: Call[Any]) -> None:
        with self._lock:
            self._waiting_for = call

    def _end_wait(self) -> None:
        with self._lock:
            self._waiting_for = None
