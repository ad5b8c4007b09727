"""The closed list of what a person may be allowed to do. Roles (in `accounts`) are sets of these."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing a person may do. The words after the dot read as a sentence: "may see families"."""

    SEE_TRAIL = "trail.see"
    MANAGE_ACCOUNTS = "accounts.manage"
    SEE_OFFICE = "office.see"
    EDIT_OFFICE = "office.edit"
    SEE_PLACES = "places.see"
    EDIT_PLACES = "places.edit"
    SEE_STAFF = "staff.see"
    EDIT_STAFF = "staff.edit"
    SEE_BUDGET = "budget.see"
    EDIT_BUDGET = "budget.edit"
    SEE_FAMILIES = "registry.see_families"
    EDIT_FAMILIES = "registry.edit_families"
    SEE_PARTNERS = "partners.see"
    EDIT_PARTNERS = "partners.edit"
    SEE_AID = "programmes.see_aid"
    EDIT_AID = "programmes.edit_aid"
    SEE_CASES = "cases.see"
    EDIT_CASES = "cases.edit"
    SUPERVISE_CASES = "cases.supervise"
    SEE_RELIEF = "relief.see"
    EDIT_RELIEF = "relief.edit"
    SEE_PLAN = "planning.see"
    EDIT_PLAN = "planning.edit"
    SEE_STATISTICS = "statistics.see"
    SEE_SENSITIVE_STATISTICS = "statistics.see_sensitive"
    SEAL_SNAPSHOT = "statistics.seal"
    HAND_IN_TABLES = "statistics.hand_in"
    VERIFY_TABLES = "statistics.verify"
    PREPARE_EDITION = "publications.prepare"
    INITIAL_EDITION = "publications.initial"
    PUBLISH_EDITION = "publications.publish"


LABELS = {
    Permission.SEE_TRAIL: _("read the trail"),
    Permission.MANAGE_ACCOUNTS: _("open accounts and grant roles"),
    Permission.SEE_OFFICE: _("see the office's units and functions"),
    Permission.EDIT_OFFICE: _("change the office's units and functions"),
    Permission.SEE_PLACES: _("see places"),
    Permission.EDIT_PLACES: _("change places"),
    Permission.SEE_STAFF: _("see staff"),
    Permission.EDIT_STAFF: _("change staff"),
    Permission.SEE_BUDGET: _("see the budget"),
    Permission.EDIT_BUDGET: _("change the budget"),
    Permission.SEE_FAMILIES: _("see families"),
    Permission.EDIT_FAMILIES: _("change families"),
    Permission.SEE_PARTNERS: _("see organisations and groups"),
    Permission.EDIT_PARTNERS: _("change organisations and groups"),
    Permission.SEE_AID: _("see aid"),
    Permission.EDIT_AID: _("change aid"),
    Permission.SEE_CASES: _("see cases assigned to one"),
    Permission.EDIT_CASES: _("work on cases assigned to one"),
    Permission.SUPERVISE_CASES: _("supervise the cases of one's unit"),
    Permission.SEE_RELIEF: _("see disasters and relief"),
    Permission.EDIT_RELIEF: _("record disasters and relief"),
    Permission.SEE_PLAN: _("see plan and indicators"),
    Permission.EDIT_PLAN: _("change plan and indicators"),
    Permission.SEE_STATISTICS: _("see tables and figures"),
    Permission.SEE_SENSITIVE_STATISTICS: _("see sensitive tables in full"),
    Permission.SEAL_SNAPSHOT: _("seal a year's data"),
    Permission.HAND_IN_TABLES: _("hand in a unit's tables"),
    Permission.VERIFY_TABLES: _("verify a unit's tables"),
    Permission.PREPARE_EDITION: _("prepare an edition of the book"),
    Permission.INITIAL_EDITION: _("initial an edition of the book"),
    Permission.PUBLISH_EDITION: _("publish an edition of the book"),
}
"""Each permission in words that follow "may"."""
