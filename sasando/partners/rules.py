"""Rules of partners as pure functions, each with its source."""

SMALLEST_GROUP = 5
LARGEST_GROUP = 20
"""Families in a KUBE (Permensos 2/2019 art. 4: five to twenty heads of family)."""


def size_allowed(families: int) -> bool:
    """Whether a KUBE may have this many heads of family (Permensos 2/2019 art. 4)."""
    return SMALLEST_GROUP <= families <= LARGEST_GROUP
