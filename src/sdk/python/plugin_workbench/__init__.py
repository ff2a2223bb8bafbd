"""
What plugins for the Plugin Workbench are written with.

A plugin is a module with a function ``activate(context)``, or one with a class named ``Plugin`` that has such a method::

    def activate(context):
        @context.commands.register("greet")
        def greet(args):
            return f"Hello, {args['name']}!"
"""

from .calls import Call, Invocation
from .context import Context
from .errors import (
    CallCancelledError,
    ConnectionClosedError,
    DeadlineExceededError,
    InvalidCallError,
    LimitExceededError,
    NotFoundError,
    PermissionDeniedError,
    PluginCallError,
    PluginError,
    RemoteError,
    UnavailableError,
    UnknownCommandError,
    UnknownPluginError,
)
from .plugin import Plugin, PluginInfo
from .registration import Registration
from .services.config import ConfigChange
from .services.events import Event
from .services.memory import Segment
from .services.messages import Message
from .services.net import Response

__all__ = [
    "Call",
    "CallCancelledError",
    "ConfigChange",
    "ConnectionClosedError",
    "Context",
    "DeadlineExceededError",
    "Event",
    "Invocation",
    "InvalidCallError",
    "LimitExceededError",
    "Message",
    "NotFoundError",
    "PermissionDeniedError",
    "Plugin",
    "PluginCallError",
    "PluginError",
    "PluginInfo",
    "Registration",
    "RemoteError",
    "Response",
    "Segment",
    "UnavailableError",
    "UnknownCommandError",
    "UnknownPluginError",
]
