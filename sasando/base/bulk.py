"""Many rows at once, on either database, without the model layer's cost per row.

executemany on SQLite, COPY on PostgreSQL. Defaults, choices and `save()` do not run: the caller gives every column.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection, models
from django.db.models.fields import AutoField


def reserve_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """`count` fresh primary keys that no other writer gets. Call inside the transaction that inserts them.

    On a new table they are 1, 2, 3 ... on both databases, so that equal work gives equal ids.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, model._meta.pk.column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
        last = first + count - 1
        if row:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last, table])
        else:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
        return range(first, last + 1)


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Insert rows given as tuples in the order of `columns` (field or column names). Returns how many."""
    fields = [
        model._meta.get_field(name.removesuffix("_id") if _is_key(model, name) else name) for name in columns
    ]
    prepare = [(at, get) for at, get in enumerate(map(_preparer, fields)) if get is not None]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    count = 0

    def prepared():
        nonlocal count
        for row in rows:
            count += 1
            if prepare:
                row = list(row)
                for at, get in prepare:
                    if row[at] is not None:
                        row[at] = get(row[at])
            yield row

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in prepared():
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", prepared())
    return count


def _is_key(model: type[models.Model], name: str) -> bool:
    return name.endswith("_id") and any(
        f.name == name.removesuffix("_id") for f in model._meta.concrete_fields
    )


def _preparer(field: models.Field):
    """How a Python value becomes the database's, or None where it goes in as it is (the common, fast case)."""
    plain = (models.CharField, models.IntegerField, models.ForeignKey, AutoField, models.BooleanField)
    if isinstance(field, plain) and type(field).get_db_prep_save is models.Field.get_db_prep_save:
        return None
    if isinstance(field, models.ForeignKey):
        return None
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return lambda value: (
            value.isoformat() if type(value) is date else field.get_db_prep_save(value, connection)
        )
    return lambda value: field.get_db_prep_save(value, connection)
