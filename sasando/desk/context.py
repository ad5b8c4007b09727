"""What every page's frame needs: the office's name, the menu, the demo banner."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from sasando import __version__
from sasando.base.collect import declared_lists


def frame(request: HttpRequest) -> dict:
    """The context of `base/page.html`."""
    here = getattr(request, "office", None)
    context = {
        "office_name": str(here) if here else "",
        "version": __version__,
        "home_url": reverse("desk:home"),
        "user": getattr(request, "user", None),
    }
    if here and here.is_demo:
        context["demo_notice"] = _("Demo: every person and number here is invented.")
    reader = getattr(request, "reader", None)
    if reader:
        context |= {
            "navigation": _navigation(request, reader),
            "logout_url": reverse("accounts:log_out"),
            "account_links": [{"label": _("What I may do"), "url": reverse("accounts:my_rights")}],
        }
    return context


def _navigation(request: HttpRequest, reader) -> list[dict]:
    entries = sorted(declared_lists("nav", "NAVIGATION"), key=lambda entry: entry.order)
    mine = [entry for entry in entries if entry.permission is None or reader.may(entry.permission)]
    return [
        {
            "label": entry.label,
            "url": reverse(entry.url_name),
            "current": request.path == reverse(entry.url_name),
        }
        for entry in mine
    ]
