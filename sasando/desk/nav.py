"""Desk's own place in the menu."""

from django.utils.translation import gettext_lazy as _

from sasando.base.navigation import Entry

NAVIGATION = [Entry(_("Home"), "desk:home", None, 0)]
