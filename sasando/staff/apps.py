from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "sasando.staff"
    default_auto_field = "django.db.models.BigAutoField"
