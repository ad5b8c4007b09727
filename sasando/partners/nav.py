"""The room's entries in the menu."""

from django.utils.translation import gettext_lazy as _

from sasando.base.navigation import Entry
from sasando.base.permissions import Permission

NAVIGATION = [
    Entry(_("Groups (KUBE)"), "partners:groups", Permission.SEE_PARTNERS, 50),
    Entry(_("Organisations"), "partners:organisations", Permission.SEE_PARTNERS, 51),
]
