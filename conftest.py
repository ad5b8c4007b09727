"""Fixtures every room's tests may use."""

import shutil

import pytest
from django.test import Client

from tests import environment, strict
from tests.people import People, build_people


@pytest.fixture(scope="session", autouse=True)
def strict_django():
    """Django forgives less in tests than in the office."""
    with strict.patches():
        yield


@pytest.fixture(autouse=True)
def static_files_as_they_are(settings):
    """Style sheets under their own names: nothing was collected for the tests."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(scope="session", autouse=True)
def data_folder():
    """The suite's own data folder, removed at the end."""
    yield environment.DATA
    shutil.rmtree(environment.DATA, ignore_errors=True)


@pytest.fixture
def people(db) -> People:
    """A small office with two districts and the six people of `tests/people.py`."""
    return build_people()


@pytest.fixture
def log_in():
    """A browser-like client in which a person is logged in: `log_in(people.operator).get(...)`."""

    def client_of(user) -> Client:
        client = strict.StrictClient()
        client.force_login(user)
        return client

    return client_of
