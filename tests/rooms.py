"""The rooms in their order, lowest first, read from the layers contract: the tests know no second list."""

import configparser
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "sasando"


def layers() -> list[list[str]]:
    """The layers from the lowest to the highest, each a list of rooms."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    lines = contract["importlinter:contract:rooms"]["layers"].split("\n")
    return [line.replace(" ", "").split("|") for line in reversed(lines) if line.strip()]


HEIGHT = {room: height for height, rooms in enumerate(layers()) for room in rooms}


def room_of(path: Path) -> str:
    """The room a file lies in."""
    return path.relative_to(PACKAGE).parts[0]


def may_name(room: str, other: str) -> bool:
    """Whether a room may name another's pages and templates: its own, a lower one's, or desk's."""
    return other in (room, "desk") or HEIGHT.get(other, -1) < HEIGHT[room]
