"""The list of places itself, as of the day the book goes by."""

from collections.abc import Iterator, Sequence

from sasando.base.facts import AsOf, Column, ColumnType, Fact, RecordPage
from sasando.base.permissions import Permission
from sasando.base.privacy import Privacy
from sasando.base.reader import Reader
from sasando.places.models import Level
from sasando.places.queries import Atlas, places

TEXT = ColumnType.TEXT


def _rows(as_of: AsOf) -> Iterator[tuple]:
    atlas = Atlas(as_of.places_on)
    for level in (Level.REGENCY, Level.DISTRICT, Level.VILLAGE):
        for spot in atlas.at_level(level):
            district = atlas.ancestor(spot.id, Level.DISTRICT)
            code, name = (district.code, district.name) if district else (None, None)
            yield spot.id, spot.code, str(spot.level), spot.kind, spot.name, code, name


def _open(reader: Reader, ids: Sequence[int]) -> RecordPage:
    rows = [(None, (place.code, place.last_name)) for place in places(reader).filter(id__in=ids)]
    return RecordPage(headings=("Code", "Name"), rows=rows)


FACTS = [
    Fact(
        name="places",
        title="Places",
        columns=(
            Column("record", ColumnType.INTEGER, "the place"),
            Column("code", TEXT, "official code on the day"),
            Column("level", TEXT, "regency, district or village"),
            Column("kind", TEXT, "desa or kelurahan; empty above the village"),
            Column("name", TEXT, "official name on the day"),
            Column("district_code", TEXT, "code of the district"),
            Column("district_name", TEXT, "official name of the district on the day"),
        ),
        rows=_rows,
        permission=Permission.SEE_PLACES,
        open=_open,
        privacy=Privacy.PUBLIC,
    )
]
