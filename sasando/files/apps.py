from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "sasando.files"
    default_auto_field = "django.db.models.BigAutoField"
