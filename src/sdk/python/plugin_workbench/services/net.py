"""Other machines, through the host."""

from __future__ import annotations

import base64
import json
from typing import Any, List, Mapping, Optional, Sequence, Tuple, Union

from .._process.link import Link
from ..calls import Call
from .params import milliseconds, optional

Headers = Union[Mapping[str, str], Sequence[Tuple[str, str]]]


class Response:
    """The answer of another machine, with its whole body."""

    def __init__(self, found: Any) -> None:
        self.status: int = found["status"]
        self.status_text: str = found["statusText"]
        #: Where it came from, after redirects.
        self.url: str = found["url"]
        #: In the order they came; a name may come more than once.
        self.headers: List[Tuple[str, str]] = [(name, value) for name, value in found["headers"]]
        self.body: bytes = base64.b64decode(found["body"])

    @property
    def ok(self) -> bool:
        """True for a status from 200 to 299."""
        return 200 <= self.status <= 299

    def header(self, name: str) -> Optional[str]:
        """The first header of that name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def text(self, encoding: str = "utf-8") -> str:
        """The body as text."""
        return self.body.decode(encoding)

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Net:
    """Requests to the hosts that the manifest grants."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def fetch(
        self,
        url: str,
        *,
        method: Optional[str] = None,
        headers: Optional[Headers] = None,
        body: Union[bytes, str, None] = None,
        redirect: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> Call[Response]:
        """
        Sends a request over HTTP or HTTPS. Any status is an answer, not an error.

        :param body: at most 2 MiB
        :param redirect: ``follow`` (as is usual; each step is checked), ``manual`` or ``error``
        :param timeout: seconds; 30 when not given
        """
        pairs = list(headers.items()) if isinstance(headers, Mapping) else headers
        data = body.encode("utf-8") if isinstance(body, str) else body
        params = optional(
            method=method,
            headers=None if pairs is None else [[name, value] for name, value in pairs],
            body=None if data is None else base64.b64encode(data).decode("ascii"),
            redirect=redirect,
            timeout=milliseconds(timeout),
        )
        return self._link.call("net/fetch", {"url": url, **params}, Response)
