"""Files outside what the sandbox shows, through the host."""

from __future__ import annotations

import base64
from typing import Any, List, NamedTuple, Optional

from .._process.link import Link
from ..calls import Call
from .params import optional


class FileEntry(NamedTuple):
    """What a folder holds."""

    name: str
    #: ``file``, ``folder`` or ``other``.
    type: str


class FileFacts(NamedTuple):
    """What is known of a file without reading it."""

    type: str
    #: Bytes.
    size: int
    #: Milliseconds since 1970.
    modified: float


class Files:
    """
    Files that the manifest grants by a pattern. Whole folders that it grants are there for ``open`` as well. Paths are
    absolute, relative to the plugin's folder, or begin with ``~/``. A request carries 2 MiB at most.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    def read_text(self, path: str) -> Call[str]:
        """The text of a file in UTF-8."""
        return self._link.call("files/read", {"path": path, "encoding": "utf8"}, lambda found: found["data"])

    def read_bytes(self, path: str, *, offset: Optional[int] = None, length: Optional[int] = None) -> Call[bytes]:
        """The bytes of a file, or a part of them."""
        params = {"path": path, "encoding": "base64", **optional(offset=offset, length=length)}
        return self._link.call("files/read", params, lambda found: base64.b64decode(found["data"]))

    def write_text(self, path: str, text: str, *, append: bool = False) -> Call[None]:
        """Replaces the file as a whole or not at all, unless it appends."""
        return self._write(path, text, "utf8", append)

    def write_bytes(self, path: str, data: bytes, *, append: bool = False) -> Call[None]:
        """Replaces the file as a whole or not at all, unless it appends."""
        return self._write(path, base64.b64encode(data).decode("ascii"), "base64", append)

    def list(self, path: str) -> Call[List[FileEntry]]:
        """What lies in a folder, as far as the plugin may read it."""
        return self._link.call("files/list", {"path": path}, _entries)

    def stat(self, path: str) -> Call[Optional[FileFacts]]:
        """``None`` where there is nothing."""
        return self._link.call("files/stat", {"path": path}, _facts)

    def remove(self, path: str) -> Call[None]:
        """Removes a file, or an empty folder."""
        return self._link.call("files/remove", {"path": path})

    def make_folder(self, path: str) -> Call[None]:
        """Makes a folder, with those around it."""
        return self._link.call("files/makeFolder", {"path": path})

    def _write(self, path: str, data: str, encoding: str, append: bool) -> Call[None]:
        params = {"path": path, "data": data, "encoding": encoding, **optional(append=append or None)}
        return self._link.call("files/write", params)


def _entries(found: Any) -> List[FileEntry]:
    return [FileEntry(one["name"], one["type"]) for one in found]


def _facts(found: Any) -> Optional[FileFacts]:
    return None if found is None else FileFacts(found["type"], found["size"], found["modified"])
