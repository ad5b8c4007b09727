"""The menu's entry of the plan."""

from django.utils.translation import gettext_lazy as _

from sasando.base.navigation import Entry
from sasando.base.permissions import Permission

NAVIGATION = [Entry(_("Performance"), "planning:index", Permission.SEE_PLAN, 60)]
