"""Many rows into the register: ours beside Django's bulk_create and beside one save() a row."""

from datetime import date

from django.db import transaction

from benchmarks.harness import compare, growth, time_of
from sasando.base.bulk import insert_rows, reserve_ids
from sasando.registry.models import Person

COLUMNS = ("id", "name", "sex", "birth_date", "birth_place", "is_demo")
BORN = date(1980, 5, 17)


def ours(count: int) -> None:
    """Reserved ids and insert_rows."""
    with transaction.atomic():
        ids = reserve_ids(Person, count)
        insert_rows(Person, COLUMNS, ((id, f"Orang {id}", "male", BORN, "Ba'a", True) for id in ids))


def bulk_create(count: int) -> None:
    """Django's own way for many rows."""
    people = (
        Person(name=f"Orang {n}", sex="male", birth_date=BORN, birth_place="Ba'a", is_demo=True)
        for n in range(count)
    )
    Person.objects.bulk_create(people, batch_size=2000)


def one_by_one(count: int) -> None:
    """A loop of save(), in one transaction."""
    with transaction.atomic():
        for n in range(count):
            Person.objects.create(
                name=f"Orang {n}", sex="male", birth_date=BORN, birth_place="Ba'a", is_demo=True
            )


def empty() -> None:
    """Start each run from an empty table."""
    Person.objects.all().delete()


def run() -> None:
    """20,000 persons three ways, then growth to 100,000."""
    print("Persons stored in bulk (20,000 rows)")
    compare(
        time_of("insert_rows", lambda: ours(20_000), before=empty),
        [
            time_of("bulk_create, batches of 2,000", lambda: bulk_create(20_000), before=empty),
            time_of("save() in a loop", lambda: one_by_one(20_000), runs=1, before=empty),
        ],
    )
    growth("insert_rows", ours, (1_000, 10_000, 100_000), before=empty)
