"""Families for the tests of this room and of those above it, made by its own actions. All invented."""

from datetime import date

from sasando.places.models import Place
from sasando.registry.actions import (
    AddedFamily,
    FamilyRow,
    ListingRow,
    MemberRow,
    add_families,
    list_families_as_poor,
)
from sasando.registry.models import WelfareCategory
from tests.people import BUILDER


def member(
    name="Yohanis Nalondo", relation="head", *, sex="male", born=date(1980, 5, 17), nik=None
) -> MemberRow:
    return MemberRow(name, sex, born, relation, nik)


def nik(serial: int, day: str = "170580") -> str:
    """A NIK of Lobalain with a demo serial: 9001 and up."""
    return f"531403{day}{9000 + serial}"


def families(village: Place, count: int = 1, *, first: int = 1, listed: bool = True) -> list[AddedFamily]:
    """So many families with a head, a spouse and a child each, with NIK and KK."""
    rows = [
        FamilyRow(
            village.pk,
            [
                member(f"Kepala {number}", nik=nik(number)),
                member(
                    f"Istri {number}",
                    "spouse",
                    sex="female",
                    born=date(1984, 2, 1),
                    nik=nik(number, "410284"),
                ),
                member(f"Anak {number}", "child", born=date(2012, 3, 4), nik=nik(number, "040312")),
            ],
            kk=nik(number, "010115"),
            address=f"RT {number:03d}",
        )
        for number in range(first, first + count)
    ]
    added = add_families(families=rows, by=BUILDER, is_demo=True)
    if listed:
        list_families_as_poor(families=[ListingRow(one.family_id, 1) for one in added], by=BUILDER)
    return added


def category(code="08", *, secret=False, subject="person", **values) -> WelfareCategory:
    return WelfareCategory.objects.create(
        list_name="PPKS-2012",
        code=code,
        number=int(code),
        name=f"Kategori {code}",
        name_en=f"Category {code}",
        subject=subject,
        is_secret=secret,
        **values,
    )
