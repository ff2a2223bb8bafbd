"""Memory that plugins share."""

from __future__ import annotations

import os
import threading
from typing import Any, Dict, List, Optional, Sequence, Union

from .._process.link import Link
from ..calls import Call, _busy_threads
from ..errors import NotFoundError
from .params import optional


class Segment:
    """
    A piece of memory, as this plugin may use it now. It follows when the host moves it; after a revocation every use is
    a :class:`~plugin_workbench.NotFoundError`.
    """

    def __init__(self, memory: "Memory", handle: Dict[str, Any]) -> None:
        self._memory = memory
        self._lock = threading.Lock()
        self._revoked = False
        self._file: Optional[int] = None
        self._update(handle)

    def _update(self, handle: Dict[str, Any]) -> None:
        with self._lock:
            self.id: str = handle["id"]
            self.name: Optional[str] = handle.get("name")
            #: The plugin that allocated it.
            self.owner: str = handle["owner"]
            #: The file it is in this process; another one after the segment has moved.
            self.path: str = handle["path"]
            #: Bytes.
            self.size: int = handle["size"]
            self.writable: bool = handle["writable"]
            #: Nobody may write it, for good.
            self.frozen: bool = handle["frozen"]
            known = handle.get("formats", ("msgpack",))
            self._format = next((one for one in ("msgpack", "protobuf") if one in known), "json")
            self._close()

    def read(self, offset: int = 0, length: Optional[int] = None) -> bytes:
        """
        Bytes of it, all of them when nothing else is said.

        :raises ValueError: beyond the end, also when a writer has cut the file short
        """
        wanted = self.size - offset if length is None else length
        self._check(offset, wanted)
        data = self._use(lambda file: _read(file, wanted, offset))
        if len(data) < wanted:
            raise ValueError(f"The segment has only {offset + len(data)} bytes now.")
        return data

    def write(self, offset: int, data: Union[bytes, bytearray, memoryview]) -> None:
        """
        Puts bytes into it.

        :raises ValueError: beyond the end
        :raises PermissionError: when this plugin may only read it
        """
        view = memoryview(data).cast("B")
        if not self.writable:
            raise PermissionError("The segment can only be read.")
        self._check(offset, len(view))
        self._use(lambda file: _write(file, view, offset))

    def map(self) -> Any:
        """
        Maps it: an ``mmap.mmap``, to be closed by the caller. It stays the file of this moment: after a move, map anew.
        A writer that cuts the file short makes a use of the missing part end the process.
        """
        import mmap

        access = mmap.ACCESS_WRITE if self.writable else mmap.ACCESS_READ
        return self._use(lambda file: mmap.mmap(file, min(self.size, os.fstat(file).st_size), access=access))

    def read_structured(self) -> Any:
        """The value that was written into it. :raises CodecError: when none was yet"""
        from ..codec import decode_structured

        return decode_structured(self.read)

    def write_structured(self, value: Any, format: Optional[str] = None) -> None:
        """
        Writes a value into it, for a plugin in any language.

        :param format: ``msgpack``, ``json`` or ``protobuf``
        :raises CodecError: when it can't be written, or does not fit
        """
        from ..codec import encode_structured

        encode_structured(value, format or self._format, self.size, self.write)

    def _check(self, offset: int, length: int) -> None:
        if offset < 0 or length < 0 or offset + length > self.size:
            raise ValueError(f"Bytes {offset} to {offset + length} are beyond the segment's {self.size}.")

    def _use(self, work: Any) -> Any:
        for attempt in range(2):
            with self._lock:
                if self._revoked:
                    raise NotFoundError(f"The segment {self.id} is gone.", method="memory/open", code=-32009)
                try:
                    if self._file is None:
                        flags = os.O_RDWR if self.writable else os.O_RDONLY
                        self._file = os.open(self.path, flags | os.O_CLOEXEC)
                    return work(self._file)
                except FileNotFoundError:
                    if attempt > 0 or threading.get_ident() in _busy_threads:
                        raise
            # It is being moved, and the word of it is on its way.
            self._memory.open(self.id).result()
        raise AssertionError("unreachable")

    def _close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _revoke(self) -> None:
        with self._lock:
            self._revoked = True
            self._close()


class Memory:
    """
    Bulk data passes between plugins without being copied through messages. Sharing gives access, a message tells when
    there is something to read; there are no locks.
    """

    def __init__(self, link: Link) -> None:
        self._link = link
        self._lock = threading.Lock()
        self._segments: Dict[str, Segment] = {}

    def allocate(self, size: int, name: Optional[str] = None) -> Call[Segment]:
        """Makes a segment of so many bytes, filled with zeros."""
        return self._link.call("memory/allocate", {"size": size, **optional(name=name)}, self._segment)

    def open(self, id: str) -> Call[Segment]:
        """A segment of this plugin, or one shared with it."""
        return self._link.call("memory/open", {"id": id}, self._segment)

    def share(
        self, id: str, plugins: Sequence[Union[str, Dict[str, str]]], access: str = "read"
    ) -> Call[None]:
        """Replaces the list of those who may use it, for ``read`` or ``write``; an empty list takes it back."""
        return self._link.call("memory/share", {"id": id, "plugins": list(plugins), "access": access})

    def resize(self, id: str, size: int) -> Call[Segment]:
        """Gives it another size; new bytes are zeros."""
        return self._link.call("memory/resize", {"id": id, "size": size}, self._segment)

    def freeze(self, id: str) -> Call[Segment]:
        """Makes it read-only for all, its owner too, for good."""
        return self._link.call("memory/freeze", {"id": id}, self._segment)

    def release(self, id: str) -> Call[None]:
        """Ends a segment of this plugin; gives the access to another's back."""

        def released(_: Any) -> None:
            self._revoked(id)

        return self._link.call("memory/release", {"id": id}, released)

    def list(self) -> Call[List[Segment]]:
        """All segments it may use."""
        return self._link.call("memory/list", {}, lambda found: [self._segment(handle) for handle in found])

    def _segment(self, handle: Dict[str, Any]) -> Segment:
        with self._lock:
            known = self._segments.get(handle["id"])
            if known is None:
                known = self._segments[handle["id"]] = Segment(self, handle)
                return known
        known._update(handle)
        return known

    def _moved(self, handle: Dict[str, Any]) -> None:
        with self._lock:
            known = self._segments.get(handle["id"])
        if known is not None:
            known._update(handle)

    def _revoked(self, id: str) -> None:
        with self._lock:
            known = self._segments.pop(id, None)
        if known is not None:
            known._revoke()


def _read(file: int, length: int, offset: int) -> bytes:
    parts = []
    while length > 0:
        part = os.pread(file, length, offset)
        if not part:
            break
        parts.append(part)
        offset += len(part)
        length -= len(part)
    return b"".join(parts)


def _write(file: int, view: memoryview, offset: int) -> None:
    while len(view) > 0:
        written = os.pwrite(file, view, offset)
        view = view[written:]
        offset += written
