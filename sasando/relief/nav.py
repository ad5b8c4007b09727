"""The room's entry in the menu."""

from django.utils.translation import gettext_lazy as _

from sasando.base.navigation import Entry
from sasando.base.permissions import Permission

NAVIGATION = [Entry(_("Disasters and food shortages"), "relief:events", Permission.SEE_RELIEF, 60)]
