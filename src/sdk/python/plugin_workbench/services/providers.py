"""What plugins provide to one another."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Union

from .._process.link import Link
from ..calls import Call
from ..registration import Registration
from .params import milliseconds, optional, with_args
from .table import Table


class ProviderEntry(NamedTuple):
    """Something a plugin provides."""

    kind: str
    id: str
    #: Id of the plugin that provides it.
    plugin: str
    #: What it says about itself.
    info: Any


class Providers:
    """Things of a kind that any plugin can provide and any other use. The first of a kind is its default."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._table = Table(link, "provider", "providers")

    def register(
        self, kind: str, id: str, provider: Union[Mapping[str, Callable[..., Any]], object], *, info: Any = None
    ) -> Registration:
        """
        Provides something.

        :param provider: an object whose public methods can be called, or a mapping of names to functions; each is called
            with the arguments and the :class:`~plugin_workbench.Invocation`
        :param info: JSON that says what it is
        """
        name = {"kind": kind, "id": id}
        return self._table.add((kind, id), provider, {**name, **optional(info=info)}, name)

    def list(self, kind: str) -> Call[List[ProviderEntry]]:
        """What there is of a kind, the default first."""
        return self._link.call("providers/list", {"kind": kind}, _entries)

    def call(
        self,
        kind: str,
        method: str,
        args: Any = None,
        *,
        id: Optional[str] = None,
        timeout: Optional[float] = None,
        typed: bool = False,
    ) -> Call[Any]:
        """
        Calls a method of a provider.

        :param id: which one; the default when not given
        :param timeout: seconds
        :param typed: as in :meth:`Plugins.call`
        """
        more = optional(id=id, timeout=milliseconds(timeout))
        return self._link.call_during("providers/call", *with_args({"kind": kind, "method": method, **more}, args, typed))

    def _find(self, params: Dict[str, Any]) -> Any:
        provider = self._table.find((params["kind"], params["id"]))
        method = params["method"]
        if provider is None or method.startswith("_"):
            return None
        found = provider.get(method) if isinstance(provider, Mapping) else getattr(provider, method, None)
        return found if callable(found) else None


def _entries(found: Any) -> List[ProviderEntry]:
    return [ProviderEntry(one["kind"], one["id"], one["plugin"], one["info"]) for one in found]
