"""What the checks must know of the book's tables, as data: `book.yaml`, and an office's own files beside it.

An office adds `checks/*.yaml` to its data folder with the same keys; what stands there is added to the shipped rules.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from sasando.lib.errors import ReasonedError, gettext_noop

SHIPPED = Path(__file__).parent / "book.yaml"

Rules = Mapping[str, Any]


class RulesError(ReasonedError):
    """An office's own file of rules that cannot be read or used; the sentence names it. No check was run."""

    def __init__(self, path: Path, reason: str):
        super().__init__(
            gettext_noop("The rules in %(path)s cannot be read: %(reason)s. No check was run."),
            path=path,
            reason=reason,
        )


@lru_cache(maxsize=1)
def shipped_rules() -> Rules:
    """The rules that come with Sasando."""
    return yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))


def rules() -> Rules:
    """The shipped rules with the office's own added: lists grow, entries of a mapping are replaced by name.

    Raises RulesError.
    """
    return _merged(own_files())


def own_files() -> tuple[tuple[Path, int], ...]:
    """The office's own files with the moment each was changed."""
    folder = Path(settings.DATA) / "checks"
    return tuple((path, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.yaml")))


@lru_cache(maxsize=4)
def _merged(files: tuple[tuple[Path, int], ...]) -> Rules:
    merged: dict[str, Any] = dict(shipped_rules())
    for path, _changed in files:
        for key, value in _read(path).items():
            known = merged.get(key, type(value)())
            if not isinstance(value, list | dict) or type(value) is not type(known):
                raise RulesError(
                    path, f"{key}: it must be written as in checks/book.yaml, a list or a mapping"
                )
            merged[key] = [*known, *value] if isinstance(value, list) else {**known, **value}
    return merged


def _read(path: Path) -> Rules:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, " if mark else ""
        raise RulesError(path, where + str(getattr(error, "problem", error))) from error
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(path, "it is not UTF-8 text") from error
    if not isinstance(found, dict):
        raise RulesError(path, "it must hold the keys of checks/book.yaml, each with a list or a mapping")
    return found
