"""A person's rights in words."""

from sasando.accounts.reader import AccountReader
from sasando.accounts.roles import ROLES
from sasando.base.permissions import LABELS


def rights(reader: AccountReader) -> list[dict]:
    """One entry a role held today: its name, where and until when it is held, and what it lets one do."""
    return [
        {
            "role": ROLES[holding.role].label,
            "where": holding.unit or (reader.place_name(holding.place_id) if holding.place_id else None),
            "kind": holding.get_kind_display(),
            "until": holding.valid_to,
            "may": [LABELS[permission] for permission in sorted(ROLES[holding.role].permissions)],
        }
        for holding in reader.holdings
    ]
