"""The menu's entries of the office and its people."""

from django.utils.translation import gettext_lazy as _

from sasando.base.navigation import Entry
from sasando.base.permissions import Permission

NAVIGATION = [
    Entry(_("Organisation chart"), "staff:chart", Permission.SEE_OFFICE, 80),
    Entry(_("Employees"), "staff:employees", Permission.SEE_STAFF, 81),
]
