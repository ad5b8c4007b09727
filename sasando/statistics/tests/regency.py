"""An invented regency without any other room: facts that give known numbers, and 2020 sealed from them."""

import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from django.utils import timezone

from sasando.base.facts import AsOf, Column, ColumnType, Fact, RecordPage
from sasando.base.permissions import Permission
from sasando.base.privacy import Privacy
from sasando.planning.models import Goal, Indicator, Mission, Objective
from sasando.statistics.counting.snapshot import snapshots_folder, write_facts, write_results
from sasando.statistics.counting.specs import load_specs
from sasando.statistics.models import Snapshot

TEXT, INTEGER, DECIMAL, DATE, BOOLEAN = ColumnType
PLACE = {"village_code": TEXT, "district_code": TEXT}
COLUMNS: dict[str, dict[str, ColumnType]] = {
    "places": {
        "code": TEXT, "level": TEXT, "kind": TEXT, "name": TEXT, "district_code": TEXT, "district_name": TEXT,
    },
    "families": {**PLACE, "listed": BOOLEAN, "decile": INTEGER},
    "category_holdings": {
        "person": INTEGER, "family": INTEGER, "category": TEXT, "list_name": TEXT, **PLACE, "sex": TEXT, "age": INTEGER,
    },
    "village_surveys": {**PLACE, "surveyed_on": DATE},
    "entitlements": {
        "programme": TEXT, "cycle": TEXT, "begins_on": DATE, "family": INTEGER, **PLACE, "amount_idr": INTEGER,
        "fund_source": TEXT,
    },
    "deliveries": {
        "programme": TEXT, "recipient_kind": TEXT, "recipient": INTEGER, "through": TEXT, **PLACE, "delivered_on": DATE,
        "item": TEXT, "quantity": DECIMAL, "unit": TEXT, "amount_idr": INTEGER, "fund_source": TEXT,
    },
    "groups": {**PLACE, "families": INTEGER},
    "organisations": {"kind": TEXT, **PLACE},
    "relief_deliveries": {"delivery": INTEGER, "event": INTEGER, "event_kind": TEXT, "family": INTEGER, **PLACE},
    "cases": {**PLACE, "kinds": TEXT, "sex": TEXT, "age": INTEGER, "reported_on": DATE, "visits": INTEGER},
    "employees": {
        "position_group": TEXT, "sex": TEXT, "grade": TEXT, "education": TEXT, "post_code": TEXT, "unit_code": TEXT,
    },
    "auxiliaries": {"kind": TEXT, "role": TEXT},
    "posts": {"code": TEXT, "unit_code": TEXT, "echelon": TEXT, "filled": BOOLEAN},
    "budget_lines": {
        "fund_source": TEXT, "is_office_budget": BOOLEAN, "code": TEXT, "parent_code": TEXT, "name": TEXT,
        "level": TEXT, "ceiling_idr": INTEGER, "realised_idr": INTEGER, "ordering": INTEGER,
    },
    "objectives": {"number": INTEGER, "text": TEXT, "in_strategic_plan": BOOLEAN},
    "indicators": {
        "code": TEXT, "number": TEXT, "objective_number": INTEGER, "objective": TEXT, "name": TEXT, "unit": TEXT,
        "direction": TEXT, "numerator_figure": TEXT, "denominator_figure": TEXT, "target": DECIMAL,
        "measured_against": DECIMAL, "ordering": INTEGER,
    },
    "key_indicators": {
        "objective_number": INTEGER, "objective": TEXT, "number": INTEGER, "name": TEXT, "indicator_code": TEXT,
    },
    "typed_figures": {"figure_id": TEXT, "value": DECIMAL, "unit": TEXT, "reason": TEXT},
    "scale_bands": {"policy": TEXT, "at_least": DECIMAL, "label": TEXT},
    "achievement_policies": {"name": TEXT, "cap_percent": DECIMAL},
}  # fmt: skip
PERMISSIONS = {"families": Permission.SEE_FAMILIES, "cases": Permission.SEE_CASES}

