"""A list of welfare categories is taken whole, again without change, and refused with reasons."""

import pytest

from sasando.registry.importers import CATEGORIES
from sasando.registry.models import WelfareCategory
from tests.people import BUILDER

ROW = dict.fromkeys(CATEGORIES.columns, "") | {
    "list_name": "PPKS-2012",
    "code": "08",
    "number": "8",
    "name": "Lanjut usia telantar",
    "min_age": "60",
    "is_secret": "",
}


def load(*rows, apply=True):
    return CATEGORIES(list(rows), apply=apply, by=BUILDER, options={})


def test_taken_and_taken_again(db):
    assert load(ROW).new == 1
    assert load(ROW).unchanged == 1
    assert load(ROW | {"name": "Lansia telantar"}).changed == 1
    category = WelfareCategory.objects.get()
    assert (category.name, category.min_age, category.subject, category.is_secret) == (
        "Lansia telantar",
        60,
        "person",
        False,
    )


def test_a_preview_stores_nothing(db):
    assert load(ROW, apply=False).new == 1
    assert not WelfareCategory.objects.exists()


@pytest.mark.parametrize(
    "bad", [{"number": ""}, {"name": ""}, {"subject": "hewan"}, {"is_secret": "mungkin"}]
)
def test_a_bad_row_is_refused_with_its_reason_and_nothing_stays(db, bad):
    report = load(ROW, ROW | {"code": "09"} | bad)
    assert [row.line for row in report.refused] == [3] and report.refused[0].reason
    assert not WelfareCategory.objects.exists()
