"""The office of each request, and its time of day."""

from django.utils import timezone

from sasando.office.queries import office


class OfficeMiddleware:
    """`request.office`: the office, or None before `sasando init`; dates on the page are those of its time zone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.office = office()
        if request.office is None:
            return self.get_response(request)
        with timezone.override(request.office.time_zone):
            return self.get_response(request)
