"""A small office and the six people who appear in every room's tests.

Two districts of Rote Ndao stand for "mine" and "another's". Names are invented.
"""

from dataclasses import dataclass

from sasando.accounts.actions import grant_role, open_account
from sasando.accounts.models import User
from sasando.accounts.reader import AccountReader
from sasando.base.reader import NamedActor
from sasando.office.models import Office, Unit, UnitKind
from sasando.places.models import Level, Place, PlaceName, VillageKind

BUILDER = NamedActor("test builder")


@dataclass
class People:
    """The office, its places and units, and the six people."""

    regency: Place
    district: Place
    village: Place
    other_district: Place
    other_village: Place
    office_unit: Unit
    section: Unit
    operator: User
    """Village operator of `village`."""
    social_worker: User
    """Social worker, cases only by assignment."""
    section_head: User
    """Head of `section`."""
    treasurer: User
    """Treasurer."""
    secretary: User
    """Secretary of the whole office."""
    stranger: User
    """District officer of `other_district`: same kind of work, another's places."""

    def reader(self, user: User) -> AccountReader:
        """The user as a reader, today."""
        return AccountReader(user)


def build_people() -> People:
    """Create the office and the people. Everything through actions where there is one."""
    regency = _place(
        "53.14", "Kabupaten Rote Ndao", Level.REGENCY, _place("53", "Nusa Tenggara Timur", Level.PROVINCE)
    )
    district = _place("53.14.03", "Lobalain", Level.DISTRICT, regency)
    village = _place("53.14.03.2001", "Oelunggu", Level.VILLAGE, district, VillageKind.DESA)
    other_district = _place("53.14.06", "Rote Timur", Level.DISTRICT, regency)
    other_village = _place("53.14.06.2001", "Papela", Level.VILLAGE, other_district, VillageKind.DESA)
    Office.objects.create(
        id=1,
        regency=regency,
        name="Dinas Sosial",
        regency_name="Kabupaten Rote Ndao",
        seat="Ba'a",
        time_zone="Asia/Makassar",
    )
    top = Unit.objects.create(code="DINSOS", kind=UnitKind.OFFICE, name="Dinas Sosial", order=1)
    section = Unit.objects.create(
        code="FM-DK", kind=UnitKind.SECTION, name="Seksi Fakir Miskin", parent=top, order=2
    )

    def person(username, full_name, role, **where):
        user = open_account(username, full_name, None, by=BUILDER)
        grant_role(user, role, by=BUILDER, **where)
        return user

    return People(
        regency,
        district,
        village,
        other_district,
        other_village,
        top,
        section,
        operator=person("yuli.op", "Yuli Operator", "village_operator", place=village),
        social_worker=person("sari.peksos", "Sari Peksos", "social_worker", unit=section),
        section_head=person("melki.kasie", "Melki Kasie", "section_head", unit=section),
        treasurer=person("dina.bendahara", "Dina Bendahara", "treasurer"),
        secretary=person("bernad.sekretaris", "Bernad Sekretaris", "secretary"),
        stranger=person("nando.tksk", "Nando TKSK", "district_officer", place=other_district),
    )


def _place(code: str, name: str, level: Level, parent: Place | None = None, kind: str = "") -> Place:
    place = Place.objects.create(code=code, level=level, parent=parent, kind=kind)
    PlaceName.objects.create(place=place, name=name)
    return place
