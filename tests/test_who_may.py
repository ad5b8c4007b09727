"""Who gets in where: every address of the application, asked by each person and by somebody without a log-in.

The samples lie where the operator, the social worker and the section head are at work. `stranger` and `neighbour` hold
such roles in another district, `other_head` in another section.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sasando.accounts.actions import grant_role, open_account
from sasando.accounts.models import User
from sasando.cases.actions import load_standard_kinds
from sasando.cases.tests.conftest import NOTE, make_case
from sasando.files.actions import enqueue
from sasando.office.models import Unit, UnitKind
from sasando.partners.actions import form_group
from sasando.partners.models import Group
from sasando.places.models import PlaceName
from sasando.programmes.actions import DeliveryRow, deliver_many
from sasando.programmes.models import Programme
from sasando.programmes.tests.build import programme
from sasando.publications import actions as publications
from sasando.publications.jobs import PREPARE_EDITION
from sasando.registry.actions import CategoryRow, add_persons_to_categories
from sasando.registry.models import Person, WelfareCategory
from sasando.registry.tests.build import category, families
from sasando.relief.actions import open_event
from sasando.relief.models import Event
from sasando.statistics.reporting.collection import assign_table
from sasando.trail.models import TrailEntry
from tests.people import BUILDER
from tests.strict import StrictClient

COLUMNS = (
    *("operator", "social_worker", "section_head", "treasurer", "secretary"),
    *("stranger", "neighbour", "other_head", "nobody"),
)
"""Who asks, in the order of the table below; nobody is not logged in."""

LOG_IN = "login"
"""Sent to the log-in page. All else is a status: 200 in, 302 in and led on, 403 not for this role, 404 not there for
this reader, 405 in but not by this method."""

WHO_MAY = {
    # address: operator social_worker section_head treasurer secretary stranger neighbour other_head nobody
    "set_language": "302 302 302 302 302 302 302 302 302",
    "desk:home": "200 200 200 200 200 200 200 200 login",
    "desk:components": "200 200 200 200 200 200 200 200 login",
    "accounts:log_in": "302 302 302 302 302 302 302 302 200",
    "accounts:log_out": "POST 302 302 302 302 302 302 302 302 login",
    "accounts:my_rights": "200 200 200 200 200 200 200 200 login",
    "files:jobs": "200 200 200 200 200 200 200 200 login",
    "files:job": "404 404 404 404 200 404 404 404 login",
    "files:progress": "404 404 404 404 200 404 404 404 login",
    "places:list": "200 200 200 200 200 200 200 200 login",
    "places:place": "200 200 200 200 200 200 200 200 login",
    "staff:employees": "403 403 200 403 200 403 403 200 login",
    "staff:auxiliaries": "403 403 200 403 200 403 403 200 login",
    "staff:chart": "403 200 200 200 200 403 200 200 login",
    "staff:unit": "403 200 200 200 200 403 200 200 login",
    "budget:index": "403 403 302 302 302 403 403 302 login",
    "budget:year": "403 403 200 200 200 403 403 200 login",
    "budget:load": "403 403 403 200 403 403 403 403 login",
    "budget:apply": "POST 403 403 403 302 403 403 403 403 login",
    "registry:families": "200 200 200 403 200 200 200 200 login",
    "registry:export": "200 200 200 403 200 200 200 200 login",
    "registry:find": "200 200 200 403 200 200 200 200 login",
    "partners:groups": "403 403 200 403 200 403 200 200 login",
    "partners:group": "403 403 200 403 200 403 404 200 login",
    "partners:organisations": "403 403 200 403 200 403 200 200 login",
    "programmes:list": "403 403 200 403 200 200 200 200 login",
    "desk:family": "200 200 200 403 200 404 404 200 login",
    "programmes:delivery": "403 403 200 403 200 404 404 200 login",
    "programmes:correct": "403 403 200 403 403 403 404 404 login",
    "programmes:programme": "403 403 200 403 200 200 200 200 login",
    "programmes:export": "403 403 200 403 200 200 200 200 login",
    "relief:events": "403 403 200 403 200 403 200 200 login",
    "relief:event": "403 403 200 403 200 403 200 200 login",
    "relief:families": "403 403 200 403 200 403 200 200 login",
    "cases:mine": "403 200 403 403 403 403 403 403 login",
    "cases:unit": "403 403 200 403 403 403 403 200 login",
    "cases:case": "403 200 200 403 403 403 403 404 login",
    "cases:add_visit": "403 200 403 403 403 403 403 403 login",
    "cases:assign": "403 403 200 403 403 403 403 404 login",
    "cases:close": "403 403 200 403 403 403 403 404 login",
    "planning:index": "403 302 302 302 302 403 302 302 login",
    "planning:year": "403 200 200 200 200 403 200 200 login",
    "planning:agreement": "403 200 200 200 200 403 200 200 login",
    "planning:typed_figures": "403 200 200 200 200 403 200 200 login",
    "planning:type_figure": "403 403 403 403 403 403 403 403 login",
    "statistics:latest": "403 200 200 200 200 403 200 200 login",
    "statistics:latest_findings": "403 200 200 200 200 403 200 200 login",
    "statistics:latest_board": "403 200 200 200 200 403 200 200 login",
    "statistics:year": "403 200 200 200 200 403 200 200 login",
    "statistics:seal": "POST 403 403 403 403 403 403 403 403 login",
    "statistics:findings": "403 200 200 200 200 403 200 200 login",
    "statistics:board": "403 200 200 200 200 403 200 200 login",
    "statistics:assign": "403 403 403 403 403 403 403 403 login",
    "statistics:carry_over": "POST 403 403 403 403 403 403 403 403 login",
    "statistics:hand_in": "403 403 200 200 200 403 404 404 login",
    "statistics:verify": "403 403 403 403 200 403 403 403 login",
    "statistics:basis": "POST 403 403 404 404 404 403 404 404 login",
    "statistics:fill": "403 403 200 200 200 403 404 404 login",
    "statistics:template": "403 403 200 200 200 403 404 404 login",
    "statistics:table": "403 200 200 200 200 403 200 200 login",
    "statistics:records": "403 200 200 403 200 403 200 200 login",
    "statistics:download": "403 200 200 200 200 403 200 200 login",
    "publications:list": "200 200 200 200 200 200 200 200 200",
    "publications:style": "200 200 200 200 200 200 200 200 200",
    "publications:prepare": "403 403 403 403 403 403 403 403 login",
    "publications:edition": "404 404 404 404 200 404 404 404 404",
    "publications:chapter": "404 404 404 404 200 404 404 404 404",
    "publications:file": "404 404 404 404 200 404 404 404 404",
    "publications:initial": "POST 403 403 403 403 302 403 403 403 login",
    "publications:publish": "403 403 403 403 403 403 403 403 login",
    "publications:withdraw": "403 403 403 403 403 403 403 403 login",
    "publications:count_errata": "403 403 403 403 403 403 403 403 login",
}
"""By the name of an address, how it answers each person. With POST before it, it is asked by POST, without any data:
of these a GET asks nothing."""

READS_THAT_ARE_RECORDED = {
    "cases.read_case",
    "programmes.export_deliveries",
    "publications.download",
    "registry.export_families",
    "registry.read_secret_categories",
}
EVIDENCE = "Bukti yang tidak boleh keluar"
MARKUP = "<script>alert(1)</script>"
"""In every name of the office: `StrictClient` refuses a page on which it would run."""


def addresses(resolver=None, namespace="", parameters=()):
    """Every address as (name, its parameters)."""
    for item in (resolver or get_resolver()).url_patterns:
        inside = (*parameters, *item.pattern.converters)
        if isinstance(item, URLResolver):
            inner = f"{namespace}{item.namespace}:" if item.namespace else namespace
            yield from addresses(item, inner, inside)
        elif isinstance(item, URLPattern):
            yield f"{namespace}{item.name}", inside


ADDRESSES = dict(addresses())


@pytest.fixture
def office(people, settings, tmp_path, monkeypatch):
    """A small populated office with everybody who asks."""
    settings.DATA = tmp_path
    monkeypatch.setattr(publications, "FORMATS", ("html", "json"))
    elsewhere = Unit.objects.create(
        code="REH-AL", kind=UnitKind.SECTION, name="Seksi Lain", parent=people.office_unit, order=9
    )
    for name, role, where in (
        ("neighbour", "section_officer", {"place": people.other_district}),
        ("other_head", "section_head", {"unit": elsewhere}),
    ):
        user = open_account(name, name, None, by=BUILDER)
        grant_role(user, role, by=BUILDER, **where)
        setattr(people, name, user)
    return people


@pytest.fixture
def samples(office):
    """What stands in the parameters of an address: by its name, else by that of its room."""
    known = families(office.village, 5)
    head, section = known[0], office.section
    holding = CategoryRow(category("99", secret=True).pk, head.person_ids[0], evidence=EVIDENCE)
    add_persons_to_categories(rows=[holding], by=BUILDER)
    rice = programme(unit=section)
    row = DeliveryRow(head.family_id, office.village.pk, date(2020, 4, 20), "Beras", Decimal(8), "kg")
    (delivery,) = deliver_many(rice, rows=[row], by=BUILDER)
    group = form_group(
        name="KUBE Lontar",
        village_id=office.village.pk,
        family_ids=[family.family_id for family in known],
        formed_on=date(2020, 3, 2),
        by=BUILDER,
    )
    event = open_event(name="Rawan pangan", kind="food_shortage", began_on=date(2020, 4, 20), by=BUILDER)
    load_standard_kinds(by=BUILDER)
    case = make_case(office, office.social_worker)
    for model in (Event, Group, Person, PlaceName, Programme, Unit, WelfareCategory):
        model.objects.update(name=Concat("name", Value(MARKUP)))
    User.objects.update(full_name=Concat("full_name", Value(MARKUP)))
    edition = publications.prepare_edition(2020, audience="internal", by=BUILDER)
    job = enqueue(PREPARE_EDITION, {"year": 2020, "audience": "internal"}, by=office.secretary)
    assign_table(2020, "t03_pkh", unit=section, due_on=date(2021, 1, 31), by=BUILDER)
    return {
        "budget": {"year": 2020},
        "cases": {"pk": case.pk},
        "files": {"number": job.pk},
        "partners": {"pk": group.pk},
        "places": {"code": office.village.code},
        "planning": {"year": 2020},
        "programmes": {"pk": delivery, "code": rice.code},
        "desk:family": {"pk": head.family_id},
        "publications": {
            **{"year": 2020, "kind": "profile", "audience": "internal", "number": edition.number},
            **{"part": 1, "name": "figures.json"},
        },
        "registry": {"pk": head.family_id},
        "relief": {"pk": event.pk},
        "staff": {"code": section.code},
        "statistics": {"number": 2020, "table_id": "t03_pkh", "file_format": "csv"},
    }


def address_of(name, samples):
    values = samples.get(name) or samples.get(name.partition(":")[0], {})
    missing = [key for key in ADDRESSES[name] if key not in values]
    assert not missing, f"{name} has the parameters {missing}: give them in `samples` of {__file__}."
    query = "?column=families" if name == "statistics:records" else ""
    return reverse(name, kwargs={key: values[key] for key in ADDRESSES[name]}) + query


def ask(client, method, address):
    """The answer, as a word of the table; what it wrote is taken back."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    is_log_in = response.status_code == 302 and response.url.startswith("/masuk/?next=")
    return LOG_IN if is_log_in else str(response.status_code), response


