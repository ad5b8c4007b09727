"""What Django forgives and the suite does not. Each patch tells its story."""

import re
from contextlib import ExitStack, contextmanager
from unittest import mock

from django.db import models
from django.template import engines
from django.test import Client


class StrictClient(Client):
    """Refuses pages with inline scripts, inline handlers, inline styles, or template syntax left over.

    The content security policy forbids the first three in a browser; a test without a browser would not notice.
    """

    FORBIDDEN = (
        (re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>"), "an inline <script>"),
        (re.compile(rb"<[^>]+\son[a-z]+\s*="), "an inline event handler"),
        (re.compile(rb"<[^>]+\sstyle\s*="), "an inline style"),
        (re.compile(rb"{{|{%|%}|}}"), "template syntax left over"),
    )

    def request(self, **request):
        response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            for pattern, name in self.FORBIDDEN:
                found = pattern.search(response.content)
                assert not found, f"{request['PATH_INFO']} holds {name}: {found.group()[:80]!r}"
        return response


def _dates_stay_dates(original):
    """A datetime stored in a DateField silently loses its hour, and around midnight its day."""

    def get_prep_value(self, value):
        if value is not None and not isinstance(self, models.DateTimeField) and hasattr(value, "hour"):
            raise TypeError(f"{self.name} is a date; it was given the time {value!r}.")
        return original(self, value)

    return get_prep_value


class UndefinedInTemplateError(Exception):
    """A template printed a name that its view never gave."""


class _Loud(str):
    """Stands where a template printed an unknown name: Django asks it to fill in the name, and it speaks up."""

    def __mod__(self, name):
        raise UndefinedInTemplateError(f"A template prints {name}, which is not in its context.")


@contextmanager
def patches():
    """All patches, for the length of the session."""
    with ExitStack() as stack:
        strict_dates = _dates_stay_dates(models.DateField.get_prep_value)
        stack.enter_context(mock.patch.object(models.DateField, "get_prep_value", strict_dates))
        stack.enter_context(mock.patch.object(engines["django"].engine, "string_if_invalid", _Loud("%s")))
        yield
