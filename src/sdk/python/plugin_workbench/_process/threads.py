"""Threads for plugin code that is not ``async``."""

from __future__ import annotations

import threading
from collections import deque
from typing import Any, Callable, Deque

#: Calls worked on at once; more wait. The sandbox allows a plugin 256 threads, its own included.
MAX_WORKERS = 128


class Workers:
    """Threads that are kept for the next piece of work; made when all are busy."""

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.Lock())
        self._work: Deque[Callable[[], None]] = deque()
        self._idle = 0
        self._count = 0

    def run(self, work: Callable[[], None]) -> None:
        """Runs it soon in another thread. It must not raise."""
        with self._changed:
            self._work.append(work)
            if self._idle >= len(self._work):
                self._changed.notify()
                return
            if self._count >= MAX_WORKERS:
                return
            self._count += 1
            name = f"plugin-{self._count}"
        threading.Thread(target=self._loop, name=name, daemon=True).start()

    def _loop(self) -> None:
        while True:
            with self._changed:
                while not self._work:
                    self._idle += 1
                    self._changed.wait()
                    self._idle -= 1
                work = self._work.popleft()
            work()
            del work


class Strand:
    """Runs what it is given one after another, in order, on any of the workers."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._lock = threading.Lock()
        self._waiting: Deque[Callable[[], None]] = deque()
        self._running = False

    def run(self, work: Callable[[], None]) -> None:
        """It must not raise."""
        with self._lock:
            self._waiting.append(work)
            if self._running:
                return
            self._running = True
        self._workers.run(self._drain)

    def _drain(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._running = False
                    return
                work = self._waiting.popleft()
            work()


class MainThread:
    """
    The process's first thread: it imports the plugin, and becomes the event loop when the first coroutine is to run.
    A plugin without ``async`` never pays for one.
    """

    def __init__(self, on_loop_error: Callable[[Any], None], busy: "set[int]") -> None:
        self._changed = threading.Condition(threading.Lock())
        self._jobs: Deque[Callable[[], None]] = deque()
        self._loop: Any = None
        self._wants_loop = False
        self._on_loop_error = on_loop_error
        self._busy = busy

    def post(self, job: Callable[[], None], *, in_loop: bool = False) -> None:
        """Runs it soon in this thread; inside the running event loop when it asks for that. It must not raise."""
        with self._changed:
            if self._loop is None:
                self._wants_loop = self._wants_loop or in_loop
                self._jobs.append(job)
                self._changed.notify()
                return
        self._loop.call_soon_threadsafe(job)

    @property
    def is_loop(self) -> bool:
        """True once it runs coroutines."""
        return self._loop is not None

    def run(self) -> None:
        """Works for good."""
        while True:
            with self._changed:
                while not self._jobs and not self._wants_loop:
                    self._changed.wait()
                if self._wants_loop:
                    break
                job = self._jobs.popleft()
            job()
            del job
        self._run_loop()

    def _run_loop(self) -> None:
        import asyncio

        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        loop.set_exception_handler(lambda _loop, details: self._on_loop_error(details))
        self._busy.add(threading.get_ident())
        with self._changed:
            self._loop = loop
            jobs, self._jobs = self._jobs, deque()
        for job in jobs:
            loop.call_soon(job)
        loop.run_forever()