def test_every_address_says_who_may():
    unknown = sorted(ADDRESSES.keys() - WHO_MAY.keys())
    assert not unknown, f"Say in WHO_MAY of {__file__} how these answer each person: {', '.join(unknown)}."
    gone = sorted(WHO_MAY.keys() - ADDRESSES.keys())
    assert not gone, f"These addresses are gone; take them out of WHO_MAY: {', '.join(gone)}."


def test_everybody_gets_in_where_the_table_says_and_no_further(office, samples, log_in):
    wrong = []
    for name, said in WHO_MAY.items():
        method = "post" if said.startswith("POST ") else "get"
        for who, expected in zip(COLUMNS, said.removeprefix("POST ").split(), strict=True):
            client = StrictClient() if who == "nobody" else log_in(getattr(office, who))
            answer, response = ask(client, method, address_of(name, samples))
            if answer != expected:
                wrong.append(f"{name} answers {who} with {answer}, not {expected}")
            text = b"".join(response) if response.streaming else response.content
            if who != "social_worker" and (EVIDENCE.encode() in text or NOTE.encode() in text):
                assert (name, who) == ("cases:case", "section_head"), f"{name} tells {who} what is secret"
    assert not wrong, "\n".join(wrong)


def test_no_address_takes_a_post_without_its_token(office, samples):
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.secretary)
    for name in ADDRESSES:
        for method in ("post", "put", "patch", "delete"):
            assert ask(client, method, address_of(name, samples))[0] == "403", f"{name} {method}"


def test_reading_changes_nothing_but_says_in_the_trail_what_was_taken_along(office, samples, log_in):
    def counts():
        return {m: m.objects.count() for m in apps.get_models() if m.__module__.startswith("sasando.")}

    client = log_in(office.section_head)
    before, last = counts(), TrailEntry.objects.count()
    for name in ADDRESSES:
        client.get(address_of(name, samples))
    changed = {model for model, count in counts().items() if before[model] != count}
    assert changed <= {TrailEntry}
    written = set(TrailEntry.objects.order_by("sequence").values_list("action", flat=True)[last:])
    assert written and written <= READS_THAT_ARE_RECORDED
