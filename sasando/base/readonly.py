"""A page that is only read cannot write: methods that need no CSRF token run under a guard that refuses writes."""

from collections.abc import Callable

from django.db import connections
from django.http import HttpRequest, HttpResponse

READING = ("SELECT", "WITH", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
"""The methods for which Django asks no CSRF token (RFC 9110): what another site could make a browser send."""
FREE_TABLES = ("django_session",)
"""Sessions are written on GET by design (expiry, messages)."""


class WriteOnReadError(RuntimeError):
    """A view answering GET tried to write. The writing belongs into an action behind POST."""


def refuse_writes(execute, sql, params, many, context):
    """Database execute-wrapper that lets only reading statements pass."""
    statement = sql.lstrip().upper()
    if not statement.startswith(READING) and not any(table in sql for table in FREE_TABLES):
        raise WriteOnReadError(f"A GET view tried to write: {sql[:80]}")
    return execute(sql, params, many, context)


def allow_writes_on_get(view):
    """Mark a view whose GET must write: reading a case is itself recorded before it is shown."""
    view.writes_on_get = True
    return view


class ReadOnlyGetMiddleware:
    """Wraps views that answer a safe method in `refuse_writes`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Run the view here, guarded, when it answers a reading method."""
        if request.method not in SAFE_METHODS or getattr(view, "writes_on_get", False):
            return None
        with connections["default"].execute_wrapper(refuse_writes):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
        return response
