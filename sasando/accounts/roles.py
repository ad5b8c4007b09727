"""Roles: named sets of permissions. Which person holds which role, where and when, is data (`RoleHolding`)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sasando.base.permissions import Permission as P


@dataclass(frozen=True)
class Role:
    """A role with what it may do. `incompatible` names roles that one person may not hold beside it."""

    name: str
    label: Promise
    permissions: frozenset[P]
    incompatible: frozenset[str] = frozenset()


_EVERY_OFFICER = {P.SEE_OFFICE, P.SEE_PLACES, P.SEE_STATISTICS, P.SEE_PLAN}
_SECTION = _EVERY_OFFICER | {P.SEE_FAMILIES, P.SEE_AID, P.SEE_PARTNERS, P.SEE_RELIEF}
_HEADS = _SECTION | {P.SEE_STAFF, P.SEE_BUDGET, P.HAND_IN_TABLES}
# Who makes the book reads its internal edition, sensitive tables and all.
_BOOK = _HEADS | {P.SEE_SENSITIVE_STATISTICS}

ROLES = {
    role.name: role
    for role in (
        Role(
            "village_operator",
            _("Village operator"),
            frozenset({P.SEE_PLACES, P.SEE_FAMILIES, P.EDIT_FAMILIES}),
        ),
        Role(
            "district_officer",
            _("District officer (TKSK)"),
            frozenset({P.SEE_PLACES, P.SEE_FAMILIES, P.SEE_AID}),
        ),
        Role("facilitator", _("Programme facilitator"), frozenset({P.SEE_PLACES, P.SEE_FAMILIES, P.SEE_AID})),
        Role(
            "social_worker",
            _("Social worker"),
            frozenset(_EVERY_OFFICER | {P.SEE_FAMILIES, P.SEE_CASES, P.EDIT_CASES}),
        ),
        Role(
            "section_officer",
            _("Section officer"),
            frozenset(
                _SECTION | {P.EDIT_FAMILIES, P.EDIT_AID, P.EDIT_PARTNERS, P.EDIT_RELIEF, P.HAND_IN_TABLES}
            ),
        ),
        Role(
            "section_head",
            _("Head of section"),
            frozenset(_HEADS | {P.EDIT_FAMILIES, P.EDIT_AID, P.EDIT_RELIEF, P.SUPERVISE_CASES}),
        ),
        Role("division_head", _("Head of division"), frozenset(_BOOK | {P.VERIFY_TABLES, P.INITIAL_EDITION})),
        Role(
            "treasurer",
            _("Treasurer"),
            frozenset(_EVERY_OFFICER | {P.SEE_BUDGET, P.EDIT_BUDGET, P.HAND_IN_TABLES}),
        ),
        Role(
            "planner",
            _("Planning and reporting officer"),
            frozenset(_BOOK | {P.EDIT_PLAN, P.EDIT_BUDGET, P.SEAL_SNAPSHOT, P.PREPARE_EDITION}),
            frozenset({"office_head"}),
        ),
        Role(
            "secretary",
            _("Secretary"),
            frozenset(_BOOK | {P.EDIT_STAFF, P.VERIFY_TABLES, P.INITIAL_EDITION}),
        ),
        Role(
            "office_head",
            _("Head of office"),
            frozenset(_BOOK | {P.PUBLISH_EDITION, P.SEE_TRAIL}),
            frozenset({"planner", "administrator"}),
        ),
        Role(
            "administrator",
            _("Administrator"),
            frozenset(
                _EVERY_OFFICER | {P.MANAGE_ACCOUNTS, P.EDIT_OFFICE, P.EDIT_PLACES, P.EDIT_STAFF, P.SEE_STAFF}
            ),
            frozenset({"office_head", "auditor"}),
        ),
        Role("statistician", _("Statistician (without identities)"), frozenset(_EVERY_OFFICER)),
        Role(
            "auditor",
            _("Auditor"),
            frozenset(_HEADS | {P.SEE_TRAIL}) - {P.HAND_IN_TABLES},
            frozenset({"administrator"}),
        ),
    )
}
ROLE_CHOICES = [(role.name, role.label) for role in ROLES.values()]
