"""The places the office's steps need, without loading all villages; and what a snapshot would read of a fact."""

from collections.abc import Sequence
from datetime import date

from sasando.base.facts import AsOf, Fact
from sasando.places.models import Level, Place, PlaceName
from sasando.places.queries import Atlas

DISTRICTS = (
    ("53.14.01", "Rote Barat Daya"),
    ("53.14.02", "Rote Barat Laut"),
    ("53.14.03", "Lobalain"),
    ("53.14.04", "Rote Tengah"),
    ("53.14.05", "Pantai Baru"),
    ("53.14.06", "Rote Timur"),
    ("53.14.07", "Rote Barat"),
    ("53.14.08", "Rote Selatan"),
    ("53.14.09", "Ndao Nuse"),
    ("53.14.10", "Landu Leko"),
)


def build_places() -> None:
    """The province, the regency and its ten districts of 1 January 2020."""
    province = Place.objects.create(code="53", level=Level.PROVINCE)
    regency = Place.objects.create(code="53.14", level=Level.REGENCY, parent=province)
    PlaceName.objects.create(place=regency, name="Rote Ndao")
    for code, name in DISTRICTS:
        place = Place.objects.create(code=code, level=Level.DISTRICT, parent=regency)
        PlaceName.objects.create(place=place, name=name)


def of_2020() -> AsOf:
    """The year 2020 as the book counts it."""
    return AsOf(date(2020, 1, 1), date(2020, 12, 31), date(2020, 1, 1), Atlas(date(2020, 1, 1)))


def rows_of(facts: Sequence[Fact], name: str) -> list[dict]:
    """The rows of a fact in 2020, as dicts; every value has the declared type or is null."""
    fact = next(fact for fact in facts if fact.name == name)
    columns = [column.name for column in fact.columns]
    rows = [dict(zip(columns, row, strict=True)) for row in fact.rows(of_2020())]
    records = [row["record"] for row in rows]
    assert len(set(records)) == len(records), f"{name} holds a record twice"
    return rows
