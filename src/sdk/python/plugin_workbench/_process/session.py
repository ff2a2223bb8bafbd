"""One plugin's life in this process, as the host directs it."""

from __future__ import annotations

import os
import sys
import threading
from typing import Any, Callable, Dict, Optional

from ..calls import Invocation
from ..context import Context
from ..plugin import PluginInfo
from .failures import Refusal, describe_failure
from .link import Link
from .load import Factory, load_plugin
from .places import OwnFiles, stack_of
from .runner import Runner

#: The versions of the protocol that this side speaks.
PROTOCOL_VERSIONS = (2,)

INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
UNKNOWN_COMMAND = -32006
NOT_FOUND = -32009

#: Functions of a plugin that are turns of its life and not for callers, with the protocol's names.
HOOKS = {
    "deactivate": "deactivate",
    "get_state": "getState",
    "restore_state": "restoreState",
    "configure": "configure",
}


class Session:
    """Answers the host's requests. Each comes in the reading thread, and is worked on in another."""

    def __init__(self, runner: Runner, answer: Callable[[Any, Any], None], refuse: Callable[..., None]) -> None:
        self.link: Link = None  # type: ignore[assignment]
        self._runner = runner
        self._answer = answer
        self._refuse = refuse
        self._lock = threading.Lock()
        self._invocations: Dict[Any, Invocation] = {}
        self._params: Optional[Dict[str, Any]] = None
        self._own: Optional[OwnFiles] = None
        self._context: Optional[Context] = None
        self._factory: Optional[Factory] = None
        self._plugin: Any = None
        self._handlers: Dict[str, Callable[[Dict[str, Any]], Any]] = {
            "initialize": self._initialize,
            "activate": self._activate,
            "getState": lambda _: self._call_hook("get_state"),
            "configure": self._configure,
            "deactivate": self._deactivate,
        }

    def handle(self, request_id: Any, method: str, params: Any) -> None:
        """Begins to answer a request."""
        if method in _works:
            self._work(request_id, method, params)
        elif method == "ping":
            self._ping(request_id)
        elif method == "load":
            # Importing belongs to the main thread: libraries take it for granted.
            self._runner.main.post(lambda: self._respond(request_id, lambda: self._load()))
        elif method in self._handlers:
            handler = self._handlers[method]
            self._runner.workers.run(lambda: self._respond(request_id, lambda: handler(params or {})))
        else:
            self._refuse(request_id, METHOD_NOT_FOUND, f'A plugin process has no method "{method}".')

    def notice(self, method: str, params: Any) -> None:
        """Takes a notification."""
        if method == "$/cancelRequest":
            with self._lock:
                invocation = self._invocations.get(params.get("id"))
            if invocation is not None:
                invocation._cancel()
            return
        context = self._context
        if context is None:
            return
        if method == "event":
            context.events._deliver(params)
        elif method == "message":
            context.messages._deliver(params["message"])
        elif method == "memory/moved":
            context.memory._moved(params["handle"])
        elif method == "memory/revoked":
            context.memory._revoked(params["id"])
        elif method == "capabilities":
            context.permissions._changed()

    def log_error(self, error: BaseException) -> None:
        """Logs what plugin code raised where nobody waits for it."""
        self.link.log("error", stack_of(error))

    def log_unseen(self, error: BaseException, place: Any) -> None:
        """Logs a failed call that nobody looked at."""
        location = self._own.location_of(place) if self._own is not None else None
        where = f" ({location['file']}:{location['line']}:{location['column']})" if location else ""
        self.link.log("error", f"{type(error).__name__}: {error}{where}")

    def place_of(self, error: BaseException) -> Optional[Dict[str, Any]]:
        """Where in the plugin an error came from."""
        return self._own.location(error) if self._own is not None else None

    def listen(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Calls a listener of the plugin, in order with the others."""

        def done(_: Any, error: Optional[BaseException]) -> None:
            if error is not None:
                self.log_error(error)

        self._runner.start(function, arguments, done, in_order=True)

    def _respond(self, request_id: Any, work: Callable[[], Any]) -> None:
        try:
            result = work()
        except SystemExit as error:
            self._runner._on_exit(error)
        except BaseException as error:
            self._refuse(request_id, *describe_failure(error, self._own))
        else:
            self._answer(request_id, result)

    def _initialize(self, params: Dict[str, Any]) -> Any:
        version = params.get("protocolVersion")
        if version not in PROTOCOL_VERSIONS:
            raise Refusal(
                INVALID_REQUEST,
                f"The host speaks version {version} of the plugin protocol, this side {PROTOCOL_VERSIONS[-1]}.",
            )
        if self._params is not None:
            raise Refusal(INVALID_REQUEST, "It was sent already.")
        self._params = params
        self._own = OwnFiles(params["pluginDir"])
        self._context = Context(params, self.link, self.listen)
        number = ".".join(map(str, sys.version_info[:3]))
        return {
            "protocolVersion": version,
            "runtime": {"name": "python", "version": number},
            "pid": os.getpid(),
            "formats": ["json", "msgpack", "protobuf"],
        }

    def _load(self) -> Any:
        params, own = _need(self._params, "initialize"), _need(self._own, "initialize")
        if self._factory is not None:
            raise Refusal(INVALID_REQUEST, "It was sent already.")
        self._factory = load_plugin(params["entry"], params["pluginDir"], own)
        return {}

    def _activate(self, params: Dict[str, Any]) -> Any:
        context, factory = _need(self._context, "initialize"), _need(self._factory, "load")
        about = _need(self._params, "initialize")
        if self._plugin is not None:
            raise Refusal(INVALID_REQUEST, "It was sent already.")
        context.config._replace(params.get("config") or {})
        info = PluginInfo(about["pluginId"], about["pluginName"], about["version"], about["profile"])
        plugin = factory(context, info)
        self._runner.run(plugin.activate, context)
        state = params.get("state")
        if state is not None and callable(getattr(plugin, "restore_state", None)):
            self._runner.run(plugin.restore_state, state)
        for step in list(context.lifecycle._activated):
            self._runner.run(step)
        self.link.settle()
        self._plugin = plugin
        hooks = [wire for name, wire in HOOKS.items() if callable(getattr(plugin, name, None))]
        # The settings are kept current for every plugin, so that all of them can be configured.
        return {"hooks": hooks if "configure" in hooks else [*hooks, "configure"]}

    def _call_hook(self, name: str, *arguments: Any) -> Any:
        hook = getattr(self._plugin, name, None)
        return self._runner.run(hook, *arguments) if callable(hook) else None

    def _configure(self, params: Dict[str, Any]) -> Any:
        _need(self._context, "initialize").config._replace(dict(params["config"]))
        self._call_hook("configure", dict(params["config"]))
        return {}

    def _deactivate(self, _: Dict[str, Any]) -> Any:
        context = _need(self._context, "initialize")
        failures = []
        plugin, self._plugin = self._plugin, None
        steps = [getattr(plugin, "deactivate", None), *reversed(context.lifecycle._deactivated)]
        for step in steps:
            try:
                if callable(step):
                    self._runner.run(step)
            except Exception as error:
                failures.append(error)
        if failures:
            raise failures[0]
        return {}

    def _work(self, request_id: Any, method: str, params: Dict[str, Any]) -> None:
        """Has a handler of the plugin carry out a request."""
        find, name, arguments, missing = _works[method]
        handler = find(self, params)
        if handler is None:
            code, message = missing
            self._refuse(request_id, code, message.format(params[name]))
            return
        typed = params.get("typed") is True
        if typed:
            from ..codec.tagged import CodecError, from_tagged, to_tagged

            try:
                params = {**params, "args": from_tagged(params.get("args"))}
            except CodecError as error:
                self._refuse(request_id, INVALID_PARAMS, f"The arguments are no tagged JSON: {error}")
                return
        invocation = Invocation(params[name], params)
        with self._lock:
            self._invocations[request_id] = invocation

        def done(result: Any, error: Optional[BaseException]) -> None:
            with self._lock:
                self._invocations.pop(request_id, None)
            if error is None and typed:
                self._respond(request_id, lambda: to_tagged(result))
            elif error is None:
                self._answer(request_id, result)
            else:
                self._refuse(request_id, *describe_failure(error, self._own))

        self._runner.start(handler, (*arguments(self, params), invocation), done, invocation)

    def _ping(self, request_id: Any) -> None:
        """Answered where the plugin's coroutines run, if it has any: one that never yields is no sign of life."""
        main = self._runner.main
        work = lambda: self._answer(request_id, {})  # noqa: E731
        main.post(work) if main.is_loop else self._runner.workers.run(work)

    def _find_handler(self, method: str) -> Optional[Callable[..., Any]]:
        """A registered command, else a function of the plugin that is not part of its lifecycle."""
        command = self._context.commands._find(method) if self._context is not None else None
        if command is not None or method in HOOKS or method == "activate" or method.startswith("_"):
            return command
        found = getattr(self._plugin, method, None) if self._plugin is not None else None
        if not callable(found) or isinstance(found, type):
            return None
        # What a module has only imported is not the plugin's to offer.
        home = getattr(self._plugin, "__name__", None)
        return found if home is None or getattr(found, "__module__", None) == home else None

#: How each request that plugin code carries out is served: who answers it, its name in the params, the arguments that
#: come before the invocation, and what is said when nobody answers.
_works: Dict[str, Any] = {
    "invoke": (
        lambda session, params: session._find_handler(params["method"]),
        "method",
        lambda session, params: (params.get("args"),),
        (UNKNOWN_COMMAND, 'The plugin has no command "{}".'),
    ),
    "hooks/call": (
        lambda session, params: session._context.hooks._find(params["hook"]),
        "hook",
        lambda session, params: (params.get("value"),),
        (NOT_FOUND, 'The plugin has no hook "{}".'),
    ),
    "middleware/handle": (
        lambda session, params: session._context.middleware._find(params["chain"]),
        "chain",
        lambda session, params: (params.get("value"), session._context.middleware._next(params["run"], params.get("value"))),
        (NOT_FOUND, 'The plugin has no part in the chain "{}".'),
    ),
    "providers/call": (
        lambda session, params: session._context.providers._find(params),
        "method",
        lambda session, params: (params.get("args"),),
        (NOT_FOUND, 'The provider has no method "{}".'),
    ),
}


def _need(value: Any, before: str) -> Any:
    if value is None:
        raise Refusal(INVALID_REQUEST, f'It must be sent after "{before}".')
    return value
