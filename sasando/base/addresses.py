"""What may stand in an address of a page."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import register_converter


class YearConverter:
    """A year the office may have records of; any other number is no page."""

    regex = "(?:19|20)[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(YearConverter, "year")


class AddressMiddleware:
    """An address with a NUL, which no database stores, leads nowhere: else each page would have to look for one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Refuse before the view looks anything up."""
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
