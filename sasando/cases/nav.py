"""The room's entries in the menu, for those who may work on or supervise cases."""

from django.utils.translation import gettext_lazy as _

from sasando.base.navigation import Entry
from sasando.base.permissions import Permission

NAVIGATION = [
    Entry(_("My cases"), "cases:mine", Permission.SEE_CASES, 70),
    Entry(_("Cases of my unit"), "cases:unit", Permission.SUPERVISE_CASES, 71),
]
