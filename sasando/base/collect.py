"""Finds what rooms declare (`FACTS`, `CHECKS`, `IMPORTERS`, `NAVIGATION`, `waiting`) in the rooms' own modules."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


def declared(module: str, name: str) -> list:
    """The attribute `name` of each room's `module`, in the order of the rooms; rooms without it are left out."""
    found = []
    for config in apps.get_app_configs():
        path = f"{config.name}.{module}"
        if config.name.startswith("sasando.") and config.name != "sasando.base" and find_spec(path):
            found.append(getattr(import_module(path), name))
    return found


def declared_lists(module: str, name: str) -> list:
    """Like `declared`, the lists joined into one."""
    return [item for items in declared(module, name) for item in items]
