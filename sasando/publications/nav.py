from django.utils.translation import gettext_lazy as _

from sasando.base.navigation import Entry

NAVIGATION = [Entry(_("Profile books"), "publications:list", None, 20)]
