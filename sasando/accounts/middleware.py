"""Puts the reader and the language on each request."""

from django.conf import settings
from django.utils import translation

from sasando.accounts.reader import AccountReader


class ReaderMiddleware:
    """`request.reader`: an AccountReader, or None for a stranger."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        request.reader = AccountReader(user) if user.is_authenticated else None
        return self.get_response(request)


class LanguageMiddleware:
    """The language somebody chose, else the office's. A browser's own preference does not count: an English
    Windows on an office laptop says nothing about its reader."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
