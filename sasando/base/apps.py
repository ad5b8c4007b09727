from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "sasando.base"
    default_auto_field = "django.db.models.BigAutoField"
