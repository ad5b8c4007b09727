"""Logging in and out, and what one may do and why."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from sasando.accounts import actions, presenters
from sasando.base.access import open_to_all, signed_in


@open_to_all
@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    """The log-in page; after it, the page that was asked for."""
    if request.reader:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = AuthenticationForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        actions.note_log_in(form.get_user())
        return redirect(_wanted(request) or settings.LOGIN_REDIRECT_URL)
    status = 422 if form.errors else 200
    return render(request, "accounts/log_in.html", {"form": form}, status=status)


def _wanted(request: HttpRequest) -> str:
    """The page of this site that was asked for before the log-in; nothing for another site's address."""
    address = request.GET.get("next", "")
    hosts = {request.get_host()}
    return (
        address if url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure()) else ""
    )


@signed_in
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@signed_in
def my_rights(request: HttpRequest) -> HttpResponse:
    """What the reader may do, where, until when, and by which role."""
    return render(request, "accounts/my_rights.html", {"rights": presenters.rights(request.reader)})
