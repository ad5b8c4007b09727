"""The pages of a year: who sees what, what a file holds, and what a bad address or a bad map does."""

import csv
import io
import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from sasando.accounts.actions import grant_role, open_account
from sasando.base import exports
from sasando.base.checks import Finding, Sentence, Severity
from sasando.base.reader import NamedActor
from sasando.lib.sheets import read_rows
from sasando.places.models import Level, Place, PlaceName
from sasando.places.queries import Atlas
from sasando.statistics import maps, queries
from sasando.statistics.counting.snapshot import office_tables
from sasando.statistics.models import Snapshot
from sasando.statistics.results import Role
from sasando.statistics.tests.regency import DIGEST, facts_2020, sealed_2020
from sasando.statistics.views import year as year_page

BY = NamedActor("test")
SENSITIVE = "t05_violence_by_district"


@pytest.fixture
def book(people, monkeypatch):
    """2020 sealed; cells lead to the invented regency's facts."""
    monkeypatch.setattr(queries, "facts_by_name", facts_2020)
    monkeypatch.setattr(year_page, "find", lambda view: list(FINDINGS))
    return sealed_2020()


FINDINGS = [
    Finding(
        "totals", Severity.ERROR, "t03_pkh", "TOTAL", "families", "11.730", 11731,
        Sentence("Jumlah tercetak 11.730, seharusnya 11.731.", "The printed total is 11,730, the rows give 11,731."),
    ),
    Finding(
        "small_cells", Severity.WARNING, SENSITIVE, "Rote Timur", "children", "2", None,
        Sentence("Rote Timur hanya 2 anak.", "Rote Timur has only 2 children."),
    ),
    *(
        Finding("names", Severity.INFO, "t02_relief", f"row {n}", "district", "Rote", None, Sentence("Nama", "Name"))
        for n in range(60)
    ),
]  # fmt: skip


@pytest.fixture
def head(people):
    """The head of the office: sees sensitive tables in full, but no cases."""
    user = open_account("kepala", "Yohana Kepala", None, by=BY)
    grant_role(user, "office_head", by=BY)
    return user


def address(name, *args, **query):
    from_query = f"?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else ""
    return reverse(f"statistics:{name}", args=args) + from_query


PAGES = [
    ("latest", []),
    ("year", [2020]),
    ("table", [2020, "t03_pkh"]),
    ("findings", [2020]),
    ("latest_findings", []),
    ("board", [2020]),
    ("latest_board", []),
    ("download", [2020, "t03_pkh", "csv"]),
]


@pytest.mark.parametrize(("name", "args"), PAGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("operator", 403),
        ("stranger", 403),
        ("social_worker", 200),
        ("section_head", 200),
        ("treasurer", 200),
        ("secretary", 200),
    ],
)
def test_who_may_open_the_pages(book, people, log_in, name, args, who, status):
    assert log_in(getattr(people, who)).get(address(name, *args)).status_code == status


def test_without_a_log_in_one_is_asked_to_log_in(book, client):
    answer = client.get(address("table", 2020, "t03_pkh"))
    assert answer.status_code == 302
    assert reverse("accounts:log_in") in answer["Location"]


@pytest.mark.parametrize("address", ["/statistik/2020/none/", "/statistik/1700/", "/statistik/9999/catatan/"])
def test_what_is_not_there_is_not_found(book, people, log_in, address):
    assert log_in(people.secretary).get(address).status_code == 404


def test_a_year_without_anything_says_so(people, log_in):
    page = log_in(people.secretary).get(address("year", 2019))
    assert page.status_code == 200
    assert "belum dikunci" in page.text or "have not been sealed" in page.text


def test_the_table_shows_numbers_basis_and_total(book, people, log_in):
    page = log_in(people.section_head).get(address("table", 2020, "t03_pkh")).text
    assert "1.594" in page and "Rp12.157.475.000" in page and "11.731" in page
    assert "badge-records" in page
    assert "Jumlah tercetak 11.730" in page


