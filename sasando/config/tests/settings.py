"""The real settings, with a room whose jobs take as long as a test needs."""

from sasando.config import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})
INSTALLED_APPS = ["sasando.config.tests.slow", *settings.INSTALLED_APPS]
