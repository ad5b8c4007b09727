"""Many rows at once give the same as one by one, on either database."""

from datetime import date

import pytest
from django.db import transaction

from sasando.base.bulk import insert_rows, reserve_ids
from sasando.base.encryption import key_ring
from sasando.registry.models import Family, Identifier, Person


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_ids_begin_at_one_and_go_on():
    with transaction.atomic():
        first = list(reserve_ids(Person, 3))
        second = list(reserve_ids(Person, 2))
    assert (first, second) == ([1, 2, 3], [4, 5])
    assert Person.objects.create(name="Maria").pk == 6


def test_rows_arrive_with_their_types(db):
    ids, born = reserve_ids(Person, 2), date(1970, 3, 12)
    rows = [
        (ids[0], "Ande Contoh", "male", born, "", True),
        (ids[1], "Ina\tContoh\n", "", None, "x", True),
    ]
    assert insert_rows(Person, ["id", "name", "sex", "birth_date", "birth_place", "is_demo"], rows) == 2
    found = list(Person.objects.order_by("id").values_list("name", "sex", "birth_date", "is_demo"))
    assert found == [("Ande Contoh", "male", born, True), ("Ina\tContoh\n", "", None, True)]


def test_keys_and_encrypted_fields(db):
    family = Family.objects.create()
    number = "5314031203709001"
    row = (None, family.pk, "kk", number, key_ring().lookup(number, "kk"))
    insert_rows(Identifier, ["person_id", "family_id", "kind", "number", "number_hash"], [row])
    stored = Identifier.objects.get()
    assert (stored.family_id, stored.number) == (family.pk, number)
