"""What of aid is counted, and who may open it."""

from datetime import date
from decimal import Decimal

from sasando.base.facts import AsOf
from sasando.partners.models import Organisation
from sasando.places.queries import Atlas
from sasando.programmes.actions import DeliveryRow, deliver_many
from sasando.programmes.facts import FACTS
from sasando.programmes.tests.build import pkh, programme, receive
from sasando.registry.tests.build import families, nik
from tests.people import BUILDER

DAY = date(2020, 1, 1)


def fact(name):
    return next(fact for fact in FACTS if fact.name == name)


def rows(name, year=2020):
    found = list(fact(name).rows(AsOf(date(year, 1, 1), date(year, 12, 31), DAY, Atlas(DAY))))
    return [dict(zip([column.name for column in fact(name).columns], row, strict=True)) for row in found]


def test_entitlements_of_the_cycles_that_begin_within_the_year(people):
    received = receive(pkh(), families(people.village, 2), people.village, "SD", "SMP")
    first, second = rows("entitlements")
    assert [first["record"], second["record"]] == list(received.entitlement_ids)
    assert first == {
        "record": received.entitlement_ids[0],
        "programme": "PKH",
        "cycle": "Tahap 1",
        "begins_on": date(2020, 1, 1),
        "family": first["family"],
        "village_code": "53.14.03.2001",
        "district_code": "53.14.03",
        "amount_idr": 600_000,
        "fund_source": "APBN",
    }
    assert rows("entitlements", 2021) == []


def test_deliveries_of_every_kind_of_recipient(people):
    (one,) = families(people.village)
    home = Organisation.objects.create(name="Panti", kind="home")
    deliver_many(
        programme("JAMINAN-HIDUP", recipient_kind="person"),
        rows=[
            DeliveryRow(
                one.person_ids[2],
                people.village.pk,
                date(2020, 7, 15),
                "Uang",
                amount_idr=5,
                through_id=home.pk,
            )
        ],
        by=BUILDER,
    )
    deliver_many(
        programme("CBP"),
        rows=[
            DeliveryRow(one.family_id, people.village.pk, date(2020, 4, 20), "Beras", Decimal(8), "kg"),
            DeliveryRow(one.family_id, people.village.pk, date(2021, 4, 20), "Beras", Decimal(8), "kg"),
        ],
        by=BUILDER,
    )
    child, family = rows("deliveries")
    assert (child["recipient_kind"], child["recipient"], child["through"]) == (
        "person",
        one.person_ids[2],
        "Panti",
    )
    assert (child["amount_idr"], child["quantity"], child["village_code"]) == (5, None, "53.14.03.2001")
    assert (family["recipient_kind"], family["recipient"]) == ("family", one.family_id)
    assert str(family["quantity"]) == "8.000" and family["amount_idr"] is None


def test_opening_shows_names_and_amounts_in_scope_and_no_number(people):
    mine, theirs = families(people.village, 1), families(people.other_village, 1, first=50)
    made = pkh()
    ids = [
        *receive(made, mine, people.village, "SD").entitlement_ids,
        *receive(made, theirs, people.other_village, "SMP", name="Tahap 2").entitlement_ids,
    ]
    page = fact("entitlements").open(people.reader(people.stranger), ids)
    (url, texts) = page.rows[0]
    assert len(page.rows) == 1 and texts[:4] == ("Kepala 50", "Papela", "Program PKH", "Tahap 2")
    assert texts[5] == "Rp375.000" and str(theirs[0].family_id) in url
    assert len(fact("entitlements").open(people.reader(people.section_head), ids).rows) == 2
    assert fact("entitlements").open(people.reader(people.treasurer), ids).rows == []
    rice = deliver_many(
        programme("CBP"),
        rows=[DeliveryRow(mine[0].family_id, people.village.pk, DAY, "Beras", Decimal(8), "kg")],
        by=BUILDER,
    )
    texts = fact("deliveries").open(people.reader(people.section_head), list(rice)).rows[0][1]
    assert texts[0] == "Kepala 1" and texts[4] == "8 kg"
    assert nik(1) not in str(texts)
    assert fact("deliveries").open(people.reader(people.stranger), list(rice)).rows == []