DISTRICTS = {
    "53.14.01": "Rote Barat Daya", "53.14.02": "Rote Barat Laut", "53.14.03": "Lobalain", "53.14.04": "Rote Tengah",
    "53.14.05": "Pantai Baru", "53.14.06": "Rote Timur", "53.14.07": "Rote Barat", "53.14.08": "Rote Selatan",
    "53.14.09": "Ndao Nuse", "53.14.10": "Landu Leko",
}  # fmt: skip
PKH = {
    "Landu Leko": (561, 526_700_000), "Lobalain": (1594, 1_572_950_000), "Pantai Baru": (934, 971_250_000),
    "Rote Selatan": (395, 399_100_000), "Rote Tengah": (474, 470_325_000), "Rote Timur": (1380, 1_432_400_000),
    "Ndao Nuse": (397, 353_075_000), "Rote Barat": (781, 827_950_000), "Rote Barat Daya": (2859, 3_002_875_000),
    "Rote Barat Laut": (2356, 2_600_850_000),
}  # fmt: skip
BPNT = {
    "Landu Leko": 731, "Lobalain": 2097, "Ndao Nuse": 631, "Pantai Baru": 1219, "Rote Barat": 1006,
    "Rote Barat Daya": 3528, "Rote Barat Laut": 2953, "Rote Selatan": 575, "Rote Tengah": 617, "Rote Timur": 1784,
}  # fmt: skip
RELIEF = {
    "Rote Barat": (1799, 0), "Rote Barat Daya": (1808, 6), "Rote Barat Laut": (1748, 0), "Lobalain": (1345, 21),
    "Pantai Baru": (902, 0), "Landu Leko": (539, 11), "Rote Timur": (1212, 0), "Rote Selatan": (494, 0),
    "Ndao Nuse": (715, 0),
}  # fmt: skip
LISTED = 22_579
AGREEMENT = [
    ("1", "P1", "lower", "3.89", "poverty.depth", ""),
    ("2", "P0", "lower", "24.65", "poverty.rate", ""),
    ("3", "1.1", "higher", "1.33", "kube.families", "poverty.families"),
    ("3", "1.2", "higher", "63", "bpnt.families", "poverty.families"),
    ("4", "2.1", "higher", "100", "relief.families", "relief.planned_families"),
    ("4", "2.2", "higher", "55.5", "pkh.families", "poverty.families"),
    ("4", "2.3", "higher", "4.89", "neglected.served", "neglected.total"),
    ("4", "2.4", "higher", "100", "violence.children", "ktk.total"),
    ("4", "2.5", "higher", "50", "survey.villages", "places.villages"),
    ("5", "3.1", "higher", "25", "karang_taruna.aided", "karang_taruna.total"),
    ("5", "3.2", "higher", "50", "heroism.youth", ""),
]
TYPED = [
    ("poverty.rate", "27.54", "%", "solved back"),
    ("poverty.depth", "5.36", "%", "solved back"),
    ("relief.planned_families", "10500", "family", "the plan"),
    ("heroism.youth", "0", "person", "not carried out"),
    ("ktk.total", None, "person", "not printed"),
]
BANDS = [("85", "Sangat Berhasil"), ("70", "Berhasil"), ("55", "Cukup Berhasil"), ("0", "Belum Berhasil")]

Rows = dict[str, list[tuple]]


def _village(district: str, number: int = 1) -> str:
    code = next(code for code, name in DISTRICTS.items() if name == district)
    return f"{code}.{2000 + number}"


def places() -> list[tuple]:
    """A regency with its ten districts of 2020, each with six villages, the sixth a kelurahan."""
    rows = [(1, "53.14", "regency", "", "Rote Ndao", None, None)]
    for code, name in DISTRICTS.items():
        rows.append((len(rows) + 1, code, "district", "", name, code, name))
        for number in range(1, 7):
            kind = "kelurahan" if number == 6 else "desa"
            village = f"{code}.{2000 + number}"
            rows.append((len(rows) + 1, village, "village", kind, f"{name} {number}", code, name))
    return rows


def office_without_records() -> Rows:
    """Every fact, and not one row."""
    return {name: [] for name in COLUMNS}


