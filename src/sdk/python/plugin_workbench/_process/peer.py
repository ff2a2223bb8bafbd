"""One end of the connection with the host: framed JSON-RPC over a socket."""

from __future__ import annotations

import json
import threading
from typing import Any, Callable, Dict, Optional

from ..calls import Call, _busy_threads
from ..errors import PluginCallError, call_error
from .codec import FrameReader, Refused, encode_json, frame
from .in_flight import InFlight
from .outbox import Outbox

LIMIT_EXCEEDED = -32005
CONNECTION_CLOSED = -32007
INVALID_PARAMS = -32602


class Peer:
    """Sends requests and notifications, and hands on what comes."""

    def __init__(
        self,
        socket: Any,
        *,
        on_request: Callable[[Any, str, Any], None],
        on_notification: Callable[[str, Any], None],
        on_close: Callable[[], None],
        on_unseen: Callable[[BaseException, Any], None],
    ) -> None:
        self._socket = socket
        self._outbox = Outbox(socket)
        self._on_request = on_request
        self._on_notification = on_notification
        self._on_close = on_close
        self._on_unseen = on_unseen
        self._lock = threading.Lock()
        self._in_flight = InFlight()
        self._pending: Dict[int, "tuple[Call[Any], Optional[Callable[[Any], Any]]]"] = {}
        self._next_id = 1

    def start(self) -> None:
        """Begins to read, in a thread of its own."""
        threading.Thread(target=self._read, name="workbench-reader", daemon=True).start()

    def call(self, method: str, params: Any, place: Any, read: Optional[Callable[[Any], Any]] = None) -> Call[Any]:
        """
        Asks the host.

        :param place: where in the plugin's code, for the log when nobody looks at a failure
        :param read: makes the result of the answer, in the thread that reads: it must be quick and not wait
        """
        with self._lock:
            request_id = self._next_id
            self._next_id += 1
        report = (lambda error: self._on_unseen(error, place)) if place is not None else None
        call: Call[Any] = Call(method, cancel=lambda: self._give_up(request_id), place=place, report=report)
        try:
            data = self._encode({"jsonrpc": "2.0", "id": request_id, "method": method, "params": params}, method)
        except PluginCallError as error:
            call._settle(None, error)
            return call
        with self._lock:
            self._pending[request_id] = (call, read)
            now = self._in_flight.enter(request_id, method, data)
        if now:
            self._outbox.post(data, may_wait=threading.get_ident() not in _busy_threads)
        return call

    def notify(self, method: str, params: Any) -> None:
        """Tells the host. :raises PluginCallError: when it can't be sent"""
        data = self._encode({"jsonrpc": "2.0", "method": method, "params": params}, method)
        self._outbox.post(data, may_wait=threading.get_ident() not in _busy_threads)

    def hint(self, method: str, params: Any) -> None:
        """Tells the host, without ever waiting for the pace. :raises PluginCallError: when it can't be sent"""
        self._outbox.post(self._encode({"jsonrpc": "2.0", "method": method, "params": params}, method), may_wait=False)

    def answer(self, request_id: Any, result: Any) -> None:
        """Answers a request; a result that can't be sent becomes an error."""
        try:
            text = encode_json(result)
        except Refused as reason:
            self.refuse(request_id, -32603, f"The result can't be sent: {reason}")
            return
        try:
            data = frame(f'{{"jsonrpc":"2.0","id":{json.dumps(request_id)},"result":{text}}}')
        except Refused as reason:
            self.refuse(request_id, LIMIT_EXCEEDED, f"The result can't be sent. {reason}")
            return
        self._outbox.answer(data)

    def refuse(self, request_id: Any, code: int, message: str, data: Any = None) -> None:
        """Answers a request with an error."""
        error: Dict[str, Any] = {"code": code, "message": message}
        if data is not None:
            error["data"] = data
        try:
            message_bytes = frame(encode_json({"jsonrpc": "2.0", "id": request_id, "error": error}))
        except Refused:
            plain = {"code": code, "message": message[:1000]}
            message_bytes = frame(encode_json({"jsonrpc": "2.0", "id": request_id, "error": plain}))
        self._outbox.answer(message_bytes)

    def flush(self, timeout: float) -> None:
        """Waits until what was sent has gone out."""
        self._outbox.flush(timeout)

    def _encode(self, message: Any, method: str) -> bytes:
        try:
            text = encode_json(message)
        except Refused as reason:
            raise call_error(method, INVALID_PARAMS, f'"{method}" was not sent: {reason}') from None
        try:
            return frame(text)
        except Refused as reason:
            raise call_error(method, LIMIT_EXCEEDED, f'"{method}" was not sent. {reason}') from None

    def _give_up(self, request_id: int) -> None:
        with self._lock:
            known = self._pending.pop(request_id, None)
            sent = self._in_flight.is_sent(request_id)
            more = self._in_flight.leave(request_id)
        if more is not None:
            self._outbox.post(more, may_wait=False)
        if known is not None and sent:
            data = frame(encode_json({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": request_id}}))
            self._outbox.post(data, may_wait=False)

    def _read(self) -> None:
        _busy_threads.add(threading.get_ident())
        reader = FrameReader()
        try:
            while True:
                chunk = self._socket.recv(262144)
                if not chunk:
                    break
                for body in reader.push(chunk):
                    self._receive(json.loads(body))
        except OSError:
            pass
        finally:
            self._lose()

    def _receive(self, message: Dict[str, Any]) -> None:
        method = message.get("method")
        if method is None:
            self._settle(message)
        elif "id" in message:
            self._on_request(message["id"], method, message.get("params"))
        else:
            self._on_notification(method, message.get("params"))

    def _settle(self, message: Dict[str, Any]) -> None:
        request_id: Any = message.get("id")
        with self._lock:
            known = self._pending.pop(request_id, None)
            more = self._in_flight.leave(request_id)
        if more is not None:
            self._outbox.post(more, may_wait=False)
        if known is None:
            return
        call, read = known
        error = message.get("error")
        if error is not None:
            call._settle(None, call_error(call.method, error["code"], error["message"], error.get("data")))
            return
        value = message.get("result")
        if read is not None:
            try:
                value = read(value)
            except Exception as problem:
                call._settle(None, problem)
                return
        call._settle(value, None)

    def _lose(self) -> None:
        with self._lock:
            pending, self._pending = self._pending, {}
        for call, _ in pending.values():
            message = "The host has closed the connection."
            call._settle(None, call_error(call.method, CONNECTION_CLOSED, message), seen=True)
        self._on_close()


