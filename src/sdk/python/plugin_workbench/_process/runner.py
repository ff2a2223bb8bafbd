"""Runs plugin code, ``async`` or not, and tells what came of it."""

from __future__ import annotations

import threading
from typing import Any, Callable, Optional

from ..calls import Invocation, _busy_threads, _current
from .signature import is_async, positional
from .threads import MainThread, Strand, Workers

#: Hears the result or the error.
Done = Callable[[Any, Optional[BaseException]], None]


class Runner:
    """Plain functions run in worker threads, coroutines in the event loop of the main thread."""

    def __init__(self, on_exit: Callable[[SystemExit], None], on_loop_error: Callable[[Any], None]) -> None:
        self.main = MainThread(on_loop_error, _busy_threads)
        self.workers = Workers()
        #: Listeners run here, one after another: what happens in order is told in order.
        self.listeners = Strand(self.workers)
        self._on_exit = on_exit

    def start(
        self,
        function: Callable[..., Any],
        arguments: "tuple[Any, ...]",
        done: Done,
        invocation: Optional[Invocation] = None,
        *,
        in_order: bool = False,
    ) -> None:
        """Calls the function with as many of the arguments as it takes."""
        given = arguments[: positional(function)]
        if is_async(function):
            self._start_coroutine(lambda: function(*given), done, invocation)
            return

        def work() -> None:
            _current.set(invocation)
            try:
                result = function(*given)
            except SystemExit as error:
                self._on_exit(error)
            except BaseException as error:
                done(None, error)
            else:
                if hasattr(result, "__await__") and not _is_call(result):
                    self._start_coroutine(lambda: result, done, invocation)
                else:
                    _finish(result, done)
            finally:
                _current.set(None)

        (self.listeners if in_order else self.workers).run(work)

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Calls the function and waits for what it returns; for worker threads."""
        outcome: "list[Any]" = []
        waiter = threading.Lock()
        waiter.acquire()

        def done(result: Any, error: Optional[BaseException]) -> None:
            outcome.extend((result, error))
            waiter.release()

        given = arguments[: positional(function)]
        if is_async(function):
            self._start_coroutine(lambda: function(*given), done, None)
        else:
            result = function(*given)
            if _is_call(result):
                return result.result()
            if not hasattr(result, "__await__"):
                return result
            self._start_coroutine(lambda: result, done, None)
        waiter.acquire()
        result, error = outcome
        if error is not None:
            raise error
        return result

    def _start_coroutine(
        self, make: Callable[[], Any], done: Done, invocation: Optional[Invocation]
    ) -> None:
        async def work() -> None:
            _current.set(invocation)
            try:
                result = await make()
                if _is_call(result):
                    result = await result
            except SystemExit as error:
                self._on_exit(error)
            except BaseException as error:
                done(None, error)
            else:
                done(result, None)

        def begin() -> None:
            import asyncio

            loop = asyncio.get_running_loop()
            task = loop.create_task(work())
            _keep.add(task)
            task.add_done_callback(_keep.discard)
            if invocation is not None:
                invocation._set_on_cancel(lambda: loop.call_soon_threadsafe(task.cancel))

        self.main.post(begin, in_loop=True)


#: The loop itself holds tasks only weakly.
_keep: "set[Any]" = set()


def _is_call(value: Any) -> bool:
    from ..calls import Call

    return isinstance(value, Call)


def _finish(result: Any, done: Done) -> None:
    """A handler may return the call it made: its outcome is the answer."""
    if not _is_call(result):
        done(result, None)
        return
    try:
        value = result.result()
    except BaseException as error:
        done(None, error)
    else:
        done(value, None)
