"""Fixtures every room's tests may use."""

import shutil

import pytest
from django.test import Client
from django_tasks_db.management.commands import db_worker

from sasando.files import actions as files
from sasando.files.queries import something_waits
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


@pytest.fixture
def run_jobs(db, monkeypatch):
    """Runs the long jobs that wait, here and now: `run_jobs()` after a page has asked for one."""
    monkeypatch.setattr(files, "BEAT_SECONDS", 3600)  # its own connection would not see this test's rows
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)  # it holds this test's transaction

    def run():
        while something_waits():
            files.run_next_job()

    return run
