from django.utils.translation import gettext_lazy as _

from sasando.base.navigation import Entry
from sasando.base.permissions import Permission

NAVIGATION = [Entry(_("Families"), "registry:families", Permission.SEE_FAMILIES, 30)]
