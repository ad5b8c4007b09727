"""Checks a user name and a password."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password

from sasando.accounts.models import User


class AccountBackend(BaseBackend):
    """Log-in by user name and password; takes the same time for an unknown name."""

    def authenticate(self, request, username=None, password=None):
        user = User.objects.filter(username__iexact=username or "").first()
        if user is None:
            make_password(password)
            return None
        return user if check_password(password, user.password) and user.is_active else None

    def get_user(self, user_id):
        return User.objects.filter(pk=user_id, is_active=True).first()
