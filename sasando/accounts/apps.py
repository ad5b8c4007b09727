from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sasando.accounts"
    default_auto_field = "django.db.models.BigAutoField"
