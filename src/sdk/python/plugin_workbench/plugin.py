"""What a plugin is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Awaitable, Dict, NamedTuple, Optional, Union

if TYPE_CHECKING:
    from .context import Context


class PluginInfo(NamedTuple):
    """What the manifest says about the plugin."""

    id: str
    name: str
    version: str
    #: Which plugin system the manifest is written for.
    profile: str


class Plugin:
    """
    A plugin as a class; one written as a module has the same names as functions. Only :meth:`activate` is needed.
    Every method may be ``async``.
    """

    def activate(self, context: "Context") -> Union[None, Awaitable[None]]:
        """Called once. The plugin is active when it returns."""
        raise NotImplementedError("A plugin needs a method activate.")

    if TYPE_CHECKING:
        # Only described here: a plugin has those it defines.

        def deactivate(self) -> Optional[Awaitable[None]]:
            """Called before the plugin ends; it has a few seconds."""

        def get_state(self) -> Any:
            """What a live reload hands to the next instance: JSON."""

        def restore_state(self, state: Any) -> Optional[Awaitable[None]]:
            """Called after ``activate`` with what ``get_state`` of the instance before returned."""

        def configure(self, config: Dict[str, Any]) -> Optional[Awaitable[None]]:
            """Called when settings have changed; ``context.config`` is current already."""
