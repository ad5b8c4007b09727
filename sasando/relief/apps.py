from django.apps import AppConfig


class ReliefConfig(AppConfig):
    name = "sasando.relief"
    default_auto_field = "django.db.models.BigAutoField"
