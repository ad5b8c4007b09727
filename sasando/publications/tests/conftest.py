"""An office with somebody for each step of an edition, in a data folder of its own."""

from dataclasses import dataclass

import pytest

from sasando.accounts.actions import grant_role, open_account
from sasando.accounts.models import User
from sasando.publications import actions
from sasando.publications.models import Edition
from tests.people import BUILDER, People


@dataclass
class Desk:
    """Who takes which step."""

    people: People
    planner: User
    division_head: User
    secretary: User
    head: User

    def published(self, audience: str = "internal", **more) -> Edition:
        edition = actions.prepare_edition(2020, audience=audience, by=self.planner)
        actions.initial_edition(edition, by=self.division_head)
        actions.initial_edition(edition, by=self.secretary)
        return actions.publish_edition(edition, by=self.head, **more)


@pytest.fixture
def data(settings, tmp_path):
    """A data folder of the test's own."""
    settings.DATA = tmp_path / "data"
    settings.MEDIA_ROOT = settings.DATA / "files"
    return settings.DATA


@pytest.fixture
def desk(people, data) -> Desk:
    def person(username, name, role, **where):
        user = open_account(username, name, None, by=BUILDER)
        grant_role(user, role, by=BUILDER, **where)
        return user

    return Desk(
        people,
        planner=person("okta.perencana", "Okta Perencana", "planner"),
        division_head=person("maria.kabid", "Maria Kabid", "division_head", unit=people.office_unit),
        secretary=people.secretary,
        head=person("yohana.kadis", "Yohana Kadis", "office_head"),
    )


@pytest.fixture
def quick(monkeypatch):
    """Editions in two formats only: for tests of steps, not of files."""
    monkeypatch.setattr(actions, "FORMATS", ("html", "json"))
