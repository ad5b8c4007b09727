"""The menu: rooms declare entries, `desk` shows those the reader may open."""

from dataclasses import dataclass

from sasando.base.permissions import Permission


@dataclass(frozen=True)
class Entry:
    """A menu entry: what it is called (a lazy translation), the URL it opens, who may see it, where it stands."""

    label: str
    url_name: str
    permission: Permission | None
    order: int