def test_cells_lead_to_records_only_for_those_who_may_see_them(book, people, log_in):
    rincian = address("records", 2020, "t03_pkh")
    assert f"{rincian}?column=families&amp;row-district=Lobalain" in log_in(people.section_head).get(
        address("table", 2020, "t03_pkh")
    ).text.replace("&amp;", "&").replace("&", "&amp;")
    page = log_in(people.treasurer).get(address("table", 2020, "t03_pkh")).text
    assert rincian not in page
    assert str(people.section_head) in page  # whom to ask
    refused = log_in(people.treasurer).get(address("records", 2020, "t03_pkh", column="families"))
    assert refused.status_code == 403
    assert str(people.section_head) in refused.text


def test_records_behind_a_cell_are_paged_and_counted(book, people, log_in):
    client = log_in(people.section_head)
    url = address("records", 2020, "t03_pkh", **{"column": "families", "row-district": "Lobalain"})
    page = client.get(url)
    assert page.status_code == 200
    assert "1.594" in page.text
    assert page.text.count("<tr>") == 1 + queries.PAGE_SIZE
    second = client.get(f"{url}&page=2").text
    assert second != page.text


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"column": "district"},
        {"column": "nothing"},
        {"column": "families", "row-district": "Nowhere"},
        {"column": "families'--", "row-district": "Lobalain"},
    ],
)
def test_a_cell_that_is_not_there_is_not_found(book, people, log_in, query):
    assert log_in(people.section_head).get(address("records", 2020, "t03_pkh", **query)).status_code == 404


@pytest.mark.parametrize("page", ["-1", "zero", "999999999999999999999", "٣"])
def test_a_page_number_that_is_none_gives_a_page(book, people, log_in, page):
    url = address("records", 2020, "t03_pkh", column="families", page=page)
    assert log_in(people.section_head).get(url).status_code == 200


# sensitive tables


def test_of_a_sensitive_table_others_see_the_total_only(book, people, head, log_in):
    url = address("table", 2020, SENSITIVE)
    in_full, total = log_in(head).get(url).text, log_in(people.section_head).get(url).text
    rows = queries.year_view(2020).tables[SENSITIVE].rows
    assert all(row["district"] in in_full for row in rows)
    assert not any(row["district"] in total for row in rows)
    assert "20" in total


def test_a_sensitive_table_leads_nobody_without_case_permission_to_records(book, people, head, log_in):
    for user in (people.section_head, people.treasurer, people.secretary, head):
        client = log_in(user)
        assert "rincian" not in client.get(address("table", 2020, SENSITIVE)).text
        missing = client.get(address("records", 2020, "t09_key_indicators", column="no"))
        secret = client.get(address("records", 2020, SENSITIVE, column="children"))
        assert missing.status_code == secret.status_code == 404
        assert "kasus" not in secret.text.lower()


def test_who_sees_the_table_in_full_and_cases_too_opens_those_of_their_own(book, people, head, log_in):
    grant_role(head, "social_worker", by=BY)
    rows = queries.year_view(2020).tables[SENSITIVE].rows
    page = log_in(head).get(
        address("records", 2020, SENSITIVE, **{"column": "children", "row-district": rows[0]["district"]})
    )
    assert page.status_code == 200
    assert page.text.count("<tr>") == 1 + rows[0]["children"]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_files_hold_no_more_than_the_page(book, people, head, log_in, file_format):
    url = address("download", 2020, SENSITIVE, file_format)
    full = read_rows(log_in(head).get(url).content, "t", {"children": ["Jumlah anak"]})
    part = read_rows(log_in(people.treasurer).get(url).content, "t", {"children": ["Jumlah anak"]})
    assert len(full.rows) > 1
    assert len(part.rows) == 1


def test_findings_on_a_sensitive_table_are_for_those_who_see_it_in_full(book, people, head, log_in):
    assert "hanya 2 anak" in log_in(head).get(address("findings", 2020)).text
    assert "hanya 2 anak" not in log_in(people.treasurer).get(address("findings", 2020)).text
    assert "hanya 2 anak" not in log_in(people.treasurer).get(address("table", 2020, SENSITIVE)).text


# findings