def book_2020() -> Rows:
    """Rows that give the numbers of the 2020 book where the records can give them."""
    rows = office_without_records()
    rows["places"] = places()
    family = count(1)

    def live(district: str, many: int) -> list[tuple[int, str, str]]:
        village = _village(district)
        return [(next(family), village, village[:8]) for _ in range(many)]

    homes = {district: live(district, BPNT[district]) for district in BPNT}
    listed = [home for district in homes.values() for home in district]
    listed += live("Rote Barat", LISTED - len(listed))
    rows["families"] = [(*home, True, 1) for home in listed] + [
        (*home, False, 9) for home in live("Lobalain", 50)
    ]
    for district, (many, amount) in PKH.items():
        for place, (id, village, code) in enumerate(homes[district][:many]):
            paid = amount - (many - 1) * 225_000 if place == 0 else 225_000
            rows["entitlements"].append(
                ("PKH", "January", date(2020, 1, 20), id, village, code, paid, "APBN")
            )
    for all_homes in homes.values():
        for id, village, code in all_homes:
            for month in (3, 12):
                given = ("BPNT", f"month {month}", date(2020, month, 5), id, village, code, 200_000, "APBN")
                rows["entitlements"].append(given)
    for district, (rice, emergency) in RELIEF.items():
        for programme, who in (("CBP", live(district, rice)), ("TANGGAP-DARURAT", live(district, emergency))):
            rows["deliveries"] += [_delivery(programme, "family", *home) for home in who]
    person = count(1)
    for district in DISTRICTS.values():
        village = _village(district, 2)
        for programme, many in (("LOGISTIK-LANSIA", 24), ("LOGISTIK-DISABILITAS", 9)):
            rows["deliveries"] += [
                _delivery(programme, "person", next(person), village, village[:8]) for _ in range(many)
            ]
    home = _village("Lobalain", 6)
    rows["deliveries"] += [
        _delivery("JAMINAN-HIDUP", "person", next(person), home, home[:8], through="Panti Mercy")
        for _ in range(15)
    ]
    rows["deliveries"] += [
        _delivery("KARANG-TARUNA", "organisation", number, home, home[:8]) for number in range(1, 6)
    ]
    rows["organisations"] = [("karang_taruna", home, home[:8])] * 20 + [("home", home, home[:8])]
    rows["category_holdings"] = [
        (id, None, ("08", "09")[id % 2], "PPKS-2012", home, home[:8], "female", 70) for id in range(1, 3456)
    ]
    rows["village_surveys"] = [
        (code, code[:8], date(2020, 6, 1)) for _id, code, level, *_ in rows["places"] if level == "village"
    ][:31]
    rows["village_surveys"] += rows["village_surveys"][:3]
    rows["groups"] = [(_village(district), _village(district)[:8], 10) for district in DISTRICTS.values()] * 3
    rows["cases"] = [
        (
            home,
            home[:8],
            ("Penelantaran", "Pencabulan dan Penelantaran")[n % 3 == 0],
            "female",
            8,
            date(2020, 5, n),
            1,
        )
        for n in range(1, 21)
    ]
    rows["cases"] += [(home, home[:8], "Penelantaran", "male", 30, date(2020, 5, 1), 1)]
    rows["cases"] += [(home, home[:8], "Penelantaran", "male", 9, date(2020, 5, 1), 0)]
    staff = [
        ("head", "male", "IV", "S1"),
        ("secretary", "male", "IV", "D3"),
        ("staff", "female", "II", "SLTA"),
    ]
    rows["employees"] = [(*who, None, "SEK") for who in staff]
    rows["auxiliaries"] = [("contract", "Supir")] * 3 + [("tagana", "TAGANA")] * 30
    rows["posts"] = [(f"P{n}", "SEK", "IV.a", n < 14) for n in range(19)]
    rows["budget_lines"] = [
        ("APBD2", True, "A", "", "Belanja APBD", "total", 3_772_191_098, 3_497_552_382, 1),
        ("APBD2", True, "1", "A", "Belanja Tidak Langsung", "group", 1_464_405_368, 1_418_623_079, 2),
        ("APBD2", True, "2", "A", "Belanja Langsung", "group", 2_307_785_730, 2_078_929_303, 3),
        ("APBD2", True, "2d", "2", "Program Pemberdayaan Sosial", "programme", 51_172_000, 32_302_000, 4),
        ("APBD2", True, "2d1", "2d", "A nameless activity", "activity", None, None, 5),
        ("APBN", False, "1", "", "Program Perlindungan", "programme", 12_157_475_000, 12_157_475_000, 1),
    ]
    rows["indicators"] = [
        (f"I{n}", number, int(objective), f"Objective {objective}", f"Indicator {number}", "%", direction, upper, lower,
         Decimal(target), Decimal(target), n)
        for n, (objective, number, direction, target, upper, lower) in enumerate(AGREEMENT)
    ]  # fmt: skip
    rows["key_indicators"] = [(3, "Objective 3", n, f"Key {n}", None) for n in range(1, 7)]
    rows["typed_figures"] = [(id, value and Decimal(value), unit, why) for id, value, unit, why in TYPED]
    rows["achievement_policies"] = [("Office", None)]
    rows["scale_bands"] = [("Office", Decimal(least), label) for least, label in BANDS]
    return {
        name: [
            row if name in ("places", "families") else (number, *row) for number, row in enumerate(found, 1)
        ]
        for name, found in rows.items()
    }


