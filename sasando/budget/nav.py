"""The menu's entry of the budget."""

from django.utils.translation import gettext_lazy as _

from sasando.base.navigation import Entry
from sasando.base.permissions import Permission

NAVIGATION = [Entry(_("Budget"), "budget:index", Permission.SEE_BUDGET, 70)]
