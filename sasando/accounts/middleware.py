"""Puts the reader on each request; pages ask it, never the user."""

from sasando.accounts.reader import AccountReader


class ReaderMiddleware:
    """`request.reader`: an AccountReader, or None for a stranger."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        request.reader = AccountReader(user) if user.is_authenticated else None
        return self.get_response(request)
