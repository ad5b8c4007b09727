"""Programmes and tariffs from a file: taken, taken again, refused with reasons."""

from datetime import date

import pytest

from sasando.budget.models import FundSource
from sasando.programmes.importers import PROGRAMMES, TARIFFS
from sasando.programmes.models import Programme, Tariff
from tests.people import BUILDER

PROGRAMME = dict.fromkeys(PROGRAMMES.columns, "") | {"code": "PKH", "name": "PKH", "fund_source": "APBN"}
TARIFF = dict.fromkeys(TARIFFS.columns, "") | {
    "programme": "PKH",
    "component": "SD",
    "name": "Anak SD",
    "amount_idr": "225.000",
    "valid_from": "2020-01-01",
    "valid_to": "2020-04-01",
}


@pytest.fixture(autouse=True)
def source(db):
    return FundSource.objects.create(code="APBN", name="APBN")


def load(importer, *rows, apply=True):
    return importer(list(rows), apply=apply, by=BUILDER, options={})


def test_programmes_and_tariffs(db):
    assert load(PROGRAMMES, PROGRAMME | {"kind": "dipantau", "limit_per_family": "4"}).new == 1
    assert load(PROGRAMMES, PROGRAMME | {"kind": "observed", "limit_per_family": "4"}).unchanged == 1
    assert (
        load(
            TARIFFS, TARIFF, TARIFF | {"valid_from": "2020-04-01", "valid_to": "", "amount_idr": "75000"}
        ).new
        == 2
    )
    assert load(TARIFFS, TARIFF).unchanged == 1
    assert Programme.objects.get().limit_per_family == 4
    assert Tariff.objects.holding_on(date(2020, 3, 1)).get().amount_idr == 225_000


@pytest.mark.parametrize("bad", [{"fund_source": "X"}, {"unit": "X"}, {"kind": "X"}, {"code": ""}])
def test_a_bad_programme_is_refused(db, bad):
    assert len(load(PROGRAMMES, PROGRAMME | bad).refused) == 1
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"programme": "X"},
        {"amount_idr": ""},
        {"amount_idr": "banyak"},
        {"valid_from": "2020-03-01", "valid_to": ""},
    ],
)
def test_a_bad_tariff_is_refused(db, bad):
    load(PROGRAMMES, PROGRAMME)
    report = load(TARIFFS, TARIFF, TARIFF | bad)
    assert [row.line for row in report.refused] == [3]
    assert not Tariff.objects.exists()
