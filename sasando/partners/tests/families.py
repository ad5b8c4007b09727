"""Listed families for the tests of this room and of those above it."""

from datetime import date

from sasando.places.models import Place
from sasando.registry.models import Family, Membership, Person, PovertyListing, Relation, Residence


def make_family(
    village: Place, name: str = "Yusuf Contoh", *, children: int = 0, born: date | None = None
) -> Family:
    """A listed family in a village: its head, and children born on a day (2010-05-05)."""
    family = Family.objects.create(is_demo=True)
    Residence.objects.create(family=family, village=village)
    PovertyListing.objects.create(family=family)
    head = Person.objects.create(name=name, sex="male", birth_date=date(1980, 1, 1), is_demo=True)
    Membership.objects.create(person=head, family=family, relation=Relation.HEAD)
    for number in range(1, children + 1):
        child = Person.objects.create(
            name=f"Anak {name} {number}", sex="female", birth_date=born or date(2010, 5, 5), is_demo=True
        )
        Membership.objects.create(person=child, family=family, relation=Relation.CHILD)
    return family


def make_families(village: Place, count: int) -> list[int]:
    """The ids of so many listed families in a village."""
    return [make_family(village, f"Kepala {number}").pk for number in range(1, count + 1)]
