"""Imports the plugin and finds what it exports."""

from __future__ import annotations

import importlib.util
import os
import sys
from types import ModuleType
from typing import Any, Callable, List, Optional

from ..plugin import Plugin
from .failures import PLUGIN_FAILED, Refusal, describe_failure
from .places import OwnFiles
from .signature import positional

#: Makes the plugin; the arguments are for a class that takes them.
Factory = Callable[[Any, Any], Any]


def load_plugin(entry: str, plugin_dir: str, own: OwnFiles) -> Factory:
    """
    Imports the entry.

    :raises Refusal: with the place in the plugin's own files that has to change
    """
    start = {"file": own.resolve(entry) or entry, "line": 1, "column": 1}
    try:
        module = _import_entry(entry, plugin_dir)
    except SystemExit:
        raise
    except BaseException as error:
        raise Refusal(*describe_failure(error, own, own.location(error) or start)) from error
    factory = _find_factory(module)
    if factory is not None:
        return factory
    names = [name for name in vars(module) if not name.startswith("_")]
    message = (
        f"The module defines no plugin (it defines {', '.join(names[:10]) or 'nothing'}). "
        "Define a function named activate, or a class named Plugin with a method activate."
    )
    raise Refusal(PLUGIN_FAILED, message, {"name": "PluginShapeError", "location": start})


def _import_entry(entry: str, plugin_dir: str) -> ModuleType:
    folder = os.path.dirname(entry)
    name = os.path.splitext(os.path.basename(entry))[0]
    packages: List[str] = []
    # An entry within a package imports its neighbours as `from . import …`.
    while folder.startswith(plugin_dir + os.sep) and os.path.isfile(os.path.join(folder, "__init__.py")):
        packages.insert(0, os.path.basename(folder))
        folder = os.path.dirname(folder)
    for path in (plugin_dir, folder):
        if path in sys.path:
            sys.path.remove(path)
        sys.path.insert(0, path)
    if packages:
        importlib.import_module(".".join(packages))
        module_name = ".".join([*packages, name]) if name != "__init__" else ".".join(packages)
        if module_name in sys.modules:
            return sys.modules[module_name]
    else:
        standard = getattr(sys, "stdlib_module_names", ())
        taken = name in sys.modules or name in standard or not name.isidentifier()
        module_name = f"plugin_{abs(hash(entry)):x}" if taken else name
    spec = importlib.util.spec_from_file_location(module_name, entry)
    if spec is None or spec.loader is None:
        raise ImportError(f"{os.path.basename(entry)} is no Python file: its name has to end in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    spec.loader.exec_module(module)
    return module


def _find_factory(module: ModuleType) -> Optional[Factory]:
    if callable(getattr(module, "activate", None)):
        return lambda context, info: module
    for name in ("plugin", "Plugin", "default"):
        found = getattr(module, name, None)
        if found is None or found is Plugin or isinstance(found, ModuleType):
            continue
        if callable(getattr(found, "activate", None)):
            return _factory_of(found)
    own = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and value.__module__ == module.__name__
        and callable(getattr(value, "activate", None))
    ]
    return _factory_of(own[0]) if len(own) == 1 else None


def _factory_of(found: Any) -> Factory:
    if not isinstance(found, type):
        return lambda context, info: found

    def construct(context: Any, info: Any) -> Any:
        # Its own constructor may take neither, the context, or both.
        taken = 0 if found.__init__ is object.__init__ else positional(found.__init__) - 1
        return found(*(context, info)[:taken])

    return construct
