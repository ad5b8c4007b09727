"""Cells read or refused with a sentence, and every row accounted for."""

from datetime import date
from decimal import Decimal

import pytest

from sasando.base.importing import RefusedRow
from sasando.base.loading import FileNotTakenError, Loading, Row, RowRefused

pytestmark = pytest.mark.django_db


def row(cell):
    return Row({"x": cell}, 2, {"x": "Kolom"})


@pytest.mark.parametrize(
    ("method", "cell", "value"),
    [
        ("text", "  dua   kata ", "dua kata"),
        ("text", " - ", ""),
        ("yes", "Ya", True),
        ("yes", "belum", False),
        ("day", "2020-02-29", date(2020, 2, 29)),
        ("day", "31/12/2020", date(2020, 12, 31)),
        ("day", "1 Januari 2020", date(2020, 1, 1)),
        ("day", "2020-01-05 00:00:00", date(2020, 1, 5)),
        ("day", "", None),
        ("whole", "1.234", 1234),
        ("whole", "-", None),
        ("decimal", "24,65%", Decimal("24.65")),
        ("year", "2020", 2020),
        ("year", "", None),
        ("rupiah", "Rp. 1.464.405.368.-", 1_464_405_368),
        ("rupiah", "29,526,875,000", 29_526_875_000),
        ("rupiah", "1.234", 1234),
        ("rupiah", "n/a", None),
    ],
)
def test_cells(method, cell, value):
    options = (True,) if method == "yes" else ()
    assert getattr(row(cell), method)("x", *options) == value


@pytest.mark.parametrize(
    ("method", "cell"),
    [
        ("needed", " – "),
        ("yes", "mungkin"),
        ("day", "2021-02-29"),
        ("day", "kemarin"),
        ("day", "31-12-20"),
        ("whole", "-5"),
        ("whole", "1,5"),
        ("decimal", "B"),
        ("decimal", "1 2 3 4"),
        ("year", "20"),
        ("rupiah", "seratus"),
        ("rupiah", "1.234,50"),
        ("rupiah", "(500)"),
    ],
)
def test_what_cannot_be_read_is_refused_in_the_readers_words(method, cell):
    options = (True,) if method == "yes" else ()
    with pytest.raises(RowRefused, match="Kolom"):
        getattr(row(cell), method)("x", *options)


def test_a_text_too_long_is_refused():
    with pytest.raises(RowRefused):
        row("x" * 21).text("x", 20)


def taken(apply, fates):
    """A file of one row each: `new`, `changed`, `unchanged` or `refused`."""
    load = Loading([{"x": fate, "line": str(at)} for at, fate in enumerate(fates, start=5)])
    said = {}
    with load.attempt():
        for each in load.rows:
            fate = each.text("x")
            if fate == "refused":
                load.refuse(each, "row", "because")
            else:
                outcome = load.outcome(each, "row")
                outcome.is_new = fate == "new"
                outcome.changes = ["a → b"] if fate == "changed" else []
        said = load.settle(apply)
    return load.report, said


def test_every_row_has_one_fate():
    report, said = taken(True, ["new", "new", "changed", "unchanged"])
    assert (report.rows, report.new, report.changed, report.unchanged) == (4, 2, 1, 1)
    assert report.extra["stored"] is True
    assert (said["new"], [fate["line"] for fate in said["changed"]]) == (2, [7])


@pytest.mark.parametrize(
    ("apply", "fates"),
    [(False, ["new"]), (True, ["new", "refused"]), (True, ["unchanged"]), (True, [])],
)
def test_nothing_stays_of_a_preview_a_refusal_or_no_change(apply, fates):
    report, said = taken(apply, fates)
    assert said == {}
    assert report.extra["stored"] is False
    assert [row.line for row in report.refused] == [
        5 + at for at, fate in enumerate(fates) if fate == "refused"
    ]


def test_an_error_of_another_kind_is_not_swallowed():
    with pytest.raises(ZeroDivisionError), Loading([]).attempt():
        raise ZeroDivisionError


def test_the_first_of_two_equal_keys_is_kept():
    load = Loading([{"x": "a"}, {"x": "b"}, {"x": "a"}])
    kept = load.read_once(lambda row: {"key": row.text("x")}, "key", "x")
    assert [entry["key"] for _row, entry in kept] == ["a", "b"]
    assert [(o.line, o.refused) for o in load.outcomes] == [(4, True)]


def test_a_file_that_must_be_whole_names_its_refused_rows():
    error = FileNotTakenError("units.csv", [RefusedRow(7, "because")])
    assert "units.csv" in str(error)
    assert "7: because" in str(error)