def test_findings_can_be_narrowed_and_taken_along(book, people, log_in):
    client = log_in(people.secretary)
    errors = client.get(address("findings", 2020, severity="error")).text
    assert "Jumlah tercetak 11.730" in errors and "Nama" not in errors
    assert client.get(address("findings", 2020, severity="nonsense", table="'")).status_code == 200
    text = client.get(address("findings", 2020, severity="error", format="csv")).content.decode("utf-8-sig")
    assert "Jumlah tercetak 11.730" in text


# files


def test_a_file_says_filter_day_and_that_it_is_no_edition(book, people, log_in):
    answer = log_in(people.secretary).get(address("download", 2020, "t03_pkh", "csv"))
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"] == 'attachment; filename="t03_pkh-2020.csv"'
    with translation.override("id"):
        assert "31 Desember 2020" in text
    assert DIGEST in text
    rows = list(csv.reader(io.StringIO(text)))
    assert ["Lobalain", "1594", "1572950000"] in rows


@pytest.mark.parametrize("text", ["=1+1", "+62811", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_no_file_holds_a_formula(text):
    sheet = exports.Sheet("x", text, [text], [text, "n"], [Role.LABEL, Role.COUNT], [[text, -5]], [text, -5])
    rows = list(csv.reader(io.StringIO(exports.as_csv(sheet).decode("utf-8-sig"), newline="")))
    assert all(not cell.startswith(exports.RUNS) for row in rows for cell in row if cell != "-5")
    assert ["'" + text, "-5"] in rows
    read = read_rows(exports.as_xlsx(sheet), "x.xlsx")
    assert all(cell != "=1+1" or text == "=1+1" for row in read.rows for cell in row)
    assert read.rows[-1][1] == -5


# maps


def square(west, south, size=0.1):
    east, north = west + size, south + size
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(west, south, **properties):
    return {
        "type": "Feature", "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": square(west, south)},
    }  # fmt: skip


@pytest.fixture
def put_map():
    """Put a map into the office's data folder; it is gone after the test."""

    def put(content):
        text = content if isinstance(content, bytes) else json.dumps(content).encode()
        maps.map_path().write_bytes(text)

    yield put
    maps.map_path().unlink(missing_ok=True)
    maps.read_outlines.cache_clear()


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def test_a_map_is_matched_by_code_or_by_name(book, people, log_in, put_map):
    url = address("table", 2020, "t03_pkh")
    for properties in (
        [{"code": "53.14.03"}, {"code": "53.14.06"}],
        [{"KODE": "531403"}, {"KODE": 531406}],
        [{"prov": "NTT", "nm": "Kec. LOBALAIN"}, {"prov": "NTT", "nm": "Rote  Timur"}],
    ):
        put_map(collection(feature(123.0, -10.8, **properties[0]), feature(123.3, -10.6, **properties[1])))
        page = log_in(people.secretary).get(url).text
        assert page.count('fill-rule="evenodd"/></g>') == 2, properties
        assert "Lobalain: 1.594" in page


def test_the_outline_of_a_later_district_belongs_to_the_one_it_came_from(people, put_map, book, log_in):
    new = Place.objects.create(
        code="53.14.11", level=Level.DISTRICT, parent=people.regency, valid_from="2020-10-20"
    )
    PlaceName.objects.create(place=new, name="Loaholu")
    people.other_district.successions.create(successor=new, day="2020-10-20")
    put_map(collection(feature(123.0, -10.8, code="53.14.06"), feature(123.2, -10.6, code="53.14.11")))
    page = log_in(people.secretary).get(address("table", 2020, "t03_pkh")).text
    assert page.count('fill-rule="evenodd"/></g>') == 1
    assert "Rote Timur: 1.380" in page and "Loaholu" not in page


BAD_MAPS = {
    "no json": b"\x00\x01 not a map",
    "not utf-8": "{'é'".encode("latin-1"),
    "a list": [1, 2],
    "features are no list": {"type": "FeatureCollection", "features": {"a": 1}},
    "no features": collection(),
    "points only": collection(
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}
    ),
    "strange features": collection(
        None, 3, {"geometry": 7}, {"geometry": {"type": "Polygon", "coordinates": 5}}
    ),
    "texts for numbers": collection(
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[["a", "b"]] * 5]}}
    ),
    "metres": collection(feature(512_000, 8_810_000, code="53.14.03")),
    "infinite": b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"53.14.03"},'
    b'"geometry":{"type":"Polygon","coordinates":[[[1e999,1],[2,2],[3,3],[1,1]]]}}]}',
    "deep": b"[" * 100_000,
    "another regency": collection(feature(120.0, -8.0, name="Boawae")),
    "empty": b"",
}


