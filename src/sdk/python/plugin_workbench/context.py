"""What a plugin gets from the host that runs it."""

from __future__ import annotations

from typing import Any, Callable, Dict

from ._process.link import Link
from .services.commands import Commands
from .services.config import Config
from .services.data import Data
from .services.desktop import Clipboard, Notifications
from .services.events import Events
from .services.files import Files
from .services.hooks import Hooks, Middleware
from .services.lifecycle import Lifecycle, Permissions
from .services.log import Log
from .services.memory import Memory
from .services.messages import Messages, Plugins
from .services.net import Net
from .services.processes import Processes
from .services.providers import Providers
from .services.storage import Storage


class Context:
    """
    Everything a plugin can do goes through its context, the argument of ``activate``.

    What asks the host returns a :class:`~plugin_workbench.Call`: ``await`` it, or wait with ``.result()``.
    """

    def __init__(self, plugin: Dict[str, Any], link: Link, call: Callable[..., None]) -> None:
        #: The plugin's id in this host, from its manifest.
        self.plugin_id: str = plugin["pluginId"]
        #: The plugin's name for people, from its manifest.
        self.name: str = plugin["pluginName"]
        #: The plugin's version, from its manifest.
        self.version: str = plugin["version"]
        #: Absolute path of the plugin's folder; it is read-only.
        self.plugin_dir: str = plugin["pluginDir"]
        #: Which plugin system the manifest is written for.
        self.profile: str = plugin["profile"]
        self.log = Log(link)
        self.config = Config(link, call)
        self.storage = Storage(link)
        self.commands = Commands(link)
        self.events = Events(link, call)
        self.lifecycle = Lifecycle()
        self.plugins = Plugins(link)
        self.messages = Messages(link, call)
        self.hooks = Hooks(link)
        self.middleware = Middleware(link)
        self.providers = Providers(link)
        self.files = Files(link)
        self.net = Net(link)
        self.process = Processes(link)
        self.clipboard = Clipboard(link)
        self.notifications = Notifications(link)
        self.memory = Memory(link)
        self.data = Data(link)
        self.permissions = Permissions(call)