def _delivery(
    programme: str, kind: str, recipient: int, village: str, district: str, through: str | None = None
):
    day, kilos = date(2020, 8, 17), Decimal(8)
    return (programme, kind, recipient, through, village, district, day, "rice", kilos, "kg", None, "APBD2")


def declare(rows: Mapping[str, Iterable[tuple]]) -> list[Fact]:
    """Facts that yield these rows."""
    return [
        Fact(
            name=name,
            title=name,
            columns=tuple(
                Column(column, type, column) for column, type in {"record": INTEGER, **COLUMNS[name]}.items()
            ),
            rows=lambda as_of, found=found: iter(found),
            permission=PERMISSIONS.get(name, Permission.SEE_STATISTICS),
            open=lambda reader, ids: RecordPage(["Id"], [(None, [str(id)]) for id in ids]),
            privacy=Privacy.SECRET if name == "cases" else Privacy.INTERNAL,
        )
        for name, found in rows.items()
    ]


def plant_indicators(rows: Rows) -> None:
    """Make planning know the indicators of the facts, as in an office it does."""
    mission = Mission.objects.create(number=1, text="Mission")
    goal = Goal.objects.create(mission=mission, text="Goal")
    objective = Objective.objects.create(goal=goal, number=1, text="Objective")
    for _id, code, *_rest in rows["indicators"]:
        Indicator.objects.create(objective=objective, code=code, name=code)


YEAR_2020 = AsOf(date(2020, 1, 1), date(2020, 12, 31), date(2020, 1, 1), places=None)


def write(folder: Path, rows: Mapping[str, Iterable[tuple]]) -> dict:
    """Write the rows as a snapshot's Parquet files."""
    folder.mkdir(exist_ok=True)
    return write_facts(folder, declare(rows), YEAR_2020)


DIGEST = "5a5a" * 16


@cache
def _folder() -> Path:
    """The facts of 2020 with their tables, computed once a run."""
    folder = Path(mkdtemp(prefix="sasando-sealed-"))
    write(folder, book_2020())
    write_results(folder, load_specs())
    return folder


@cache
def facts_2020() -> dict[str, Fact]:
    """The invented regency's facts, for `queries.facts_by_name`."""
    return {fact.name: fact for fact in declare(book_2020())}


def sealed_2020() -> Snapshot:
    """A snapshot of 2020 in the suite's data folder."""
    name = "2020-pages"
    if not (snapshots_folder() / name).exists():
        shutil.copytree(_folder(), snapshots_folder() / name)
    return Snapshot.objects.create(
        year=2020,
        as_of=date(2020, 12, 31),
        places_as_of=date(2020, 1, 1),
        digest=DIGEST,
        folder=name,
        sealed_at=timezone.now(),
        sealed_by_name="Oktaviana Contoh",
    )
