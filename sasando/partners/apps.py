from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "sasando.partners"
    default_auto_field = "django.db.models.BigAutoField"
