"""The room's entries in the menu."""

from django.utils.translation import gettext_lazy as _

from sasando.base.navigation import Entry
from sasando.base.permissions import Permission

NAVIGATION = [
    Entry(_("Tables and figures"), "statistics:latest", Permission.SEE_STATISTICS, 10),
    Entry(_("Collection board"), "statistics:latest_board", Permission.SEE_STATISTICS, 11),
    Entry(_("Notes on inconsistent data"), "statistics:latest_findings", Permission.SEE_STATISTICS, 12),
]