@pytest.mark.parametrize("content", BAD_MAPS.values(), ids=BAD_MAPS)
def test_a_bad_map_is_a_sentence_never_a_crash(book, people, log_in, put_map, content):
    put_map(content)
    page = log_in(people.secretary).get(address("table", 2020, "t03_pkh"))
    assert page.status_code == 200
    assert "map.geojson" in page.text
    assert "bar-chart" in page.text  # the numbers are still drawn
    assert "1.594" in page.text


def test_without_a_map_circles_stand_at_the_places_coordinates(book, people, log_in):
    url = address("table", 2020, "t03_pkh")
    assert 'class="map"' not in log_in(people.secretary).get(url).text
    Place.objects.filter(pk=people.district.pk).update(latitude=-10.78, longitude=123.07)
    page = log_in(people.secretary).get(url).text
    assert page.count("</title><circle") == 1


@pytest.mark.parametrize(
    ("values", "classes"),
    [
        ([], {}),
        ([7], {7: 0}),
        ([3, 3, 3], {3: 0}),
        ([1, 2], {1: 0, 2: 4}),
        ([10, 20, 30, 40, 50], {10: 0, 20: 1, 30: 2, 40: 3, 50: 4}),
    ],
)
def test_classes_are_quantiles_and_equal_values_share_one(values, classes):
    assert maps.class_of_values(values) == classes


def test_a_map_with_thousands_of_points_stays_small(people, put_map):
    ring = [[123 + n / 50_000, -10.5 + (n % 2) / 1e6] for n in range(20_000)] + [[123.2, -10.9], [123, -10.5]]
    put_map(
        collection({"properties": {"c": "53.14.03"}, "geometry": {"type": "Polygon", "coordinates": [ring]}})
    )
    drawing = maps.draw({people.district.pk: 5}, {people.district.pk: "1"}, Atlas(date(2020, 1, 1)))
    assert len(drawing.areas[0].path) < 15_000


# cost


def count_queries(client, url):
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_a_page_costs_the_same_with_more_places_and_tables(book, people, log_in):
    urls = [address("year", 2020), address("table", 2020, "t03_pkh"), address("findings", 2020)]
    client = log_in(people.secretary)
    client.get(urls[0])  # the findings of a sealed year are sought once
    before = [count_queries(client, url) for url in urls]
    for number in range(30):
        place = Place.objects.create(code=f"53.14.5{number}", level=Level.DISTRICT, parent=people.regency)
        PlaceName.objects.create(place=place, name=f"District {number}")
    assert [count_queries(client, url) for url in urls] == before


# sealing


def test_only_who_may_seal_seals(book, people, log_in):
    for user in (people.section_head, people.secretary, people.stranger):
        assert log_in(user).post(address("seal", 2020)).status_code == 403
    assert log_in(people.secretary).get(address("seal", 2020)).status_code == 405


def test_sealing_is_long_work_that_says_why_it_was_not_done(people, log_in, run_jobs):
    planner = open_account("planner", "Oktaviana Contoh", None, by=BY)
    grant_role(planner, "planner", by=BY)
    client = log_in(planner)
    job = client.post(address("seal", 2999)).url
    run_jobs()
    assert "2999 tidak dapat dikunci" in client.get(job).text
    assert not Snapshot.objects.exists()


def test_a_broken_table_of_the_office_leaves_the_other_pages_open(book, people, log_in):
    folder = office_tables()
    folder.mkdir(exist_ok=True)
    broken = folder / "t99_own.sql"
    broken.write_text("/* id: [ */ SELECT 1", encoding="utf-8")
    try:
        page = log_in(people.secretary).get(address("year", 2020))
        assert page.status_code == 200
        assert "t99_own.sql" in page.text
        assert log_in(people.secretary).get(address("table", 2020, "t03_pkh")).status_code == 200
    finally:
        broken.unlink()
