"""The office of the demo regency: units, functions, legal bases and posts, from the files any office could load."""

from sasando.base.importing import read_file
from sasando.base.loading import load_whole
from sasando.demo.context import Demo
from sasando.office.actions import found_office
from sasando.office.importers import FUNCTIONS, LEGAL_BASES, POSTS, UNITS
from sasando.places.models import Place

FILES = (
    (UNITS, "office/units.csv"),
    (FUNCTIONS, "office/functions.csv"),
    (LEGAL_BASES, "office/regulations.csv"),
    (POSTS, "office/posts.csv"),
)


def build(demo: Demo) -> None:
    """Found the office of Rote Ndao and load its structure. The regulation's wording is left for a real office."""
    regency = Place.objects.get(id=demo.atlas.by_code["53.14"].id)
    found_office(
        regency,
        name="Dinas Sosial",
        regency_name="Kabupaten Rote Ndao",
        seat="Ba'a",
        time_zone="Asia/Makassar",
        is_demo=True,
        by=demo.by,
    )
    for importer, name in FILES:
        load_whole(importer, read_file(importer, demo.path(name), name), name, by=demo.by)
