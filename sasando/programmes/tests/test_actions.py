"""Lists, enrolments, deliveries and corrections: what is taken, what is refused whole."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import F, Sum

from sasando.partners.models import Organisation
from sasando.programmes import errors
from sasando.programmes.actions import (
    DeliveryRow,
    ListRow,
    correct_delivery,
    deliver,
    deliver_many,
    enrol_families,
    receive_list,
    set_tariff,
)
from sasando.programmes.models import (
    Delivery,
    DeliveryCorrection,
    Enrolment,
    Entitlement,
    EntitlementLine,
    Tariff,
)
from sasando.programmes.rules import Line
from sasando.programmes.tests.build import cycle, line, pkh, programme, receive
from sasando.registry.models import Family, Person
from sasando.registry.tests.build import families
from sasando.trail.models import TrailEntry
from sasando.trail.queries import details
from tests.people import BUILDER

DAY = date(2020, 4, 20)


def test_an_entitlement_is_the_sum_of_its_lines(people):
    made, known = pkh(), families(people.village, 3)
    received = receive(made, known, people.village, "SD", "SMP", "LANSIA")
    assert (received.families, received.amount_idr, received.doubts) == (3, 3 * 1_200_000, {})
    assert EntitlementLine.objects.count() == 9
    assert (
        not Entitlement.objects.annotate(sum=Sum("lines__amount_idr")).exclude(sum=F("amount_idr")).exists()
    )
    assert details(TrailEntry.objects.get(action="programmes.receive_list"))["amount_idr"] == 3_600_000


def test_what_departs_from_the_tariff_is_kept_and_doubted(people):
    made, (one, two) = pkh(), families(people.village, 2)
    rows = [
        ListRow(one.family_id, people.village.pk, [line(made, "SD", amount=200_000)]),
        ListRow(two.family_id, people.village.pk, [line(made, "LANSIA"), line(made, "LANSIA")]),
    ]
    received = receive_list(cycle=cycle(made), rows=rows, by=BUILDER)
    assert sorted(received.doubts) == [1, 2]
    assert Entitlement.objects.get(family=one.family_id).amount_idr == 200_000


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda row, made: [row, row], errors.ListRowError),
        (lambda row, made: [row._replace(lines=[])], errors.ListRowError),
        (lambda row, made: [row._replace(lines=[Line(0, None, 1)])], errors.ListRowError),
        (lambda row, made: [row._replace(lines=[line(made, "SD", amount=-1)])], errors.ListRowError),
        (lambda row, made: [row, row._replace(family_id=999_999)], errors.UnknownFamiliesError),
        (lambda row, made: [row._replace(village_id=999_999)], errors.ListRowError),
    ],
)
def test_a_list_that_cannot_be_is_refused_whole(people, spoil, error):
    made, (one,) = pkh(), families(people.village)
    row = ListRow(one.family_id, people.village.pk, [line(made, "SD")])
    with pytest.raises(error):
        receive_list(cycle=cycle(made), rows=spoil(row, made), by=BUILDER)
    assert not Entitlement.objects.exists()


def test_a_list_is_received_once_and_only_of_others_programmes(people):
    made, known = pkh(), families(people.village)
    receive(made, known, people.village, "SD")
    with pytest.raises(errors.ListTwiceError):
        receive_list(cycle=made.cycles.get(), rows=[], by=BUILDER)
    with pytest.raises(errors.OwnProgrammeError):
        receive_list(cycle=cycle(programme()), rows=[], by=BUILDER)
    with pytest.raises(errors.CycleExistsError):
        cycle(made)


def test_a_new_tariff_ends_the_one_before(people):
    made = pkh()
    set_tariff(made, component="SD", name="SD", amount_idr=75_000, valid_from=date(2020, 4, 1), by=BUILDER)
    on = {
        day: Tariff.objects.holding_on(day).get(component="SD").amount_idr for day in (date(2020, 3, 31), DAY)
    }
    assert list(on.values()) == [225_000, 75_000]
    with pytest.raises(errors.TariffOverlapError):
        set_tariff(made, component="SD", name="SD", amount_idr=1, valid_from=date(2020, 2, 1), by=BUILDER)
    with pytest.raises(errors.NegativeAmountError):
        set_tariff(made, component="X", name="X", amount_idr=-1, by=BUILDER)


def test_enrolment_states_follow_each_other(people):
    made, known = pkh(), families(people.village, 3)
    ids = [one.family_id for one in known]
    assert enrol_families(made, family_ids=ids, since=date(2019, 1, 1), by=BUILDER) == 3
    assert enrol_families(made, family_ids=ids, since=date(2020, 1, 1), by=BUILDER) == 0
    assert (
        enrol_families(made, family_ids=ids[:1], state="graduated", since=date(2020, 6, 1), by=BUILDER) == 1
    )
    holding = Enrolment.objects.holding_on(date(2020, 12, 31)).values_list("family_id", "state")
    assert sorted(holding) == [(ids[0], "graduated"), (ids[1], "active"), (ids[2], "active")]
    assert Enrolment.objects.holding_on(date(2020, 5, 31)).filter(state="active").count() == 3


def test_many_deliveries_are_one_entry(people):
    made, known = programme(), families(people.village, 3)
    rows = [DeliveryRow(one.family_id, people.village.pk, DAY, "Beras", Decimal(8), "kg") for one in known]
    ids = deliver_many(made, rows=rows, by=BUILDER)
    stored = Delivery.objects.filter(id__in=ids)
    assert stored.aggregate(kg=Sum("quantity"))["kg"] == 24
    assert set(stored.values_list("fund_source", flat=True)) == {made.fund_source_id}
    assert details(TrailEntry.objects.get(action="programmes.deliver_many"))["deliveries"] == 3


def test_a_delivery_goes_to_whom_the_programme_is_for(people):
    (one,) = families(people.village)
    person, family = Person.objects.get(pk=one.person_ids[0]), Family.objects.get(pk=one.family_id)
    home = Organisation.objects.create(name="Panti", kind="home", village=people.village)
    made = programme("JAMINAN-HIDUP", recipient_kind="person")
    done = deliver(
        made,
        recipient=person,
        delivered_on=DAY,
        item="Uang",
        amount_idr=5,
        through=home,
        village=people.village,
        by=BUILDER,
    )
    assert (done.person, done.family, done.through) == (person, None, home)
    with pytest.raises(errors.RecipientError):
        deliver(made, recipient=family, delivered_on=DAY, item="Uang", by=BUILDER)
    with pytest.raises(errors.RecipientError) as caught:
        row = DeliveryRow(person.pk, None, DAY, "Uang")
        deliver_many(made, rows=[row, row._replace(recipient_id=999_999)], by=BUILDER)
    assert caught.value.row == 2 and Delivery.objects.count() == 1
    with pytest.raises(errors.RecipientError):
        deliver(
            programme("DESA", recipient_kind="village"),
            recipient=people.district,
            delivered_on=DAY,
            item="x",
            by=BUILDER,
        )


def test_nothing_is_delivered_of_others_programmes_or_below_zero(people):
    (one,) = families(people.village)
    row = DeliveryRow(one.family_id, people.village.pk, DAY, "Beras", Decimal(8), "kg")
    with pytest.raises(errors.ObservedProgrammeError):
        deliver_many(pkh(), rows=[row], by=BUILDER)
    for spoilt in (row._replace(quantity=Decimal(-1)), row._replace(amount_idr=-1)):
        with pytest.raises(errors.NegativeAmountError):
            deliver_many(programme(f"P{abs(hash(spoilt)) % 1000}"), rows=[spoilt], by=BUILDER)
    assert not Delivery.objects.exists()


@pytest.fixture
def rice(people):
    (one,) = families(people.village)
    row = DeliveryRow(one.family_id, people.village.pk, DAY, "Beras", Decimal(8), "kg")
    return Delivery.objects.get(pk=deliver_many(programme(), rows=[row], by=BUILDER)[0])


def test_a_correction_keeps_old_new_and_why(rice):
    correct_delivery(rice, quantity=Decimal(10), amount_idr=100_000, reason="Salah ketik", by=BUILDER)
    rice.refresh_from_db()
    assert (rice.quantity, rice.amount_idr) == (10, 100_000)
    kept = {c.field: (c.old, c.new, c.reason, c.corrected_by_name) for c in DeliveryCorrection.objects.all()}
    assert kept == {
        "quantity": ("8.000", "10", "Salah ketik", "test builder"),
        "amount_idr": ("", "100000", "Salah ketik", "test builder"),
    }


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"quantity": Decimal(8), "reason": "x"}, errors.NothingToCorrectError),
        ({"quantity": Decimal(9), "reason": "  "}, errors.NothingToCorrectError),
        ({"reason": "x"}, errors.NothingToCorrectError),
        ({"quantity": Decimal(-9), "reason": "x"}, errors.NegativeAmountError),
    ],
)
def test_a_correction_that_is_none_is_refused(rice, values, error):
    with pytest.raises(error):
        correct_delivery(rice, by=BUILDER, **values)
    assert not DeliveryCorrection.objects.exists()
