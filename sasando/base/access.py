"""What a page asks of its reader. Every view carries exactly one of these; the default is closed."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from sasando.base.permissions import Permission

View = Callable[..., HttpResponse]


def _guarded(view: View, allows: Callable[[HttpRequest], bool], rule: object) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.reader is None:
            return redirect_to_login(request.get_full_path())
        if not allows(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.access_rule = rule
    return guarded


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Open the page to signed-in readers who hold one of the permissions somewhere; the query narrows to where."""

    def decorate(view: View) -> View:
        return _guarded(view, lambda request: any(map(request.reader.may, permissions)), permissions)

    return decorate


def signed_in(view: View) -> View:
    """Open the page to everyone with an account: it shows only what is the reader's own."""
    return _guarded(view, lambda request: True, "signed in")


def open_to_all(view: View) -> View:
    """Open the page to anyone: log-in, public editions, health check."""
    view.access_rule = "open"
    return view
