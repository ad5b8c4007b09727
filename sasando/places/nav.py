from django.utils.translation import gettext_lazy as _

from sasando.base.navigation import Entry
from sasando.base.permissions import Permission

NAVIGATION = [Entry(_("Places"), "places:list", Permission.SEE_PLACES, 90)]
