"""The field's rules about places."""

WESTERN, CENTRAL, EASTERN = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"
_CENTRAL = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
_EASTERN = {"81", "82", "91", "92", "93", "94", "95", "96", "97"}


def time_zone(code: str) -> str:
    """The time zone of a place by its province (Keppres 41/1987: WIB, WITA, WIT)."""
    province = code.split(".")[0]
    if province in _EASTERN:
        return EASTERN
    return CENTRAL if province in _CENTRAL else WESTERN
