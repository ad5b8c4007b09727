from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "sasando.cases"
    default_auto_field = "django.db.models.BigAutoField"
