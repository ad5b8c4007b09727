"""Who sees which aid, and who may correct it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sasando.accounts.actions import grant_role, open_account
from sasando.office.models import Unit, UnitKind
from sasando.partners.models import Group, GroupMembership
from sasando.programmes.actions import DeliveryRow, deliver_many
from sasando.programmes.models import Delivery
from sasando.programmes.queries import programme_lines
from sasando.programmes.tests.build import pkh, programme, receive
from sasando.registry.tests.build import families, nik
from sasando.trail.models import TrailEntry
from tests.people import BUILDER

DAY = date(2020, 4, 20)


def hand_over(made, known, village, **values):
    row = {"delivered_on": DAY, "item": "Beras", "quantity": Decimal(8), "unit": "kg"} | values
    return deliver_many(
        made, rows=[DeliveryRow(one.family_id, village.pk, **row) for one in known], by=BUILDER
    )


@pytest.fixture
def rice(people):
    return programme(unit=people.section)


@pytest.fixture
def known(people):
    return families(people.village, 3)


@pytest.fixture
def facilitator(people):
    user = open_account("fina", "Fina Pendamping", None, by=BUILDER)
    grant_role(user, "facilitator", place=people.village, by=BUILDER)
    return user


def test_sums_are_those_of_the_readers_places(people, rice, known, facilitator):
    other = families(people.other_village, 2, first=50)
    made = pkh()
    receive(made, known, people.village, "SD")
    receive(made, other, people.other_village, "SMP", name="Tahap 1b")
    hand_over(rice, known, people.village, amount_idr=10)

    def sums(user):
        lines = {line.programme.code: line for line in programme_lines(people.reader(user), 2020)}
        due, given = lines["PKH"], lines["CBP"]
        return due.families, due.entitled_idr, given.deliveries, given.delivered_idr

    assert sums(people.section_head) == (5, 3 * 225_000 + 2 * 375_000, 3, 30)
    assert sums(facilitator) == (3, 675_000, 3, 30)
    assert sums(people.stranger) == (2, 750_000, 0, None)
    assert sums(people.treasurer) == (0, 0, 0, None)


def test_a_familys_whole_aid_wherever_it_came_from(people, log_in, rice, known, facilitator):
    receive(pkh(), known, people.village, "SD")
    hand_over(rice, known[:1], people.other_village)
    goods = programme("LOGISTIK-LANSIA", recipient_kind="person")
    deliver_many(goods, rows=[DeliveryRow(known[0].person_ids[1], None, DAY, "Paket")], by=BUILDER)
    group = Group.objects.create(name="Maju Bersama", village=people.village)
    GroupMembership.objects.create(group=group, family_id=known[0].family_id)
    deliver_many(
        programme("KUBE", recipient_kind="group"),
        rows=[DeliveryRow(group.pk, None, DAY, "Modal")],
        by=BUILDER,
    )
    address = reverse("desk:family", args=[known[0].family_id])
    text = log_in(facilitator).get(address).content.decode()
    for said in ("Program PKH", "Program CBP", "Istri 1", "Maju Bersama", "225.000"):
        assert said in text
    assert nik(1) not in text
    assert log_in(people.stranger).get(address).status_code == 404
    assert log_in(people.treasurer).get(address).status_code == 403


def test_a_delivery_out_of_scope_does_not_exist(people, log_in, rice, known):
    (delivery,) = hand_over(rice, known[:1], people.village)
    address = reverse("programmes:delivery", args=[delivery])
    assert log_in(people.section_head).get(address).status_code == 200
    assert log_in(people.stranger).get(address).status_code == 404
    assert log_in(people.stranger).get(reverse("programmes:delivery", args=[99])).status_code == 404


def correct(client, delivery, **values):
    return client.post(reverse("programmes:correct", args=[delivery]), values)


def test_a_correction_through_the_form(people, log_in, rice, known):
    (delivery,) = hand_over(rice, known[:1], people.village, amount_idr=80_000)
    client = log_in(people.section_head)
    form = client.get(reverse("programmes:correct", args=[delivery]))
    assert 'value="80000"' in form.content.decode() and 'value="8"' in form.content.decode()
    answer = correct(client, delivery, amount_idr="90000", quantity="8", reason="Harga salah")
    assert answer.status_code == 302
    text = client.get(answer.url).content.decode()
    assert "Harga salah" in text and "80000" in text and "Melki Kasie" in text
    assert Delivery.objects.get().amount_idr == 90_000


@pytest.mark.parametrize(
    "values",
    [
        {"amount_idr": "90000", "reason": ""},
        {"amount_idr": "-1", "reason": "x"},
        {"amount_idr": "80000", "quantity": "8", "reason": "x"},
        {"amount_idr": "sembilan", "reason": "x"},
    ],
)
def test_a_bad_correction_changes_nothing(people, log_in, rice, known, values):
    (delivery,) = hand_over(rice, known[:1], people.village, amount_idr=80_000)
    assert correct(log_in(people.section_head), delivery, **values).status_code == 422
    assert Delivery.objects.get().amount_idr == 80_000


def test_only_the_programmes_unit_corrects(people, log_in, known):
    elsewhere = Unit.objects.create(code="REH-AL", kind=UnitKind.SECTION, name="Seksi lain", order=9)
    (delivery,) = hand_over(programme("LAIN", unit=elsewhere), known[:1], people.village)
    client = log_in(people.section_head)
    assert client.get(reverse("programmes:delivery", args=[delivery])).status_code == 200
    assert correct(client, delivery, quantity="9", reason="x").status_code == 404
    assert correct(log_in(people.secretary), delivery, quantity="9", reason="x").status_code == 403
    assert Delivery.objects.get().quantity == 8


def test_pages_cost_the_same_with_three_and_with_thirty(people, log_in, rice, known):
    client = log_in(people.section_head)
    made = pkh()

    def cost():
        counts = []
        for address in (
            reverse("programmes:list"),
            reverse("programmes:programme", args=["CBP"]),
            reverse("programmes:programme", args=["PKH"]),
            reverse("desk:family", args=[known[0].family_id]),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    def grow(count, first):
        more = families(people.village, count, first=first)
        hand_over(rice, more, people.village)
        for number in range(count):
            receive(made, known[:1], people.village, "SD", name=f"Tahap {first + number}")
            hand_over(rice, known[:1], people.village)

    grow(3, 100)
    three = cost()
    grow(27, 200)
    assert cost() == three


def test_the_export_says_its_filter(people, log_in, rice, known):
    hand_over(rice, known, people.village, item="=1+1")
    hand_over(rice, families(people.other_village, 1, first=50), people.other_village)
    address = reverse("programmes:export", args=["CBP"])
    answer = log_in(people.section_head).get(address, {"district": "53.14.03", "year": "2020"})
    text = answer.content.decode("utf-8-sig")
    assert "Lobalain" in text and "2020" in text.splitlines()[1]
    assert text.count("'=1+1") == 3 and "Kepala 50" not in text
    assert TrailEntry.objects.filter(action="programmes.export_deliveries").count() == 1
    assert log_in(people.section_head).get(reverse("programmes:export", args=["TIADA"])).status_code == 404


def test_a_correction_of_what_another_has_corrected_meanwhile_changes_nothing(people, log_in, rice, known):
    (delivery,) = hand_over(rice, known[:1], people.village, amount_idr=80_000)
    client = log_in(people.section_head)
    read = client.get(reverse("programmes:correct", args=[delivery])).context["form"]
    correct(client, delivery, amount_idr="90000", quantity="8", reason="Harga", seen=read["seen"].value())
    late = correct(
        client, delivery, amount_idr="80000", quantity="9", reason="Ukur", seen=read["seen"].value()
    )
    assert late.url == reverse("programmes:correct", args=[delivery])
    stored = Delivery.objects.get()
    assert (stored.amount_idr, stored.quantity) == (90_000, 8)


@pytest.mark.parametrize("amount", [10**15, 2**63, 10**40])
def test_more_money_than_there_is_is_refused(people, log_in, rice, known, amount):
    (delivery,) = hand_over(rice, known[:1], people.village)
    answer = correct(log_in(people.section_head), delivery, amount_idr=str(amount), reason="x")
    assert answer.status_code == 422
